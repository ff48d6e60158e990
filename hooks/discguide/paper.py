"""A built page's article → the same words for paper: static, with links that name pages or addresses.

Works on the parsed article alone, so any builder that makes the same articles can feed the book.
"""

from __future__ import annotations

import copy
import posixpath
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from .html import has_class, text_of

LEFT_OUT = frozenset({"headerlink", "downloads", "screen-only", "needs-script"})
"""Classes of what only a screen can use."""
_CONTROLS = frozenset({"script", "style", "form", "input", "button", "select", "template", "noscript", "legend"})
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_NOISE = ("class", "vector-effect", "role", "aria-hidden", "focusable")
_TITLES_IN_OUTLINE = ("block--emergency", "block--urgent", "block--soon")
_BLOCKS = frozenset({"section", "div", "article", "ul", "ol", "dl", "figure", "table", "p", "blockquote"})


def slug_of(url: str) -> str:
    """Name a page inside the book: 'treatments/pldd.html' → 'treatments-pldd'."""
    return url.removesuffix(".html").replace("/", "-")


def anchor(url: str, fragment: str = "") -> str:
    """Name a place of a page inside the book, where two pages may use the same id."""
    return f"{slug_of(url)}--{fragment}" if fragment else slug_of(url)


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
    _remove(paper, lambda e: _for_screens(e, LEFT_OUT | left_out))
    _shorten_sources(paper)
    _show_all_stages(paper)
    _open_details(paper)
    _plain_drawings(paper, font)
    _mark_wide_tables(paper)
    _prefix_ids(paper, url)
    _links(paper, url, in_book)
    _mark_outline(paper)
    return paper


def _for_screens(element: ET.Element, left_out: frozenset[str]) -> bool:
    """Tell what has no use on paper: controls, and words that repeat what stands beside them."""
    repeats = element.get("aria-hidden") == "true" and not str(element.tag).startswith(_SVG)
    return element.tag in _CONTROLS or repeats or bool(left_out & set((element.get("class") or "").split()))


def _shorten_sources(paper: ET.Element) -> None:
    """Leave the names of a page's sources: the book prints each in full once, among its references."""
    for entry in [li for sources in paper.iter("ul") if has_class(sources, "sources") for li in sources]:
        link = next(entry.iter("a"), None)
        if link is not None:
            for child in list(entry):
                entry.remove(child)
            entry.text, link.tail = None, None
            entry.append(link)


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


def _mark_wide_tables(paper: ET.Element) -> None:
    """Tell the style sheet how many columns a table has: it chooses the sheet of paper by it."""
    for table in paper.iter("table"):
        columns = max((len(row) for row in table.iter("tr")), default=0)
        size = "many" if columns > 12 else "wide" if columns > 5 else "narrow"
        table.set("class", f"{table.get('class') or ''} columns-{size}".strip())


def _prefix_ids(paper: ET.Element, url: str) -> None:
    for element in paper.iter():
        if element.get("id"):
            element.set("id", anchor(url, element.get("id", "")))


def _links(paper: ET.Element, url: str, in_book: Callable[[str], bool]) -> None:
    """Point links at places in the book and write pages or addresses after them."""
    for parent in list(paper.iter()):
        for index, link in reversed(list(enumerate(parent))):
            if link.tag == "a" and link.get("href") is not None:
                note = _aim(link, url, in_book)
                if note is not None:
                    note.tail, link.tail = link.tail, None
                    parent.insert(index + 1, note)


def _aim(link: ET.Element, url: str, in_book: Callable[[str], bool]) -> ET.Element | None:
    """Aim one link; give back what must stand after it."""
    _flatten(link)
    parts = urlsplit(link.get("href", ""))
    link.attrib.pop("title", None)
    link.attrib.pop("rel", None)
    if parts.scheme:
        return _aim_outside(link)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(url), unquote(parts.path))) if parts.path else url
    if not in_book(target):
        # A file of the site, such as the open data: named, but there is nothing to open on paper.
        link.tag = "span"
        del link.attrib["href"]
        return ET.Element("span", {"class": "on-site", "data-path": target})
    to = f"#{anchor(target, parts.fragment)}"
    link.set("href", to)
    return None if has_class(link, "cite") else ET.Element("span", {"class": "page-ref", "data-to": to})


def _aim_outside(link: ET.Element) -> ET.Element | None:
    address = link.get("href", "")
    shown = address.removeprefix("https://").removeprefix("http://").removeprefix("mailto:").rstrip("/")
    text = text_of(link)
    if text.startswith("doi:") or text.rstrip("/") in {shown, address.rstrip("/")}:
        link.text = shown
        link.set("class", "address")
        return None
    note = ET.Element("span", {"class": "address-note"})
    note.text = shown
    return note


def _flatten(link: ET.Element) -> None:
    """Take the marks inside a link away: each would become a link of its own in the PDF."""
    if any(child.tag in _BLOCKS for child in link):
        raise ValueError(f"a link holds a block: {text_of(link)[:60]}")
    if len(link) and all(child.tag == "strong" for child in link):
        link.set("class", f"{link.get('class') or ''} strong".strip())
    text = "".join(link.itertext())
    for child in list(link):
        link.remove(child)
    link.text = text


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
