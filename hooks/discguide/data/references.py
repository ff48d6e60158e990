"""What the guide rests on: its sources, and the facts of the clinic's article that started it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import Field, StringConstraints

from discguide.data.fields import DOI, PAGE, PMID, URL, Day, Record, ReferenceKind, RunBy, Text


class Reference(Record):
    """Something the guide cites, and how it was read."""

    authors: Text
    authors_latin: Text | None = Field(
        default=None, description="The same names in Latin letters, for paper; only where authors has others"
    )
    title: Text
    source: Text = Field(description="Journal, year, volume and pages; or the body that published it")
    year: int = Field(ge=1900, le=2100)
    doi: Annotated[str, StringConstraints(pattern=DOI)] | None = None
    pmid: Annotated[str, StringConstraints(pattern=PMID)] | None = None
    url: Annotated[str, StringConstraints(pattern=URL)] | None = None
    kind: ReferenceKind
    studied: Text | None = Field(default=None, description="Who or what was studied, and how many")
    run_by: RunBy
    read: Literal["full text", "abstract", "record", "secondary"]
    read_on: Day
    rests_on: Text = Field(description="The place in it that supports the guide's sentence")

    @property
    def address(self) -> str:
        """Where a reader can open it."""
        return f"https://doi.org/{quote(self.doi, safe='/:;()')}" if self.doi else (self.url or "")

    @property
    def in_latin(self) -> str:
        """The authors as paper can show them and everybody can say them."""
        return self.authors_latin or self.authors

    @property
    def said(self) -> str:
        """Name it as people do in speech, with its year: the first author's surname, or a body by its letters or name.

        Where nobody is named, the journal stands for the authors.
        """
        first = re.split(r"[,;]| et al", self.in_latin)[0].strip()
        if first.startswith("Byline not shown"):
            first = re.split(r"\s*[,(\d]", self.source)[0]
        letters = re.search(r"\(([A-Z]{3,})\)", first)
        person = re.fullmatch(r"(?![A-Z]{2,} )(.+?) [A-Z]{1,3}(?: \(.*\))?", first)
        name = letters[1] if letters else person[1] if person else re.sub(r"\s*\(.*", "", first)
        return f"{name} {self.year}"


class ArticleFact(Record):
    """A fact of the clinic's article, and where the guide tells it."""

    page: Annotated[str, StringConstraints(pattern=PAGE)] = Field(description="The page it stands on, without .md")
    words: Text = Field(description="Words that stand there")
    box: Literal["clinic"] | None = Field(default=None, description="clinic: only a clinic box may hold the words")
    beside: Annotated[str, StringConstraints(pattern=PAGE)] | None = Field(
        default=None, description="A page that the box and its evidence must link to, without .md"
    )


def no_such_source(key: str, known: Collection[str]) -> str:
    """What to write instead of an id that is not there; a number nearby is another study, and no help."""
    number = re.fullmatch(r"r(\d+)", key.strip().casefold())
    same = f"R{int(number[1]):02d}" if number else ""
    return f"did you mean '{same}'?" if same in known else "look its id up in docs/data/references.yml, or add it there"
