"""Reading built pages: a small layer over the HTML parser that the PDF engine brings along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import tinyhtml5


def parse(text: str) -> ET.Element:
    """Parse a page as browsers do; element names carry no name space."""
    root: ET.Element = tinyhtml5.parse(text, namespace_html_elements=False)
    return root


def parse_file(path: Path) -> ET.Element:
    """(IO) Parse a built page."""
    return parse(path.read_text(encoding="utf-8"))


def text_of(element: ET.Element) -> str:
    """The words of an element with single spaces."""
    return " ".join("".join(element.itertext()).split())


def has_class(element: ET.Element, name: str) -> bool:
    """Tell whether an element carries a class."""
    return name in (element.get("class") or "").split()


def find_class(root: ET.Element, name: str) -> ET.Element | None:
    """Find the first element with a class."""
    return next((element for element in root.iter() if has_class(element, name)), None)


def walk(element: ET.Element, skip: frozenset[str] = frozenset()) -> Iterator[ET.Element]:
    """Walk an element and what is in it, leaving out the parts with the given tags or classes."""
    if str(element.tag) in skip or skip & set((element.get("class") or "").split()):
        return
    yield element
    for child in element:
        yield from walk(child, skip)
