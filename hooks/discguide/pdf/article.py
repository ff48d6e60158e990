"""A built page's article → the same words for paper: static, with links that name pages or addresses.

Works on the parsed article alone, so any builder that makes the same articles can feed the book.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

from discguide.html_tree import has_class, text_of
from discguide.pdf.links import aim_links, prefix_ids, unlink_repeated_heads

LEFT_OUT = frozenset(
    {"headerlink", "downloads", "screen-only", "needs-script", "cell__long", "dots", "ruler", "my-page", "row-sources"}
)
"""Classes of what only a screen can use, or a page that its reader prints; long answers stand on the options' pages."""
_CONTROLS = frozenset({"nav", "script", "style", "form", "input", "button", "select", "template", "noscript", "legend"})
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_NOISE = ("class", "vector-effect", "role", "aria-hidden", "focusable")
_TITLES_IN_OUTLINE = ("block--emergency", "block--urgent", "block--soon")
WIDE, WIDER = 5, 12
"""A table of more columns than this goes on a wide sheet, or there in smaller type."""

ROOM = 15_000
"""Characters that a row of the comparison may have on its sheet, were each of its cells as long as the longest."""


def for_paper(
    article: ET.Element, url: str, in_book: Callable[[str], bool], font: str, left_out: frozenset[str] = frozenset()
) -> ET.Element:
    """Make a copy of a page's article that stands on paper.

    Args:
        article: the article as it was built; it is not changed.
        url: the page's address in the site.
        in_book: tells whether a page is part of the same document.
        font: the font family of words in drawings.
        left_out: classes of what this document leaves out besides.
    """
    paper = copy.deepcopy(article)
    paper.tag = "div"
    _link_terms(paper)
    _remove(paper, lambda e: _for_screens(e, LEFT_OUT | left_out))
    _shorten_sources(paper)
    _show_all_stages(paper)
    _open_details(paper)
    _plain_drawings(paper, font)
    _list_terms(paper)
    _mark_shapes(paper)
    _part_tall_rows(paper)
    _put_wide_tables_on_wide_sheets(paper)
    _keep_tables_whole(paper)
    prefix_ids(paper, url)
    aim_links(paper, url, in_book)
    unlink_repeated_heads(paper)
    _mark_outline(paper)
    return paper


def _for_screens(element: ET.Element, left_out: frozenset[str]) -> bool:
    """Tell what has no use on paper: controls, and words that repeat what stands beside them."""
    repeats = element.get("aria-hidden") == "true" and not str(element.tag).startswith(_SVG)
    return element.tag in _CONTROLS or repeats or bool(left_out & set((element.get("class") or "").split()))


def _link_terms(paper: ET.Element) -> None:
    """Lead to the glossary from terms that open in place on a screen."""
    for button in paper.iter("button"):
        if has_class(button, "term"):
            button.tag, to = "a", button.get("value", "")
            button.attrib.clear()
            button.set("href", to)


def _shorten_sources(paper: ET.Element) -> None:
    """Leave the names of a page's sources: the book prints each in full once, among its references."""
    for sources in paper.iter("ul"):
        if has_class(sources, "sources"):
            links = [link for entry in sources for link in itertools.islice(entry.iter("a"), 1)]
            for child in list(sources):
                sources.remove(child)
            sources.tag, sources.text = "p", None
            for link in links:
                link.tail = None if link is links[-1] else " · "
                sources.append(link)


def _remove(parent: ET.Element, unwanted: Callable[[ET.Element], bool]) -> None:
    """Take elements out and keep the words after them."""
    previous: ET.Element | None = None
    for child in list(parent):
        if unwanted(child):
            _append_text(parent, previous, child.tail)
            parent.remove(child)
        else:
            _remove(child, unwanted)
            previous = child


def _append_text(parent: ET.Element, previous: ET.Element | None, text: str | None) -> None:
    if previous is None:
        parent.text = (parent.text or "") + (text or "")
    else:
        previous.tail = (previous.tail or "") + (text or "")


def _show_all_stages(paper: ET.Element) -> None:
    """Turn the chooser of stages into all of its pictures, each under its label."""
    for group in paper.iter("fieldset"):
        labels = [label for label in group if label.tag == "label"]
        for label, panel in zip(labels, group.iter("figure"), strict=False):
            title = ET.Element("p", {"class": "stages__label"})
            title.text = text_of(label)
            panel.insert(0, title)
        for label in labels:
            group.remove(label)
    for element in paper.iter():
        if element.tag == "fieldset":
            element.tag = "div"
    _remove(paper, lambda e: e.tag == "label")


def _open_details(paper: ET.Element) -> None:
    """Paper has nothing to open: what a summary hides stands below it."""
    for element in paper.iter():
        if element.tag == "details":
            element.tag = "div"
            element.set("class", "opened")
        elif element.tag == "summary":
            element.tag = "p"
            element.set("class", "opened__title")


def _plain_drawings(paper: ET.Element, font: str) -> None:
    """Leave only what the PDF engine reads in a drawing: shapes, literal colours, title."""
    for element in paper.iter():
        if not str(element.tag).startswith(_SVG):
            continue
        element.tag = str(element.tag).removeprefix(_SVG)
        for name in _SVG_NOISE:
            element.attrib.pop(name, None)
        if element.tag == "text":
            element.set("font-family", font)


