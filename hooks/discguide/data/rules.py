"""What must hold between records: each check is a small function that yields faults."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from discguide.data.calendar import checks_are_not_overdue, days_are_true
from discguide.data.fields import FACT, FORMS, LEFT_OUT, NOT_JUDGED, REFERENCE, SLUG
from discguide.data.model import Guide
from discguide.data.outcomes import Harm, count_of
from discguide.data.yaml_reader import Document, Location
from discguide.problems import Problem, at_most, did_you_mean

CITED = re.compile(r"\[(R\w+)\]")
MOST_NAMES = 600
"""Terms and their other spellings, five times what there are; each is looked for in every page."""
MOST_PEOPLE = 200
"""More in one picture cannot be told apart, and make a page heavy."""
Check = Callable[[Guide, Mapping[str, Document]], Iterable[Problem]]


def check_guide(guide: Guide, documents: Mapping[str, Document]) -> list[Problem]:
    """Run every check and gather what they find."""
    return [problem for check in CHECKS for problem in at_most(check(guide, documents))]


def references_exist(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A citation of something that is not in the list would be a promise without a source."""
    for name in ("treatments", "findings", "glossary"):
        for key, record in getattr(guide, name).items():
            for at, value in leaves(record, (key,)):
                is_list = len(at) > 1 and at[-2] == "refs"
                for cited in [value] if is_list else CITED.findall(value) if isinstance(value, str) else []:
                    if cited not in documents["references"].content:
                        hint = did_you_mean(cited, guide.references) or "add it to docs/data/references.yml first"
                        yield documents[name].problem(at, f"unknown reference '{cited}'", hint)


