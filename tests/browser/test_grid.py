"""The comparison as a reader uses it: it fits a phone, picks act at once, the choice lives in the address."""

import io
import re

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from discguide.data.fields import CHOICES
from discguide.data.model import Guide
from tests.browser.conftest import Visit
from tests.goals import keeps_to

TABLE = "treatments/compare.html"
THREE = 3
# Heights in hundredths of a screen: of the page, of the table, of the longest question.
MEASURED = """() => { const of = (height) => 100 * height / innerHeight;
  const high = (place) => Math.max(...[...document.querySelectorAll(place)].map((one) => one.getBoundingClientRect().height));
  return { page: of(document.documentElement.scrollHeight), table: of(high(".treatment-table")), row: of(high(".row")) }; }"""
HINT = "shorten the words of the longest cells in docs/data/treatments.yml, grid:"


def pick(page: Page, keys: list[str]) -> None:
    """Tick options as a reader does: on their names."""
    for key in keys:
        page.locator(f"label[for=show-{key}]").click()
        expect(page.locator(f"#show-{key}")).to_be_checked()


def shown(page: Page, row: str = "harms") -> list[str]:
    """The options whose cells can be seen."""
    names = page.locator(f".row-{row} td:visible .cell__label")
    return names.evaluate_all("all => all.map((name) => name.firstChild.textContent.trim())")


@pytest.mark.parametrize(
    ("width", "height", "whole", "table", "picked", "row"),
    [(390, 844, 1200, 1000, 400, 70), (360, 740, 1600, 1200, 450, 75), (1280, 900, 600, 250, 100, 100)],
)
def test_it_fits(
    visit: Visit, guide: Guide, width: int, height: int, whole: int, table: int, picked: int, row: int
) -> None:
    page = visit(TABLE, width, height)
    unit = "hundredths of a screen"
    found = page.evaluate(MEASURED)
    keeps_to(whole, found["page"], f"the comparison at {width} px", unit, HINT)
    keeps_to(table, found["table"], f"its table at {width} px", unit, HINT)
    pick(page, sorted(guide.treatments)[:THREE])
    found = page.evaluate(MEASURED)
    keeps_to(picked, found["table"], f"{THREE} options at {width} px", unit, HINT)
    keeps_to(row, found["row"], f"the longest question of {THREE} options at {width} px", unit, HINT)


def test_the_address_keeps_the_choice_when_a_link_leads_elsewhere_on_the_page(visit: Visit) -> None:
    page = visit(TABLE)
    pick(page, ["pldd", "discectomy"])
    for link in ("See the answers", "How to choose"):
        page.get_by_role("link", name=link).click()
        expect(page).to_have_url(re.compile("#pldd,discectomy$|#discectomy,pldd$"))
    page.reload()
    expect(page.locator("[role=status]").first).to_contain_text("Showing 2 of")


def test_what_is_folded_opens_for_who_is_led_to_it(visit: Visit) -> None:
    page = visit(TABLE)
    steps = page.get_by_text("Read one question at a time.")
    expect(steps).to_be_hidden()
    page.get_by_role("link", name="How to choose").click()
    expect(steps).to_be_visible()


def test_controls_stand_in_the_first_screen(visit: Visit) -> None:
    page = visit(TABLE)
    box = page.locator(".picking").bounding_box()
    assert box and box["y"] + box["height"] <= 844
    stops = 0
    while not page.evaluate("Boolean(document.activeElement.closest('.comparison__controls'))"):
        page.keyboard.press("Tab")
        stops += 1
        assert stops <= 12


@pytest.mark.parametrize("scripts", [True, False])
def test_picked_options_alone_are_shown(visit: Visit, guide: Guide, scripts: bool) -> None:
    page = visit(TABLE, java_script_enabled=scripts)
    keys = sorted(guide.treatments)[:2]
    pick(page, keys)
    expect(page.locator(".row-harms td:visible")).to_have_count(2)
    assert sorted(shown(page)) == sorted(guide.treatments[key].names.short for key in keys)
    if scripts:
        expect(page.locator(".comparison__status")).to_have_text(f"Showing 2 of {len(guide.treatments)} options.")
    page.get_by_role("button", name="Show all").press("Enter")
    expect(page.locator(".row-harms td:visible")).to_have_count(len(guide.treatments))


