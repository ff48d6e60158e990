"""The words of the built pages → the index that the search reads in the browser.

Sections are the unit: a reader is led to the heading that answers, not to the top of a page. A row of a table is a
section of its own, for it answers one question: what one word of a scan report means, what one medicine does.
Pictures, the list of references and the comparison's table, which repeats the options' own pages, are left out; so is
what the clinic says, which is never shown but in its box, beside the evidence.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from discguide.addresses import COMPARISON, DANGER_SIGNS, OUTLOOK, WORN_OR_HERNIATED
from discguide.content.spelling import WordList
from discguide.data.model import Term
from discguide.security.content_model import VOID

WAYS_IN = (DANGER_SIGNS, WORN_OR_HERNIATED, OUTLOOK, COMPARISON)
"""Where a reader can start whose question found nothing, or whose page is gone: the home page's ways in."""
_LEFT_OUT = {"svg", "form", "fieldset", "pre", "thead", "caption", "nav"}
_LEFT_OUT_CLASSES = {
    "block--clinic", "reference-list", "sources", "field-guide", "cite", "treatment-table", "screen-only", "aloud",
    "outcome__study", "people-picture__study", "study", "fact-table__label",
}  # fmt: skip
"""Beside what answers nothing: words said over and over: who ran a study, a column's heading in each of its cells."""
_LONGEST = 340
"""Characters of a section that are kept as they are, to be shown; of what follows, each new word once, to be found."""
_MARK = " … "
_COMMON, _TEXT = 12, 3
"""A word of every twelfth section is common; the place of the text in a row of the index."""
_IDLE = frozenset(
    re.findall(
        r"\w+",
        "a am an and any are as at be been by can could did do does for from has have how if in is it its of on or so "
        "than that the their them then there they this to too was we were what when where which while who why will "
        "with would you your",
    )
)
_IN_LINE = {"a", "strong", "em", "b", "i", "code", "span"}


@dataclass(slots=True)
class Section:
    """What stands below one heading, or in one row; ``above`` is the heading over a row."""

    anchor: str = ""
    title: str = ""
    above: str = ""
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The words in one line."""
        return " ".join("".join(self.words).split())


class _Reader(HTMLParser):
    """Cut a page at its h2, h3, glossary terms and rows; a box's own title is not a section."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [Section()]
        self._around = self.sections[0]
        """The section below the last heading; what follows a table belongs to it again."""
        self._inside: list[tuple[str, bool]] = []
        self._heading = ""
        self._first_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = {name: value or "" for name, value in attrs}
        classes = set(given.get("class", "").split())
        left_out = self._skipping() or tag in _LEFT_OUT or bool(classes & _LEFT_OUT_CLASSES)
        self._inside.append((tag, left_out))
        heading = tag in {"h2", "h3"} and "block__title" not in classes
        if tag == "h1":
            self._heading = tag
        elif not left_out and (heading or (tag == "dt" and "id" in given)):
            self._around = Section(given.get("id", ""))
            self.sections.append(self._around)
            self._heading = tag
        elif not left_out and tag == "tr":
            above = self._around
            self.sections.append(Section(given.get("id", above.anchor), above=above.title))
            self._first_cell = True
        elif not left_out and tag in {"th", "td"} and self._first_cell:
            self._first_cell = False
            self._heading = tag
        self.sections[-1].words.append("" if tag in _IN_LINE or self._heading else " ")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass
        if tag == self._heading:
            self._heading = ""
        if tag == "table" and self.sections[-1] is not self._around:
            # Words after a table go on where they stood before it; ``sections`` joins the two parts.
            self.sections.append(Section(self._around.anchor, self._around.title, self._around.above))

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
    """Cut a page's content into sections and rows, the words before the first heading first."""
    reader = _Reader()
    reader.feed(content)
    reader.close()
    joined: dict[tuple[str, str, str], Section] = {}
    for section in reader.sections:
        section.title = " ".join(section.title.split())
        first = joined.setdefault((section.anchor, section.title, section.above), section)
        if first is not section:
            first.words += [" ", *section.words]
    return [one for one in joined.values() if one.anchor != "sources" and (one.title or one.text())]


def shortened(text: str) -> str:
    """Keep the beginning of a long text, and of the rest the words that say something new."""
    if len(text) <= _LONGEST:
        return text
    end = text.rfind(" ", 0, _LONGEST)
    met = {*_IDLE, *re.findall(r"\w+", text[:end].casefold())}
    rest = dict.fromkeys(word for word in re.findall(r"\w+", text[end:]) if word.casefold() not in met)
    return f"{text[:end]}{_MARK}{' '.join(rest)}"


class Index:
    """What all pages say, gathered page by page."""

    def __init__(self, glossary: dict[str, Term], words: WordList) -> None:
        self._glossary = glossary
        self._words = words
        self._pages: list[list[str]] = []
        self._sections: list[list[str | int]] = []

    def add(self, url: str, title: str, content: str) -> None:
        """Add one page."""
        self._pages.append([url, title])
        for section in sections(content):
            text = shortened(section.text())
            row: list[str | int] = [len(self._pages) - 1, section.anchor, section.title, text, section.above]
            self._sections.append(row if section.above else row[:-1])

    def script(self) -> str:
        """Write it as a script: unlike a JSON file, a script can also be read from a disk.

        ``words`` are pairs: the names that pages use, and what readers type for them. A term's plain sentence is not
        among them: each of its words would lead to it.
        """
        words: list[list[Sequence[str]]] = [
            [[key, *term.also], term.search] for key, term in sorted(self._glossary.items())
        ]
        words += [[[used], typed] for used, typed in _by_use(self._words.search.items())]
        _drop_common(self._sections)
        listed = {url for url, _title in self._pages}
        content = {
            "pages": self._pages,
            "sections": self._sections,
            "words": words,
            "names": self._words.names,
            "danger": self._words.danger,
            "ways": [url for url in WAYS_IN if url in listed],
        }
        return f"self.guideSearchIndex={json.dumps(content, ensure_ascii=False, separators=(',', ':'))};\n"


def _drop_common(rows: list[list[str | int]]) -> None:
    """Leave out of what is found and never shown the words of many sections: they lead nowhere in particular."""
    texts = [str(row[_TEXT]) for row in rows]
    met = Counter(word for text in texts for word in {*_words(text)})
    for row, text in zip(rows, texts, strict=True):
        shown, mark, rest = text.partition(_MARK)
        telling = (word for word in rest.split() if not word.isdigit() and met[word.casefold()] * _COMMON < len(rows))
        row[_TEXT] = shown + mark + " ".join(telling)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _by_use(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Sequence[str]]]:
    found: dict[str, list[str]] = {}
    for typed, used in pairs:
        found.setdefault(used, []).append(typed)
    return sorted(found.items())
