"""Everything by keyboard: reachable, visible where it is, operable; nothing hidden takes focus."""

from typing import Any

import pytest
from playwright.sync_api import Page

from discguide.data.fields import LEFT_OUT, CHOICES
from discguide.data.model import Guide
from tests.browser.conftest import Visit

STEP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const look = getComputedStyle(at);
  // Of a link that runs over two lines, its first line: at the corner of the whole may stand other words.
  const line = at.getClientRects()[0] ?? box;
  const hit = document.elementFromPoint(line.x + Math.min(line.width, 20) / 2, line.y + Math.min(line.height, 20) / 2);
  (self.reached ??= new Set()).add(at);
  return {
    name: at.outerHTML.slice(0, 120),
    before: !at.closest("main, footer"),
    seen: at.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.width > 1 && box.height > 1
      && box.left >= 0 && box.right <= innerWidth + 1 && box.bottom > 0 && box.top < innerHeight,
    covered: !(hit && (at === hit || at.contains(hit) || hit.contains(at) || hit.closest("label")?.htmlFor === at.id)),
    ring: look.outlineStyle === "none" ? 0 : parseFloat(look.outlineWidth),
    second: look.boxShadow !== "none",
  };
}"""
MISSED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !self.reached.has(one)
    && !(one.type === "radio" && !one.checked))
  .map((one) => one.outerHTML.slice(0, 120))"""


def walk(page: Page, most: int = 2000) -> list[dict[str, Any]]:
    """Press Tab through the whole page and note each stop."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STEP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("Tab never leaves the page")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_walk(visit: Visit, kind_url: str, width: int, scheme: str) -> None:
    page = visit(kind_url, width, color_scheme=scheme)
    stops = walk(page)
    assert "skip-link" in stops[0]["name"]
    assert not [stop["name"] for stop in stops if not stop["seen"]]
    assert not [stop["name"] for stop in stops if stop["covered"]]
    assert not [stop["name"] for stop in stops if stop["ring"] < 3 or not stop["second"]]
    assert not page.evaluate(MISSED)
    if width == 390:
        assert sum(stop["before"] for stop in stops) <= 6


def test_skip_link(visit: Visit) -> None:
    page = visit("faq.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_menu(visit: Visit) -> None:
    page = visit("treatments/dst.html")
    button = page.get_by_role("button", name="Menu")
    assert button.get_attribute("aria-expanded") == "false"
    assert not page.locator("#menu").is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{button.get_attribute('aria-controls')}").is_visible()
    assert page.evaluate("document.querySelector('#menu').contains(document.activeElement)")
    assert page.locator("#menu [aria-current=page]").count() == 1
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.textContent") == "Menu"
    page.keyboard.press("Space")
    page.locator("#menu nav a", has_text="Glossary").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html")


@pytest.mark.parametrize("disk", [False, True], ids=["server", "disk"])
def test_search(visit: Visit, disk: bool) -> None:
    page = visit("treatments/dst.html", disk=disk)
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Enter")
    # Typed at once, before the index can have arrived: no letter may get lost.
    page.keyboard.type("slipped disc")
    first = page.locator(".search__results a").first
    first.wait_for()
    assert page.locator("#search-words").input_value() == "slipped disc"
    page.wait_for_function(
        """() => document.querySelector("#search [role=status]").textContent
        .startsWith(`${document.querySelectorAll(".search__results a").length} `)"""
    )
    # Really on the screen, not only in the document; the list is made anew while one types.
    page.wait_for_function(
        """() => { const one = document.querySelector(".search__results a"), box = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(box.x + 5, box.y + 5)); }"""
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#search') !== null")
    first.focus()
    goal = first.get_attribute("href")
    assert goal
    page.keyboard.press("Enter")
    page.wait_for_url(goal)


def test_search_finds_nothing_and_says_so(visit: Visit) -> None:
    page = visit("index.html")
    page.click(".header__search")
    page.keyboard.type("xyzzyq")
    page.get_by_text("Nothing found").wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "Search"


def test_nothing_is_fetched_for_a_search_nobody_wants(visit: Visit) -> None:
    page = visit("index.html")
    page.mouse.click(5, 400)
    page.mouse.wheel(0, 500)
    fetched = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert fetched and not [name for name in fetched if "search" in name]
    assert len(fetched) + 1 <= 4


@pytest.mark.parametrize("use", CHOICES)
def test_narrowing(visit: Visit, guide: Guide, use: str) -> None:
    page = visit("treatments/compare.html")
    remaining = [key for key, item in guide.in_order().items() if getattr(item.studied_for, use) not in LEFT_OUT]
    page.locator("#have-unknown").focus()
    for _ in range(1 + list(CHOICES).index(use)):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.id") == f"have-{use.replace('_', '-')}"
    heads = page.locator(".treatment-table thead th.option:visible")
    assert heads.evaluate_all("all => all.map(one => one.id)") == remaining
    assert (
        page.locator(".comparison [role=status]").inner_text()
        == f"Showing {len(remaining)} of {len(guide.treatments)} options."
    )
    assert page.locator(".narrowing__count:visible").inner_text().startswith(f"{len(remaining)} of ")


def test_picking(visit: Visit) -> None:
    page = visit("treatments/compare.html")
    for key in ("pldd", "podd"):
        page.locator(f"#show-{key}").focus()
        page.keyboard.press("Space")
    heads = page.locator(".treatment-table thead th.option:visible")
    assert heads.evaluate_all("all => all.map(one => one.id)") == ["pldd", "podd"]
    assert page.locator(".row-harms td:visible").count() == 2
    page.get_by_role("button", name="Show all options again").press("Enter")
    assert page.locator(".row-harms td:visible").count() == page.locator(".row-harms td").count()


def test_the_style_sheet_can_pick_more_columns_than_there_are(guide: Guide) -> None:
    """A new option must need no change of code."""
    assert len(guide.treatments) < 30


@pytest.mark.parametrize("scripts", [True, False])
def test_stages(visit: Visit, scripts: bool) -> None:
    page = visit("tests-and-scans.html", java_script_enabled=scripts)
    page.locator(".stages input").first.focus()
    for shown in range(1, 4):
        page.keyboard.press("ArrowRight")
        visible = page.locator(".stages__panel").evaluate_all("all => all.map(one => one.checkVisibility())")
        assert visible == [number == shown for number in range(4)]


def test_colours(visit: Visit) -> None:
    page = visit("index.html", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.locator("#scheme").select_option("dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(page.url.replace("index", "faq"))
    assert page.evaluate(ground) == dark, "the choice holds on the next page"
    page.locator("#scheme").select_option("")
    assert page.evaluate(ground) == light
    assert page.evaluate("Object.keys(localStorage)") == []