def _list_terms(paper: ET.Element) -> None:
    """Turn each list of terms into a plain list whose items hold a term and what is said of it.

    No page then ends with a bare term, and the PDF's tags form a list, which they do not for terms in groups.
    """
    for terms in list(paper.iter("dl")):
        terms.tag = "ul"
        for child in list(terms):
            terms.remove(child)
            if child.tag == "div":
                child.tag = "li"
                terms.append(child)
            else:
                if child.tag == "dt" or not len(terms):
                    terms.append(ET.Element("li"))
                terms[-1].append(child)
        for entry in terms:
            entry.set("class", f"{entry.get('class') or ''} entry".strip())
            for part in entry:
                part.set("class", "term" if part.tag == "dt" else "said")
                part.tag = "p" if part.tag == "dt" else "div"


def _mark_shapes(paper: ET.Element) -> None:
    """Tell the style sheet which drawings are broader than high: they stand above their words, not beside."""
    for figure in paper.iter("figure"):
        svg = figure.find("svg")
        if svg is not None and svg.get("viewBox"):
            _, _, width, height = map(float, svg.get("viewBox", "").split())
            shape = "figure--broad" if width > 1.45 * height else "figure--tall"
            figure.set("class", f"{figure.get('class') or ''} {shape}".strip())


def _part_tall_rows(paper: ET.Element) -> None:
    """Part each row that no sheet could hold: the engine would part it anywhere, and lose the table's head."""
    for body in paper.iter("tbody"):
        for index, row in reversed(list(enumerate(body))):
            if len(row) > WIDE:
                parts = [_parts(cell, ROOM // len(row)) for cell in row[1:]]
                body[index : index + 1] = [_row_of(row, parts, number) for number in range(max(map(len, parts)))]


def _parts(cell: ET.Element, room: int) -> list[list[ET.Element]]:
    """Deal the items of a cell, or its paragraphs, to as many rows as they need."""
    parts: list[list[ET.Element]] = [[]]
    for item in cell[0] if _is_list(cell) else cell:
        if parts[-1] and sum(len(text_of(one)) for one in (*parts[-1], item)) > room:
            parts.append([])
        parts[-1].append(item)
    return parts


def _is_list(cell: ET.Element) -> bool:
    return len(cell) == 1 and cell[0].tag == "ul"


def _row_of(row: ET.Element, parts: list[list[list[ET.Element]]], number: int) -> ET.Element:
    """Make the row that holds one part of each cell; the first is the row itself, with its id and its words."""
    made = ET.Element("tr", row.attrib if number == 0 else {"class": f"{row.get('class', '')} row--goes-on".strip()})
    made.append(copy.deepcopy(row[0]))
    for cell, part in zip(row[1:], parts, strict=True):
        shown = ET.SubElement(made, cell.tag, cell.attrib)
        shown.text = cell.text if number == 0 else None
        if number < len(part):
            (ET.SubElement(shown, "ul", cell[0].attrib) if _is_list(cell) else shown).extend(part[number])
    return made


def _put_wide_tables_on_wide_sheets(paper: ET.Element) -> None:
    """Wrap each wide table, with the words that lead to it, in the sheet of paper that it needs."""
    for parent in list(paper.iter("div")):
        for index, child in reversed(list(enumerate(parent))):
            columns = max((len(row) for table in child.iter("table") for row in table.iter("tr")), default=0)
            if columns > WIDE and child.tag == "div":
                sheet = ET.Element("div", {"class": "sheet-wider" if columns > WIDER else "sheet-wide"})
                sheet.tail, child.tail = child.tail, None
                start = _where_its_words_begin(parent, index)
                sheet.extend(parent[start : index + 1])
                parent[start : index + 1] = [sheet]
                return


def _keep_tables_whole(paper: ET.Element) -> None:
    """Wrap each table that fits on a page with its caption, or the engine parts the two."""
    for parent in list(paper.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag == "table" and all(len(row) <= WIDE for row in child.iter("tr")):
                whole = ET.Element("div", {"class": "whole"})
                whole.tail, child.tail = child.tail, None
                whole.append(child)
                parent[index] = whole


def _where_its_words_begin(parent: ET.Element, index: int) -> int:
    """Find the heading under which a table stands when only words lie between: they go on its sheet too."""
    for place in range(index - 1, -1, -1):
        if parent[place].tag == "h2":
            return place
        if parent[place].tag not in {"p", "ul", "ol", "h3"}:
            break
    return index


def _mark_outline(paper: ET.Element) -> None:
    """Keep the titles of boxes out of the outline, save those that a reader in need looks for."""
    for box in paper.iter():
        for title in box:
            if has_class(title, "block__title"):
                wanted = any(has_class(box, name) for name in _TITLES_IN_OUTLINE)
                title.set("data-outline", "yes" if wanted else "no")


def places(papers: Iterable[ET.Element]) -> set[str]:
    """Every id in the given parts."""
    return {element.get("id", "") for paper in papers for element in paper.iter() if element.get("id")}


def to_html(paper: ET.Element) -> str:
    """Write an element as HTML for a template."""
    return ET.tostring(paper, encoding="unicode", method="html")
