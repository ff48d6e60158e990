"""What the comparison's short answers must keep to: short, fair, true to the long ones, and never emptier."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from discguide.data.fields import Text
from discguide.data.grid import (
    ALIKE,
    GROUPS,
    LONG,
    PAINS,
    Cell,
    HarmCell,
    Share,
    people_of,
    points_of,
    results_of,
    share_of,
    shown,
)
from discguide.data.model import Guide, Treatment
from discguide.data.outcomes import Harm, Outcome
from discguide.data.yaml.reader import Document, Location
from discguide.problems import Problem, did_you_mean, one_of
from discguide.text import CITATION

MAX_WORDS = 14
_LOADED = re.compile(r"\b(?:only|just|best|better|safe|effective|up to|clinic\w*|article\w*)\b", re.IGNORECASE)
"""Words that rank, belittle or hide the lower end; and the clinic, whose claims have a page of their own."""
_FILLED = {"words": "other", "behind": "people"}
_STRAY = {field: re.compile(rf"\{{(?!{name}\}})\w+\}}") for field, name in _FILLED.items()}
"""A name that stands for no value in that field, and would be printed."""
_TIME = re.compile(r"\b(?:hour|day|week|month|year)s?\b", re.IGNORECASE)
_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELT = {word: str(number) for number, word in enumerate(_NUMBERS, start=2)}
_NUMBER = re.compile(rf"\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_NUMBERS)})\b", re.IGNORECASE)
Faults = Iterator[tuple[str, str, str]]
"""The field of the cell, what is wrong, and what to write."""


def cells_keep_to_the_rules(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Check every cell of the grid against the record it stands in."""
    for key, treatment in guide.treatments.items():
        for question in LONG:
            cell: Cell = getattr(treatment.grid, question)
            for check in CELL_CHECKS:
                for field, message, hint in check(treatment, question, cell):
                    at: Location = (key, "grid", question, *([field] if field else []))
                    yield documents["treatments"].problem(at, f"{'.'.join(map(str, at))} {message}", hint)


def _words_are_short_and_plain(treatment: Treatment, question: str, cell: Cell) -> Faults:
    for field in ("words", "behind"):
        text: Text | None = getattr(cell, field)
        for fault, hint in (
            (
                _LOADED.search(text or ""),
                "say it without that word; the clinic's claims stand on the option's page",
            ),
            (_STRAY[field].search(text or ""), f"take it out; here only {{{_FILLED[field]}}} is filled with a value"),
            (CITATION.search(text or ""), "take the citation out; it stands with the long answer, one tap away"),
        ):
            if fault:
                yield field, f"says '{fault[0]}'", hint
    count = len(re.findall(r"\S*\w\S*", shown(treatment, question).words))
    if count > MAX_WORDS:
        yield "words", f"has {count} words", f"keep to {MAX_WORDS}; the rest stands in the long answer"
    if not cell.words and not cell.unknown and not shown(treatment, question).advised_against:
        yield "", "is empty", "add words:, or unknown: Unknown"


def _words_say_no_more_than_the_long_answer(treatment: Treatment, question: str, cell: Cell) -> Faults:
    known = _numbers(" ".join(_texts([_at(treatment, path) for path in LONG[question]])))
    for field in ("words", "behind"):
        for number in sorted(_numbers(getattr(cell, field) or "") - known - {"1"}):
            where = ", ".join(LONG[question])
            yield field, f"says {number}, which the long answer does not", f"tell it in {where} first, with its source"


def _unknown_is_said_exactly_where_nothing_is_known(treatment: Treatment, question: str, cell: Cell) -> Faults:
    allowed, needed = _unknown(treatment, question)
    if cell.unknown and cell.unknown != allowed:
        hint = f"write unknown: {allowed}" if allowed else "take unknown: out, and tell what the record says"
        yield "unknown", f"is '{cell.unknown}', but the record answers" if not allowed else f"is '{cell.unknown}'", hint
    if needed and not cell.unknown:
        yield "", "gives an answer that its record does not have", f"add unknown: {allowed}"
    if cell.unknown and cell.figure:
        yield "unknown", "stands beside a figure", "keep one of them"


def _unknown(treatment: Treatment, question: str) -> tuple[str, bool]:
    """The word for not knowing that a record allows, and whether it calls for it."""
    if question in PAINS:
        evidence = getattr(treatment.evidence, PAINS[question])
        if evidence.certainty in {"no studies found", "not searched"}:
            nothing = evidence.certainty == "no studies found"
            return ("No study found" if nothing else ""), nothing
        unknown = evidence.found.startswith("unknown")
        return ("Unknown" if unknown else ""), unknown
    if question in GROUPS:
        results: list[Outcome | Harm] = getattr(treatment, GROUPS[question])
        unknown = all(result.said[1].startswith("Unknown") for result in results)
        return ("Unknown" if unknown else ""), unknown
    texts = list(_texts([_at(treatment, LONG[question][0])]))
    said = [text for text in texts if not re.fullmatch(r"R\d+b?|\d{4}-\d\d", text)]
    return ("Unknown" if any("nknown" in text for text in said) else ""), all(t.startswith("Unknown") for t in said)


