"""What readers come for stands where they look first: limits in screens of a phone, a tenth above their goals."""

import pytest
from playwright.sync_api import Page, expect

from discguide.data.model import Guide
from tests.browser.conftest import Visit
from tests.goals import keeps_to

# How far down the first words below a heading begin, in hundredths of a screen.
BELOW = """id => { const first = document.getElementById(id).nextElementSibling;
  return 100 * (first.getBoundingClientRect().top + scrollY) / innerHeight; }"""


def test_benefits_and_harms_come_early(visit: Visit, guide: Guide) -> None:
    page = visit("treatments/compare.html")
    for key in guide.treatments:
        page.goto(f"{page.url.rpartition('/')[0]}/{key}.html")
        for heading, screens in (("what-changed-for-people", 200), ("what-can-go-wrong", 400)):
            hint = "shorten the short answer, or fold more of what comes first"
            keeps_to(screens, page.evaluate(BELOW, heading), f"{key}: {heading}", "hundredths of a screen", hint)


def test_claims_wait_under_their_count(visit: Visit, guide: Guide) -> None:
    """Each heading says the verdict; none of two dozen is like another."""
    key, item = max(guide.treatments.items(), key=lambda pair: len(pair[1].claims))
    page = visit(f"treatments/{key}.html")
    claims = page.locator("details.claims")
    expect(claims.locator("summary")).to_contain_text(f"{len(item.claims)} claims: ")
    expect(claims.locator(".claim-and-evidence").first).not_to_be_visible()
    claims.locator("summary").click()
    expect(claims.locator(".claim-and-evidence").first).to_be_visible()
    heads = claims.locator("h3").all_inner_texts()
    assert len(set(heads)) == len(item.claims)


@pytest.mark.parametrize("url", ["treatments/discectomy.html", "faq.html", "tests-and-scans.html"])
def test_paper_opens_what_is_folded(visit: Visit, url: str) -> None:
    page = visit(url, java_script_enabled=False)
    folded = page.locator("details.more > :not(summary)")
    expect(folded.first).not_to_be_visible()
    page.emulate_media(media="print")
    assert folded.count() and all(_shows(one) for one in page.locator("details.more").all())


def _shows(details: object) -> bool:
    return bool(details.evaluate("one => one.lastElementChild.checkVisibility({ contentVisibilityAuto: true })"))  # type: ignore[attr-defined]


def _tops(page: Page, place: str) -> list[float]:
    return [
        float(top)
        for top in page.locator(place).evaluate_all("all => all.map((one) => one.getBoundingClientRect().top)")
    ]


def test_numbers_to_call_stand_under_the_title(visit: Visit) -> None:
    page = visit("urgent.html")
    numbers = page.locator("ul:has(> .numbers) a")
    assert numbers.count() >= 2
    assert max(_tops(page, "ul:has(> .numbers) a")) < 844 / 2
    assert min(_tops(page, ".block--emergency")) < 844 / 3
    for box in (one.bounding_box() for one in numbers.all()):
        assert box and min(box["width"], box["height"]) >= 44


def test_home_answers_in_one_screen_of_a_desktop(visit: Visit) -> None:
    page = visit("index.html", 1280, 800)
    for place in (".block--short", ".block--emergency", ".figure--home-disc > svg"):
        box = page.locator(place).bounding_box()
        assert box and box["y"] + box["height"] <= 800, place
    tops = _tops(page, "ul:has(> .ways-in) > li")
    assert len(set(tops)) == 1 and tops[0] < 800, "the ways in are a row that begins in sight"


def test_home_is_two_screens_of_a_phone(visit: Visit) -> None:
    page = visit("index.html")
    hint = "shorten the home page: what it says stands on the pages it leads to"
    keeps_to(200, 100 * _tops(page, "footer")[0] / 844, "home before its foot", "hundredths of a screen", hint)


@pytest.mark.parametrize("width", [320, 390])
def test_two_pictures_of_people_stand_side_by_side(visit: Visit, width: int) -> None:
    """Two groups are compared in one look, with marks of one size."""
    page = visit("treatments/discectomy.html", width)
    pair = page.locator(".outcome__groups:has(.people):visible").first.locator(".people")
    first, second = pair.nth(0).bounding_box(), pair.nth(1).bounding_box()
    assert first and second and first["x"] + first["width"] <= second["x"]
    assert abs(first["width"] - second["width"]) < 0.5


@pytest.mark.parametrize(("width", "fonts"), [(390, 0), (768, 1), (1280, 1)])
def test_headings_have_a_face_where_there_is_room(visit: Visit, width: int, fonts: int) -> None:
    """A phone asks for nothing more than the page, its styles, its script and its sign."""
    page = visit("anatomy.html", width)
    asked = page.evaluate("document.fonts.ready.then(() => performance.getEntries().map((one) => one.name))")
    assert len([name for name in asked if name.endswith(".woff2")]) == fonts
    serif = page.locator(".prose > h2").first.evaluate("one => getComputedStyle(one).fontFamily")
    assert ("Disc Guide Heads" in serif) == bool(fonts)


def test_words_of_a_report_open_in_place(visit: Visit) -> None:
    page = visit("tests-and-scans.html", java_script_enabled=False)
    word = page.locator("details.more--word").first
    expect(word.locator("p").first).not_to_be_visible()
    word.locator("summary").click()
    expect(word.locator("p").first).to_be_visible()
    assert not page.locator("details.more--word :is(h2, h3)").count(), "they stand in no list of headings"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_term_opens_in_place(visit: Visit, width: int) -> None:
    """By tap and by keyboard, without scripts; the way to its entry is the next stop, Escape closes."""
    page = visit("symptoms.html", width, java_script_enabled=False)
    term = page.locator("button.term").first
    meaning = page.locator(".meaning").first
    expect(meaning).not_to_be_visible()
    term.click()
    expect(meaning).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(meaning).not_to_be_visible()
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Tab")
    expect(meaning.locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dt:target")).to_be_visible()


def test_paper_shows_terms_as_words(visit: Visit) -> None:
    page = visit("symptoms.html")
    page.emulate_media(media="print")
    expect(page.locator("button.term").first).to_be_visible()
    expect(page.locator(".meanings")).not_to_be_visible()
