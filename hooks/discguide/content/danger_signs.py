"""The danger signs that no change may lose unseen: what must stand in which box of which page, and in the menu.

``docs/data/danger-signs.yml`` holds a few words of each. So a sign goes only by two deliberate changes, in the page
and in that file, and ``make diff`` shows both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from discguide.addresses import DANGER_SIGNS, source_of
from discguide.content.pages import Page
from discguide.data.fields import Record, Text
from discguide.data.load import problem_of
from discguide.data.yaml.reader import Document, read_yaml
from discguide.problems import Problem, ProblemsFound

FILE = "data/danger-signs.yml"
PAGE = source_of(DANGER_SIGNS)
Box = Literal["emergency", "urgent", "soon"]
BOXES: tuple[Box, ...] = get_args(Box)
"""From the most urgent to the least: a sign may move up, never down."""
_NEAR_TOP = 2
"""Below this place of the menu nobody who is frightened looks."""


class Alike(Record):
    """Words on which several pages must agree: a sign may not be urgent on one of them and unsaid on another."""

    words: list[Text] = Field(min_length=1, description="Words that stand on each of the pages")
    pages: list[Text] = Field(min_length=1, description="The pages, with .md")


class Needed(Record):
    """What the file says."""

    menu: Text = Field(description="What the menu calls the page of danger signs")
    pages: dict[str, dict[Box, Annotated[list[Text], Field(min_length=1)]]] = Field(
        description="For each page its boxes, and for each box the words of its signs"
    )
    alike: list[Alike] = Field(default_factory=list, description="Words that several pages must say alike")


def check_danger_signs(pages: Mapping[str, Page], docs: Path, shown: str = "docs") -> list[Problem]:
    """Check that every page with danger signs still has its boxes, with every sign and every number in them.

    Args:
        pages: the pages that could be read, by their path in messages.
        docs: the folder of pages.
        shown: how the folder is called in messages.
    """
    try:
        document, needed = _read(docs, shown)
    except ProblemsFound as found:
        return found.problems
    problems = []
    for name, boxes in needed.pages.items():
        page = pages.get(f"{shown}/{name}")
        if page:
            problems += [problem for box in boxes for problem in _box(page, box, boxes[box], shown)]
            problems += _unguarded(page, [sign for signs in boxes.values() for sign in signs], shown)
        elif not (docs / name).is_file():
            hint = f"put {shown}/{name} back; its danger signs must stand somewhere"
            problems.append(document.problem(("pages", name), f"{shown}/{name} is gone", hint))
    for index, alike in enumerate(needed.alike):
        for name in alike.pages:
            page = pages.get(f"{shown}/{name}")
            if page:
                problems += _said(page, alike.words, shown)
            elif not (docs / name).is_file() and name not in needed.pages:
                hint = f"take it out of this line, or put {shown}/{name} back"
                problems.append(document.problem(("alike", index, "pages"), f"{shown}/{name} is gone", hint))
    if PAGE not in needed.pages:
        hint = f"write {PAGE}: with its boxes and their signs"
        problems.append(document.problem(("pages",), f"pages does not name {PAGE}", hint))
    return problems


def check_way(menu: Document, root: Path) -> Iterator[Problem]:
    """Check that the menu still leads to the danger signs near its top, under the name that people know."""
    _document, needed = _read(root / "docs", "docs")
    if {needed.menu: PAGE} not in list(menu.content.get("nav") or [])[:_NEAR_TOP]:
        message = f"the menu does not begin with '{needed.menu}: {PAGE}', below the home page"
        hint = f"put '- {needed.menu}: {PAGE}' back there; for another name change 'menu' in docs/{FILE} too"
        yield menu.problem(("nav",), message, hint)


def _read(docs: Path, shown: str) -> tuple[Document, Needed]:
    document = read_yaml(docs / FILE, f"{shown}/{FILE}")
    try:
        return document, TypeAdapter(Needed).validate_python(document.content)
    except ValidationError as error:
        raise ProblemsFound([problem_of(document, (), Needed, details) for details in error.errors()]) from None


def _box(page: Page, box: Box, signs: list[str], shown: str) -> Iterator[Problem]:
    titles = [passage for passage in page.passages if passage.block == box and passage.kind == "heading"]
    begins = [title.line for title in titles if not title.source.lstrip().startswith("#")]
    if len(begins) != 1:
        hint = f"keep one box that begins with /// {box} |"
        yield page.problem((begins or [page.first_line])[-1], f"the page has {len(begins)} {box} boxes", hint)
        return
    at_least = BOXES[: BOXES.index(box) + 1]
    texts = [passage.text for passage in page.passages if passage.block in at_least]
    for sign in signs:
        if not any(_holds(text, sign) for text in texts):
            kind = "an emergency number" if sign.isdigit() else "a danger sign"
            message = f"{kind} is gone: no line of the {box} box has the words '{sign}'"
            hint = f"put it back, or take its words out of {shown}/{FILE} in the same change"
            yield page.problem(begins[0], message, hint)


def _said(page: Page, words: list[str], shown: str) -> Iterator[Problem]:
    text = " ".join(passage.text for passage in page.passages).casefold()
    for phrase in words:
        if phrase.casefold() not in text:
            hint = f"put them back, or take the page out of 'alike' in {shown}/{FILE} in the same change"
            yield page.problem(page.first_line, f"the words '{phrase}' about a danger sign are gone", hint)


def _unguarded(page: Page, signs: list[str], shown: str) -> Iterator[Problem]:
    """A new sign should be kept as the others are."""
    for passage in page.passages:
        if passage.block in BOXES[:2] and passage.kind == "item" and not any(_holds(passage.text, s) for s in signs):
            message = f"nothing keeps the danger sign '{passage.text[:40]}…' from going unseen"
            yield page.problem(passage.line, message, f"write a few of its words in {shown}/{FILE}", severity="advice")


def _holds(text: str, sign: str) -> bool:
    """Tell whether a line has all words of a sign, which commas part; a word may go on: 'numb' is in 'numbness'."""
    words = [re.escape(word.strip().casefold()) for word in sign.split(",")]
    return all(re.search(rf"(?<!\w){word}(?!\d)", text.casefold()) for word in words)
