"""What must hold among studies, and between a study and those who point to it: each check yields faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from discguide.data.model import Guide
from discguide.data.outcomes import Count, Value
from discguide.data.resolve import GROUPS
from discguide.data.studies import Result, Study
from discguide.data.yaml.reader import Document, Location
from discguide.problems import Problem, one_of

SHARES = (100, 1000, 10_000)
"""Wholes that stand for a share, not for people."""
_NUMBER = re.compile(r"\d[\d,]* of \d[\d,]*")
_LIKE_A_COUNT = re.compile(
    r"-?[\d,. ]+ ?(?:/| of | out of ) ?[\d,. ]+(?: people| patients)?( \(.*\))?\s*"
    r"|(?:one|two|three|four|five) of [\d,]+|\d[\d,.]* (?:people|patients)|.*(?:%|\bper ?cent\b).*",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[\d.]+( points?\b.*)?")
Documents = Mapping[str, Document]


def results_are_told(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """A result is what each arm showed, or the difference between two."""
    for at, study, result in _results(guide):
        if bool(result.found) == bool(result.difference):
            hint = "add found: a count, a score or words" if not result.found else "keep found or difference"
            yield _problem(documents, at, "has no result" if not result.found else "tells its result twice", hint)
            continue
        if not result.scale:
            if result.difference:
                hint = "add scale: the range and which end is better"
                yield _problem(documents, at, "is a difference without a scale", hint)
            elif any(_POINTS.fullmatch(value.text) for value in (result.found or {}).values()):
                hint = "add scale: the range and which end is better"
                yield _problem(documents, at, "is a score without a scale", hint)
        if not study.arms and (result.difference or "" not in (result.found or {})):
            yield _problem(documents, at, "speaks of arms, and the study has none", "add arms: to the study")


def results_keep_to_their_arms(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """Each number belongs to an arm of its study."""
    for at, study, result in _results(guide):
        field = "found" if result.found else "difference"
        for arm, value in (result.found or result.difference or {}).items():
            if arm and study.arms and arm not in study.arms:
                yield _problem(documents, (*at, field, arm), "is no arm of the study", one_of(study.arms))
            elif not arm and study.arms and (value.shown or result.difference):
                hint = f"write {field}: {{{next(iter(study.arms))}: {value.text}}}"
                yield _problem(documents, (*at, field), "does not say of which arm", hint)


def counts_are_honest(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """A count keeps to the people there were: no part above its whole, no small study scaled up, no false share."""
    for at, study, result in _results(guide):
        people = result.people or study.people
        if result.people and isinstance(people, int) and isinstance(study.people, int) and people > study.people:
            hint = f"write at most {study.people}, or mend the study's people"
            yield _problem(documents, (*at, "people"), "is more people than the study has", hint)
        for arm, value in (result.found or {}).items():
            place = (*at, "found", arm) if arm else (*at, "found")
            fault = dishonest(value, people if isinstance(people, int) else None)
            if fault:
                yield _problem(documents, place, *fault)


def dishonest(value: Value, people: int | None) -> tuple[str, str] | None:
    """Say what is wrong with a count of so many people, with its cure; None where nothing is."""
    for count in (value.shown, value.exact):
        if count and (count.n > count.of or not count.of):
            return f"says '{count.n} of {count.of}'", "write a count of people, like 52 of 100"
    if not value.shown:
        strange = _LIKE_A_COUNT.fullmatch(value.text)
        return (f"says '{value.text}'", "write a count of people, like 52 of 100") if strange else None
    if people and not value.exact and people < value.shown.of == 100:
        hint = f"write the people themselves, like {max(1, people // 2)} of {people}"
        return f"scales {people} people up to 100", hint
    truest = value.count or value.shown
    if people and truest.of > people and (value.exact or truest.of not in SHARES):
        return f"says '{truest.n} of {truest.of}' of {people} people", "mend the count or the study's people"
    if value.exact and not _is_share(value.shown, value.exact):
        right = round(value.shown.of * value.exact.n / value.exact.of)
        hint = f"write {right} of {value.shown.of} ({value.exact.n} of {value.exact.of})"
        return f"says '{value.text}' of {value.exact.n} of {value.exact.of}", hint
    return None


def _is_share(shown: Count, exact: Count) -> bool:
    """Whether a share is what its people make, rounded as one likes."""
    return abs(shown.of * exact.n / exact.of - shown.n) < 1


def run_by_is_what_the_references_say(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """Who ran a study stands with its references; the study says it only where they differ."""
    for key, study in guide.studies.items():
        said = sorted({guide.references[ref].run_by for ref in study.refs if ref in guide.references})
        at: Location = ("studies", key, "run_by")
        if study.run_by and said and study.run_by not in {*said, *(("mixed",) if len(said) > 1 else ())}:
            message = f"says '{study.run_by}', and {' and '.join(study.refs)} '{' and '.join(said)}'"
            yield _problem(documents, at, message, "take it out, or mend the one that is wrong")
        elif not study.run_by and len(said) > 1:
            yield _problem(documents, at, f"is missing: its references say {' and '.join(said)}", "add run_by: mixed")


def studies_are_told_once(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """A study, an arm and a number stand in one place, so that nobody mends one and forgets the other."""
    seen: dict[frozenset[str], str] = {}
    for key, study in guide.studies.items():
        first = seen.setdefault(frozenset(study.refs), key)
        if first != key:
            message = f"tells the study of {' and '.join(study.refs)} a second time"
            yield _problem(documents, ("studies", key), message, f"add its results to '{first}'")
        words: dict[str, str] = {}
        for arm, text in study.arms.items():
            other = words.setdefault(text.casefold(), arm)
            if other != arm:
                at: Location = ("studies", key, "arms", arm)
                yield _problem(documents, at, f"is '{other}' once more", "keep one of the two")


def numbers_are_told_once(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """The same counts from the same report are one result, whichever arm it is seen from."""
    seen: list[tuple[Location, frozenset[str], list[tuple[int, int]]]] = []
    for at, study, result in _results(guide):
        counts = sorted((value.shown.n, value.shown.of) for value in (result.found or {}).values() if value.shown)
        refs = frozenset([*study.refs, *result.refs])
        for other, others, told in seen:
            apart = other[1] != at[1]
            if counts and counts == told and refs & others and (apart or len(set(counts)) > 1):
                said = " and ".join(f"{n} of {of}" for n, of in counts)
                line = documents["treatments"].problem(other, "", "").line
                yield _problem(documents, at, f"tells {said} again, as line {line} does", "keep one, and point to it")
        seen.append((at, refs, counts))
    for key, option in guide.options.items():
        for group in GROUPS:
            for index, pointer in enumerate(getattr(option, group)):
                if pointer.words and (number := _NUMBER.search(pointer.words)):
                    place = (key, group, index, "words")
                    yield _problem(documents, place, f"tells '{number[0]}' again", "write {found} in its place")


def everything_is_pointed_to(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """A result that nobody shows is read by nobody, and so mended by nobody."""
    used = set(_pointers({**documents["treatments"].content, **documents["findings"].content}))
    if used - {f"{key}.{name}" for key, study in guide.studies.items() for name in study.results}:
        return  # to mend what leads nowhere may be all that is needed
    for key, study in guide.studies.items():
        unused = [name for name in study.results if f"{key}.{name}" not in used]
        if len(unused) == len(study.results):
            hint = f"write 'result: {key}.{unused[0]}' in an option, or take the study out"
            yield _problem(documents, ("studies", key), "is a study that nobody points to", hint)
            continue
        for name in unused:
            hint = f"write 'result: {key}.{name}' in an option, or take it out"
            yield _problem(documents, ("studies", key, "results", name), "is a result that nobody points to", hint)


def _pointers(content: Any) -> Iterator[str]:
    """Every address as it stands in the files, also in a record that is wrong elsewhere."""
    if isinstance(content, dict):
        address = content.get("result")
        if isinstance(address, str):
            yield address
    for part in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from _pointers(part)


def an_option_is_one_arm(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """An option that speaks of one arm here and of another there contradicts itself."""
    for key, option in guide.options.items():
        arms: dict[str, tuple[str, Location]] = {}
        for group in GROUPS:
            for index, pointer in enumerate(getattr(option, group)):
                study = guide.studies.get(pointer.result.partition(".")[0])
                if not study or not study.arms:
                    continue
                arm, at = pointer.arm or key, (key, group, index)
                first, place = arms.setdefault(pointer.result.partition(".")[0], (arm, at))
                if first != arm:
                    line = documents["treatments"].problem(place, "", "").line
                    message = f"speaks of arm '{arm}', and line {line} of arm '{first}' of the same study"
                    yield _problem(documents, (*at, "arm"), message, "keep to one of the two")


def compared_results_stand_first(guide: Guide, documents: Documents) -> Iterator[Problem]:
    """What people hope for without a comparison group never stands among results that have one.

    Harms keep their editor's order: the gravest are known from single reports, and stand first.
    """
    for key, treatment in guide.treatments.items():
        for group in ("benefits", "further_treatment"):
            alone = False
            for index, measured in enumerate(getattr(treatment, group)):
                alone = alone or not measured.compared
                if alone and measured.compared:
                    at: Location = (key, group, index)
                    message = "has a comparison group and stands below results without one"
                    yield _problem(documents, at, message, "move it above them")


def _results(guide: Guide) -> Iterator[tuple[Location, Study, Result]]:
    """Walk every result, with its place and its study."""
    for key, study in guide.studies.items():
        for name, result in study.results.items():
            yield ("studies", key, "results", name), study, result


def _problem(documents: Documents, at: Location, message: str, hint: str) -> Problem:
    return documents["treatments"].problem(at, f"{'.'.join(map(str, at))} {message}", hint)


STUDY_CHECKS = (
    results_are_told,
    results_keep_to_their_arms,
    counts_are_honest,
    run_by_is_what_the_references_say,
    studies_are_told_once,
    numbers_are_told_once,
    everything_is_pointed_to,
    an_option_is_one_arm,
    compared_results_stand_first,
)
