"""A built page's article → the same words for paper: static, with links that name pages or addresses.

Works on the parsed article alone, so any builder that makes the same articles can feed the book.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from xml.etree import ElementTree as ET

from discguide.html_tree import has_class, text_of
from discguide.pdf.links import aim_links, prefix_ids, unlink_repeated_heads
from discguide.pdf.tables import COLUMNS, fit_tables

LEFT_OUT = frozenset(
    {"headerlink", "downloads", "screen-only", "needs-script", "treatment-table__name", "my-page", "row-sources"}
    | {"cell__long", "cell__more--short", "dots", "ruler"}
)
"""Classes of what only a screen can use, or a page that its reader prints; long answers stand on the options' pages."""
_CONTROLS = frozenset({"nav", "script", "style", "form", "input", "button", "select", "template", "noscript", "legend"})
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_NOISE = ("class", "vector-effect", "role", "aria-hidden", "focusable")
_TITLES_IN_OUTLINE = ("block--emergency", "block--urgent", "block--soon")


def for_paper(
    article: ET.Element,
    url: str,
    in_book: Callable[[str], bool],
    font: str,
    left_out: frozenset[str] = frozenset(),
    columns: int = COLUMNS,
) -> ET.Element:
    """Make a copy of a page's article that stands on paper.

    Args:
        article: the article as it was built; it is not changed.
        url: the page's address in the site.
        in_book: tells whether a page is part of the same document.
        font: the font family of words in drawings.
        left_out: classes of what this document leaves out besides.
        columns: how many columns of a wide table stand beside each other, its heads of rows among them.
    """
    paper = copy.deepcopy(article)
    paper.tag = "div"
    _link_terms(paper)
    _remove(paper, lambda e: _for_screens(e, LEFT_OUT | left_out))
    _leave_out_sources(paper)
    _show_all_stages(paper)
    _open_details(paper)
    _plain_drawings(paper, font)
    _list_terms(paper)
    fit_tables(paper, columns)
    _keep_with_what_follows(paper)
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


def _leave_out_sources(paper: ET.Element) -> None:
    """Leave out the list of what a page cites, and its heading: the book has every source once, by its number."""
    for index, child in reversed(list(enumerate(paper))):
        if any(has_class(inner, "sources") for inner in child.iter()):
            headed = index > 0 and paper[index - 1].tag == "h2" and child.tag != "section"
            for gone in paper[index - headed : index + 1]:
                paper.remove(gone)


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


def _open_details(parent: ET.Element) -> None:
    """Paper has nothing to open: what a summary hides stands below it, where pages may part it."""
    for index, child in reversed(list(enumerate(parent))):
        _open_details(child)
        if child.tag == "summary" and [inner.tag for inner in child] == ["h2"]:
            # Within a paragraph the engine parts it from what follows.
            child[0].tail = child.tail
            parent[index] = child[0]
        elif child.tag == "summary":
            child.tag = "p"
            child.set("class", "opened__title")
            _remove(child, lambda inner: has_class(inner, "aloud"))
        elif child.tag == "details" and len(child):
            if child.get("id"):
                child[0].set("id", child.get("id", ""))
            child[-1].tail = (child[-1].tail or "") + (child.tail or "")
            parent[index : index + 1] = list(child)


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


def _keep_with_what_follows(paper: ET.Element) -> None:
    """Mark each paragraph that announces what comes after it, so that no page ends on it."""
    for paragraph in paper.iter("p"):
        if text_of(paragraph).endswith(":"):
            paragraph.set("class", f"{paragraph.get('class') or ''} leads".strip())


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
