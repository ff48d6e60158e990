"""Editions of the data: a version, what changed in which record since the last, and a feed of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Annotated
from xml.etree import ElementTree as ET

from pydantic import Field, StringConstraints

from discguide.data.fields import Day, Record

ATOM = "http://www.w3.org/2005/Atom"
FORM = r"^edition-[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Edition(Record):
    """What one edition changed; ``make edition`` writes it, from the history."""

    version: Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")] = Field(
        description="Of the data: the first number for its form, the second for new records, the third for new facts"
    )
    day: Day
    changed: dict[str, list[str]] = Field(
        description="Each record that changed, with its fields; [] for a record that is new or was taken out"
    )


def newest(editions: Mapping[str, Edition]) -> Edition | None:
    """The newest edition; None before the first."""
    return max(editions.values(), key=lambda edition: edition.day, default=None)


def feed(editions: Mapping[str, Edition], names: Mapping[str, str]) -> str:
    """An Atom feed of changes to facts, by record: for programs, and for people who follow one option.

    Args:
        editions: by their names.
        names: each option's id → what it is called. What is no option is called by its file and its id.
    """
    last = newest(editions)
    root = ET.Element("feed", xmlns=ATOM)
    _add(root, "id", _identity("feed"))
    _add(root, "title", "Disc Guide: changes to facts")
    _add(root, "updated", _time(last.day if last else None))
    ET.SubElement(_add(root, "author"), "name").text = "Disc Guide"
    for key, edition in sorted(editions.items(), key=lambda pair: pair[1].day, reverse=True):
        for record, fields in edition.changed.items():
            file, _, identity = record.partition(".")
            entry = _add(root, "entry")
            _add(entry, "id", _identity(f"{key} {record}"))
            _add(entry, "updated", _time(edition.day))
            name = names.get(identity, "") if file == "treatments" else ""
            _add(entry, "title", f"{name or record}: {', '.join(fields) or 'the whole record'}")
            _add(entry, "summary", f"Edition of {edition.day.isoformat()}, version {edition.version} of the data.")
            if name:
                _add(entry, "link").set("href", f"../../treatments/{identity}.html")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = text
    return child


def _identity(name: str) -> str:
    """The same for ever, wherever the guide is published."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"disc-guide {name}").urn


def _time(day: object) -> str:
    return f"{day or '1970-01-01'}T00:00:00Z"
