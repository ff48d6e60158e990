"""The search answers what readers type, in their words."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from ruamel.yaml import YAML

from discguide.render.search_index import WAYS_IN
from tests.browser.conftest import Visit, search_for
from tests.projects import CASES
from tests.waiting import settled

QUERIES: dict[str, list[str]] = {
    query: pages
    for name in ("reader-queries.yml", "reader-queries-life.yml", "reader-queries-frozen.yml")
    for query, pages in YAML(typ="safe").load(CASES / name).items()
}
RED_LINE = "red line"
RED = "rgb(163, 22, 15)"

_ASK = """(queries) => {
  const field = document.querySelector('#search input');
  const found = {};
  // The list waits for a pause in typing; to wait as long for each question here would show nothing more.
  self.setTimeout = (act) => { act(); };
  for (const query of queries) {
    field.value = query;
    field.dispatchEvent(new Event('input'));
    found[query] = {
      red: document.querySelectorAll('.search__danger a').length,
      links: [...document.querySelectorAll('#search ol > li')].map((page) => page.querySelector('a').href),
    };
  }
  return found;
}"""


@pytest.fixture(scope="module")
def answers(browser: Browser, address: str) -> dict[str, Any]:
    """What the search says to every question: the best place of each page in its list, and whether the red line stands above it."""
    page = browser.new_page()
    page.goto(f"{address}/index.html")
    page.click(".header__search")
    page.keyboard.type("disc")
    expect(page.locator("#search ol a").first).to_be_visible()
    found: dict[str, Any] = page.evaluate(_ASK, list(QUERIES))
    page.close()
    return found


def test_readers_find_the_page_that_answers(answers: dict[str, Any]) -> None:
    wanted = {query: names for query, given in QUERIES.items() if (names := [one for one in given if one != RED_LINE])}
    results = {query: answers[query]["links"] for query in wanted}
    places = {}
    for query, pages in wanted.items():
        names = [urlsplit(link).path.lstrip("/").removesuffix(".html") for link in results[query]]
        places[query] = next((place for place, name in enumerate(names) if name in pages), None)
    first = [query for query, place in places.items() if place == 0]
    among_three = [query for query, place in places.items() if place is not None and place < 3]
    missed = {query: results[query][:3] for query in wanted if query not in among_three}
    assert len(wanted) >= 200
    assert len(among_three) >= 0.98 * len(wanted), missed
    assert len(first) >= 0.9 * len(wanted), {q: results[q][:1] for q in wanted if q not in first}


def test_every_danger_word_shows_the_red_line_and_few_others_do(answers: dict[str, Any]) -> None:
    danger = [query for query, given in QUERIES.items() if RED_LINE in given]
    calm = [query for query in QUERIES if query not in danger]
    assert len(danger) >= 100 and len(calm) >= 100
    assert [query for query in danger if answers[query]["red"] != 1] == []
    shown = [query for query in calm if answers[query]["red"]]
    assert len(shown) <= 0.1 * len(calm), shown


def opened(visit: Visit, words: str, url: str = "treatments/dst.html", width: int = 390, **options: Any) -> Page:
    """Open the search and type, as a reader does."""
    page = visit(url, width, **options)
    search_for(page, words)
    return page


@pytest.mark.parametrize("disk", [False, True], ids=["server", "disk"])
def test_the_red_line_leads_to_the_danger_signs_though_no_page_has_the_word(visit: Visit, disk: bool) -> None:
    page = opened(visit, "ambulance", disk=disk)
    line = page.locator("#search [role=status]", has_text="This could be a danger sign: see Get help now")
    expect(line).to_be_visible()
    expect(page.locator("#search ol > li")).to_have_count(1)
    expect(page.locator("#search ol a").first).to_have_attribute("href", re.compile(r"/urgent\.html"))
    expect(line.locator("p")).to_have_css("background-color", RED)
    line.get_by_role("link", name="Get help now").click()
    expect(page).to_have_url(re.compile(r"/urgent\.html$"))
    expect(page.locator(".block--emergency > .block__title").first).to_have_css("background-color", RED)


def test_the_red_line_goes_with_the_words_and_is_said_once(visit: Visit) -> None:
    page = opened(visit, "numb")
    line = page.locator(".search__danger p")
    expect(line).to_be_visible()
    line.evaluate("one => (self.first = one)")
    page.keyboard.type(" foot")
    expect(page.locator("#search ol mark", has_text="foot")).not_to_have_count(0)
    assert line.evaluate("one => one === self.first"), "a second line would be said again"
    page.locator("#search-words").fill("chair")
    expect(line).to_have_count(0)


def test_the_red_line_stays_in_sight_above_a_long_list(visit: Visit) -> None:
    page = opened(visit, "numb leg", width=390)
    line = page.locator(".search__danger p")
    last = page.locator("#search ol a").last
    expect(line).to_be_visible()
    last.focus()
    expect(last).to_be_in_viewport(ratio=1)
    expect(line).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("words", "goal"),
    [("numb groin", ".search__danger a"), ("risks of surgery", "#search ol li:first-child a >> nth=0")],
    ids=["danger", "other"],
)
def test_return_shows_the_list_and_leaves_the_page_to_the_reader(visit: Visit, words: str, goal: str) -> None:
    page = opened(visit, words)
    here = page.url
    page.keyboard.type(" ")
    page.keyboard.press("Enter")
    expect(page.locator(goal)).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape(here) + r"#q="))  # the same page, and the words to share
    expect(page.locator("#search")).to_be_visible()
    # The second Return is a choice: the first alone would have shown this page only.
    chosen = page.locator(goal).get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape((chosen or "").partition("&")[0]) + "$"))


def test_return_before_the_search_has_arrived_loses_nothing(visit: Visit) -> None:
    """The form would otherwise be sent to this page, which the policy stops with a complaint."""
    page = visit("faq.html")
    page.evaluate("self.held = []; document.head.append = (script) => { self.held.push(script); }")
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("numb groin")
    page.keyboard.press("Enter")
    expect(page.locator(".search__status")).to_have_text("Getting ready…")
    page.evaluate("() => { delete document.head.append; document.head.append(...self.held); }")
    expect(page.locator(".search__danger a")).to_be_visible()
    expect(page.locator("#search-words")).to_have_value("numb groin")
    expect(page).to_have_url(re.compile(r"/faq\.html$"))


def test_no_answer_is_a_heap_of_words(visit: Visit) -> None:
    """The index keeps the later words of a long section to be found, and the list shows its sentences."""
    page = opened(visit, "numb groin")
    shown = page.locator("#search .search__place p").all_inner_texts()
    assert shown and not [words for words in shown if " … " in words[2:-2]]


def test_no_page_is_named_twice(visit: Visit) -> None:
    """Its name stands above its places, unless the best of them bears it."""
    page = opened(visit, "numb groin")
    expect(page.locator("#search ol a", has_text="Get help now").first).to_be_visible()
    for item in page.locator("#search ol > li").all():
        lines = [line.strip() for line in item.inner_text().split("\n") if line.strip()]
        assert lines[0] != lines[1], lines[:2]


def test_ctrl_k_opens_it_and_arrows_go_through_the_answers(visit: Visit) -> None:
    page = visit("faq.html")
    page.keyboard.press("Control+k")
    field = page.locator("#search-words")
    expect(field).to_be_focused()
    page.keyboard.type("numb groin")
    expect(page.locator("#search ol a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".search__danger a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search ol a").first).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()


def test_a_question_in_the_address_is_asked(visit: Visit) -> None:
    page = visit("faq.html#q=ozone")
    expect(page.locator("#search ol a").first).to_be_visible()
    expect(page.locator("#search-words")).to_have_value("ozone")
    page.locator("#search-words").fill("laser")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#q=laser$"))
    page.locator("#search .sheet__top button").click()
    expect(page).to_have_url(re.compile(r"faq\.html#?$"))


def test_it_works_in_a_browser_without_dialogs(visit: Visit) -> None:
    page = visit("index.html")
    page.add_init_script("delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;")
    page.goto(page.url)
    page.click(".header__search")
    page.locator("#search-words").fill("ozone")
    expect(page.locator("#search ol a").first).to_be_visible()
    page.locator("#search .sheet__top button").click()
    expect(page.locator("#search")).not_to_be_visible()
    page.click(".header__menu")
    expect(page.locator("#menu nav a").first).to_be_visible()


MARKED = "[...(CSS.highlights.get('found') || [])].map((one) => String(one).toLowerCase())"


@pytest.mark.parametrize("disk", [False, True], ids=["server", "disk"])
def test_the_words_found_are_marked_where_an_answer_leads_until_switched_off(visit: Visit, disk: bool) -> None:
    page = opened(visit, "ozone harms", "faq.html", disk=disk)
    page.locator("#search ol a[href*='treatments/podd.html']").first.click()
    page.wait_for_url(re.compile(r"podd\.html#"))
    off = page.get_by_role("button", name="Remove marks")
    expect(off).to_be_in_viewport(ratio=1)
    marked = page.evaluate(MARKED)
    assert "ozone" in marked and set(marked) <= {"ozone", "harm", "harms", "podd", "discolysis"}
    before = page.locator("article").inner_text()
    off.focus()
    page.keyboard.press("Enter")
    expect(off).to_have_count(0)
    expect(page.locator("main")).to_be_focused()
    assert page.evaluate(MARKED) == [] and page.locator("article").inner_text() == before
    expect(page).to_have_url(re.compile(r"podd\.html#[\w-]*$"))


def test_no_server_is_told_what_was_asked(visit: Visit) -> None:
    page = visit("faq.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    search_for(page, "numb groin ozone")
    page.keyboard.press("Enter")
    page.locator("#search ol a").first.click()
    expect(page.locator(".marks")).to_be_visible()
    page.reload()
    expect(page.locator("#content")).to_be_visible()
    assert asked and not [url for url in asked if re.search("numb|groin|ozon", url.partition("#")[0])]


def test_the_bar_of_the_marks_hides_nothing_that_has_the_focus(visit: Visit) -> None:
    page = visit("treatments/podd.html#&found=ozon")
    expect(page.locator(".marks")).to_be_visible()
    covered = """all => all.filter((one) => { one.focus(); const { left, bottom } = [...one.getClientRects()].pop();
        return bottom > document.querySelector(".marks").getBoundingClientRect().top; }).map((one) => one.outerHTML)"""
    assert not page.locator("main a:visible, footer a:visible").evaluate_all(covered)


def test_a_browser_that_cannot_paint_marks_shows_the_page_as_it_is(visit: Visit) -> None:
    page = visit("index.html")
    page.add_init_script("delete self.Highlight;")
    page.goto(page.url.replace("index.html", "treatments/podd.html#&found=ozon"))
    expect(page.locator("html")).to_have_class("js")
    settled(page)
    expect(page.locator(".marks")).to_have_count(0)


def test_nothing_found_offers_the_ways_in(visit: Visit) -> None:
    page = opened(visit, "xyzzyq")
    expect(page.locator(".search__status")).to_have_text("Nothing found. Try another word, or start here:")
    links = page.locator("#search ol > li a")
    expect(links).to_have_count(len(WAYS_IN))
    assert [re.sub(r".*//[^/]*/", "", link) for link in links.evaluate_all("all => all.map((one) => one.href)")] == [
        *WAYS_IN
    ]
    page.locator("#search-words").fill("ozone")
    expect(page.locator(".search__status")).to_contain_text("answer")


def test_a_page_that_stayed_open_over_a_new_edition_still_searches(browser: Browser, address: str, site: Path) -> None:
    """A new edition has other words, so another name for the index, and no file under the old name."""
    (old,) = (site / "assets").glob("search-index.*.js")
    new = "search-index.00000000.js"
    page = browser.new_page()
    page.goto(f"{address}/treatments/dst.html")
    page.route(f"**/{old.name}", lambda route: route.fulfill(status=404))
    page.route(f"**/{new}", lambda route: route.fulfill(path=old))
    text = (site / "treatments/dst.html").read_text(encoding="utf-8").replace(old.name, new)
    page.route("**/treatments/dst.html", lambda route: route.fulfill(body=text, content_type="text/html"))
    search_for(page, "ozone")
    expect(page.locator("#search ol a").first).to_be_visible()
    page.close()


def test_a_search_that_cannot_be_had_says_so_and_can_be_asked_for_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/faq.html")
    page.route(re.compile("search|faq"), lambda route: route.abort())
    page.click(".header__search")
    expect(page.locator(".search__status")).to_contain_text("could not be loaded")
    page.unroute_all()
    page.keyboard.press("Escape")
    search_for(page, "ozone")
    expect(page.locator("#search ol a").first).to_be_visible()
    page.close()