@pytest.mark.parametrize("scripts", [True, False])
def test_what_one_has_hides_the_other_pain(visit: Visit, scripts: bool) -> None:
    page = visit(TABLE, java_script_enabled=scripts)
    for use, other in zip(CHOICES, reversed(CHOICES), strict=True):
        page.locator(f"label[for=have-{use}]").click()
        expect(page.locator(f"#compare-{other}")).not_to_be_visible()
        expect(page.locator(f"#compare-{use}")).to_be_visible()
        expect(page.locator(f".narrowing__note--{use}")).to_be_visible()
        expect(page.locator(f".narrowing__note--{other}")).not_to_be_visible()


def test_the_choice_lives_in_the_address(visit: Visit, guide: Guide) -> None:
    page = visit(TABLE)
    keys = sorted(guide.treatments)[:2]
    pick(page, keys)
    page.locator("label[for=have-herniation]").click()
    expect(page).to_have_url(re.compile(r"#.*herniation$"))
    for again in (page.reload, lambda: page.goto(f"{page.url.rpartition('/')[0]}/dst.html") and page.go_back()):
        again()
        expect(page.locator(".row-harms td:visible")).to_have_count(2)
        expect(page.locator("#have-herniation")).to_be_checked()
        expect(page.locator(".comparison__status")).to_contain_text("Showing 2 of")


def test_an_address_with_strange_names_shows_all_and_says_so(visit: Visit, guide: Guide) -> None:
    page = visit(f"{TABLE}#dust,lazer")
    expect(page.locator(".comparison__status")).to_contain_text("dust, lazer")
    expect(page.locator(".row-harms td:visible")).to_have_count(len(guide.treatments))


@pytest.mark.parametrize("asked", ["pldd,%E0%A4", "pldd,call%20this%20number", "pldd,DST%20heals", "pldd," + "a" * 60])
def test_an_address_puts_no_sentence_into_the_page_and_stops_nothing(visit: Visit, guide: Guide, asked: str) -> None:
    page = visit(f"{TABLE}#{asked}", 1280, 900)
    status = page.locator(".comparison__status")
    expect(status).to_have_text(
        f"The address names what this page does not have: …. Showing 1 of {len(guide.treatments)} options. "
        "Tick a second one to compare."
    )
    expect(page.locator("#show-pldd")).to_be_checked()


def test_what_matters_comes_first(visit: Visit) -> None:
    page = visit(TABLE)
    page.locator("label[for=matters-money]").click()
    first = page.locator(".row").first
    expect(first).to_have_attribute("id", "compare-cost")
    expect(first.locator(".row__mark")).to_be_visible()
    page.locator("label[for=matters-money]").click()
    expect(page.locator(".row").first).to_have_attribute("id", "compare-herniation")
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]


def test_what_matters_is_a_list_of_links_without_scripts(visit: Visit) -> None:
    page = visit(TABLE, java_script_enabled=False)
    page.locator("#matters-money").click()
    expect(page).to_have_url(re.compile("#compare-cost$"))


def test_the_long_answer_opens_in_place(visit: Visit) -> None:
    page = visit(TABLE, java_script_enabled=False)
    cell = page.locator(".row-harms td").first
    expect(cell.locator(".cite").first).not_to_be_visible()
    cell.locator("summary").click()
    expect(cell.locator(".cite").first).to_be_visible()
    expect(cell.locator(".cell__page")).to_be_visible()


def test_the_picked_options_are_one_sheet(visit: Visit, guide: Guide) -> None:
    page = visit(TABLE, 1280)
    pick(page, sorted(guide.treatments)[:THREE])
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join("".join(sheet.extract_text() for sheet in paper.pages).split())
    assert len(paper.pages) == 1
    assert "printed on" in text and "reviewed" in text and "Sources" in text


def test_no_cell_cites_and_none_is_empty(visit: Visit) -> None:
    """A number between brackets says nothing to who compares; it stands with the long answer."""
    page = visit(TABLE)
    short = page.locator(".row td .cell__body > p")
    assert short.count() and not [words for words in short.all_inner_texts() if re.search(r"\[R\d", words)]
    assert all(page.locator(".row td .cell__body").evaluate_all("all => all.map((one) => one.innerText.trim().length)"))
