"""The words of the built pages → the index that the search reads in the browser.

Sections are the unit: a reader is led to the heading that answers, not to the top of a page. Tables,
pictures and the list of references are left out: they would answer everything and explain nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from discguide.data.model import Term

BOOSTS = {"urgent.html": 2.0}
"""Pages whose sections count for more: nobody should scroll past the danger signs."""
_LEFT_OUT = {"table", "svg", "form", "fieldset", "pre"}
_LEFT_OUT_CLASSES = {"reference-list", "sources", "field-guide", "cite"}
_VOID = {"br", "hr", "img", "input", "wbr", "source", "col", "meta", "link"}


@dataclass(slots=True)
class Section:
    """What stands below one heading."""

    anchor: str = ""
    title: str = ""
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The words in one line."""
        return " ".join("".join(self.words).split())


class _Reader(HTMLParser):
    """Cut a page into sections at its h2, h3 and glossary terms; a box's own title is not a section."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [Section()]
        self._inside: list[tuple[str, bool]] = []
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        left_out = self._skipping() or tag in _LEFT_OUT or bool(classes & _LEFT_OUT_CLASSES)
        self._inside.append((tag, left_out))
        heading = tag in {"h2", "h3"} and "block__title" not in classes
        starts = heading or (tag == "dt" and "id" in given)
        if tag == "h1":
            self._heading = tag
        elif starts and not left_out:
            self.sections.append(Section(given.get("id", "")))
            self._heading = tag
        self.sections[-1].words.append("" if tag in {"a", "strong", "em", "b", "i", "code", "span"} else " ")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass
        if tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._skipping() or self._heading == "h1":
            return
        if self._heading:
            self.sections[-1].title += data
        else:
            self.sections[-1].words.append(data)

    def _skipping(self) -> bool:
        return bool(self._inside) and self._inside[-1][1]


def sections(content: str) -> list[Section]:
    """Cut a page's content into sections, the words before the first heading first."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return [section for section in reader.sections if section.title or section.text()]


class Index:
    """What all pages say, gathered page by page."""

    def __init__(self, glossary: dict[str, Term], meant: dict[str, str], danger: Sequence[str]) -> None:
        self._glossary = glossary
        self._meant = meant
        self._danger = danger
        self._pages: list[list[str | float]] = []
        self._sections: list[list[str | int]] = []

    def add(self, url: str, title: str, content: str) -> None:
        """Add one page."""
        self._pages.append([url, title, BOOSTS.get(url, 1.0)])
        for section in sections(content):
            heading = " ".join(section.title.split())
            self._sections.append([len(self._pages) - 1, section.anchor, heading, section.text()])

    def script(self) -> str:
        """Write it as a script: unlike a JSON file, a script can also be read from a disk."""
        words = [[key, term.plain, *term.also, *term.search] for key, term in sorted(self._glossary.items())]
        words += [[used, typed] for typed, used in sorted(self._meant.items())]
        content = {"pages": self._pages, "sections": self._sections, "words": words, "danger": self._danger}
        return f"self.guideSearchIndex={json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"
