"""The built pages → the leaflets: danger signs for the wall, and the sheet to take to a visit."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from discguide.addresses import COMPARISON
from discguide.html_tree import find_class, has_class, text_of
from discguide.pdf.article import for_paper, to_html
from discguide.pdf.engine import Made, PdfFault
from discguide.pdf.paper import FIRST, TEXT_FONT, read_article, set_document
from discguide.site.contents import Contents

HOME = "index.html"
BODY, DRAWING = "symptoms.html", "pain-areas"
"""The page and the figure that show a whole body."""
PLAIN = frozenset({"cite"})
"""What a leaflet leaves out: it has no references to point at."""
ROOMS = ("ample", "tight", "close")
"""How large the words of a leaflet stand, and how much room it leaves to write, before it needs another page."""
_SIGNS = ("block--emergency", "block--urgent", "block--soon")
_MARKS = ("fig-area", "fig-leader", "fig-marker")
_FROM_BEHIND = ("fig-hair", "fig-line")


def danger_signs(site: Path, contents: Contents, templates: Path) -> Made:
    """Make the one page of danger signs, with what to say on the phone."""
    article = read_article(site, FIRST)
    phone = [[head, after] for head, after in itertools.pairwise(article) if after.tag == "ol"]
    parts = [_plain(box, FIRST) for box in (_box(article, name, FIRST) for name in _SIGNS)]
    parts[1:1] = [_plain(one, FIRST) for one in phone[0]] if phone else []
    heading = text_of(next(article.iter("h1")))
    return _fitted(
        1, lambda room: set_document(templates, "danger.html", contents, room=room, heading=heading, parts=parts)
    )


def visit_sheet(site: Path, contents: Contents, templates: Path) -> Made:
    """Make the two pages to take to a visit: where it hurts, questions, options, what matters, danger signs."""
    signs = _box(read_article(site, HOME), "block--emergency", HOME)
    signs[:] = [part for part in signs if not has_class(part, "block__title")]
    fields = {
        "outlines": _outlines(read_article(site, BODY)),
        "signs": _plain(signs, HOME),
        "numbers": [_plain(item, FIRST, "span") for item in _items_of(read_article(site, FIRST), "numbers", FIRST)],
        "values": [
            _plain(item, COMPARISON, "span") for item in _items_of(read_article(site, COMPARISON), "values", COMPARISON)
        ],
    }
    return _fitted(2, lambda room: set_document(templates, "sheet.html", contents, room=room, **fields))


def _fitted(pages: int, make: Callable[[str], Made]) -> Made:
    """Make a leaflet with less room where more words would need another page."""
    made = make(ROOMS[0])
    for room in ROOMS[1:]:
        if made.pages > pages:
            made = make(room)
    return made


def _outlines(article: ET.Element) -> list[Markup]:
    """The body from the front and from behind, from the drawing of where it hurts: without its marks."""
    figure = find_class(article, f"figure--{DRAWING}")
    drawing = (
        next((shape for shape in figure.iter() if shape.tag.endswith("svg")), None) if figure is not None else None
    )
    if drawing is None:
        raise PdfFault(f"{BODY} has no drawing of a body; keep the figure '{DRAWING}', the visit sheet shows it")
    made = []
    for left_out in (_MARKS + _FROM_BEHIND, _MARKS):
        outline = copy.deepcopy(drawing)
        for parent in list(outline.iter()):
            parent[:] = [shape for shape in parent if not _is(shape, left_out) and not shape.tag.endswith("title")]
        shapes = for_paper(_around(outline), BODY, lambda _: False, TEXT_FONT)[0]
        made.append(Markup("").join(Markup(to_html(shape)) for shape in shapes))
    return made


def _around(element: ET.Element) -> ET.Element:
    around = ET.Element("div")
    around.append(element)
    return around


def _is(shape: ET.Element, names: tuple[str, ...]) -> bool:
    return any(one.startswith(names) for one in (shape.get("class") or "").split())


def _box(article: ET.Element, name: str, page: str) -> ET.Element:
    part = find_class(article, name)
    if part is None:
        raise PdfFault(f"{page} has nothing marked {name}; keep it, the leaflets print it")
    return copy.deepcopy(part)


def _items_of(article: ET.Element, name: str, page: str) -> list[ET.Element]:
    """Read the items of the list with the given class, which Markdown may have put on its last item."""
    for parent in article.iter():
        if parent.tag in {"ul", "ol"} and (has_class(parent, name) or any(has_class(item, name) for item in parent)):
            return [item for item in parent if item.tag == "li"]
    raise PdfFault(f"{page} has no list marked .{name}; keep the mark after the list")


def _plain(element: ET.Element, page: str, tag: str = "") -> Markup:
    """A part of a page without citations, and without links: a leaflet leads nowhere but to the phone."""
    around = _around(copy.deepcopy(element))
    around[0].tail = None
    unlink(around)
    paper = for_paper(around, page, lambda _: False, TEXT_FONT, PLAIN)[0]
    paper.tag = tag or paper.tag
    return Markup(to_html(paper))


def unlink(parent: ET.Element) -> None:
    """Leave the words of links inside sentences, and take out links that are a sentence: "More on this page"."""
    for index, child in reversed(list(enumerate(parent))):
        leads = child.tag == "a" and not child.get("href", "").startswith("tel:") and not has_class(child, "cite")
        if leads or has_class(child, "term"):
            before, after = (parent[index - 1].tail if index else parent.text) or "", child.tail or ""
            alone = before.rstrip()[-1:] in {"", "."} and after.strip()[:1] in {"", "."} and (index or before)
            words = before + (after.strip().removeprefix(".") if alone else text_of(child) + after)
            if index:
                parent[index - 1].tail = words
            else:
                parent.text = words
            parent.remove(child)
        else:
            unlink(child)
