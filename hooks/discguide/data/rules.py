"""What must hold between records: each check is a small function that yields faults."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from discguide.data.fields import FORMS, LEFT_OUT, REFERENCE, SLUG
from discguide.data.model import Guide
from discguide.data.study_rules import STUDY_CHECKS
from discguide.data.yaml_reader import Document, Location
from discguide.problems import Problem, did_you_mean

CITED = re.compile(r"\[(R\w+)\]")
LONGEST = dt.timedelta(days=366)
"""How long a fact may stand before someone reads it again."""
MOST_PEOPLE = 200
"""More in one picture cannot be told apart, and make a page heavy."""
Check = Callable[[Guide, Mapping[str, Document]], Iterable[Problem]]


def check_guide(guide: Guide, documents: Mapping[str, Document]) -> list[Problem]:
    """Run every check and gather what they find."""
    return [problem for check in CHECKS for problem in check(guide, documents)]


def references_exist(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A citation of something that is not in the list would be a promise without a source."""
    for name, at, value in written_values(guide):
        is_list = len(at) > 1 and at[-2] == "refs"
        for cited in [value] if is_list else CITED.findall(value) if isinstance(value, str) else []:
            if cited not in documents["references"].content:
                cure = did_you_mean(cited, guide.references) or "add it to docs/data/references.yml first"
                yield documents[name].problem(at, f"unknown reference '{cited}'", cure)


