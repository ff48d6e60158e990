"""What must hold between records: each check is a small function that yields faults."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from discguide.data.fields import FACT, FORMS, LEFT_OUT, NOT_JUDGED, REFERENCE, SLUG
from discguide.data.model import Guide
from discguide.data.outcomes import NOBODY
from discguide.data.references import no_such_source
from discguide.data.rules.calendar import checks_are_not_overdue, days_are_true
from discguide.data.rules.doubles import lists_hold_each_once, records_differ, sources_stand_once
from discguide.data.rules.grid import cells_keep_to_the_rules
from discguide.data.rules.sources import references_are_clean
from discguide.data.rules.studies import STUDY_CHECKS
from discguide.data.studies import Pointer
from discguide.data.yaml.reader import Document, Location
from discguide.problems import Problem, at_most, did_you_mean
from discguide.text import CITATION

MOST_NAMES = 600
"""Terms and their other spellings, five times what there are; each is looked for in every page."""
MOST_PEOPLE = 200
"""More in one picture cannot be told apart, and make a page heavy."""
_NUMBER_IN_DRAWING = re.compile(r">\s*(\d{1,2})\s*</text>")
PLAIN = ("figures", "glossary", "medicines", "guidelines", "injections", "labels", "notice")
"""The files whose records are shown as they are written."""
Check = Callable[[Guide, Mapping[str, Document]], Iterable[Problem]]


def check_guide(guide: Guide, documents: Mapping[str, Document]) -> list[Problem]:
    """Run every check and gather what they find."""
    return [problem for check in CHECKS for problem in at_most(check(guide, documents))]


def references_exist(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A citation of something that is not in the list would be a promise without a source."""
    for name, at, value in written_values(guide):
        is_list = len(at) > 1 and at[-2] == "refs"
        for cited in [value] if is_list else CITATION.findall(value) if isinstance(value, str) else []:
            if cited not in documents["references"].content:
                place = value.find(cited) if isinstance(value, str) else None
                message, hint = f"unknown reference '{cited}'", no_such_source(cited, guide.references)
                yield documents[name].problem(at, message, hint, inside=place)


