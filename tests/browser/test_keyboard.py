"""Everything by keyboard: reachable, visible where it is, operable; nothing hidden takes focus."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, search_for
from tests.waiting import settled

# Waits until the focus has left where it was found last.
STEP = """() => {
  const at = document.activeElement;
  if (at === self.foundAt) return null;
  self.foundAt = at;
  if (!at || at === document.body) return {left: true};
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
    page.evaluate("self.foundAt = document.activeElement")
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.wait_for_function(STEP).json_value()
        if "left" in stop:
            return stops
        stops.append(stop)
    raise AssertionError("Tab never leaves the page")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_walk(visit: Visit, kind_url: str, width: int, scheme: str) -> None:
    page = visit(kind_url, width, color_scheme=scheme)
    # A large screen's own script comes with the first key.
    page.keyboard.press("Shift")
    settled(page)
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
    expect(page.locator("#content")).to_be_focused()


def test_menu(visit: Visit) -> None:
    page = visit("treatments/dst.html")
    button = page.get_by_role("button", name="Menu")
    menu = page.locator("#menu")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_have_attribute("aria-controls", "menu")
    expect(menu).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu).to_be_visible()
    expect(menu.locator(":focus")).to_have_count(1)
    expect(menu.locator("[aria-current=page]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    glossary = menu.locator("nav a", has_text="Glossary")
    glossary.focus()
    expect(glossary).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html")


@pytest.mark.parametrize("disk", [False, True], ids=["server", "disk"])
def test_search(visit: Visit, disk: bool) -> None:
    page = visit("treatments/dst.html", disk=disk)
    page.get_by_role("button", name="Search").focus()
    page.keyboard.press("Enter")
    # Typed at once, before the index can have arrived: no letter may get lost.
    page.keyboard.type("slipped disc")
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#search-words")).to_have_value("slipped disc")
    links = page.locator(".search__results a")
    pages = page.locator(".search__results > li").count()
    expect(page.locator(".search__status")).to_have_text(f"{pages} pages answer")
    # Really on the screen, not only in the document.
    page.wait_for_function(
        """() => { const one = document.querySelector(".search__results a"), box = one.getBoundingClientRect();
        return one.contains(document.elementFromPoint(box.x + 5, box.y + 5)); }"""
    )
    # On the field's own cross some browsers stop first.
    page.keyboard.press("Tab")
    expect(page.locator("#search :focus")).to_have_count(1)
    links.first.focus()
    expect(links.first).to_be_focused()
    goal = links.first.get_attribute("href")
    assert goal
    page.keyboard.press("Enter")
    page.wait_for_url(goal)


def test_search_finds_nothing_and_says_so(visit: Visit) -> None:
    page = visit("index.html")
    page.click(".header__search")
    page.keyboard.type("xyzzyq")
    page.get_by_text("Nothing found").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()
    expect(page.get_by_role("button", name="Search")).to_be_focused()


def test_nothing_is_fetched_for_a_search_nobody_wants(visit: Visit) -> None:
    page = visit("index.html")
    page.mouse.click(5, 400)
    page.mouse.wheel(0, 500)
    page.wait_for_function("scrollY > 0")
    settled(page)
    # The list is in the order of asking: the search that somebody wants comes after all else, and for the first time.
    search_for(page, "disc")
    listed = "performance.getEntriesByType('resource').map((one) => one.name.split('/').pop().replace(/[.].*[.]/, '.'))"
    fetched = page.evaluate(listed)
    assert fetched[-2:] == ["search.js", "search-index.js"]
    assert fetched[:-2] and not [name for name in fetched[:-2] if "search" in name]
    assert len(fetched[:-2]) + 1 <= 4


def test_picking(visit: Visit) -> None:
    page = visit("treatments/compare.html")
    page.locator("#have-unknown").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#have-herniation")).to_be_checked()
    expect(page.locator("#compare-degeneration")).not_to_be_visible()
    for key in ("pldd", "podd"):
        page.locator(f"#show-{key}").focus()
        page.keyboard.press("Space")
    expect(page.locator(".row-harms td:visible")).to_have_count(2)
    every = page.locator(".row-harms td").count()
    page.get_by_role("button", name="Show all").press("Enter")
    expect(page.locator(".row-harms td:visible")).to_have_count(every)
    expect(page.locator("#compare-degeneration")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_stages(visit: Visit, scripts: bool) -> None:
    page = visit("tests-and-scans.html", java_script_enabled=scripts)
    page.locator(".stages input").first.focus()
    for shown in range(1, 4):
        page.keyboard.press("ArrowRight")
        expect(page.locator(".stages__panel").nth(shown)).to_be_visible()
        visible = page.locator(".stages__panel").evaluate_all("all => all.map(one => one.checkVisibility())")
        assert visible == [number == shown for number in range(4)]


def test_colours(visit: Visit) -> None:
    page = visit("index.html", color_scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    chosen = page.locator("html[data-scheme=dark]")
    page.locator("#scheme").select_option("dark")
    expect(chosen).to_have_count(1)
    dark = page.evaluate(ground)
    assert dark != light
    page.goto(page.url.replace("index", "faq"))
    assert page.evaluate(ground) == dark, "the choice holds on the next page"
    page.locator("#scheme").select_option("")
    expect(chosen).to_have_count(0)
    assert page.evaluate(ground) == light
    assert page.evaluate("Object.keys(localStorage)") == []
