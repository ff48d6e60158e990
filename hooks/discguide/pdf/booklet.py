"""The built pages → the booklet: the pieces that pages name in their front matter, in large type, on A5."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from markupsafe import Markup

from discguide.html_tree import text_of
from discguide.pdf.article import for_paper, to_html
from discguide.pdf.engine import Made, PdfFault
from discguide.pdf.leaflets import PLAIN, unlink
from discguide.pdf.paper import FIRST, TEXT_FONT, read_article, set_document
from discguide.site.contents import Contents
from discguide.site.pieces import find_piece

PAGES = 28
"""As many as fourteen sheets of A5 have, seven of A4 folded."""
SHEET = 4
"""Pages of A5 on a folded sheet of A4."""
HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page gives, under its title."""

    url: str
    title: str
    html: Markup
    letters: int


def booklet(site: Path, contents: Contents, templates: Path) -> Made:
    """Make the booklet; pages for notes fill it up to whole sheets.

    Raises:
        PdfFault: a page names a piece that it does not have.
    """
    pieces = read_pieces(site, contents)
    cover = next(iter(for_paper(read_article(site, HOME), HOME, lambda _: False, TEXT_FONT).iter("svg")), None)
    drawing = Markup(to_html(cover)) if cover is not None else ""

    def make(notes: int) -> Made:
        return set_document(templates, "booklet.html", contents, pieces=pieces, cover=drawing, notes=notes)

    made = make(0)
    return made if made.pages % SHEET == 0 else make(SHEET - made.pages % SHEET)


def too_long(site: Path, contents: Contents, made: Made) -> str:
    """Say, when the booklet outgrows its sheets, which pages give most; empty when it does not."""
    if made.pages <= PAGES:
        return ""
    longest = sorted(read_pieces(site, contents), key=lambda piece: -piece.letters)[:3]
    named = ", ".join(f"docs/{piece.url.removesuffix('.html')}.md ({piece.letters:,} letters)" for piece in longest)
    return f"the booklet has {made.pages} pages, more than {PAGES}; name fewer pieces under 'booklet:' in {named}"


def read_pieces(site: Path, contents: Contents) -> list[Piece]:
    """(IO) Read what the pages give, the danger signs first."""
    urls = sorted(contents.booklet, key=lambda url: url != FIRST)
    return [_piece(read_article(site, url), url, contents.booklet[url]) for url in urls]


def _piece(article: ET.Element, url: str, names: tuple[str, ...]) -> Piece:
    given = ET.Element("div")
    for name in names:
        found = find_piece(article, name)
        if not found:
            raise PdfFault(
                f"docs/{url.removesuffix('.html')}.md: booklet names '{name}', which is not there; run make check"
            )
        if found[0].tag == "dl" and len(given) and given[-1].tag == "dl":
            given[-1].extend(copy.deepcopy(list(found[0])))  # terms make one list
        else:
            given.extend(copy.deepcopy(found))
    unlink(given)
    paper = for_paper(given, url, lambda _: False, TEXT_FONT, PLAIN, columns=0)
    return Piece(url, text_of(next(article.iter("h1"))), Markup(to_html(paper)), len(text_of(paper)))
