"""The guide's sign as PNG: for a phone's home screen, and with its name for places that show a picture beside a link.

Drawn at build, from the same shapes as the sign in the header, so that no picture has to be kept in step by hand.
Also the guide's address as the squares that a phone's camera reads, for paper.
"""

from __future__ import annotations

import io
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import segno
from PIL import Image, ImageDraw, ImageFont

from discguide.render.assets import served

HEADER, BONE, DISC = "#0b3a55", "#ffffff", "#7db8d9"
"""``--header``, ``--on-header`` and the sign's own blue."""
ICON = 180
SHARED = (1200, 630)
"""The sizes that phones and those who show links ask for."""
FONT = "overrides/print/fonts/SourceSans3-Bold.ttf"
_GRID = 32
_FINER = 4
"""Drawn so many times larger, then made smaller: edges come out smooth."""


def pictures(font: Path, name: str, words: str, *, share: bool) -> dict[str, tuple[str, bytes]]:
    """Make each picture: its plain name → (the name it is served under, what it holds).

    ``share``: also the one beside a link, which is asked for by its whole address and so needs one.
    """
    made = {"touch-icon.png": touch_icon()} | ({"shared.png": shared(font, name, words)} if share else {})
    return {plain: (served(plain, picture), picture) for plain, picture in made.items()}


def touch_icon() -> bytes:
    """Draw the sign for a home screen."""
    picture = Image.new("RGB", (ICON * _FINER, ICON * _FINER), HEADER)
    _sign(picture, 0.14 * ICON * _FINER, 0.14 * ICON * _FINER, 0.72 * ICON * _FINER)
    return _png(picture, (ICON, ICON))


def shared(font: Path, name: str, words: str) -> bytes:
    """Draw the picture beside a link: the sign, the guide's name, and what it is about in a few words."""
    width, height = (side * _FINER for side in SHARED)
    picture = Image.new("RGB", (width, height), HEADER)
    _sign(picture, 0.07 * width, 0.28 * height, 0.44 * height)
    draw = ImageDraw.Draw(picture)
    for text, size, top in ((name, 110, 0.3), (words, 46, 0.54)):
        letters = ImageFont.truetype(font, size * _FINER, layout_engine=ImageFont.Layout.BASIC)
        # Longer words are smaller: nothing runs over the edge.
        room = 0.58 * width / letters.getlength(text)
        if room < 1:
            letters = letters.font_variant(size=int(size * _FINER * room))
        draw.text((0.36 * width, top * height), text, fill=BONE, font=letters)
    return _png(picture, SHARED)


def _sign(picture: Image.Image, left: float, top: float, side: float) -> None:
    draw, scale = ImageDraw.Draw(picture), side / _GRID

    def place(x: float, y: float) -> tuple[float, float]:
        return left + x * scale, top + y * scale

    for row in (4, 21):
        draw.polygon([place(x, row + y) for x, y in _vertebra()], fill=BONE)
    draw.rounded_rectangle([place(4, 13), place(28, 19)], 3 * scale, fill=DISC)


def _vertebra() -> list[tuple[float, float]]:
    """M6 4h20c-2 2.4-2 4.6 0 7H6c2-2.4 2-4.6 0-7z, its curves as short lines."""
    steps = [number / 24 for number in range(25)]
    waist = [(6 * t * (1 - t), 7.2 * t * (1 - t) ** 2 + 13.8 * t * t * (1 - t) + 7 * t**3) for t in steps]
    return [(26 - x, y) for x, y in waist] + [(6 + x, y) for x, y in reversed(waist)]


def _png(picture: Image.Image, size: tuple[int, int]) -> bytes:
    made = io.BytesIO()
    small = picture.resize(size, Image.Resampling.LANCZOS).quantize(32, dither=Image.Dither.NONE)
    small.save(made, "PNG", optimize=True)
    return made.getvalue()


class Code(NamedTuple):
    """A QR code (ISO/IEC 18004) as one path: its squares a side, the quiet edge of two included, and the dark ones."""

    size: int
    path: str


def qr(address: str) -> Code:
    """Draw an address for a phone's camera; a seventh of the squares may be dirty or torn."""
    rows = [list(row) for row in segno.make(address, error="m", micro=False).matrix_iter(border=2)]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        for dark, squares in groupby(row):
            width = len(list(squares))
            runs += [f"M{x} {y}h{width}v1h-{width}z"] * bool(dark)
            x += width
    return Code(len(rows), "".join(runs))
