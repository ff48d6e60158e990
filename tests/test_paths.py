"""Paths of drawings in short: the same lines, in fewer bytes."""

import re
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path

from discguide.paths import shorten

FIGURES = sorted((Path(__file__).parent.parent / "docs" / "figures").glob("*.svg"))


def drawn(path: str) -> list[tuple[str, list[float]]]:
    pen = RecordingPen()
    parse_path(path, pen)
    return [(name, [number for point in points for number in point]) for name, points in pen.value]


def assert_same_lines(path: str, other: str) -> None:
    lines, others = drawn(path), drawn(other)
    assert [name for name, _ in lines] == [name for name, _ in others]
    for (_, numbers), (_, expected) in zip(others, lines, strict=True):
        assert numbers == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("M10 10 L20 20.5 L20.5 20.5 H3 V4 Z", "M10 10l10 10.5 .5 0h-17.5v-16.5z"),
        ("M1 1 2 2 3,1", "M1 1l1 1 1-1"),
        ("M0 0 C1 2 3 4 5 6 7 8 9 10 11 12", "M0 0c1 2 3 4 5 6 2 2 4 4 6 6"),
        ("M5 5 L9 9 Z L6 5 M1 1 Q2 2 3 1 T5 1", "M5 5l4 4zl1 0M1 1q1 1 2 0t2 0"),
        ("M1e2 100 L100.10 -.5", "M100 100l.1-100.5"),
    ],
)
def test_points_are_told_from_the_last_one(path: str, short: str) -> None:
    assert shorten(path) == short
    assert_same_lines(path, shorten(path))


@pytest.mark.parametrize(
    "path", ["M0 0a5 5 0 1110 10", "M0 0 A5 5 0 1 1 10 10", "m1 1 2 2", "1 2", "M1", "M1 1 X", "Z 5", ""]
)
def test_what_is_not_plain_stays_as_it_is(path: str) -> None:
    assert shorten(path) == path


@pytest.mark.parametrize("figure", FIGURES, ids=lambda path: path.stem)
def test_every_drawing_keeps_its_lines(figure: Path) -> None:
    paths = re.findall(r' d="([^"]*)"', figure.read_text(encoding="utf-8"))
    for path in paths:
        assert_same_lines(path, shorten(path))
    assert sum(map(len, map(shorten, paths))) <= sum(map(len, paths))
