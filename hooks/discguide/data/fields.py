"""What every record keeps to, and what a single value may be: a closed list of words, or text of a form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Use = Literal["herniation", "degeneration", "after_surgery"]
USES: dict[Use, str] = {
    "herniation": "a herniated disc with leg pain",
    "degeneration": "a worn disc with back pain",
    "after_surgery": "pain after back surgery",
}
"""The answers to "what do I have?", in readers' words."""
CHOICES: dict[Use, str] = {
    "herniation": "Mostly leg pain, with a herniated disc",
    "degeneration": "Mostly back pain, with a worn disc, or a herniated one",
}
"""Those that the table can narrow, so that everyone finds a line that fits: many have a herniation and no leg pain."""

Certainty = Literal["high", "moderate", "low", "very low", "no studies found", "not searched"]
NOT_JUDGED: frozenset[Certainty] = frozenset({"no studies found", "not searched"})
"""Where there is nothing to be sure or unsure of."""
Found = Literal[
    "less pain than the comparison",
    "faster relief, no clear difference later",
    "slower relief, no clear difference later",
    "not much worse than the comparison",
    "not much worse than the comparison, more further treatment",
    "no clear difference",
    "no benefit over the comparison",
    "unknown (no fair comparison)",
]
Standing = Literal["supported", "partly", "unsupported", "contradicted", "offer"]
Studied = Literal[
    "studied", "only series without comparison", "no studies found", "not searched", "advised against",
    "not meant for this",
]  # fmt: skip
LEFT_OUT: frozenset[Studied] = frozenset({"advised against", "not meant for this"})
"""What hides an option when readers say what they have; each needs independent advice behind it."""
RunBy = Literal["independent", "inventor", "company", "mixed", "public body", "unknown"]
RUN_BY: dict[RunBy, str] = {
    "independent": "independent researchers",
    "inventor": "its inventor",
    "company": "a company with an interest in it",
    "mixed": "people with and without an interest in it",
    "public body": "a public body",
    "unknown": "unknown",
}
"""Who ran a study, in readers' words."""
ReferenceKind = Literal[
    "systematic review", "randomised trial", "cohort study", "non-randomised comparison", "case series",
    "case report", "guideline", "health technology assessment", "laboratory study", "review", "twin study",
    "patient information", "product label", "regulation", "trial record", "official page", "interview study",
    "clinic article",
]  # fmt: skip

_NO_ANSWER = re.compile(r"(?:unknown|not known|n/?a|tb[ad])\.?|none|nil|yes|no|nothing|[-–—?.]+")
_NOBODY = re.compile(r"nobody|no one|no-one|noone", re.IGNORECASE)


def is_no_answer(text: str) -> bool:
    """Whether a text stands for an answer and is none: readers would see 'n/a', and templates look for Unknown."""
    return text != "Unknown" and bool(_NO_ANSWER.fullmatch(text.casefold()))


def _said(text: str) -> str:
    if is_no_answer(text):
        raise PydanticCustomError("no_answer", "no answer")
    if _NOBODY.fullmatch(text) and text != "nobody":
        raise PydanticCustomError("nobody", "not nobody")
    return text


Words = Annotated[str, StringConstraints(min_length=2, strip_whitespace=True)]
"""Words of any kind."""
Text = Annotated[Words, AfterValidator(_said)]
"""Words for readers; ``[R12]`` after a sentence cites a reference."""
Labels = dict[str, Words]
"""Words that templates show in one place, by key; ``{day}`` in them stands for a value."""
_WHOLE = r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7}"
PeopleCount = re.compile(
    rf"^(?P<count>{_WHOLE}) of (?P<total>{_WHOLE})"
    rf"(?P<exact> \((?P<exact_count>{_WHOLE}) of (?P<exact_total>{_WHOLE})\))?$"
)
"""'52 of 100', or a share with the people behind it: '10 of 100 (23 of 233)'."""
FORMS = {
    r"^R\d{2,3}b?$": "R12",
    r"^F\d{2}$": "F07",
    r"^\d{4}-\d{2}$": '"2026-11"',
    r"^10\.\S+$": "10.1000/182, without https://doi.org/",
    r"^\d+$": '"12345678"',
    r"^https?://\S+$": "https://example.org/page",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "hybrid-laser",
    r"^[a-z0-9-]+(/[a-z0-9-]+)*$": "treatments/pldd",
    r"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$": "name-2020.better-after-a-year",
}
"""Each form that text may have to keep to, with an example to write."""
REFERENCE, FACT, MONTH, DOI, PMID, URL, SLUG, PAGE, RESULT = FORMS
ReferenceId = Annotated[str, StringConstraints(pattern=REFERENCE)]
FactId = Annotated[str, StringConstraints(pattern=FACT)]


def _date(value: Any) -> Any:
    """Read a day that YAML gives as text (2026-11-23)."""
    return dt.date.fromisoformat(value) if isinstance(value, str) and re.match(r"^\d{4}-\d\d-\d\d$", value) else value


Day = Annotated[dt.date, BeforeValidator(_date)]


def _people(value: Any) -> Any:
    if value != "unknown" and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise PydanticCustomError("people_number", "not a number of people")
    return value


PeopleNumber = Annotated[int | Literal["unknown"], BeforeValidator(_people)]
"""How many people were studied, where it is known."""


class Record(BaseModel):
    """Shared rules: a field nobody knows is an error, nothing is converted in silence."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class Sourced(Record):
    """A sentence with its references."""

    text: Text = Field(description="One or two plain sentences")
    refs: list[ReferenceId] = Field(default_factory=list, description="References, for example [R13]")