def ids_are_well_formed(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Ids become addresses and anchors, which must never change."""
    forms = {"treatments": SLUG, "figures": SLUG, "findings": SLUG, "references": REFERENCE}
    for name, form in forms.items():
        for key in documents[name].content:
            if not re.fullmatch(form, key):
                yield documents[name].problem((key,), f"'{key}' cannot be an id", f"write it like {FORMS[form]}")
    for study, record in guide.studies.items():
        at: Location = ("studies", study)
        names = [at, *((*at, "arms", arm) for arm in record.arms), *((*at, "results", it) for it in record.results)]
        for place in names:
            if not re.fullmatch(SLUG, str(place[-1])):
                cure = f"write it like {FORMS[SLUG]}"
                yield documents["treatments"].problem(place, f"'{place[-1]}' cannot be an id", cure)


def references_can_be_opened(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A reader must be able to look a source up."""
    for key, reference in guide.references.items():
        if not (reference.doi or reference.url):
            cure = "add a doi, or the publisher's own address as url"
            yield documents["references"].problem((key,), f"{key} has neither doi nor url", cure)


def certainty_matches_references(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """'No studies found' must mean exactly that."""
    for key, treatment in guide.options.items():
        for use in ("herniation", "degeneration"):
            evidence = getattr(treatment.evidence, use)
            at: Location = (key, "evidence", use, "certainty")
            if evidence.certainty == "no studies found" and evidence.refs:
                cure = "empty its refs, or choose another certainty"
                yield _treatment_problem(documents, at, "says 'no studies found' but lists references", cure)
            if evidence.certainty != "no studies found" and not evidence.refs:
                cure = "list the studies, or write no studies found"
                yield _treatment_problem(documents, at, f"says '{evidence.certainty}' without a reference", cure)


def what_is_left_out_has_an_independent_source(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Only independent advice may hide an option from the narrowing."""
    for key, treatment in guide.options.items():
        for use in ("herniation", "degeneration"):
            said = getattr(treatment.studied_for, use)
            if said not in LEFT_OUT:
                continue
            advice = getattr(treatment.advice, use)
            cited = advice.refs if advice else []
            known = [guide.references[ref] for ref in cited if ref in guide.references]
            if len(known) == len(cited) and not any(ref.run_by in {"independent", "public body"} for ref in known):
                at = (key, "studied_for", use)
                cure = f"write advice.{use} with an independent reference, or another word"
                yield _treatment_problem(documents, at, f"says '{said}' without independent advice", cure)


def findings_name_their_comparison(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """'No clear difference' means nothing without saying from what."""
    for key, treatment in guide.options.items():
        for use in ("herniation", "degeneration"):
            evidence = getattr(treatment.evidence, use)
            if not evidence.found.startswith("unknown") and not evidence.against:
                at = (key, "evidence", use, "found")
                yield _treatment_problem(documents, at, "does not say compared with what", "add against: surgery")


def methods_have_their_story(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The timeline and the clinic row need what only the article's methods have."""
    for key, treatment in guide.options.items():
        if treatment.kind != "method":
            continue
        for name in ("introduced", "clinic_says_for"):
            if getattr(treatment, name) is None:
                cure = f"add '{name}:' as the other methods have it"
                yield documents["treatments"].problem((key,), f"{key}.{name} is missing for a method", cure)


def terms_are_told_apart(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One spelling must lead to one meaning."""
    seen: dict[str, str] = {}
    for key, term in guide.glossary.items():
        for name in (key, *term.also):
            if seen.setdefault(name.casefold(), key) != key:
                cure = "keep it with one of them"
                what = f"'{name}' stands for both '{seen[name.casefold()]}' and '{key}'"
                yield documents["glossary"].problem((key,), what, cure)


def figures_have_drawing_and_words(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A drawing without words is lost to some readers, words without a drawing to all."""
    document = documents["figures"]
    for key in document.content.keys() - guide.drawings.keys():
        yield document.problem(
            (key,),
            f"there is no docs/figures/{key}.svg",
            did_you_mean(key, guide.drawings) or "add the drawing",
        )
    for key in guide.drawings.keys() - document.content.keys():
        yield document.problem((), f"docs/figures/{key}.svg has no caption here", f"add '{key}:' with its caption")


def checks_are_not_overdue(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A medical fact nobody has looked at for long should say so."""
    for key, treatment in guide.options.items():
        if treatment.next_check <= treatment.checked:
            cure = "write a later day"
            yield _treatment_problem(documents, (key, "next_check"), "is not after 'checked'", cure)
        elif treatment.next_check < today():
            cure = "read the record against its references, then move both dates"
            yield documents["treatments"].problem(
                (key, "next_check"), f"{key} is overdue for a check", cure, advice=True
            )


def names_are_plain(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A citation carries the first author's name into the middle of a page's Markdown."""
    for key, reference in guide.references.items():
        found = re.search(r"[`*_\[\]{}\\<>&|]", reference.authors)
        if found:
            what, cure = f"{key}.authors holds '{found[0]}'", "write the names alone"
            yield documents["references"].problem((key, "authors"), what, cure)


def days_are_true(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Nobody has read anything tomorrow, and no fact is good for ever."""
    for key, treatment in guide.options.items():
        if treatment.checked > tomorrow():
            yield _treatment_problem(documents, (key, "checked"), "lies in the future", "write the day it was read")
        elif treatment.next_check - treatment.checked > LONGEST:
            cure = f"write a day within {LONGEST.days} days"
            yield _treatment_problem(documents, (key, "next_check"), "is more than a year after 'checked'", cure)
    for key, reference in guide.references.items():
        if reference.read_on > tomorrow():
            what, cure = f"{key}.read_on lies in the future", "write the day it was read"
            yield documents["references"].problem((key, "read_on"), what, cure)


def pictures_of_people_stay_small(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A picture of people is there to be taken in at a glance."""
    for key, finding in guide.findings.items():
        if any(row.numbers.of > MOST_PEOPLE for row in finding.rows):
            cure = "give it out of 100, and the true number in brackets"
            yield documents["findings"].problem((key, "result"), f"{key} draws more than {MOST_PEOPLE} people", cure)


def _treatment_problem(documents: Mapping[str, Document], at: Location, what: str, cure: str) -> Problem:
    """Name the field, as the messages about single fields do."""
    return documents["treatments"].problem(at, f"{'.'.join(map(str, at))} {what}", cure)


def today() -> dt.date:
    """The day of the run; apart so that tests can choose it."""
    return dt.datetime.now(dt.UTC).date()


def tomorrow() -> dt.date:
    """The latest day it can be anywhere: east of us the next day has begun."""
    return today() + dt.timedelta(days=1)


def written_values(guide: Guide) -> Iterator[tuple[str, Location, Any]]:
    """Walk all that editors wrote for readers, as written: the file, the place and the value."""
    parts: tuple[tuple[str, Location, Mapping[str, BaseModel]], ...] = (
        ("treatments", (), guide.options),
        ("treatments", ("studies",), guide.studies),
        ("findings", (), guide.pictures),
        ("figures", (), guide.figures),
        ("glossary", (), guide.glossary),
    )
    for name, above, records in parts:
        for key, record in records.items():
            for at, value in leaves(record, (*above, key)):
                yield name, at, value


def leaves(value: Any, at: Location) -> Iterator[tuple[Location, Any]]:
    """Walk a record to its single values, with the place of each."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*at, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*at, index))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*at, name))
    else:
        yield at, value


CHECKS: tuple[Check, ...] = (
    ids_are_well_formed,
    references_exist,
    references_can_be_opened,
    certainty_matches_references,
    what_is_left_out_has_an_independent_source,
    findings_name_their_comparison,
    methods_have_their_story,
    terms_are_told_apart,
    figures_have_drawing_and_words,
    checks_are_not_overdue,
    names_are_plain,
    days_are_true,
    pictures_of_people_stay_small,
    *STUDY_CHECKS,
)
