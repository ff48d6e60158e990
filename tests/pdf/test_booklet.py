"""The booklet: what pages name in their front matter, in large type, on whole sheets."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from discguide.html_tree import find_class, parse, parse_file, text_of
from discguide.pdf.booklet import PAGES, SHEET, booklet, read_pieces, too_long
from discguide.pdf.engine import Made, PdfFault
from discguide.site.contents import Contents
from discguide.site.pieces import check_pieces, find_piece
from discguide.site.rules import BuiltPage
from tests.goals import keeps_to
from tests.projects import ROOT

MM = 72 / 25.4
PAGE = """<div class="prose"><h1>Page</h1><section class="block" id="short"><p>In short</p></section>
<h2 id="one">One</h2><p>First</p><h3 id="deep">Deep</h3><p>Deeper</p><h2 id="two">Two</h2><p>Last</p>
<details><summary><span id="fold">Fold</span></summary><p>Folded</p></details>
<dl class="list"><dt id="term">Term</dt><dd>Said</dd><dd>More</dd><dt>Other</dt><dd>Nothing</dd></dl></div>"""


@pytest.fixture(scope="module")
def made(site: Path, contents: Contents) -> Made:
    return booklet(site, contents, ROOT / "overrides" / "print")


def squeezed(text: str) -> str:
    return re.sub(r"\[R\w+\]|[\s\u00ad\u2010-]+", "", text)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("short", "In short"),
        ("one", "One First Deep Deeper"),
        ("deep", "Deep Deeper"),
        ("two", "Two Last Fold Folded Term Said More Other Nothing"),
        ("fold", "Fold Folded"),
        ("term", "Term Said More"),
        ("nowhere", ""),
    ],
)
def test_a_piece_is_what_stands_below_its_id(name: str, words: str) -> None:
    article = parse(PAGE)[1][0]
    assert " ".join(" ".join(one.itertext()) for one in find_piece(article, name)).split() == words.split()


def test_it_fills_whole_sheets_of_a5(made: Made) -> None:
    pages = list(pymupdf.open(stream=io.BytesIO(made.data)))
    assert len(pages) == made.pages and made.pages % SHEET == 0
    assert {(round(page.rect.width / MM), round(page.rect.height / MM)) for page in pages} == {(148, 210)}
    keeps_to(PAGES, made.pages, "disc-guide-booklet.pdf", "pages", "name fewer pieces under 'booklet:' in front matter")


def test_its_type_is_large(made: Made) -> None:
    spans = [
        (span["size"], len(span["text"].strip()))
        for page in pymupdf.open(stream=io.BytesIO(made.data))
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
    ]
    letters = sum(length for _, length in spans)
    assert sum(length for size, length in spans if size < 9.9) < 0.03 * letters, "smaller than the comparison"
    assert sum(length for size, length in spans if size > 10.9) > 0.55 * letters, "words are no longer large"


def test_every_piece_is_told(made: Made, site: Path, contents: Contents) -> None:
    text = squeezed("".join(page.get_text() for page in pymupdf.open(stream=io.BytesIO(made.data))))
    assert contents.booklet
    for url, names in contents.booklet.items():
        article = find_class(parse_file(site / url), "prose")
        assert article is not None
        heads = [text_of(one) for name in names for one in find_piece(article, name)[:1] if one.tag in {"h2", "h3"}]
        assert [head for head in heads if squeezed(head) not in text] == [], url
    assert "[R" not in text and "onthewebsite" not in text


def test_a_piece_that_is_not_there_is_one_line(site: Path, pages: dict[str, BuiltPage], contents: Contents) -> None:
    url, names = next(iter(contents.booklet.items()))
    wrong = replace(contents, booklet={url: (*names[:-1], f"{names[-1]}x")})
    (problem,) = check_pieces(ROOT, pages, wrong)
    assert f"booklet names '{names[-1]}x', which is not on this page; did you mean '{names[-1]}'?" in str(problem)
    with pytest.raises(PdfFault, match="booklet names"):
        booklet(site, wrong, ROOT / "overrides" / "print")


def test_a_booklet_that_outgrows_its_sheets_is_advice(site: Path, contents: Contents) -> None:
    assert too_long(site, contents, Made(b"", PAGES)) == ""
    said = too_long(site, contents, Made(b"", PAGES + SHEET))
    longest = max(read_pieces(site, contents), key=lambda piece: piece.letters)
    assert f"the booklet has {PAGES + SHEET} pages, more than {PAGES}" in said
    assert f"in docs/{longest.url.removesuffix('.html')}.md" in said and "\n" not in said
