"""axe-core: WCAG 2.0 to 2.2, levels A, AA and AAA, and best practice; no violation in any state."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Places, Visit, search_for
from tests.browser.test_reading import SIDEWAYS

LEVELS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (320, 390, 768, 1280)
TABLE = "treatments/compare.html"
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
# Off by default in axe, for they are strict or young; we keep to them.
STRICT = {name: {"enabled": True} for name in ("color-contrast-enhanced", "target-size")}


def violations(page: Page, axe: str) -> list[str]:
    """Name each violated rule with the places it was found in."""
    if not page.evaluate("'axe' in self"):
        page.evaluate(axe)
    options = {
        "runOnly": {"type": "tag", "values": LEVELS},
        "rules": STRICT,
        "resultTypes": ["violations"],
        "preload": False,
        "selectors": False,
    }
    run = "options => axe.run(document, options)"
    # To name places takes as long as to find faults, so it waits until there are some.
    if not page.evaluate(run, options)["violations"]:
        return []
    found = page.evaluate(run, options | {"selectors": True})
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for rule in found["violations"]
        for node in rule["nodes"][:5]
    ]


def test_axe_can_fail(visit: Visit, axe: str) -> None:
    page = visit("index.html")
    page.evaluate("document.querySelector('.prose p').style.color = '#666'")
    assert any("color-contrast-enhanced" in line for line in violations(page, axe))


def look(page: Page, width: int, scheme: dict[str, Any]) -> None:
    """Show a loaded page at another width and in other colours: to load it again for each takes far longer."""
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(**scheme)
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")  # what lies half under the bar there is no fault


def everywhere(page: Page, axe: str, widths: tuple[int, ...] = WIDTHS) -> dict[tuple[int, str], list[str]]:
    """Look for violations at these widths in every scheme."""
    found = {}
    for width in widths:
        for name, scheme in SCHEMES.items():
            look(page, width, scheme)
            found[width, name] = violations(page, axe)
    return {at: lines for at, lines in found.items() if lines}


def test_every_other_page(visit: Visit, axe: str, other_url: str) -> None:
    page = visit(other_url)
    assert not violations(page, axe)
    look(page, 1280, SCHEMES["dark"])
    assert not violations(page, axe)


def test_every_width_and_scheme(visit: Visit, axe: str, kind_url: str) -> None:
    page = visit(kind_url)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert not everywhere(page, axe)


@pytest.mark.parametrize("state", ["menu", "search", "danger", "filter", "picked", "stages"])
def test_open_states(visit: Visit, axe: str, state: str) -> None:
    # The sheets are alike on every page; over a small one they are looked at in no time.
    page = visit(
        {"stages": "tests-and-scans.html", "menu": "urgent.html", "search": "urgent.html", "danger": "faq.html"}.get(
            state, TABLE
        )
    )
    if state == "menu":
        page.click(".header__menu")
        expect(page.locator("#menu nav a").first).to_be_visible()
    elif state == "search":
        search_for(page, "slipped disc")
    elif state == "danger":
        search_for(page, "numb leg")
        expect(page.locator(".search__danger a")).to_be_visible()
    elif state == "filter":
        page.locator("label[for=have-degeneration]").click()
        expect(page.locator(".narrowing__note:visible")).to_have_count(1)
    elif state == "picked":
        page.locator(".picking label").nth(0).click()
        page.locator(".picking label").nth(1).click()
        expect(page.locator(".row-harms td:visible")).to_have_count(2)
    else:
        page.check(".stages input >> nth=2")
        expect(page.locator(".stages__panel").nth(2)).to_be_visible()
    assert not everywhere(page, axe, WIDTHS if Places.audit else (390, 1280))
    look(page, 320, SCHEMES["light"])
    assert not page.evaluate(SIDEWAYS)
