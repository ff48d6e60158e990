"""What a built site is called and which pages it holds, in the order of the navigation: the book follows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


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

    def tops(self) -> list[str]:
        """The top level of the navigation: sections, and pages outside any section."""
        return list(dict.fromkeys(entry.section or entry.title for entry in self.pages))

    def to_json(self) -> dict[str, Any]:
        """The same as plain values, to pass from one process to another."""
        return asdict(self) | {"edition": self.edition.isoformat()}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Contents:
        """Read what ``to_json`` wrote."""
        edition = dt.date.fromisoformat(values["edition"])
        return cls(**{**values, "edition": edition, "pages": tuple(Entry(**page) for page in values["pages"])})
