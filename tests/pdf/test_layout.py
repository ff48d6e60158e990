"""The book as it is set: A4, no head parted from its words, no page left empty, no more pages than it needs."""

from typing import NamedTuple

import pymupdf
import pytest

from discguide.data.model import Guide
from tests.builds import Built
from tests.goals import keeps_to

MM = 72 / 25.4
HEAD, FOOT = 18 * MM, 16 * MM
"""Above and below stand the running heads and the page's number."""


class Line(NamedTuple):
    """One line of words: where it stands, its font and its size."""

    x: float
    y: float
    font: str
    size: float
    text: str


@pytest.fixture(scope="module")
def sheets(built: Built) -> list[pymupdf.Page]:
    return list(pymupdf.open(built.site / "disc-guide.pdf"))


def lines(page: pymupdf.Page) -> list[Line]:
    found = []
    for block in page.get_text("dict")["blocks"]:
        for line in block.get("lines", []):
            text = "".join(span["text"] for span in line["spans"]).strip()
            if text and HEAD < line["bbox"][3] < page.rect.height - FOOT:
                span = line["spans"][0]
                found.append(Line(line["bbox"][0], line["bbox"][3], span["font"], span["size"], text))
    return found


def last_lines(page: pymupdf.Page) -> list[Line]:
    """The last line of each column."""
    middle = page.rect.width / 2 - 5
    columns = [[line for line in lines(page) if (line.x >= middle) == right] for right in (False, True)]
    return [max(column, key=lambda line: line.y) for column in columns if column]


def is_heading(line: Line) -> bool:
    return "Serif" in line.font or ("Bold" in line.font and line.size > 11)


def test_every_page_is_a4(sheets: list[pymupdf.Page]) -> None:
    assert {(round(page.rect.width / MM), round(page.rect.height / MM)) for page in sheets} == {(210, 297)}


def stacked(page: pymupdf.Page) -> list[tuple[str, str]]:
    """Words whose middles lie on each other, such as those of narrow columns that spill over."""
    open_words: list[tuple[float, float, float, float, str]] = []
    found = []
    for left, top, right, bottom, word, *_ in sorted(page.get_text("words"), key=lambda word: word[1] + word[3]):
        aside, above = 0.1 * (right - left), 0.35 * (bottom - top)
        middle = (left + aside, top + above, right - aside, bottom - above)
        open_words = [other for other in open_words if other[3] > middle[1]]
        found += [(other[4], word) for other in open_words if other[0] < middle[2] and middle[0] < other[2]]
        open_words.append((*middle, word))
    return found


def test_no_word_stands_on_another(built: Built) -> None:
    papers = sorted(built.site.glob("*.pdf"))
    assert len(papers) >= 4
    for paper in papers:
        assert [(paper.name, page.number + 1, stacked(page)[:3]) for page in pymupdf.open(paper) if stacked(page)] == []


def test_no_heading_stands_alone_at_a_foot(sheets: list[pymupdf.Page]) -> None:
    assert sum(is_heading(line) for page in sheets for line in lines(page)) > len(sheets)
    alone = [(page.number + 1, line.text) for page in sheets[1:] for line in last_lines(page) if is_heading(line)]
    assert alone == []


def test_no_page_is_over_half_empty_but_at_the_end(sheets: list[pymupdf.Page]) -> None:
    drawn = [[drawing["rect"].y1 for drawing in page.get_drawings()] for page in sheets]
    low = [max([line.y for line in lines(page)] + more) for page, more in zip(sheets, drawn, strict=True)]
    assert [page.number + 1 for page, y in zip(sheets[1:-1], low[1:-1], strict=True) if y < page.rect.height / 2] == []


def test_the_type_is_as_large_as_it_was(sheets: list[pymupdf.Page]) -> None:
    """Words that are read are 9 points and more; only marks, sources and notes under figures may be smaller."""
    sizes = [(line.size, len(line.text)) for page in sheets for line in lines(page)]
    letters = sum(length for _, length in sizes)
    assert sum(length for size, length in sizes if size < 8.4) < 0.02 * letters


def test_every_option_is_compared_in_type_that_is_read(sheets: list[pymupdf.Page], guide: Guide) -> None:
    places = {title: page for _, title, page in sheets[0].parent.get_toc()}
    pages = sheets[places["Compare the options"] - 1 : places["What guidelines say"]]
    heads = [line for page in pages for line in lines(page) if line.size >= 9.4 and "Bold" in line.font]
    for treatment in guide.treatments.values():
        assert any(line.text.startswith(treatment.names.short.split()[0]) for line in heads), treatment.names.short


def test_it_has_no_more_pages_than_it_needs(sheets: list[pymupdf.Page]) -> None:
    keeps_to(115, len(sheets), "disc-guide.pdf", "pages", "say it in fewer words, or set the longest lists closer")