def _figures_come_from_a_result(treatment: Treatment, question: str, cell: Cell) -> Faults:
    names = list(cell.figure)
    if isinstance(cell, HarmCell):
        names += [name for name in (cell.commonest, cell.worst) if name]
    own = [one.study for one in getattr(treatment, GROUPS[question])] if question in GROUPS else []
    for name in names:
        if name not in own:
            field = "figure" if name in cell.figure else "commonest" if _is(cell, "commonest", name) else "worst"
            where = GROUPS.get(question, "")
            hint = (did_you_mean(name, own) or one_of(own)) if own else "take it out, and tell it in words"
            yield field, f"names '{name}', which is not among {where or 'any results'}", hint
    results = results_of(treatment, question, cell.figure)
    if len(results) < len(cell.figure) or not results:
        return
    share = share_of(results[0]) if len(results) == 1 else None
    if not share and not points_of(results):
        hint = "point to a count of people, or to points on a scale of 0 to 100; tell others in words"
        yield "figure", "is no count of people and no points of 100", hint
    elif share and share.rare:
        yield "figure", "is rarer than 1 in 100", "tell it in words, per 10,000"
    if question in {*PAINS, *ALIKE} and any(not result.compared for result in results):
        yield "figure", "has no comparison group", "leave the figure out; it stands on the option's page"
    yield from _figures_say_when_and_beside_whom(question, cell, results)


def _figures_say_when_and_beside_whom(question: str, cell: Cell, results: list[Outcome | Harm]) -> Faults:
    words = cell.words or ""
    if not _TIME.search(words) and all(result.follow_up != "Unknown" for result in results):
        yield "words", "do not say when", f"write the time, for example: within {results[0].follow_up}"
    beside = len(results) == 1 and results[0].comparison_count is not None
    if question in ALIKE and beside and "{other}" not in words:
        with_whom = results[0].comparison_with
        yield "words", "leave out the other group of the same study", f"write {{other}}: its figure with {with_whom}"
    if "{other}" in words and not beside:
        yield "words", "have {other}, and the figure has no other group", "take {other} out"
    if "{people}" in (cell.behind or "") and people_of(results) is None:
        yield "behind", "has {people}, and a study does not say how many", "take {people} out"


def _harms_hold_the_commonest_and_the_worst(treatment: Treatment, question: str, cell: Cell) -> Faults:
    if not isinstance(cell, HarmCell):
        return
    counted = {harm.study: share for harm in treatment.harms if (share := share_of(harm)) and share.high}
    first = max(counted, key=lambda name: counted[name].high / counted[name].of, default=None)
    if first and _rate(counted.get(cell.commonest or "")) < _rate(counted[first]):
        yield "commonest", "is not the commonest harm of the record", f"write {first}, and tell it in words:"
    for field in ("commonest", "worst"):
        name = getattr(cell, field)
        for harm in results_of(treatment, question, [name] if name else []):
            if not _stems(harm.said[0]) & _stems(cell.words or ""):
                yield "words", f"leave out the {field} harm", f"tell it with a word of: {harm.said[0]}"
    for harm in results_of(treatment, question, [cell.worst]):
        if harm.said[1].startswith("Unknown") and "nknown" not in f"{cell.words} {cell.unknown}":
            yield "words", "do not say that nobody knows how often the worst harm happens", "write how often: unknown"


def _rate(share: Share | None) -> float:
    return share.high / share.of if share else 0.0


def _is(cell: HarmCell | Cell, field: str, name: str) -> bool:
    return getattr(cell, field, None) == name


def _stems(text: str) -> set[str]:
    """The beginnings of the words that carry meaning."""
    return {
        word[:4] for word in re.findall(r"[a-z]{4,}", text.casefold()) if word not in {"from", "with", "that", "after"}
    }


def _numbers(text: str) -> set[str]:
    found = (_SPELT.get(number.casefold(), number.replace(",", "")) for number in _NUMBER.findall(text))
    return {number.rstrip(".") for number in found}


def _at(treatment: Treatment, path: str) -> Any:
    value: Any = treatment
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _texts(value: Any) -> Iterator[str]:
    """Walk what a field holds to its words and numbers."""
    if isinstance(value, BaseModel):
        yield from _texts(list(value.model_dump(exclude_none=True, exclude={"certainty", "by", "study"}).values()))
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None:
        yield str(value)


CELL_CHECKS = (
    _words_are_short_and_plain,
    _words_say_no_more_than_the_long_answer,
    _unknown_is_said_exactly_where_nothing_is_known,
    _figures_come_from_a_result,
    _harms_hold_the_commonest_and_the_worst,
)
