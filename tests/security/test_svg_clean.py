"""A drawing program's notes go; what draws stays as it was, or is left for the check to refuse."""

import pytest

from discguide.security.svg import check_drawing
from discguide.security.svg_clean import cleaned
from tests.projects import CASES

DISC = (CASES / "docs/figures/disc.svg").read_text(encoding="utf-8")
FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xhtml" id="menu" viewBox="0 0 100 100">'
    "<title>A disc seen from above</title>{}</svg>"
)


def test_a_drawing_without_notes_stays_as_it_is() -> None:
    assert cleaned(DISC) == DISC


@pytest.mark.parametrize(
    ("drawn", "gone"),
    [
        ("<x:script>alert(1)</x:script>", "script"),
        ("<metadata><x:p>Made by A. Example</x:p></metadata>", "Example"),
        ('<path id="search" d="M0 0"/>', "search"),
        ('<path x:onclick="alert(1)" d="M0 0"/>', "alert"),
        ('<path style="-inkscape-stroke:none;stroke-miterlimit:4" d="M0 0"/>', "style"),
        ("<defs/>", "defs"),
    ],
)
def test_notes_go(drawn: str, gone: str) -> None:
    made = cleaned(FRAME.format(drawn))
    assert gone not in made and "menu" not in made
    assert list(check_drawing(made, "disc.svg")) == []


@pytest.mark.parametrize(
    "drawn",
    [
        "<script>alert(1)</script>",
        '<style type="text/css">.a{fill:red}</style>',
        '<path style="filter:blur(2px)" d="M0 0"/>',
        '<path style="fill:url(#a)" d="M0 0"/>',
        '<path style="stroke-miterlimit:9" d="M0 0"/>',
        '<defs><linearGradient id="a"/></defs>',
        '<path onload="alert(1)" d="M0 0"/>',
    ],
)
def test_what_changes_the_picture_or_runs_is_still_refused(drawn: str) -> None:
    assert list(check_drawing(cleaned(FRAME.format(drawn)), "disc.svg"))


def test_a_style_is_judged_by_its_parts() -> None:
    made = cleaned(FRAME.format('<text style="font-size:10px;fill:#000000" x="1" y="2"><tspan>1</tspan></text>'))
    assert '<text x="1" y="2" font-size="10" fill="#000000">1</text>' in made
