"""What a single value of a record may be: closed lists of words, and text that keeps to a form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

Use = Literal["herniation", "degeneration", "after_surgery"]
USES: dict[Use, str] = {
    "herniation": "a herniated disc with leg pain",
    "degeneration": "a worn disc with back pain",
    "after_surgery": "pain after back surgery",
}
"""The answers to "what do I have?", in readers' words."""

Certainty = Literal["high", "moderate", "low", "very low", "no studies found"]
Found = Literal[
    "less pain than the comparison",
    "faster relief, no clear difference later",
    "slower relief, no clear difference later",
    "no clear difference, more further treatment",
    "no clear difference",
    "no benefit over the comparison",
    "unknown (no fair comparison)",
]
Standing = Literal["supported", "partly", "unsupported", "contradicted", "offer"]
Studied = Literal["studied", "only series without comparison", "no studies found", "not searched", "advised against"]
RunBy = Literal["independent", "inventor", "company", "mixed", "public body", "unknown"]
ReferenceKind = Literal[
    "systematic review", "randomised trial", "cohort study", "non-randomised comparison", "case series",
    "case report", "guideline", "health technology assessment", "laboratory study", "review", "twin study",
    "patient information", "product label", "regulation", "trial record", "official page",
]  # fmt: skip

Text = Annotated[str, StringConstraints(min_length=2, strip_whitespace=True)]
"""Words for readers; ``[R12]`` after a sentence cites a reference."""
PeopleCount = re.compile(r"^(?P<count>[0-9]{1,7}) of (?P<total>[0-9]{1,7})$")
FORMS = {
    r"^R\d{2,3}b?$": "R12",
    r"^F\d{2}$": "F07",
    r"^\d{4}-\d{2}$": '"2026-11"',
    r"^10\.\S+$": "10.1000/182, without https://doi.org/",
    r"^\d+$": '"12345678"',
    r"^https?://\S+$": "https://example.org/page",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "hybrid-laser",
    PeopleCount.pattern: "41 of 100",
}
"""Each form that text may have to keep to, with an example to write."""
REFERENCE, FACT, MONTH, DOI, PMID, URL, SLUG, COUNT = FORMS
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
