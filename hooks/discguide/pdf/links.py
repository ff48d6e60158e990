"""Links on paper: every place has a name of its own in the book, and what follows a link says where it leads."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from discguide.html_tree import has_class, text_of

_BLOCKS = frozenset({"section", "div", "article", "ul", "ol", "dl", "figure", "table", "p", "blockquote"})


def slug_of(url: str) -> str:
    """Name a page inside the book: 'treatments/pldd.html' → 'treatments-pldd'."""
    return url.removesuffix(".html").replace("/", "-")


def anchor(url: str, fragment: str = "") -> str:
    """Name a place of a page inside the book, where two pages may use the same id."""
    return f"{slug_of(url)}--{fragment}" if fragment else slug_of(url)


def prefix_ids(paper: ET.Element, url: str) -> None:
    """Name every place after its page: two pages may use the same id."""
    for element in paper.iter():
        if element.get("id"):
            element.set("id", anchor(url, element.get("id", "")))


def aim_links(paper: ET.Element, url: str, in_book: Callable[[str], bool]) -> None:
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
    link.attrib.pop("aria-label", None)
    link.attrib.pop("rel", None)
    if parts.scheme:
        return _aim_outside(link)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(url), unquote(parts.path))) if parts.path else url
    if not in_book(target):
        # A file of the site, such as the open data: named, but there is nothing to open on paper.
        link.tag = "span"
        del link.attrib["href"]
        return ET.Element("span", {"class": "on-site", "data-path": target})
    # Several options, picked by the address, are no place on paper: their page is.
    to = f"#{anchor(target, '' if ',' in parts.fragment else parts.fragment)}"
    link.set("href", to)
    return None if has_class(link, "cite") else ET.Element("span", {"class": "page-ref", "data-to": to})


def _aim_outside(link: ET.Element) -> ET.Element | None:
    address = link.get("href", "")
    if address.startswith("tel:"):
        return None  # its words are the number
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


def unlink_repeated_heads(paper: ET.Element) -> None:
    """Leave heads that every page repeats without links: only the first of them is read aloud."""
    for wide in [div for div in paper.iter("div") if has_class(div, "wide")]:
        for link in [link for head in wide.iter("thead") for link in head.iter("a")]:
            link.tag = "span"
            link.attrib.pop("href")
