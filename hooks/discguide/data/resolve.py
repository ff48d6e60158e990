"""Studies + what options and findings point to → the results that readers see, each with its study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from discguide.data.fields import RunBy
from discguide.data.model import Finding, FindingRow, Option, Treatment
from discguide.data.outcomes import NOBODY, Count, Harm, Outcome, Value
from discguide.data.references import Reference
from discguide.data.studies import ALIKE, Picture, Pointer, Result, Study
from discguide.data.yaml.reader import Document, Location
from discguide.problems import Problem, did_you_mean, one_of

GROUPS = ("benefits", "further_treatment", "harms")
"""The fields of an option that point to results."""
BORROWED = "{found}"
"""Where a borrowed result goes among an option's own words."""


class Unresolved(Exception):
    """A pointer leads nowhere: the field to mend, what is wrong and the cure; no words where that is told already."""

    def __init__(self, field: str = "", message: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.field, self.message, self.hint = field, message, hint


@dataclass(frozen=True, slots=True)
class Facts:
    """What pointers lead to."""

    studies: Mapping[str, Study]
    references: Mapping[str, Reference]
    written: Mapping[str, Any]
    """The studies as the file has them: one that is there but wrong is told elsewhere."""

    def find(self, address: str) -> tuple[Study, Result]:
        """Look up 'study.result'."""
        name, _, part = address.partition(".")
        if name not in self.studies:
            if name in self.written:
                raise Unresolved
            hint = did_you_mean(name, self.studies) or "add it to studies"
            raise Unresolved("result", f"unknown study '{name}'", hint)
        study = self.studies[name]
        if part not in study.results:
            hint = did_you_mean(part, study.results) or one_of(study.results)
            raise Unresolved("result", f"'{name}' has no result '{part}'", hint)
        return study, study.results[part]

    def run_by(self, study: Study) -> RunBy:
        """Who ran it: as it says, or as its references say with one voice."""
        said = {self.references[ref].run_by for ref in study.refs if ref in self.references}
        return study.run_by or (said.pop() if len(said) == 1 else "unknown")


def resolve_option(key: str, option: Option, facts: Facts, document: Document) -> Treatment | list[Problem]:
    """Put every result of an option in its place, or say which cannot be found."""
    problems: list[Problem] = []
    complete = True
    made: dict[str, list[Any]] = {group: [] for group in GROUPS}
    for group in GROUPS:
        for index, pointer in enumerate(getattr(option, group)):
            try:
                made[group].append(_measured(key, pointer, facts, harm=group == "harms"))
            except Unresolved as fault:
                complete = False
                if fault.message:
                    at: Location = (key, group, index, fault.field)
                    problems.append(document.problem(at, f"{'.'.join(map(str, at))}: {fault.message}", fault.hint))
    if not complete:
        return problems
    own = {name: getattr(option, name) for name in Option.model_fields if name not in GROUPS}
    return Treatment.model_construct(None, **own, **made)


def _measured(key: str, pointer: Pointer, facts: Facts, *, harm: bool) -> Outcome | Harm:
    study, result = facts.find(pointer.result)
    arm, against = arms_of(key, pointer, study, result)
    here = value_in(result, arm)
    beside = value_in(result, against) if against and not result.difference else None
    borrowed = pointer.words.replace(BORROWED, here.text) if pointer.words else None
    said = borrowed or here.text
    shared: dict[str, Any] = {
        "study": pointer.result,
        "count": None if borrowed else here.count,
        "comparison_with": study.arms[against] if against else None,
        "comparison": NOBODY if not against else beside.text if beside else "told by the difference",
        "comparison_count": beside.count if beside else None,
        "drawn": None if borrowed else here.shown,
        "comparison_drawn": beside.shown if beside else None,
        **_study(study, result, facts),
        "scale": result.scale,
        "interval": result.interval,
        "design": _design(study, result, pointer.note, [here, beside]),
        "refs": _unique([*study.refs, *result.refs, *pointer.refs]),
    }
    message = pointer.text or result.what
    if harm:
        return Harm(text=message, how_often=said, **shared)
    return Outcome(outcome=message, measure=_measure(result, shared["count"]), here=said, **shared)


def _measure(result: Result, count: Count | None) -> Literal["people", "score", "difference", "words"]:
    if result.difference:
        return "difference"
    return "people" if count else "score" if result.scale else "words"


def arms_of(key: str, pointer: Pointer, study: Study, result: Result) -> tuple[str, str | None]:
    """The arm that a pointer speaks of, and the one it is compared with."""
    told = result.found or result.difference
    if not told or not (study.arms or ALIKE in told):
        raise Unresolved  # the check of the study itself says what is wrong with it
    if not study.arms:
        for field in ("arm", "against"):
            if getattr(pointer, field):
                hint = "take the line out, or add the study's arms"
                raise Unresolved(field, f"'{pointer.result.partition('.')[0]}' has no arms", hint)
        return ALIKE, None
    arm, known = pointer.arm or key, [name for name in study.arms if name in told or ALIKE in told]
    if arm not in known:
        message = f"no arm '{arm}' has this result"
        if not pointer.arm:
            raise Unresolved("result", message, f"add arm: one of {', '.join(known)}")
        raise Unresolved("arm", message, f"{did_you_mean(arm, known)} {one_of(known)}".strip())
    others = [name for name in (study.arms if result.difference else known) if name != arm]
    if result.difference and (not others or pointer.against == NOBODY):
        hint = "name the other arm in the study, or write what was found"
        raise Unresolved("result", "is a difference, with nobody to differ from", hint)
    if pointer.against == NOBODY:
        return arm, None
    if pointer.against and pointer.against not in others:
        hint = f"{did_you_mean(pointer.against, others)} {one_of([*others, NOBODY])}".strip()
        raise Unresolved("against", f"no other arm '{pointer.against}' has this result", hint)
    if len(others) > 1 and not pointer.against:
        hint = f"add against: one of {', '.join([*others, NOBODY])}"
        raise Unresolved("result", "does not say with which arm it is compared", hint)
    return arm, pointer.against or next(iter(others), None)


def value_in(result: Result, arm: str) -> Value:
    """What one arm showed, or all of them alike."""
    told = result.found or result.difference or {}
    return told[arm if arm in told else ALIKE]


def _study(study: Study, result: Result, facts: Facts) -> dict[str, Any]:
    return {
        "follow_up": result.follow_up or study.follow_up,
        "people": result.people or study.people,
        "run_by": facts.run_by(study),
    }


def _design(study: Study, result: Result, note: str | None, values: list[Value | None]) -> str:
    """Say what kind of study it was, what to know about this result, and whom the shares stand for."""
    people = [f"{value.exact.n:,} of {value.exact.of:,}" for value in values if value and value.exact]
    counted = f"that is {' against '.join(people)}" if people else None
    return "; ".join(part for part in (study.design, result.note, note, counted) if part)


def _unique(refs: list[str]) -> list[str]:
    return list(dict.fromkeys(refs))


def resolve_picture(key: str, picture: Picture, facts: Facts, document: Document) -> Finding | list[Problem]:
    """Give a picture its rows and its study, or say why that cannot be."""
    at: Location = (key, "result")
    try:
        study, result = facts.find(picture.result)
    except Unresolved as fault:
        return [document.problem(at, f"{key}.result: {fault.message}", fault.hint)] if fault.message else []
    rows = list(_rows(picture, study, result))
    if not rows or len(rows) < len(result.found or {}):
        return [document.problem(at, f"{key} draws what is not a count of people", "point to counts, like 52 of 100")]
    return Finding.model_construct(
        None,
        title=picture.title,
        unit=picture.unit,
        rows=rows,
        compared=picture.compared,
        design=_design(study, result, None, []),
        refs=_unique([*study.refs, *result.refs]),
        **_study(study, result, facts),
    )


def _rows(picture: Picture, study: Study, result: Result) -> Iterator[FindingRow]:
    for arm, value in (result.found or {}).items():
        if value.shown:
            label = study.arms.get(arm) or picture.label or result.what
            yield FindingRow(label=label, count=value.text, numbers=value.shown)
