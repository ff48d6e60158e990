"""What a page tells of a study, and what the study's own record says: one number, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from discguide.content.pages import Page
from discguide.problems import Problem

_COUNT = re.compile(r"(?P<n>\d[\d,]*) (?:in|of) (?P<of>100|1,000|10,000)\b")
_ANY_COUNT = re.compile(r"\b(\d[\d,]*)(?: to (\d[\d,]*))? (?:in|of) (\d[\d,]*)\b")
_CITED = re.compile(r"(?:\{\{ ?cite\(\"R\d+b?\"\) ?\}\}\s*)+")
_REFERENCE = re.compile(r"R\d+b?")


def counts_are_those_of_the_study(page: Page) -> Iterator[Problem]:
    """A count beside the source of a study with a record is in that record, or what is left of the whole.

    Counts of studies that stand on pages alone have no record to differ from.
    """
    for passage in page.passages:
        start = 0
        for cited in _CITED.finditer(passage.source):
            text, start = passage.source[start : cited.start()], cited.end()
            refs = set(_REFERENCE.findall(cited[0]))
            # A part that is more than its whole is told elsewhere.
            counts = [one for one in _COUNT.finditer(text) if _number(one["n"]) <= _number(one["of"])]
            if passage.block == "clinic" or not counts or not refs <= _recorded(page):
                continue
            for count in counts:
                if int(count["n"].replace(",", "")) > int(count["of"].replace(",", "")):
                    continue  # no study has that; it is said as a count that cannot be
                if not any(_tells(record, count) for record in _records(page, refs)):
                    where = ", ".join(sorted(refs))
                    message = f"'{count[0]}' is no number of the study of {where} in docs/data/treatments.yml"
                    hint = "mend the one that is wrong, or tell it in the study first"
                    yield page.problem(passage.line, message, hint)


def _recorded(page: Page) -> set[str]:
    """The references that report a study with a record."""
    return {ref for study in page.guide.studies.values() for ref in study.refs}


def _records(page: Page, refs: set[str]) -> Iterator[str]:
    """The words of these studies' records, and, where those do not do, what options say with them as a source."""
    for study in page.guide.studies.values():
        if refs & {*study.refs, *(ref for result in study.results.values() for ref in result.refs)}:
            yield str(study.model_dump(mode="json"))
    for option in page.guide.options.values():
        yield from _beside(option.model_dump(mode="json", exclude={"grid"}), refs)


def _beside(value: Any, refs: set[str]) -> Iterator[str]:
    if isinstance(value, dict):
        if refs & set(value.get("refs") or ()):
            yield str(value)
        for part in value.values():
            yield from _beside(part, refs)
    elif isinstance(value, list):
        for part in value:
            yield from _beside(part, refs)
    elif isinstance(value, str) and any(f"[{ref}]" in value for ref in refs):
        yield value


def _tells(record: str, count: re.Match[str]) -> bool:
    """Whether a record holds this share, or the rest of it, of whatever whole."""
    told, whole = _number(count["n"]), _number(count["of"])
    for low, high, total in _ANY_COUNT.findall(record):
        of = _number(total)
        for part in (low, high or low):
            if of and round(_number(part) * whole / of) in {told, whole - told}:
                return True
    return False


def _number(text: str) -> int:
    return int(text.replace(",", "")[:12])