def ids_are_well_formed(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Ids become addresses and anchors, which must never change."""
    forms = {"treatments": SLUG, "figures": SLUG, "findings": SLUG, "references": REFERENCE, "article": FACT}
    for name, form in forms.items():
        for key in documents[name].content:
            if not re.fullmatch(form, key):
                yield documents[name].problem((key,), f"'{key}' cannot be an id", f"write it like {FORMS[form]}")
    for study, record in guide.studies.items():
        at: Location = ("studies", study)
        names = [at, *((*at, "arms", arm) for arm in record.arms), *((*at, "results", it) for it in record.results)]
        for place in names:
            if not re.fullmatch(SLUG, str(place[-1])):
                hint = f"write it like {FORMS[SLUG]}"
                yield documents["treatments"].problem(place, f"'{place[-1]}' cannot be an id", hint)


def references_can_be_opened(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A reader must be able to look a source up; the article that started the guide came without an address."""
    for key, reference in guide.references.items():
        if not (reference.address or reference.kind == "clinic article"):
            hint = "add a doi, or the publisher's own address as url"
            yield documents["references"].problem((key,), f"{key} has neither doi nor url", hint)


def certainty_matches_references(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """'No studies found' must mean exactly that."""
    for key, treatment in guide.options.items():
        for use in ("herniation", "degeneration"):
            evidence = getattr(treatment.evidence, use)
            at: Location = (key, "evidence", use, "certainty")
            if evidence.certainty == "no studies found" and evidence.refs:
                hint = "empty its refs, or choose another certainty"
                yield _treatment_problem(documents, at, "says 'no studies found' but lists references", hint)
            if evidence.certainty not in NOT_JUDGED and not evidence.refs:
                hint = "list the studies, or write no studies found"
                yield _treatment_problem(documents, at, f"says '{evidence.certainty}' without a reference", hint)


def what_is_left_out_has_an_independent_source(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Only independent advice may hide an option from the narrowing."""
    for key, treatment in guide.options.items():
        for use in ("herniation", "degeneration"):
            answer = getattr(treatment.studied_for, use)
            if answer not in LEFT_OUT:
                continue
            advice = getattr(treatment.advice, use)
            cited = advice.refs if advice else []
            known = [guide.references[ref] for ref in cited if ref in guide.references]
            if len(known) == len(cited) and not any(ref.run_by in {"independent", "public body"} for ref in known):
                at = (key, "studied_for", use)
                hint = f"write advice.{use} with an independent reference, or another word"
                yield _treatment_problem(documents, at, f"says '{answer}' without independent advice", hint)


def findings_name_their_comparison(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """'No clear difference' means nothing without saying from what."""
    for key, treatment in guide.options.items():
        for use in ("herniation", "degeneration"):
            evidence = getattr(treatment.evidence, use)
            if not evidence.found.startswith("unknown") and not evidence.against:
                at = (key, "evidence", use, "found")
                yield _treatment_problem(documents, at, "does not say compared with what", "add against: surgery")


def findings_rest_on_a_comparison(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """What people without a comparison group report is no finding."""
    for key, option in guide.options.items():
        if any(_is_compared(guide, one) for one in (*option.benefits, *option.further_treatment, *option.harms)):
            continue
        for use in ("herniation", "degeneration"):
            if not getattr(option.evidence, use).found.startswith("unknown"):
                hint = "write unknown (no fair comparison), or add the result with its comparison group"
                at = (key, "evidence", use, "found")
                yield _treatment_problem(documents, at, "rests on no result that has a comparison group", hint)


def _is_compared(guide: Guide, pointer: Pointer) -> bool:
    """Whether it is meant to be; a pointer that leads nowhere, or an arm that is wrong, is told elsewhere."""
    key, _, name = pointer.result.partition(".")
    study = guide.studies.get(key)
    result = study.results.get(name) if study else None
    if pointer.against == NOBODY or not study or not result:
        return pointer.against != NOBODY
    found = result.found or {}
    return bool(result.difference) or len(found) > 1 or bool(study.arms and any(one.shown for one in found.values()))


def the_usual_course_is_told_once(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Two courses would stand beside one result."""
    courses = [key for key, option in guide.options.items() if option.course]
    for key in courses[1:]:
        yield _treatment_problem(documents, (key, "course"), f"stands in {courses[0]} too", "keep it with one of them")


def methods_have_their_story(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The timeline and the clinic row need what only the article's methods have."""
    for key, treatment in guide.options.items():
        if treatment.kind != "method":
            continue
        for name in ("introduced", "clinic_says_for"):
            if getattr(treatment, name) is None:
                hint = f"add '{name}:' as the other methods have it"
                yield documents["treatments"].problem((key,), f"{key}.{name} is missing for a method", hint)


def facts_of_the_article_stay(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """No fact of the clinic's article gets lost, and no claim is put down to it that the list does not hold."""
    numbers = sorted(int(key[1:]) for key in guide.article if re.fullmatch(FACT, key))
    for before, after in itertools.pairwise(numbers):
        if after > before + 1:
            message = f"F{before + 1:02d} is missing after F{before:02d}"
            yield documents["article"].problem((f"F{after:02d}",), message, "put it back, no fact is taken out")
    for key, treatment in guide.treatments.items():
        for index, claim in enumerate(treatment.claims):
            if claim.fact not in documents["article"].content:
                hint = "write the fact's number in docs/data/article.yml"
                at = (key, "claims", index, "fact")
                yield _treatment_problem(documents, at, f"says '{claim.fact}', which is no fact of the article", hint)


def terms_are_told_apart(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One spelling must lead to one meaning."""
    seen: dict[str, str] = {}
    for key, term in guide.glossary.items():
        for name in (key, *term.also):
            if seen.setdefault(name.casefold(), key) != key:
                hint = "keep it with one of them"
                message = f"'{name}' stands for both '{seen[name.casefold()]}' and '{key}'"
                yield documents["glossary"].problem((key,), message, hint)
    if len(seen) > MOST_NAMES:
        message = f"has {len(seen)} terms and other spellings"
        yield documents["glossary"].problem((), message, f"keep it below {MOST_NAMES}")


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


def figures_show_what_their_key_explains(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A number in a drawing without its words, or words without their number, leaves readers guessing."""
    for key, figure in guide.figures.items():
        shown = sorted(int(number) for number in _NUMBER_IN_DRAWING.findall(guide.drawings.get(key, "")))
        if key in guide.drawings and shown != list(range(1, len(figure.key) + 1)):
            said = ", ".join(map(str, shown)) or "no numbers"
            message = f"the drawing shows {said}, and its key has {len(figure.key)}"
            hint = "give each number of the drawing one line of the key, in order from 1"
            yield documents["figures"].problem((key, "key") if figure.key else (key,), f"{key}: {message}", hint)


def names_are_plain(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A citation carries the first author's name into the middle of a page's Markdown."""
    for key, reference in guide.references.items():
        found = re.search(r"[`*_\[\]{}\\<>&|]", f"{reference.authors} {reference.in_latin}")
        if found:
            message, hint = f"{key}.authors holds '{found[0]}'", "write the names alone"
            yield documents["references"].problem((key, "authors"), message, hint)


def pictures_of_people_stay_small(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A picture of people is there to be taken in at a glance."""
    for key, finding in guide.findings.items():
        if any(row.numbers.of > MOST_PEOPLE for row in finding.rows):
            hint = "give it out of 100, and the true number in brackets"
            yield documents["findings"].problem((key, "result"), f"{key} draws more than {MOST_PEOPLE} people", hint)


def _treatment_problem(documents: Mapping[str, Document], at: Location, message: str, hint: str) -> Problem:
    """Name the field, as the messages about single fields do."""
    return documents["treatments"].problem(at, f"{'.'.join(map(str, at))} {message}", hint)


def written_values(guide: Guide) -> Iterator[tuple[str, Location, Any]]:
    """Walk all that editors wrote for readers, as written: the file, the place and the value."""
    parts: tuple[tuple[str, Location, Mapping[str, Any]], ...] = (
        ("treatments", (), guide.options),
        ("treatments", ("studies",), guide.studies),
        ("findings", (), guide.pictures),
        *((name, (), getattr(guide, name)) for name in PLAIN),
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
    sources_stand_once,
    references_are_clean,
    records_differ,
    lists_hold_each_once,
    certainty_matches_references,
    what_is_left_out_has_an_independent_source,
    findings_name_their_comparison,
    findings_rest_on_a_comparison,
    the_usual_course_is_told_once,
    methods_have_their_story,
    facts_of_the_article_stay,
    terms_are_told_apart,
    figures_have_drawing_and_words,
    figures_show_what_their_key_explains,
    checks_are_not_overdue,
    names_are_plain,
    days_are_true,
    pictures_of_people_stay_small,
    cells_keep_to_the_rules,
    *STUDY_CHECKS,
)
