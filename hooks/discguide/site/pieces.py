"""What a page gives to the booklet: the pieces that its front matter names, by the ids that they have when built."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from discguide.html_tree import find_class
from discguide.problems import Problem, did_you_mean
from discguide.site.contents import Contents
from discguide.site.rules import BuiltPage
from discguide.site.source_map import place_of

_LEVELS = ("h1", "h2", "h3", "h4")


def find_piece(article: ET.Element, name: str) -> list[ET.Element]:
    """Find what an id names: a heading with all below it, a term, what is folded under a heading, or one element."""
    for parent in article.iter():
        for index, child in enumerate(parent):
            named = next((inner for inner in child.iter() if inner.get("id") == name), None)
            if named is None:
                continue
            if child is named and child.tag in _LEVELS:
                higher = _LEVELS[: _LEVELS.index(child.tag) + 1]
                after = list(parent)[index + 1 :]
                end = next((place for place, one in enumerate(after) if one.tag in higher), len(after))
                return [child, *after[:end]]
            if child is named and child.tag == "dt":
                return [_entry(parent, index)]
            heads = [one for one in child if one.tag in {"summary", "p"} or one.tag in _LEVELS]
            if child is named or (child.tag in {"details", "section"} and any(_holds(one, named) for one in heads)):
                return [child]
    return []


def _entry(terms: ET.Element, index: int) -> ET.Element:
    """A term with what is said of it, as a list of its own."""
    entry = ET.Element("dl", terms.attrib)
    entry.append(terms[index])
    entry.extend(itertools.takewhile(lambda one: one.tag == "dd", terms[index + 1 :]))
    return entry


def _holds(element: ET.Element, wanted: ET.Element) -> bool:
    return any(one is wanted for one in element.iter())


def check_pieces(root: Path, pages: Mapping[str, BuiltPage], contents: Contents) -> list[Problem]:
    """(IO) Every piece that a page names is there."""
    return [
        problem for url, names in contents.booklet.items() for problem in _missing(root, pages[url].root, url, names)
    ]


def _missing(root: Path, page: ET.Element, url: str, names: tuple[str, ...]) -> Iterator[Problem]:
    article = find_class(page, "prose") or ET.Element("div")
    for name in names:
        if not find_piece(article, name):
            ids = [one.get("id", "") for one in article.iter() if one.get("id")]
            at = place_of(root, f"{url.removesuffix('.html')}.md", f"- {name}\n", name)
            hint = did_you_mean(name, ids) or "write the id of a heading of this page, as links to it do"
            yield Problem(at.path, at.line, at.column, f"booklet names '{name}', which is not on this page", hint)
