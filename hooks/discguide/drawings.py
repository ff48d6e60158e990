"""What a figure's SVG may hold, and how one drawing is used more than once in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from .problems import Problem

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text"}
"""Flat shapes only: gradients, filters and masks break in some PDF viewers, the rest can run code."""
ATTRIBUTES = {
    "viewBox", "role", "class", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "points",
    "width", "height", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-dasharray", "stroke-opacity", "opacity", "vector-effect", "transform",
    "text-anchor", "dominant-baseline", "font-size", "font-family", "font-weight",
}  # fmt: skip


def check_drawing(text: str, shown: str) -> Iterator[Problem]:
    """Check one SVG: it must be well formed, titled, and hold flat shapes only."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text or "<?xml-" in text:
        yield Problem(shown, 1, 1, "has a DOCTYPE, entity or style sheet line", "start the file with <svg")
        return
    try:
        root = ET.fromstring(text)
    except ET.ParseError as error:
        line, column = error.position
        yield Problem(shown, line, column + 1, "is not well-formed SVG", "save it again as plain SVG")
        return
    title = root.find(f"{SVG}title")
    if title is None or len((title.text or "").strip()) < 15:
        yield Problem(
            shown, 1, 1, "has no <title> that says what it shows", "add one plain sentence as the first child"
        )
    if not re.fullmatch(r"[-\d.]+( [-\d.]+){3}", root.get("viewBox", "")):
        yield Problem(shown, 1, 1, "has no viewBox of four numbers", 'write viewBox="0 0 480 320"')
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        line = _line_of(text, f"<{name}")
        if name not in ELEMENTS:
            yield Problem(shown, line, 1, f"holds <{name}>", "use flat shapes and text only")
        for attribute, value in element.attrib.items():
            if attribute not in ATTRIBUTES or "url(" in value.lower():
                at = _line_of(text, attribute.split("}")[-1])
                yield Problem(shown, at, 1, f"<{name}> has '{attribute}'", "delete it; use fill, stroke and class")


def _line_of(text: str, needle: str) -> int:
    found = text.find(needle)
    return text.count("\n", 0, found) + 1 if found >= 0 else 1


def title_of(drawing: str) -> str:
    """The words that stand for the picture where it cannot be seen."""
    found = re.search(r"<title>(.*?)</title>", drawing, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


def inline(drawing: str) -> str:
    """Prepare a drawing to stand inside a page: one line, no comments, no name space declaration."""
    text = re.sub(r"<!--.*?-->|<\?xml.*?\?>", "", drawing, flags=re.DOTALL)
    return re.sub(r">\s+<", "><", text).replace(' xmlns="http://www.w3.org/2000/svg"', "").strip()
