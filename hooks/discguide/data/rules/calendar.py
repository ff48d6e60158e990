"""Days: what must hold of the dates in records and pages, judged on the day of the run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from discguide.data.model import Guide
from discguide.data.yaml.reader import Document
from discguide.problems import Problem

LONGEST = dt.timedelta(days=366)
"""How long a fact may stand before someone reads it again."""
MANY = 5
"""Days in the future: no editor mistypes so many at once."""


def checks_are_not_overdue(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A medical fact nobody has looked at for long should say so."""
    for key, treatment in guide.options.items():
        if treatment.next_check <= treatment.checked:
            hint = "write a later day"
            yield _of_treatment(documents, (key, "next_check"), "is not after 'checked'", hint)
        elif treatment.next_check < today():
            hint = "read the record against its references, then move both dates"
            yield documents["treatments"].problem(
                (key, "next_check"), f"{key} is overdue for a check", hint, severity="advice"
            )


def days_are_true(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Nobody has read anything tomorrow, and no fact is good for ever."""
    for key, treatment in guide.options.items():
        if treatment.checked > tomorrow():
            yield _of_treatment(documents, (key, "checked"), "lies in the future", "write the day it was read")
        elif treatment.life_afterwards.looked > tomorrow():
            message, hint = f"{key}.life_afterwards.looked lies in the future", "write the day somebody looked"
            yield documents["treatments"].problem((key, "life_afterwards", "looked"), message, hint)
        elif treatment.next_check - treatment.checked > LONGEST:
            hint = f"write a day within {LONGEST.days} days"
            yield _of_treatment(documents, (key, "next_check"), "is more than a year after 'checked'", hint)
    for key, reference in guide.references.items():
        if reference.read_on > tomorrow():
            message, hint = f"{key}.read_on lies in the future", "write the day it was read"
            yield documents["references"].problem((key, "read_on"), message, hint)


def doubt_clock(problems: list[Problem]) -> list[Problem]:
    """Where many days lie in the future, it is the clock that is wrong: ask once, not for each."""
    late = [problem for problem in problems if problem.message.endswith("lies in the future")]
    if len(late) < MANY:
        return problems
    message = f"{len(late)} days lie in the future"
    hint = f"is this machine's clock right? It says {today()}; if that is the day, write the days of reading"
    asked = replace(late[0], message=message, hint=hint)
    return [asked if problem is late[0] else problem for problem in problems if problem not in late[1:]]


def today() -> dt.date:
    """The day of the run; apart so that tests can choose it."""
    return dt.datetime.now(dt.UTC).date()


def tomorrow() -> dt.date:
    """The latest day it can be anywhere: east of us the next day has begun."""
    return today() + dt.timedelta(days=1)


def _of_treatment(documents: Mapping[str, Document], at: tuple[str, str], message: str, hint: str) -> Problem:
    return documents["treatments"].problem(at, f"{'.'.join(at)} {message}", hint)
