"""Contrast, computed from the token file: words 7:1 on every ground they stand on, outlines 3:1."""

import re

import pytest

from tests.projects import ROOT

TOKENS = (ROOT / "overrides/assets/tokens.css").read_text(encoding="utf-8")
WORDS = {
    "text": ("page", "surface", "tint", "clinic", "evidence"),
    "muted": ("page", "surface", "tint", "clinic", "evidence"),
    "link": ("page", "surface", "tint", "clinic", "evidence"),
    "on-header": ("header", "emergency"),
    "on-emergency": ("emergency",),
    "on-urgent": ("urgent",),
    "on-soon": ("soon",),
    "focus-inner": ("focus-outer",),
}
OUTLINES = {
    "line": ("page", "surface", "tint"),
    "urgent-line": ("page", "surface"),
    "clinic-line": ("page", "clinic"),
    "evidence-line": ("page", "evidence"),
    "do-line": ("surface",),
    "dont-line": ("surface",),
    "link": ("page", "surface"),
}
ONLY_TIDIES = {"hairline"}


def blocks() -> dict[str, dict[str, str]]:
    """Read the colours of each scheme; dark builds on light."""
    plain = re.sub(r"/\*.*?\*/", "", TOKENS, flags=re.DOTALL)
    found = re.findall(r"(:root[^{]*)\{([^}]*)\}", plain)
    read = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body)) for _, body in found]
    assert len(read) == 3, "tokens.css holds one light and two dark blocks"
    return {"light": read[0], "dark": read[0] | read[1], "chosen dark": read[0] | read[2]}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_the_formula() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("table", "least"), [(WORDS, 7.0), (OUTLINES, 3.0)])
def test_contrast(scheme: str, table: dict[str, tuple[str, ...]], least: float) -> None:
    colours = blocks()[scheme]
    weak = [
        f"--{name} on --{ground}: {ratio:.2f}"
        for name, grounds in table.items()
        for ground in grounds
        if (ratio := contrast(colours[name], colours[ground])) < least
    ]
    assert not weak


def test_a_chosen_dark_is_the_dark_of_the_system() -> None:
    assert blocks()["dark"] == blocks()["chosen dark"]


def test_every_colour_is_tested() -> None:
    grounds = {ground for table in (WORDS, OUTLINES) for names in table.values() for ground in names}
    assert set(blocks()["light"]) == set(WORDS) | set(OUTLINES) | grounds | ONLY_TIDIES
