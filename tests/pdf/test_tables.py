"""Tables on paper: no column and no row is lost, whatever the breadth."""

from xml.etree import ElementTree as ET

import pytest

from discguide.html_tree import parse, text_of
from discguide.pdf.article import for_paper


def table(columns: int, rows: int, *, compared: bool = False, words: str = "") -> str:
    heads = "".join(f"<th>Head {number}</th>" for number in range(columns))
    body = "".join(
        f'<tr id="row-{row}"><th>Row {row}</th>'
        + "".join(f"<td><p>Cell {row}.{column} {words}</p></td>" for column in range(1, columns))
        + "</tr>"
        for row in range(rows)
    )
    kind = ' class="treatment-table"' if compared else ""
    return f"<table{kind}><caption>All of it</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def on_paper(html: str) -> ET.Element:
    article = parse(f'<div class="prose"><h1>Page</h1><div>{html}</div></div>')[1][0]
    return for_paper(article, "page.html", lambda _: True, "Source Sans 3")


@pytest.mark.parametrize("options", [1, 4, 5, 9, 10, 13])
def test_a_comparison_of_any_breadth_is_parted_and_keeps_every_cell(options: int) -> None:
    paper = on_paper(table(options + 1, 3, compared=True))
    parts = list(paper.iter("table"))
    widths = [len(next(part.iter("tr"))) for part in parts]
    assert max(widths) <= 5 and max(widths) - min(widths) <= 1
    assert all(text_of(row[0]) in {"Head 0", "Row 0", "Row 1", "Row 2"} for part in parts for row in part.iter("tr"))
    assert all(part.find("caption") is not None for part in parts)
    cells = [text_of(cell).strip() for part in parts for cell in part.iter("td")]
    assert sorted(cells) == sorted(f"Cell {row}.{column}" for row in range(3) for column in range(1, options + 1))
    ids = [one.get("id") for one in paper.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) == 3


def test_a_broad_table_becomes_entries_with_the_head_at_each_cell() -> None:
    paper = on_paper(table(4, 2, words="with a good many words that would need a column of their own"))
    assert list(paper.iter("table")) == []
    entries = [entry for entry in paper.iter("li") if entry.get("class") == "row"]
    assert [entry.get("id") for entry in entries] == ["page--row-0", "page--row-1"]
    assert [" ".join(text_of(part).split()[:2]) for part in entries[1]] == [
        "Row 1",
        *(said for column in (1, 2, 3) for said in (f"Head {column}", f"Cell 1.{column}")),
    ]
    assert "All of it" in text_of(paper)


def test_a_narrow_table_stays_one() -> None:
    for paper in (on_paper(table(2, 2, words="many words " * 9)), on_paper(table(3, 2))):
        assert len(list(paper.iter("table"))) == 1
