"""What drawing programs write beside the drawing: taken out, so that only what changes the picture is judged.

Nothing becomes allowed by this: ``svg.check_drawing`` sees what is left, and what is left is what is shown.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from discguide.security.svg import ATTRIBUTES, MARKUP, SVG, bare

_DOCTYPE = re.compile(r'<!DOCTYPE svg(?: PUBLIC "[^"<>]*")?(?: "[^"<>]*")?\s*>')
_MARKS = re.compile(r"<!DOCTYPE|\t|xmlns:|xml:space| (?:id|version|style|data-name)=|<(?:defs|metadata|tspan)\b")
_NOTES = frozenset({"id", "version", "data-name", "enable-background"})
_NO_CHANGE = re.compile(
    r"(?:-inkscape-.*|enable-background|line-height)(?=:)"
    r"|(?:stroke-miterlimit|stroke-dashoffset|font-(?:variant|stretch|style)[\w-]*|paint-order|display|overflow"
    r"|(?:word|letter)-spacing) *: *(?:normal|none|auto|inline|visible|1|4|0(?:px)?)$"
)
"""Rules of a style that change nothing in a flat drawing, the second kind as long as they say what is usual."""


def cleaned(text: str) -> str:
    """Take a drawing program's notes out of a drawing; a file that cannot be read, or has none, stays as it is."""
    if not _MARKS.search(text):
        return text
    plain = _DOCTYPE.sub("", bare(text.replace("\t", " ")), count=1)
    if any(mark in plain for mark in MARKUP):
        return text
    try:
        root = ET.fromstring(plain)
    except (ET.ParseError, RecursionError):
        return text
    _clean(root)
    if root.tag == f"{SVG}svg":
        for name in ("x", "y", "width", "height"):
            root.attrib.pop(name, None)
        root.attrib.setdefault("role", "img")
    ET.register_namespace("", SVG.strip("{}"))
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element) -> None:
    for name in [name for name in element.attrib if name.startswith("{") or name in _NOTES]:
        if not name.endswith("}href"):
            del element.attrib[name]
    _spread_style(element)
    for child in list(element):
        _clean(child)
        own = str(child.tag).startswith(SVG)
        if not own or child.tag == f"{SVG}metadata" or (child.tag == f"{SVG}defs" and not len(child)):
            element.remove(child)
    if element.tag == f"{SVG}text" and len(element) == 1 and not (element.text or "").strip():
        (line,) = element
        if line.tag == f"{SVG}tspan" and not len(line) and not (line.tail or "").strip():
            element.attrib |= line.attrib
            element.text = line.text
            element.remove(line)


def _spread_style(element: ET.Element) -> None:
    """Write a style as attributes, which are judged one by one; what is more than that stays, and is refused."""
    left = []
    for rule in filter(None, map(str.strip, element.attrib.pop("style", "").split(";"))):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name in ATTRIBUTES:
            element.set(name, re.sub(r"(?<=\d)px\b", "", value))
        elif not _NO_CHANGE.match(rule):
            left.append(rule)
    if left:
        element.set("style", ";".join(left))
