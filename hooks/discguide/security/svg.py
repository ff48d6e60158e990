"""What a figure's SVG may hold, and how one drawing is used more than once in a document."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from discguide.problems import Problem
from discguide.text import hidden_characters

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text"}
"""Flat shapes only: gradients, filters and masks break in some PDF viewers, the rest can run code."""
ATTRIBUTES = {
    "viewBox", "role", "class", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "points",
    "width", "height", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-dasharray", "stroke-opacity", "opacity", "vector-effect", "transform",
    "text-anchor", "dominant-baseline", "font-size", "font-family", "font-weight",
}  # fmt: skip


_ATTRIBUTES_NOT_STYLES = (
    "save it with presentation attributes (in Illustrator's export: Styling), not with a style sheet"
)
_XML_LINE = re.compile(r"\A\s*<\?xml [^<>]*\?>")
MARKUP = ("<!", "<?", "]]>")
"""Browsers read CDATA, entities and instructions in a page's drawing as something else than XML does."""
_FORMS = {
    "role": "img",
    "class": r"fig-[a-z0-9-]+(?: fig-(?:line|cut))?",
    "viewBox": r"0 0 [1-9]\d{1,2} [1-9]\d{1,2}",
    "stroke-dasharray": r"[1-9]\d?(?:\.\d)?(?:[ ,][1-9]\d?(?:\.\d)?)*",
    "font-family": r"[\w ,-]+",
}
"""Attributes that reach beyond a shape: a look of the page, the room a figure takes, work for a PDF reader."""
_NUMBER_TOO_LARGE = re.compile(r"\d{5}|\d{4,}\.|\.\d{7}|\d[eE][+-]?\d|(?i:nan|inf)")
_DANGEROUS = re.compile(r"url\s*\(|[\\:;@<>]", re.IGNORECASE)
"""No flat shape needs these in an attribute; style sheets and addresses do."""
_UNUSUAL = re.compile(r"<[^<>]*(?:\s=|=\s|=')|</\w+\s+>")
"""Allowed by XML, and read otherwise by stricter programs."""
MAX_SHAPES = 3_000
MAX_DEPTH = 20
MAX_RATIO = 4


def check_drawing(text: str, shown: str, original: str = "") -> Iterator[Problem]:
    """Check one SVG: it must be well formed, titled, and hold flat shapes only.

    ``original`` is the file as it was drawn, when a program's notes were taken out; faults are told in its lines.
    """
    plain = bare(text)
    for mark in MARKUP:
        if mark in plain:
            hint = "save it as plain SVG that starts with <svg"
            yield Problem(shown, _line_of(plain, mark), 1, f"holds '{mark}'", hint)
            return
    try:
        root = ET.fromstring(plain)
    except (ET.ParseError, RecursionError) as error:
        line, column = getattr(error, "position", (1, 0))
        yield Problem(shown, line, column + 1, "is not well-formed SVG", "save it again as plain SVG")
        return
    unusual = _UNUSUAL.search(plain)
    if unusual:
        message = "has an attribute or an end that is not written the usual way"
        hint = 'write attributes as name="value" in double quotes, without blanks around ='
        yield Problem(shown, plain.count("\n", 0, unusual.end()) + 1, 1, message, hint)
    if root.find(f".//{SVG}style") is not None:
        yield Problem(shown, _line_of(original or plain, "<style"), 1, "holds <style>", _ATTRIBUTES_NOT_STYLES)
        return
    if root.tag != f"{SVG}svg" or "xmlns:" in plain:
        hint = 'start it with <svg xmlns="http://www.w3.org/2000/svg" …, without other xmlns'
        yield Problem(shown, _line_of(plain, "xmlns:"), 1, "is not plain SVG", hint)
    yield from _outside(root, original or plain, shown)
    for element in root.iter():
        yield from _shape(element, original or plain, shown)


