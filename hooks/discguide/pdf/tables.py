"""Tables on paper: each as broad as a column of words, or as a page; what is broader is parted or set as entries."""

from __future__ import annotations

import copy
import itertools
from xml.etree import ElementTree as ET

from discguide.html_tree import has_class, text_of

COLUMNS = 5
"""Columns that a wide table of the book may have on an A4 page, its heads of rows among them."""
COMPARED = "treatment-table"
"""The class of the table that is read across: it stays a table and gets pages of its own."""
_NARROW = 2
"""A table of so many columns stands in a column of words as it is."""
_SHORT = 30
"""Characters of a cell, in the mean, up to which three columns stand in one too."""


def fit_tables(paper: ET.Element, columns: int = COLUMNS) -> None:
    """Fit every table to the paper, with all its words.

    A comparison is parted by its columns and keeps its row heads; with no ``columns`` at all it is told question by
    question. Any other table that is too broad becomes a
    list of entries, one a row, as on a phone: most of its cells would be empty paper.
    """
    for parent in list(paper.iter()):
        for index, table in reversed(list(enumerate(parent))):
            if table.tag != "table":
                continue
            if has_class(table, COMPARED):
                made = _parted(table, columns) if columns else _questions(table)
            elif _is_narrow(table):
                made = _whole(table)
            else:
                made = _entries(table)
            made.tail, table.tail = table.tail, None
            parent[index] = made


def _rows(table: ET.Element) -> list[ET.Element]:
    return [row for part in table if part.tag == "tbody" for row in part]


def _heads(table: ET.Element) -> ET.Element:
    return next(row for part in table if part.tag == "thead" for row in part)


def _is_narrow(table: ET.Element) -> bool:
    width = max(len(row) for row in table.iter("tr"))
    said = [len(text_of(cell)) for row in _rows(table) for cell in row]
    return width <= _NARROW or (width == _NARROW + 1 and sum(said) <= _SHORT * len(said))


def _whole(table: ET.Element) -> ET.Element:
    """Wrap a table with its caption, or the engine parts the two."""
    whole = ET.Element("div", {"class": "whole"})
    whole.append(table)
    return whole


def _parted(table: ET.Element, columns: int) -> ET.Element:
    """Deal the columns of a table evenly to as many tables as they need; each repeats the heads of the rows."""
    wide = ET.Element("div", {"class": "wide"})
    heads = len(_heads(table)) - 1
    parts = -(-heads // (columns - 1))
    bounds = [1 + heads * part // parts for part in range(parts + 1)]
    for start, end in itertools.pairwise(bounds):
        part = copy.deepcopy(table)
        for row in part.iter("tr"):
            row[:] = [row[0], *row[start:end]]
        for named in part.iter() if start > 1 else ():
            named.attrib.pop("id", None)
        wide.append(part)
    return wide


def _questions(table: ET.Element) -> ET.Element:
    """Tell a comparison question by question: under each, what every option answers."""
    questions = ET.Element("div", {"class": "questions"})
    # The name stands first in the head, as a link or as words.
    names = [
        text_of(head[0]) if head.find("a") is not None else (head.text or "").strip() for head in _heads(table)[1:]
    ]
    for row in _rows(table):
        head = ET.SubElement(questions, "p", {"class": "question leads"})
        head.text = text_of(row[0])
        answers = ET.SubElement(questions, "ul", {"class": "answers"})
        for name, cell in zip(names, row[1:], strict=True):
            answer = ET.SubElement(answers, "li", {"class": "answer"})
            option = ET.SubElement(answer, "strong")
            option.text, option.tail = f"{name}:", " "
            answer.extend(cell)
    return questions


def _entries(table: ET.Element) -> ET.Element:
    """Set each row as an entry: its head, then every other cell under the head of its column."""
    entries = ET.Element("div", {"class": "rows"})
    for caption in (child for child in table if child.tag == "caption"):
        caption.tag = "p"
        caption.set("class", "rows__caption")
        entries.append(caption)
    names = [text_of(head) for head in _heads(table)]
    made = ET.SubElement(entries, "ul", {"class": "rows__list"})
    for row in _rows(table):
        entry = ET.SubElement(made, "li", {"class": "row"} | ({"id": row.get("id", "")} if row.get("id") else {}))
        for name, cell in zip(names, row, strict=True):
            first = cell is row[0]
            cell.tag = "div"
            cell.attrib = {"class": "row__head" if first else "row__cell"} | (
                {"id": cell.get("id", "")} if cell.get("id") else {}
            )
            if not first:
                label = ET.SubElement(entry, "p", {"class": "row__label leads"})
                label.text = name
            entry.append(cell)
    return entries
