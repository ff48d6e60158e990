"""What a page says about itself, above its words."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import Any, Literal

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from discguide.data.fields import Day, Record, Text
from discguide.data.load import problem_of
from discguide.data.rules.calendar import LONGEST, today, tomorrow
from discguide.data.yaml.reader import Document, Location, parse_yaml
from discguide.problems import Problem, ProblemsFound


class ClinicalReview(Record):
    """A clinician who has read the page against its sources."""

    by: Text = Field(description="The clinician's name")
    role: Text = Field(description="What they do, for example Spine surgeon")
    interests: Text | None = Field(default=None, description="What they gain from the page's options, or: none")
    on: Day = Field(description="The day of the review, like 2026-12-01")
    words: Text | None = Field(default=None, description="What stands for the words that were read; make check says it")


class FrontMatter(Record):
    """The lines between the two '---' at the top of a page."""

    title: Text = Field(description="The page's name in the menu and in search results")
    description: Text = Field(description="One or two sentences for search results; never a claim of the clinic")
    checked: Day = Field(description="The day an editor read the page against its sources")
    next_check: Day = Field(description="The day it must be read again")
    hide: list[Literal["navigation", "toc"]] = Field(
        default_factory=list,
        description="Columns that the page does without: navigation (links to other pages), toc (its headings)",
    )
    booklet: list[Text] = Field(
        default_factory=list,
        description="What of the page stands in the booklet: the ids of headings, as links to them have them",
    )
    clinically_reviewed: ClinicalReview | None = Field(default=None, description="Only after a clinician's review")


def split(text: str, shown: str) -> tuple[Document, str, int]:
    """Part a page into its front matter and its body.

    Returns the front matter, the body, and the line on which the body starts.

    Raises:
        ProblemsFound: there is no front matter, or it cannot be read.
    """
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        raise ProblemsFound([_no_top(lines, shown)])
    end = lines.index("---", 1)
    if faults := list(_signs_of_code(lines[1:end], shown)):
        raise ProblemsFound(faults)
    document = parse_yaml("\n".join(lines[1:end]), shown, first_line=2)
    if faults := list(_code_in_values(document, document.content, ())):
        raise ProblemsFound(faults)
    return document, "\n".join(lines[end + 1 :]), end + 2


def _no_top(lines: list[str], shown: str) -> Problem:
    """Say of a page what keeps its first lines from being its front matter."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].strip() != "---":
        hint = "start the page with ---, title, description, checked, next_check, ---"
        return Problem(shown, 1, 1, "has no front matter", hint)
    if first or lines[0] != "---":
        return Problem(shown, 1, 1, "has spaces or empty lines around its first ---", "begin the page with --- alone")
    end = next((number for number, line in enumerate(lines[1:], start=1) if not re.match(r" *[\w-]+:|  ", line)), 1)
    hint = "write --- on a line of its own there, below the last field"
    return Problem(shown, end + 1, 1, "the top of the page has no end", hint)


_CODE = re.compile(r"[<>{}]|&(?:#|\w+;)|\[\[#")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""What the site builder reads front matter with."""


def _signs_of_code(lines: list[str], shown: str) -> Iterator[Problem]:
    """Front matter reaches titles and tags of a page, so it holds words alone.

    A line of dots, or of hyphens with something after them, ends it for other programs but not for us: what
    follows would be part of the page for them, and unchecked.
    """
    for number, line in enumerate(lines, start=2):
        code = _CODE.search(line)
        if code:
            message = f"has '{code[0]}' in the front matter"
            yield Problem(shown, number, code.start() + 1, message, "write it in words")
        elif line.startswith(("...", "---")):
            yield Problem(shown, number, 1, "ends the front matter early", "delete the line, or quote its words")


def _code_in_values(document: Document, value: Any, at: Location) -> Iterator[Problem]:
    """Look again at what the lines mean: an escape, or an entity without its end, is code only once it is read."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _code_in_values(document, inner, (*at, key))
    elif isinstance(value, str) and (_CODE.search(value) or html.unescape(value) != value):
        yield document.problem(at, f"{'.'.join(map(str, at))} holds code for other characters", "write it in words")


def _read_alike(document: Document) -> Iterator[Problem]:
    """The site builder reads front matter by the rules of YAML 1.1; where it reads something else, it is unclear."""
    try:
        other = yaml.load(document.text, _LOADER)
    except (yaml.YAMLError, ValueError, AttributeError, RecursionError):
        other = None
    for key, value in document.content.items():
        if plain(other.get(key) if isinstance(other, dict) else None) != value:
            hint = "put the words in double quotes"
            yield document.problem((key,), f"{key} is read differently by other programs", hint)


def plain(value: Any) -> Any:
    """Undo what the site builder's reader makes of a day, and of the word "on", which it takes for yes."""
    if isinstance(value, dict):
        return {"on" if key is True else key: plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def check_front_matter(document: Document) -> list[Problem]:
    """Check one page's front matter against its fields and the calendar."""
    try:
        meta = TypeAdapter(FrontMatter).validate_python(document.content)
    except ValidationError as error:
        return [problem_of(document, (), FrontMatter, details) for details in error.errors()]
    problems = list(_read_alike(document))
    if not 50 <= len(meta.description) <= 200:
        hint = "write one or two sentences of 50 to 200 characters"
        problems.append(document.problem(("description",), f"description has {len(meta.description)} characters", hint))
    problems += _calendar(document, meta)
    return problems


def _calendar(document: Document, meta: FrontMatter) -> list[Problem]:
    if meta.next_check <= meta.checked:
        return [document.problem(("next_check",), "next_check is not after checked", "write a later day")]
    if meta.checked > tomorrow():
        return [document.problem(("checked",), "checked lies in the future", "write the day it was read")]
    if meta.next_check - meta.checked > LONGEST:
        hint = f"write a day within {LONGEST.days} days"
        return [document.problem(("next_check",), "next_check is more than a year after checked", hint)]
    review = meta.clinically_reviewed
    if review and review.on > tomorrow():
        at = ("clinically_reviewed", "on")
        return [document.problem(at, "clinically_reviewed.on lies in the future", "write the day of the review")]
    if meta.next_check < today():
        hint = "read the page against its sources, then move both dates"
        return [document.problem(("next_check",), "the page is overdue for a check", hint, severity="advice")]
    return []


def read_meta(content: dict[str, Any]) -> FrontMatter:
    """Read front matter that has already been checked."""
    return TypeAdapter(FrontMatter).validate_python(content)