def _outside(root: ET.Element, text: str, shown: str) -> Iterator[Problem]:
    if root.get("role") is None:
        hint = 'write role="img" in its first element, so that its title is read aloud and not its numbers'
        yield Problem(shown, _line_of(text, "<svg"), 1, 'has no role="img"', hint)
    title = root.find(f"{SVG}title")
    if title is None or len((title.text or "").strip()) < 15 or len(title):
        hint = "add one plain sentence as the first child"
        yield Problem(shown, 1, 1, "has no <title> that says what it shows", hint)
    if sum(1 for _ in root.iter(f"{SVG}title")) > 1:
        second = text.find("<title", text.find("<title") + 1)
        hint = "keep one; the others would be read aloud as well"
        yield Problem(shown, text.count("\n", 0, second) + 1, 1, "has a second <title>", hint)
    sides = sorted(int(side) for side in re.findall(r"\d+", root.get("viewBox", ""))[2:])
    if not re.fullmatch(_FORMS["viewBox"], root.get("viewBox", "")):
        yield Problem(shown, 1, 1, "has no viewBox of four numbers", 'write viewBox="0 0 480 320"')
    elif sides[1] > MAX_RATIO * sides[0]:
        hint = f"draw it at most {MAX_RATIO} times as long as wide"
        yield Problem(shown, 1, 1, "is so long that it pushes the words away", hint)
    if _depth(root) > MAX_DEPTH:
        yield Problem(shown, 1, 1, "has groups in groups without end", f"nest at most {MAX_DEPTH} deep")
    shapes = sum(1 for _ in root.iter())
    if shapes > MAX_SHAPES:
        yield Problem(shown, 1, 1, f"has {shapes} shapes", f"draw it with at most {MAX_SHAPES}")


def _depth(root: ET.Element) -> int:
    """How deep groups stand in groups, found without going down by calls."""
    depth, level = 0, [root]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _shape(element: ET.Element, text: str, shown: str) -> Iterator[Problem]:
    name = str(element.tag).removeprefix(SVG)
    if name not in ELEMENTS or not str(element.tag).startswith(SVG):
        yield Problem(shown, _line_of(text, f"<{name}"), 1, f"holds <{name}>", "use flat shapes and text only")
    elif len(element) and name not in {"svg", "g"}:
        message = f"holds something inside <{name}>"
        yield Problem(shown, _line_of(text, f"<{name}"), 1, message, "put shapes beside each other, or into <g>")
    for attribute, value in element.attrib.items():
        if attribute not in ATTRIBUTES or _DANGEROUS.search(value):
            at = _line_of(text, attribute.split("}")[-1])
            message = f"<{name}> has '{attribute}'"
            hint = _ATTRIBUTES_NOT_STYLES if attribute == "style" else "delete it; use fill, stroke and class"
            yield Problem(shown, at, 1, message, hint)
        elif attribute in _FORMS and not re.fullmatch(_FORMS[attribute], value):
            at, hint = _line_of(text, f'"{value}"'), "write it as the other drawings do"
            yield Problem(shown, at, 1, f"<{name}> has {attribute} '{value[:40]}'", hint)
        elif _NUMBER_TOO_LARGE.search(value) and not value.startswith("#"):
            message, hint = f"<{name}> has a number out of bounds in '{attribute}'", "draw within the viewBox"
            yield Problem(shown, _line_of(text, value), 1, message, hint)
    for words in (element.text, element.tail):
        for hidden in hidden_characters((words or "").replace("\n", " "), shown):
            yield Problem(shown, _line_of(text, f"<{name}"), 1, f"<{name}> {hidden.message}", hidden.hint)


def bare(drawing: str) -> str:
    """Take comments and the XML line out, and keep every line where it was."""
    kept, read = [], 0
    while (begin := drawing.find("<!--", read)) >= 0 and (end := drawing.find("-->", begin + len("<!--"))) >= 0:
        kept += [drawing[read:begin], "\n" * drawing.count("\n", begin, end)]
        read = end + len("-->")
    text = "".join((*kept, drawing[read:]))
    return _XML_LINE.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)


def _line_of(text: str, needle: str) -> int:
    found = text.find(needle)
    return text.count("\n", 0, found) + 1 if found >= 0 else 1


def title_of(drawing: str) -> str:
    """The words that stand for the picture where it cannot be seen."""
    title, end, _rest = drawing.partition("<title>")[2].partition("</title>")
    return " ".join(title.split()) if end else ""


@functools.cache
def inline(drawing: str) -> str:
    """Prepare a drawing to stand inside a page: one line, no comments, no name space declaration."""
    return re.sub(r">\s+<", "><", bare(drawing)).replace(' xmlns="http://www.w3.org/2000/svg"', "").strip()
