"""axe-core: WCAG 2.0 to 2.2, levels A, AA and AAA, and best practice; no violation in any state."""

from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Places, Visit

LEVELS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "best-practice"]
WIDTHS = (320, 390, 768, 1280)
SCHEMES: list[dict[str, Any]] = [
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
]
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
    page.evaluate("document.querySelector('main p').style.color = '#666'")
    assert any("color-contrast-enhanced" in line for line in violations(page, axe))


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_other_page(visit: Visit, axe: str, other_url: str, width: int, scheme: str) -> None:
    assert not violations(visit(other_url, width, color_scheme=scheme), axe)


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark", "forced"])
def test_every_width_and_scheme(visit: Visit, axe: str, kind_url: str, scheme: dict[str, Any]) -> None:
    page = visit(kind_url, **scheme)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found[width] = violations(page, axe)
    assert not any(found.values()), found


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark", "forced"])
@pytest.mark.parametrize("width", WIDTHS if Places.audit else (390, 1280))
@pytest.mark.parametrize("state", ["menu", "search", "filter", "picked", "stages"])
def test_open_states(visit: Visit, axe: str, state: str, width: int, scheme: dict[str, Any]) -> None:
    page = visit("tests-and-scans.html" if state == "stages" else "treatments/compare.html", width, **scheme)
    if state == "menu":
        page.click(".header__menu")
        assert page.locator("#menu nav a").first.is_visible()
    elif state == "search":
        page.click(".header__search")
        page.keyboard.type("slipped disc")
        page.locator(".search__results a").first.wait_for()
    elif state == "filter":
        page.check("#have-degeneration")
    elif state == "picked":
        page.check(".picking input >> nth=0")
        page.check(".picking input >> nth=1")
    else:
        page.check(".stages input >> nth=2")
    assert not violations(page, axe)
