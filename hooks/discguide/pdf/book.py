"""The built pages → the book, through the template in overrides/print."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from discguide.html_tree import has_class, text_of
from discguide.pdf.article import for_paper, places, to_html
from discguide.pdf.engine import Made, PdfFault
from discguide.pdf.links import slug_of
from discguide.pdf.paper import FIRST, TEXT_FONT, read_article, set_document
from discguide.site.contents import Contents, Entry

NOT_IN_BOOK = frozenset({"print.html"})
"""Pages that have no use on paper."""
WIDE = "wide"
"""The class of what needs the whole breadth of a page."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a chapter that is set in one way: in two columns, or over the whole breadth."""

    chapter: Chapter
    wide: bool
    opens: bool
    html: Markup


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the site as it stands in the book."""

    entry: Entry
    heading: str
    body: ET.Element
    opens_section: bool

    @property
    def slug(self) -> str:
        """Its id in the book."""
        return slug_of(self.entry.url)

    @property
    def parts(self) -> list[Part]:
        """Its words, parted after the last of what is wide; they were checked when the site was built."""
        end = 1 + max((place for place, element in enumerate(self.body) if _holds_wide(element)), default=-1)
        pieces = [(True, self.body[:end]), (False, self.body[end:])]
        return [
            Part(self, wide, elements[0] is self.body[0], Markup("").join(Markup(to_html(one)) for one in elements))
            for wide, elements in pieces
            if elements
        ]


def book(site: Path, contents: Contents, templates: Path) -> Made:
    """Make the whole guide as one PDF."""
    chapters = read_chapters(site, contents)
    check_links(chapters)
    return set_document(
        templates,
        "book.html",
        contents,
        chapters=chapters,
        groups=[list(group) for _, group in itertools.groupby(chapters, lambda chapter: chapter.entry.section)],
        urgent=[chapter for chapter in chapters if chapter.entry.url == FIRST],
        runs=[list(run) for _, run in itertools.groupby(_flow(chapters), lambda part: part.wide)],
        cover=_drawing(chapters[0].body),
    )


def _flow(chapters: Iterable[Chapter]) -> Iterator[Part]:
    """Pass on the parts that follow the contents, in order."""
    for chapter in chapters:
        if chapter.entry.url != FIRST:
            yield from chapter.parts


def _holds_wide(element: ET.Element) -> bool:
    return any(has_class(inner, WIDE) for inner in element.iter())


def read_chapters(site: Path, contents: Contents) -> list[Chapter]:
    """(IO) Read every page of the navigation, in its order, ready for paper."""
    entries = [entry for entry in contents.pages if entry.url not in NOT_IN_BOOK]
    urls = {entry.url for entry in entries}
    chapters: list[Chapter] = []
    seen: set[str] = set()
    for entry in entries:
        body = for_paper(read_article(site, entry.url), entry.url, urls.__contains__, TEXT_FONT)
        title = next(body.iter("h1"), None)
        if title is None:
            raise PdfFault(f"{entry.url} has no h1; start its page with one line '# Title'")
        title.set("data-title", entry.title)
        opens = bool(entry.section) and entry.section not in seen
        seen.add(entry.section)
        chapters.append(Chapter(entry, text_of(title), body, opens))
    return chapters


def _drawing(body: ET.Element) -> Markup:
    """The first drawing of a page, once more: the home page's stands on the cover."""
    return Markup("").join(Markup(to_html(svg)) for svg in itertools.islice(body.iter("svg"), 1))


def check_links(chapters: Iterable[Chapter]) -> None:
    """Refuse a book in which a link leads nowhere."""
    chapters = list(chapters)
    known = places(chapter.body for chapter in chapters) | {chapter.slug for chapter in chapters}
    for chapter in chapters:
        for link in chapter.body.iter("a"):
            to = link.get("href", "")
            if to.startswith("#") and to[1:] not in known:
                raise PdfFault(f"{chapter.entry.url} links to a place that is not in the book ({to[1:]})")
