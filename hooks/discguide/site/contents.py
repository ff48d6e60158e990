"""What a built site is called and which pages it holds, in the order of the navigation: the book follows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter

from discguide.data.tables import Notice
from discguide.render.labels import Labels


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as the navigation names it; ``section`` is empty for pages at the top level."""

    url: str
    title: str
    section: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What the site is called and which pages it holds, in the order of the navigation."""

    name: str
    description: str
    language: str
    address: str
    edition: dt.date
    review: str
    pages: tuple[Entry, ...]
    labels: Labels = field(default_factory=dict)
    """The words of the templates that set the PDFs."""
    notices: tuple[Notice, ...] = ()
    """What readers must know at once."""
    booklet: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The address of each page that gives something to the booklet → the ids of its pieces."""

    def to_json(self) -> dict[str, Any]:
        """The same as plain values, to pass from one process to another."""
        notices = [notice.model_dump(mode="json") for notice in self.notices]
        return asdict(replace(self, notices=())) | {"edition": self.edition.isoformat(), "notices": notices}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Contents:
        """Read what ``to_json`` wrote."""
        edition = dt.date.fromisoformat(values["edition"])
        pages = tuple(Entry(**page) for page in values["pages"])
        notices = tuple(TypeAdapter(Notice).validate_python(notice) for notice in values["notices"])
        booklet = {url: tuple(names) for url, names in values["booklet"].items()}
        return cls(**{**values, "booklet": booklet, "edition": edition, "pages": pages, "notices": notices})
