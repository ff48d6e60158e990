"""What a reference must keep to so that its line reads right and its link opens: paste from an index, cleaned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from discguide.data.model import Guide
from discguide.data.references import Reference
from discguide.data.yaml.reader import Document
from discguide.problems import Problem
from discguide.text import hidden_characters

SAMPLES = {
    "authors": "Name A, Name B, et al.", "title": "Title as printed", "doi": "10.1000/example",
    "source": "Journal 2026;1(2):3–4",
}  # fmt: skip
"""What the editing guide's record to copy holds before somebody fills it in."""
TERM_SAMPLES = {"plain": "plain words for it", "meaning": "What it means, in one or two sentences."}
_CODE = re.compile(r"</?\w[^<>]*>|&#?\w+;")
_OF_ANOTHER_FIELD = re.compile(r"\b(?:doi|pmid|pmcid|epub|https?):?(?=\W)", re.IGNORECASE)
_SHORT_FORM = re.compile(r"(?:et al|Inc|Ltd|Co|Corp|Jr)\.$")
_MARK_ON_A_NAME = re.compile(r"(?<=[A-Za-z])\d+(?=,|;|$| and )")
_YEAR = re.compile(r"\b(?:19|20)\d\d(?=;\d| [A-Z][a-z]{2}\b)")
_DOI_END = re.compile(r"[^\w)\]>/]$")
Faults = Iterator[tuple[str, str, str]]
"""The field, what is wrong, and what to write."""


def references_are_clean(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A reference copied from an index brings stops, tags and numbers that belong elsewhere."""
    for key, reference in guide.references.items():
        for check in (_filled_in, _plain_words, _whole_doi, _one_year, _letters):
            for field, message, hint in check(reference):
                yield documents["references"].problem((key, field), f"{key}.{field} {message}", hint)
    for key, term in guide.glossary.items():
        for field, sample in TERM_SAMPLES.items():
            if getattr(term, field) == sample:
                message = f"{key}.{field} is still the example of the editing guide"
                yield documents["glossary"].problem((key, field), message, "write your own")


def _filled_in(reference: Reference) -> Faults:
    for field, sample in SAMPLES.items():
        if getattr(reference, field) == sample:
            yield field, "is still the example of the editing guide", "write what stands on the source itself"


def _plain_words(reference: Reference) -> Faults:
    for field in ("authors", "title", "source"):
        text = getattr(reference, field)
        if code := _CODE.search(text):
            yield field, f"holds '{code[0]}'", "write the letters and signs themselves (& for &amp;), without tags"
        elif field == "source" and (other := _OF_ANOTHER_FIELD.search(text)):
            hint = "keep journal, year, volume and pages; a doi and a pmid have fields of their own"
            yield field, f"holds '{other[0]}' and what follows", hint
        elif text.endswith(".") and not (field == "authors" and _SHORT_FORM.search(text)):
            yield field, "ends with a full stop", "take it out; the list sets its own"
        elif field == "authors" and (mark := _MARK_ON_A_NAME.search(text)):
            yield field, f"has a number on a name ('{mark[0]}')", "take such numbers out"


def _whole_doi(reference: Reference) -> Faults:
    doi = reference.doi or ""
    if doi and (end := _DOI_END.search(doi)):
        yield "doi", f"ends with '{end[0]}', so that its link opens nothing", "take it out"
    elif doi.count("(") < doi.count(")") or doi.count("<") != doi.count(">"):
        yield "doi", f"has a bracket without a partner ('{doi}')", "copy it anew from the source"


def _one_year(reference: Reference) -> Faults:
    said = {int(year) for year in _YEAR.findall(reference.source)}
    if said and reference.year not in said:
        yield "year", f"is {reference.year}, and the source says {min(said)}", "mend the one that is wrong"
    elif reference.year > reference.read_on.year + 1:
        yield "year", f"is {reference.year}, and it was read in {reference.read_on.year}", "mend the one that is wrong"


def _letters(reference: Reference) -> Faults:
    """Only names may stand in letters that paper cannot show, and they have others beside them."""
    for field, value in reference:
        for fault in hidden_characters(value, "") if isinstance(value, str) and field != "authors" else ():
            yield field, fault.message, fault.hint
    other = next(iter(hidden_characters(reference.authors, "")), None)
    if other and not reference.authors_latin:
        yield "authors", other.message, "add authors_latin: with the same names in Latin letters, for paper"
    elif reference.authors_latin and not other:
        yield "authors_latin", "repeats names that are in Latin letters already", "take it out"
