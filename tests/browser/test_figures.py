"""The drawings as readers see them: whole, large enough, with edges that show in every scheme."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from discguide.data.model import Guide
from discguide.html_tree import has_class, text_of
from discguide.security.svg import check_drawing, title_of
from discguide.site.rules import BuiltPage
from tests.browser.conftest import Visit
from tests.projects import ROOT

SMALLEST = 11
"""Pixels that a marker's number keeps on the narrowest phone."""

# Every text and marker: its size on the screen, and whether it stays inside its drawing and clear of the others.
_LABELS = """() => [...document.querySelectorAll('.figure svg')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  const scale = frame.width / svg.viewBox.baseVal.width;
  const circles = [...svg.querySelectorAll('circle.fig-marker')].map((one) => one.getBoundingClientRect());
  const faults = [];
  for (const text of svg.querySelectorAll('text')) {
    const box = text.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    if (size < SMALLEST) faults.push(`${text.textContent} is ${size.toFixed(1)} px`);
    if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom)
      faults.push(`${text.textContent} is clipped`);
  }
  circles.forEach((a, i) => circles.slice(i + 1).forEach((b) => {
    const apart = Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
    if (apart < (a.width + b.width) / 2) faults.push('two markers overlap');
  }));
  return faults.map((fault) => `${svg.querySelector('title').textContent}: ${fault}`);
})""".replace("SMALLEST", str(SMALLEST))

# The outline of every part against the page behind it, in the colours that the browser really uses.
_EDGES = """() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  // In the dark a drawing brings its own card.
  const behind = (part) => {
    const card = getComputedStyle(part.ownerSVGElement).backgroundColor;
    return light(card.endsWith(', 0)') ? getComputedStyle(document.body).backgroundColor : card);
  };
  const weak = new Set();
  for (const part of document.querySelectorAll('.figure svg [class^="fig-"]:is(path, circle, ellipse)')) {
    const { stroke } = getComputedStyle(part);
    const name = part.getAttribute('class');
    if (stroke === 'none' || !stroke.startsWith('rgb') || name.includes('leader') || name.includes('marker')) continue;
    if (contrast(light(stroke), behind(part)) < 3) weak.add(`${name}: ${stroke}`);
  }
  return [...weak];
}"""


@pytest.fixture(scope="module")
def pages_with_figures(pages: dict[str, BuiltPage]) -> list[str]:
    return [name for name, page in pages.items() if any(has_class(e, "figure") for e in page.root.iter("figure"))]


def test_every_drawing_keeps_to_the_rules_and_is_used(guide: Guide, pages: dict[str, BuiltPage]) -> None:
    shown = {text_of(e) for page in pages.values() for e in page.root.iter() if str(e.tag).endswith("title")}
    for name, drawing in guide.drawings.items():
        assert list(check_drawing(drawing, name)) == []
        assert title_of(drawing) in shown, f"{name} stands on no page"
        markers = drawing.count('class="fig-marker-text"')
        assert markers == len(guide.figures[name].key), f"{name}: {markers} markers"


def test_every_part_has_a_colour_on_paper_and_on_screens(guide: Guide) -> None:
    """Without its attributes a part prints black; without a rule it stays light in the dark."""
    rules = (ROOT / "overrides/assets/figures.css").read_text(encoding="utf-8")
    for name, drawing in guide.drawings.items():
        for part in ET.fromstring(drawing).iter():
            kinds = part.get("class", "").split()
            assert {"fill", "stroke"} & part.attrib.keys() or not kinds, f"{name}: {kinds} prints black"
            missing = [kind for kind in kinds if not re.search(rf"\.{kind}\b(?!-)", rules)]
            assert not missing, f"{name}: no colour for {missing}"


def test_every_option_has_a_thumb_of_one_family(guide: Guide) -> None:
    """All show one and the same disc, so that only what is done differs; none is more than a glance to load."""
    thumbs = {key: guide.drawings[f"thumb-{key}"] for key in guide.treatments}
    rings = {re.search(r'class="fig-annulus"[^>]* d="([^"]+)"', thumb)[1] for thumb in thumbs.values()}  # type: ignore[index]
    assert len(rings) == 1
    assert not [key for key, thumb in thumbs.items() if len(thumb) > 3_000]


@pytest.mark.parametrize("width", [320, 390])
def test_labels_are_whole_and_large_enough(visit: Visit, pages_with_figures: list[str], width: int) -> None:
    page = visit(pages_with_figures[0], width)
    faults: dict[str, Any] = {}
    for name in pages_with_figures:
        page.goto(_address(page.url, name))
        found = page.evaluate(_LABELS)
        if found:
            faults[name] = found
    assert faults == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_show(visit: Visit, pages_with_figures: list[str], scheme: str) -> None:
    page = visit(pages_with_figures[0], color_scheme=scheme)
    weak: dict[str, Any] = {}
    for name in pages_with_figures:
        page.goto(_address(page.url, name))
        found = page.evaluate(_EDGES)
        if found:
            weak[name] = found
    assert weak == {}


def _address(current: str, name: str) -> str:
    return f"{'/'.join(current.split('/')[:3])}/{name}"
