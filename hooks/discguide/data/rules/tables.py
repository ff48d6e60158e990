"""What must hold of the tables beside the comparison, as of the options; and of daily life after each option."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from discguide.data.fields import FORMS, SLUG
from discguide.data.model import LIFE_AREAS, Guide
from discguide.data.outcomes import value_of
from discguide.data.rules import calendar
from discguide.data.rules.studies import dishonest
from discguide.data.tables import Result, SideEffect
from discguide.data.yaml.reader import Document, Location
from discguide.problems import Problem

TABLES = ("medicines", "guidelines", "injections")
"""The files of the tables, named as the guide holds them."""


def check_tables(guide: Guide, documents: Mapping[str, Document]) -> list[Problem]:
    """Run every check of the tables and gather what they find."""
    problems = [*_daily_life(guide, documents["treatments"])]
    for name in TABLES:
        for key, record in getattr(guide, name).items():
            for check in CHECKS:
                for at, message, hint in check(key, record):
                    problems.append(documents[name].problem(at, f"{'.'.join(map(str, at))} {message}", hint))
            problems += _overdue(documents[name], key, record)
        for key in documents[name].content:
            if not re.fullmatch(SLUG, key):
                problems.append(
                    documents[name].problem((key,), f"'{key}' cannot be an id", f"write it like {FORMS[SLUG]}")
                )
    return problems


def _daily_life(guide: Guide, document: Document) -> Iterator[Problem]:
    """Each part of daily life is told once, or was looked for: what nobody looked for would read as unknown."""
    for key, treatment in guide.treatments.items():
        life = treatment.life_afterwards
        said = [*(part.about for part in life.parts), *life.not_found]
        for area in LIFE_AREAS:
            if area not in said:
                hint = f"tell it in parts, or look for it and add '{area}' to not_found"
                yield document.problem((key, "life_afterwards"), f"{key}.life_afterwards says nothing of {area}", hint)
            elif said.count(area) > 1:
                hint = "keep one of the two, in parts or in not_found"
                yield document.problem((key, "life_afterwards"), f"{key}.life_afterwards tells of {area} twice", hint)


Faults = Iterator[tuple[Location, str, str]]
"""Place, what is wrong, and its cure."""


def _overdue(document: Document, key: str, record: Any) -> Iterator[Problem]:
    """A medical fact nobody has looked at for long should say so."""
    if record.checked < record.next_check < calendar.today():
        hint = "read the record against its references, then move both dates"
        yield document.problem((key, "next_check"), f"{key} is overdue for a check", hint, severity="advice")


def days_are_true(key: str, record: Any) -> Faults:
    """Nobody has read anything tomorrow, and no fact is good for ever."""
    if record.checked > calendar.tomorrow():
        yield (key, "checked"), "lies in the future", "write the day it was read"
    if record.next_check <= record.checked:
        yield (key, "next_check"), "is not after 'checked'", "write a later day"
    elif record.next_check - record.checked > calendar.LONGEST:
        hint = f"write a day within {calendar.LONGEST.days} days"
        yield (key, "next_check"), "is more than a year after 'checked'", hint


def counts_are_honest(key: str, record: Any) -> Faults:
    """A count keeps to the people there were, as in the studies."""
    for at, result in _results(key, record):
        field = "how_often" if isinstance(result, SideEffect) else "here"
        for name, text in ((field, result.said[1]), ("comparison", result.comparison or "nobody")):
            if fault := dishonest(value_of(text), result.people if isinstance(result.people, int) else None):
                yield ((*at, name), *fault)


def comparisons_say_with_what(key: str, record: Any) -> Faults:
    """A result of nobody is no comparison."""
    for at, result in _results(key, record):
        if result.comparison and result.comparison_with == "nobody":
            yield (
                (*at, "comparison_with"),
                "says 'nobody', but there is a comparison",
                "write what it was compared with",
            )
        elif result.comparison_with == "nobody" and re.search(r"\bthan\b", result.said[1]):
            hint = "write what it was compared with there, and take it out here"
            yield (*at, "comparison_with"), f"says 'nobody', but the result says '{result.said[1]}'", hint


def points_have_a_scale(key: str, record: Any) -> Faults:
    """A number of points means nothing without its range."""
    for at, result in _results(key, record):
        if re.search(r"\bpoints?\b", result.said[1]) and not getattr(result, "scale", None):
            yield at, "tells points without a scale", "add scale: the range and which end is better"


def known_harms_have_a_source(key: str, record: Any) -> Faults:
    """A harm is told from a source, or is Unknown: never from hearsay."""
    for index, harm in enumerate(record.harms):
        if not harm.refs and not harm.text.startswith("Unknown"):
            yield (key, "harms", index), "has no source", "add refs, or begin its text with Unknown"


def _results(key: str, record: Any) -> Iterator[tuple[Location, Any]]:
    """Walk what was measured, with the place of each."""
    for group in ("gains", "harms"):
        for index, result in enumerate(getattr(record, group, ())):
            if isinstance(result, Result):
                yield (key, group, index), result


CHECKS: tuple[Callable[[str, Any], Faults], ...] = (
    days_are_true,
    counts_are_honest,
    comparisons_say_with_what,
    points_have_a_scale,
    known_harms_have_a_source,
)
