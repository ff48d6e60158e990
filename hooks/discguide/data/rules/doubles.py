"""What may stand only once: a record that repeats another is a copy that somebody forgot to change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from discguide.data.model import Guide
from discguide.data.yaml.reader import Document, Location
from discguide.problems import Problem

RECORDS: tuple[tuple[str, Location, str], ...] = (
    ("treatments", (), "options"),
    ("treatments", ("studies",), "studies"),
    ("findings", (), "pictures"),
    *((name, (), name) for name in ("glossary", "figures", "medicines", "guidelines", "injections")),
)
"""Each file, the part of it, and what the guide calls its records; the sources have rules of their own."""
_NAMES = ("names.short", "names.plain", "names.long", "name", "caption", "title")
"""What tells records of one file apart, in whichever of these fields they have."""


def records_differ(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Two records of one file with one name: readers meet the same thing twice, and nobody knows which is right."""
    for name, above, kind in RECORDS:
        seen: dict[tuple[str, str], str] = {}
        for key, record in getattr(guide, kind).items():
            for field in _NAMES:
                said = _field(record, field)
                if not said or said == "Unknown":
                    continue
                first = seen.setdefault((field, said.casefold()), key)
                if first != key:
                    message = f"{key}.{field} says '{said[:60]}', as {first} does"
                    hint = "give it its own words; after copying a record, change every line"
                    yield documents[name].problem((*above, key, *field.split(".")), message, hint)
                    break


def _field(record: Any, path: str) -> str:
    for part in path.split("."):
        record = getattr(record, part, None)
    return record if isinstance(record, str) else ""


def lists_hold_each_once(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A harm, a source or a question that stands in its list twice is printed twice."""
    for name, above, kind in (*RECORDS, ("references", (), "references")):
        for key, record in getattr(guide, kind).items():
            for at, first in _repeated(record, (*above, key)):
                message = f"{'.'.join(map(str, at))} is {'.'.join(map(str, first))} once more"
                yield documents[name].problem(at, message, "take one of the two out")


def _repeated(value: Any, at: Location) -> Iterator[tuple[Location, Location]]:
    """Walk a record's lists, and yield the place of each item that stands above it already, with that place."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _repeated(getattr(value, name), (*at, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _repeated(item, (*at, name))
    elif isinstance(value, list):
        seen: dict[str, int] = {}
        for index, item in enumerate(value):
            said = str(getattr(item, "text", None) or item).casefold()
            first = seen.setdefault(said, index)
            if first != index:
                yield (*at, index), (*at, first)
            yield from _repeated(item, (*at, index))


def sources_stand_once(guide: Guide, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One source under two ids is told and counted twice."""
    seen: dict[str, str] = {}
    for key, reference in guide.references.items():
        marks = {
            "doi": (reference.doi or _doi_in(reference.url)).casefold(),
            "pmid": reference.pmid or "",
            "title": re.sub(r"\W+", " ", f"{reference.title} {reference.said}").casefold(),
        }
        for field, mark in marks.items():
            if mark and seen.setdefault(f"{field} {mark}", key) != key:
                first = seen[f"{field} {mark}"]
                message, hint = f"{key} has the {field} of {first}", f"cite {first} instead, and take {key} out"
                at = (key, field if getattr(reference, field) else "url")
                yield documents["references"].problem(at, message, hint)
                break


def _doi_in(url: str | None) -> str:
    return url.partition("doi.org/")[2] if url else ""