def ids_are_well_formed(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Ids become addresses and anchors, which must never change."""
    forms = {"treatments": SLUG, "figures": SLUG, "findings": SLUG, "references": REFERENCE, "article": FACT}
    for name, form in forms.items():
        for key in documents[name].content:
            if not re.fullmatch(form, key):
                yield documents[name].problem((key,), f"'{key}' cannot be an id", f"write it like {FORMS[form]}")


def references_can_be_opened(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A reader must be able to look a source up; the article that started the guide came without an address."""
    for key, reference in guide.references.items():
        if not (reference.address or reference.kind == "clinic article"):
            hint = "add a doi, or the publisher's own address as url"
            yield documents["references"].problem((key,), f"{key} has neither doi nor url", hint)


def sources_stand_once(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One source under two ids is told and counted twice."""
    seen: dict[str, str] = {}
    for key, reference in guide.references.items():
        for field in ("doi", "pmid"):
            number = str(getattr(reference, field) or "").casefold()
            if number and seen.setdefault(f"{field} {number}", key) != key:
                first = seen[f"{field} {number}"]
                message, hint = f"{key} has the {field} of {first}", f"cite {first} instead, and take {key} out"
                yield documents["references"].problem((key, field), message, hint)


def certainty_matches_references(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """'No studies found' must mean exactly that."""
    for key, treatment in guide.treatments.items():
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
    for key, treatment in guide.treatments.items():
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
    for key, treatment in guide.treatments.items():
        for use in ("herniation", "degeneration"):
            evidence = getattr(treatment.evidence, use)
            if not evidence.found.startswith("unknown") and not evidence.against:
                at = (key, "evidence", use, "found")
                yield _treatment_problem(documents, at, "does not say compared with what", "add against: surgery")


def findings_rest_on_a_comparison(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """What people without a comparison group report is no finding, and no difference either."""
    for at, outcome in _measured(guide, ("benefits", "further_treatment")):
        if outcome.told_by_difference and not outcome.compared:
            hint = "write with what it was compared, or another measure"
            yield _treatment_problem(documents, (*at, "comparison"), "is nobody, but the result is a difference", hint)
    for key, treatment in guide.treatments.items():
        if any(one.compared for one in (*treatment.benefits, *treatment.further_treatment, *treatment.harms)):
            continue
        for use in ("herniation", "degeneration"):
            if not getattr(treatment.evidence, use).found.startswith("unknown"):
                hint = "write unknown (no fair comparison), or add the result with its comparison group"
                at = (key, "evidence", use, "found")
                yield _treatment_problem(documents, at, "rests on no result that has a comparison group", hint)


def the_usual_course_is_told_once(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Two courses would stand beside one result."""
    courses = [key for key, treatment in guide.treatments.items() if treatment.course]
    for key in courses[1:]:
        yield _treatment_problem(documents, (key, "course"), f"stands in {courses[0]} too", "keep it with one of them")


def people_results_are_counts(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A picture of people needs 'k of n', with no small study scaled up."""
    for at, outcome in _measured(guide, ("benefits", "further_treatment")):
        if outcome.measure != "people":
            continue
        if count_of(outcome.here) is None:
            yield _not_a_count(documents, (*at, "here"), outcome.here)
        if count_of(outcome.comparison) is None and outcome.comparison != "nobody":
            hint = "write a count of people like 21 of 100, or nobody"
            yield _treatment_problem(documents, (*at, "comparison"), f"says '{outcome.comparison}'", hint)


def counts_are_honest(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A count keeps to the people there were, and says beside whom it stands: for benefits and harms alike."""
    for at, measured in _measured(guide, ("benefits", "further_treatment", "harms")):
        if measured.comparison != "nobody" and measured.comparison_with is None:
            yield _treatment_problem(documents, at, "has a comparison but not with what", "add comparison_with")
        value = measured.how_often if isinstance(measured, Harm) else measured.here
        counted = count_of(value)
        if not counted:
            continue
        field = "how_often" if isinstance(measured, Harm) else "here"
        count, total = counted
        if count > total:
            yield _not_a_count(documents, (*at, field), value)
        elif isinstance(measured.people, int) and measured.people < total == 100:
            hint = f"write the people themselves, like {max(1, measured.people // 2)} of {measured.people}"
            yield _treatment_problem(documents, (*at, field), f"scales {measured.people} people up to 100", hint)


def _not_a_count(documents: Mapping[str, Document], at: Location, value: str) -> Problem:
    return _treatment_problem(documents, at, f"says '{value}'", "write a count of people, like 52 of 100")


def _measured(guide: Guide, groups: Iterable[str]) -> Iterator[tuple[Location, Any]]:
    """Walk what was measured, with the place of each."""
    for key, treatment in guide.treatments.items():
        for group in groups:
            for index, measured in enumerate(getattr(treatment, group)):
                yield (key, group, index), measured


def scores_have_a_scale(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A number of points means nothing without its range."""
    for at, outcome in _measured(guide, ("benefits", "further_treatment")):
        if outcome.measure in {"score", "difference"} and not outcome.scale:
            hint = "add scale: the range and which end is better"
            yield _treatment_problem(documents, at, f"is a {outcome.measure} without a scale", hint)


def methods_have_their_story(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """The timeline and the clinic row need what only the article's methods have."""
    for key, treatment in guide.treatments.items():
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


def names_are_plain(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A citation carries the first author's name into the middle of a page's Markdown."""
    for key, reference in guide.references.items():
        found = re.search(r"[`*_\[\]{}\\<>&|]", reference.authors)
        if found:
            message, hint = f"{key}.authors holds '{found[0]}'", "write the names alone"
            yield documents["references"].problem((key, "authors"), message, hint)


def pictures_of_people_stay_small(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A picture of people is there to be taken in at a glance."""
    for key, finding in guide.findings.items():
        for index, row in enumerate(finding.rows):
            if row.numbers[1] > MOST_PEOPLE:
                at, hint = (key, "rows", index, "count"), "give it out of 100, and the true number as people"
                yield documents["findings"].problem(at, f"{key} draws more than {MOST_PEOPLE} people", hint)


def _treatment_problem(documents: Mapping[str, Document], at: Location, message: str, hint: str) -> Problem:
    """Name the field, as the messages about single fields do."""
    return documents["treatments"].problem(at, f"{'.'.join(map(str, at))} {message}", hint)


def leaves(value: Any, at: Location) -> Iterator[tuple[Location, Any]]:
    """Walk a record to its single values, with the place of each."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from leaves(getattr(value, name), (*at, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*at, index))
    else:
        yield at, value


CHECKS: tuple[Check, ...] = (
    ids_are_well_formed,
    references_exist,
    references_can_be_opened,
    sources_stand_once,
    certainty_matches_references,
    what_is_left_out_has_an_independent_source,
    findings_name_their_comparison,
    findings_rest_on_a_comparison,
    the_usual_course_is_told_once,
    people_results_are_counts,
    counts_are_honest,
    scores_have_a_scale,
    methods_have_their_story,
    facts_of_the_article_stay,
    terms_are_told_apart,
    figures_have_drawing_and_words,
    checks_are_not_overdue,
    names_are_plain,
    days_are_true,
    pictures_of_people_stay_small,
)
