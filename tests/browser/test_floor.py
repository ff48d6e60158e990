"""Phones that cannot be updated, and pages that come back: what a browser lacks is taken from it before the page loads."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from discguide.data.model import Guide
from tests.browser.conftest import Visit, search_for
from tests.browser.test_grid import TABLE, pick
from tests.browser.test_reading import SIDEWAYS
from tests.projects import ROOT

LACKS = """
    delete HTMLDialogElement.prototype.showModal; delete HTMLDialogElement.prototype.close;
    delete self.Highlight;
    const supports = CSS.supports.bind(CSS);
    CSS.supports = (...asked) => !/:has/.test(asked.join()) && supports(...asked);
"""
CONTAINERS = re.compile(r"@container[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
LOOKS_INSIDE = re.compile(r"[^{}]*:has\((?:[^{}])*\{[^{}]*\}")


def of_old(route: Route) -> None:
    """The style sheet as a browser of 2021 reads it: no container queries, and no rule that looks into an element."""
    text = route.fetch().text()
    # Such a browser is told what it lacks, and takes the branch for it.
    text = re.sub(r"@supports selector\(:has\(a\)\)", "@supports (display: nothing)", text)
    text = text.replace("@supports not selector(:has(a))", "@supports (display: block)")
    route.fulfill(body=LOOKS_INSIDE.sub("", CONTAINERS.sub("", text)), content_type="text/css")


@pytest.fixture
def old(browser: Browser, address: str) -> Iterator[Page]:
    """A phone with iOS 15 or Chrome 90, as far as Chromium can play one."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(LACKS)
    context.route("**/guide.*.css", of_old)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}/{TABLE}")
    yield page
    context.close()
    assert faults == []


def test_an_old_phone_compares(old: Page, guide: Guide) -> None:
    assert not old.evaluate(SIDEWAYS)
    narrow = "all => all.filter((one) => one.getBoundingClientRect().width < 120).length"
    assert old.locator(".row td").evaluate_all(narrow) == 0
    pick(old, sorted(guide.treatments)[:2])
    expect(old.locator(".row-harms td:visible")).to_have_count(2)
    expect(old.locator(".treatment-table thead th.option:not([hidden])")).to_have_count(2)
    expect(old.locator(".comparison__status")).to_contain_text("Showing 2 of")
    old.locator("label[for=have-herniation]").click()
    expect(old.locator("#compare-degeneration")).not_to_be_visible()
    expect(old.locator(".narrowing__note--herniation")).to_be_visible()
    old.get_by_role("button", name="Show all").press("Enter")
    expect(old.locator(".row-harms td:visible")).to_have_count(len(guide.treatments))
    expect(old.locator("#compare-degeneration")).to_be_visible()


def test_an_old_phone_has_menu_search_and_colours(old: Page) -> None:
    old.click(".header__menu")
    expect(old.locator("#menu nav a").first).to_be_visible()
    old.locator("#menu .sheet__top button").click()
    expect(old.locator(".header__menu")).to_be_focused()
    search_for(old, "numb groin")
    expect(old.locator(".search__danger a")).to_be_visible()
    expect(old.locator("#search ol a").first).to_be_visible()
    old.keyboard.press("Escape")
    expect(old.locator("#search")).not_to_be_visible()
    old.locator("#scheme").select_option("dark")
    expect(old.locator("html")).to_have_attribute("data-scheme", "dark")


@pytest.mark.parametrize("path", sorted((ROOT / "overrides/assets").glob("*.js")), ids=lambda path: path.name)
def test_no_script_asks_for_more_than_the_floor_has(path: Path) -> None:
    """A script with one sign that a browser cannot read does nothing at all there."""
    text = path.read_text(encoding="utf-8")
    newer = r"\(\?<[=!]|\.at\(|structuredClone|hasOwn\(|toSorted|findLast|\bstatic \{|Promise\.any|/v\b"
    assert not re.findall(newer, text)


@pytest.mark.parametrize("url", ["tests-and-scans.html", "medicines.html", TABLE])
def test_a_table_says_what_it_is_however_it_is_laid_out(visit: Visit, url: str) -> None:
    page = visit(url, 360)
    for selector, role in {
        "table": "table",
        "tr": "row",
        "td": "cell",
        "thead th": "columnheader",
        "tbody th": "rowheader",
    }.items():
        found = page.locator(f".prose {selector}")
        assert set(found.evaluate_all("all => all.map((one) => one.getAttribute('role'))")) <= {role}, selector
    assert page.locator(".prose [role=cell]").count()


def test_colours_and_their_box_agree_after_back_and_in_other_tabs(visit: Visit) -> None:
    page = visit("faq.html")
    box = page.locator("#scheme")
    page.goto(page.url.replace("faq", "outlook"))
    box.select_option("dark")
    page.go_back()
    expect(page).to_have_url(re.compile("faq"))
    expect(box).to_have_value("dark")
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("#scheme").select_option("light")
    expect(box).to_have_value("light")
    expect(page.locator("html")).to_have_attribute("data-scheme", "light")
    other.locator("#scheme").select_option("")
    expect(box).to_have_value("")
    expect(page.locator("html")).not_to_have_attribute("data-scheme", re.compile("."))


def test_the_spoken_status_agrees_with_what_is_picked_after_back(visit: Visit, guide: Guide) -> None:
    page = visit(TABLE)
    pick(page, sorted(guide.treatments)[:2])
    page.goto(page.url.split("#")[0].replace("compare", "dst"))
    page.go_back()
    expect(page.locator(".row-harms td:visible")).to_have_count(2)
    expect(page.locator(".comparison__status")).to_contain_text("Showing 2 of")
