"""Ways through the guide: the header in one row, where a page stands, its neighbours, its headings' addresses."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect

from discguide.html_tree import find_class, has_class, text_of
from discguide.render.navigation import HEADER_LIMIT, Entry, Navigation, Place
from discguide.site.contents import Contents
from discguide.site.rules import BuiltPage
from tests.browser.conftest import Visit
from tests.browser.test_pieces import COMPONENTS, TREE
from tests.browser.test_reading import SIDEWAYS
from tests.conftest import launch
from tests.waiting import settled

ROWS = """() => [...document.querySelectorAll(".header > *")].filter((one) => one.checkVisibility())
    .map((one) => { const { top, bottom } = one.getBoundingClientRect(); return [top, bottom]; })"""


def test_the_header_offers_the_sections_and_not_what_it_has_anyway() -> None:
    tree = (Entry("Home", "index.html"), Entry("Get help now", "urgent.html"), *TREE[1:])
    about = Entry("About", children=(Entry("About this guide", "about/index.html"),))
    assert [one.title for one in Navigation((*tree, about), COMPONENTS).ways()] == ["Care", "End"]
    many = tuple(Entry(f"Page {n}", f"p{n}.html") for n in range(HEADER_LIMIT + 1))
    assert len(Navigation(many, COMPONENTS).ways()) == HEADER_LIMIT


def test_neighbours_are_those_of_the_section() -> None:
    navigation = Navigation(TREE, COMPONENTS)
    care = TREE[1]
    assert navigation.place("care/one.html") == Place(care, None, care.children[1])
    assert navigation.place("care/two.html") == Place(care, care.children[0], None)
    assert navigation.place("index.html") == navigation.place("gone.html") == Place()


def test_every_page_says_where_it_stands_and_leads_on(pages: dict[str, BuiltPage], contents: Contents) -> None:
    """From the first page of a section, one link after the other leads to its last."""
    for number, entry in enumerate(contents.pages):
        page = pages[entry.url]
        trail = find_class(page.root, "trail")
        if entry.url == "index.html":
            assert trail is None
            continue
        assert trail is not None
        assert [text_of(one) for one in trail.iter("li")] == ["Home", *[entry.section] * bool(entry.section)]
        following = next(iter(contents.pages[number + 1 :]), None)
        links = [text_of(one) for one in page.root.iter("a") if has_class(one, "onward__next")]
        goes_on = following is not None and entry.section and following.section == entry.section
        assert links == ([f"Next: {following.title}"] if goes_on and following else [])


@pytest.fixture(scope="module")
def large(playwright: Playwright) -> Iterator[Browser]:
    """A browser whose reader asked for text of twice the size."""
    started = launch(playwright, "--blink-settings=defaultFontSize=32")
    yield started
    started.close()


@pytest.mark.parametrize(
    ("width", "text"), [(1280, 16), (390, 16), (360, 16), (320, 16), (390, 32), (360, 32), (320, 32)]
)
def test_the_header_is_one_row(browser: Browser, large: Browser, address: str, width: int, text: int) -> None:
    page = (large if text > 16 else browser).new_page(viewport={"width": width, "height": 740})
    page.goto(f"{address}/faq.html")
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Danger signs")).to_be_visible()
    expect(page.get_by_role("link", name="Disc Guide", exact=True)).to_be_visible()
    rows = page.evaluate(ROWS)
    assert max(top for top, _ in rows) < min(bottom for _, bottom in rows), rows
    assert not page.evaluate(SIDEWAYS)
    page.close()


def test_large_text_on_a_phone_goes_over_no_edge(large: Browser, address: str, page_url: str) -> None:
    page = large.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/{page_url}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert not page.evaluate(SIDEWAYS)
    page.close()


def test_the_section_being_read_is_marked_beside_the_text(visit: Visit) -> None:
    page = visit("treatments/dst.html", 1280, 900)
    page.mouse.move(600, 400)
    expect(page.locator(".itself").first).to_be_visible()
    current = page.locator(".on-this-page [aria-current=location]")
    for heading in page.locator(".prose > h2[id]").all()[:4]:
        name = heading.get_attribute("id")
        heading.evaluate("one => one.scrollIntoView()")
        expect(current).to_have_count(1)
        expect(current).to_have_attribute("href", f"#{name}")
    page.evaluate("scrollTo(0, 0)")
    expect(current).to_have_count(0)


def test_a_heading_is_a_link_to_itself(visit: Visit) -> None:
    page = visit("treatments/dst.html", 1280, 900)
    page.mouse.move(600, 400)
    link = page.get_by_role("heading", name="What can go wrong", exact=True).get_by_role("link")
    link.click()
    expect(page).to_have_url(re.compile(r"dst\.html#what-can-go-wrong$"))
    # A heading that opens something still opens it, and a box's own title is no place to go to.
    assert page.locator(":is(summary, .block__title) .itself").count() == 0


def test_wide_screens_have_the_sections_in_the_header(visit: Visit, contents: Contents) -> None:
    page = visit("treatments/dst.html", 1280)
    links = page.locator(".header__ways a:visible")
    titles = links.all_inner_texts()
    assert titles and set(titles) <= {entry.section or entry.title for entry in contents.pages}
    expect(page.locator(".header__ways [aria-current]")).to_have_text("Treatments")
    page.set_viewport_size({"width": 768, "height": 900})
    expect(links).to_have_count(0)


def test_a_phone_asks_for_nothing_that_only_large_screens_have_room_for(visit: Visit) -> None:
    page = visit("treatments/dst.html")
    page.mouse.move(200, 400)
    page.mouse.wheel(0, 500)
    page.wait_for_function("scrollY > 0")
    settled(page)
    names = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert names and not [name for name in names if "wide." in name]


def test_a_citation_shows_its_name_to_a_mouse_that_rests_on_it(visit: Visit) -> None:
    page = visit("treatments/dst.html", 1280, 900)
    page.mouse.move(600, 400)
    expect(page.locator(".itself").first).to_be_visible()
    cite = page.locator(".prose .cite:visible").first
    cite.hover()
    expect(cite).to_have_attribute("title", cite.get_attribute("aria-label") or "")
