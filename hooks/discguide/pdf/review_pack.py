"""A built page → what a clinician needs to review it in an hour: each statement with its sources, on paper.

Everything is taken from the built page and the references, so that nothing can stand in a pack that is not on the page.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

from discguide.data.edition import edition
from discguide.data.model import Guide
from discguide.data.references import Reference
from discguide.html_tree import find_class, has_class, text_of
from discguide.pdf.engine import Made, PdfFault, make_pdf
from discguide.pdf.paper import FAMILIES, check_letters
from discguide.render.environment import environment
from discguide.site.reviews import fingerprint
from discguide.site.rules import BuiltPage

Doubt = Literal["no source", "second hand", "record alone", "interest"]
"""Why a statement is one of those that we are least sure of, the weakest ground first."""
MOST_DOUBTS = 12
"""So many can be looked up in the first half hour."""
_LEFT_OUT = frozenset({"sources", "next-steps", "questions", "page-index", "screen-only", "people", "thumb"})
"""Classes of what states nothing: lists of links, questions, sources, pictures whose words stand beside them."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_LABELS = frozenset({"dt", "th"})
"""What names the words after it."""
_WHOLE = frozenset({"li", "dd", "td"})
"""What is stated as one, also in several paragraphs: a result, its numbers and its study."""
_BLOCKS = _LABELS | _WHOLE | {"p", "figcaption", "caption"}
_OWN = ("†", "our own caution", "our own advice")


@dataclass(slots=True)
class Statement:
    """Some words of a page, up to and with their sources."""

    number: int
    text: str
    refs: list[str] = field(default_factory=list)
    doubt: Doubt | None = None


@dataclass(slots=True)
class Section:
    """A heading of the page with what is stated below it."""

    title: str
    statements: list[Statement] = field(default_factory=list)


def review_pack(page: BuiltPage, guide: Guide, templates: Path) -> Made:
    """Make the pack of one page.

    Args:
        page: the built page.
        guide: the facts, for the references.
        templates: the folder of print templates.
    """
    sections = read_sections(page, guide.references)
    stated = [statement for section in sections for statement in section.statements]
    cited = sorted({key for statement in stated for key in statement.refs}, key=lambda key: (len(key), key))
    html = (
        environment(templates, guide.labels)
        .get_template("pack.html")
        .render(
            page=page,
            title=text_of(next(page.root.iter("h1"))),
            sections=sections,
            doubts=least_sure(stated),
            references={key: guide.references[key] for key in cited},
            edition=edition(guide),
            words=fingerprint(page),
        )
    )
    check_letters(html, templates / "fonts")
    return make_pdf(html, templates, FAMILIES)


def read_sections(page: BuiltPage, references: Mapping[str, Reference]) -> list[Section]:
    """Read what a page states, in its order, below its headings; numbered through."""
    article = find_class(page.root, "prose")
    if article is None:
        raise PdfFault(f"{page.name} has no article; keep the class 'prose' on it in overrides/base.html")
    sections = [Section("")]
    numbers = itertools.count(1)
    label = ""
    for block in _blocks(article):
        if block.tag in _HEADINGS:
            sections.append(Section(text_of(block)))
            continue
        if block.tag in _LABELS:
            label = text_of(block)
            label += " " if label.endswith("?") else ": "
            continue
        for text, refs in _statements(block, label):
            known = [references[key] for key in refs if key in references]
            sections[-1].statements.append(Statement(next(numbers), text, refs, _doubt(text, known)))
        label = ""
    return [section for section in sections if section.statements]


def least_sure(statements: list[Statement]) -> list[Statement]:
    """Choose the statements on the weakest ground, the weakest first."""
    order: tuple[Doubt, ...] = ("no source", "second hand", "record alone", "interest")
    doubted = [(order.index(one.doubt), one.number, one) for one in statements if one.doubt]
    return [one for _, _, one in sorted(doubted, key=lambda row: row[:2])[:MOST_DOUBTS]]


def _doubt(text: str, references: list[Reference]) -> Doubt | None:
    if not references:
        return "no source" if any(mark in text for mark in _OWN) else None
    if all(reference.read == "secondary" for reference in references):
        return "second hand"
    if all(reference.read in {"secondary", "record"} for reference in references):
        return "record alone"
    if all(reference.run_by in {"inventor", "company", "unknown"} for reference in references):
        return "interest"
    return None


def _blocks(element: ET.Element) -> Iterator[ET.Element]:
    """Headings, and the innermost elements that hold running text."""
    if any(has_class(element, name) for name in _LEFT_OUT) or element.tag in {"nav", "form", "svg"}:
        return
    inner = [block for child in element for block in _blocks(child)]
    alone = all(block.tag == "p" for block in inner) if element.tag in _WHOLE else not inner
    if element.tag in _HEADINGS or (element.tag in _BLOCKS and alone):
        yield element
    else:
        yield from inner


def _statements(block: ET.Element, label: str) -> Iterator[tuple[str, list[str]]]:
    """Part a block after each run of citations: what stands before them is what they are for."""
    words: list[str] = [label]
    refs: list[str] = []
    for piece, cited in _pieces(block):
        if cited:
            refs.append(piece)
        elif piece.strip(" .,;/"):
            if refs:
                yield _line(words), refs
                words, refs = [], []
            words.append(piece)
        elif words:
            words.append(piece)
    if "".join(words).removeprefix(label).strip():
        yield _line(words), refs


def _line(words: list[str]) -> str:
    return " ".join("".join(words).split()).strip("/ ")


def _pieces(element: ET.Element) -> Iterator[tuple[str, bool]]:
    """The text of a block in its order, and apart from it the ids that it cites."""
    if element.text:
        yield element.text, False
    for child in element:
        if has_class(child, "study"):
            yield " / ", False
        if has_class(child, "cite"):
            yield text_of(child).strip("[]"), True
        elif child.tag != "svg":
            yield from _pieces(child)
        yield f"{' / ' if child.tag in _BLOCKS else ''}{child.tail or ''}", False
