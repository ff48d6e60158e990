"""(IO) The order of the built pages, which hooks/paper.py writes down while the site is built."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path


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


def read_contents(path: Path) -> Contents:
    """Read what the last build of the pages wrote down."""
    told = json.loads(path.read_text(encoding="utf-8"))
    return Contents(
        name=told["name"],
        description=told["description"],
        language=told["language"],
        address=told["address"],
        edition=dt.date.fromisoformat(told["edition"]),
        review=told["review"],
        pages=tuple(Entry(**page) for page in told["pages"]),
    )
