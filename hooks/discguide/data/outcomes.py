"""What was measured: benefits and harms, told in the same detail; and what life is like afterwards."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from discguide.data.fields import Day, PeopleCount, PeopleNumber, Record, ReferenceId, RunBy, Sourced, Text


class Measured(Record):
    """In whom something was measured: the same for a benefit and a harm, so that neither is told in less detail."""

    comparison_with: Text | None = Field(default=None, description="What it was compared with")
    comparison: Text = Field(description="The result in the comparison group, or nobody")
    follow_up: Text = Field(description="How long people were followed, or Unknown")
    people: PeopleNumber = Field(description="How many people were studied in all, or unknown")
    design: Text = Field(description="The kind of study")
    run_by: RunBy = Field(description="Who ran the study")
    refs: list[ReferenceId] = Field(min_length=1, description="At least one reference")

    @property
    def compared(self) -> bool:
        """Whether there was a group without it; a result that has none stands beside none that has one."""
        return self.comparison != "nobody"

    @property
    def told_by_difference(self) -> bool:
        """Whether the result already holds the comparison, so that no group stands beside it."""
        return False


class Outcome(Measured):
    """A result that was measured, and in whom."""

    outcome: Text = Field(description="What was measured, in plain words")
    measure: Literal["people", "score", "difference", "words"] = Field(
        description="people: 'k of n'; score: points on a scale in each group; difference: how much more or less than "
        "in the comparison group; words: a result that is not a number"
    )
    here: Text = Field(
        description="The result with this option; for people write '52 of 100' or '9 of 15'; "
        "for a difference '5 points less pain'"
    )
    scale: Text | None = Field(
        default=None, description="For a score or a difference: its range and which end is better"
    )
    interval: Text | None = Field(default=None, description="For a score or a difference: the 95% confidence interval")

    @property
    def said(self) -> tuple[str, str]:
        """What was measured, and the result."""
        return self.outcome, self.here

    @property
    def counted(self) -> bool:
        """Whether the result is a number of people, which a picture can show."""
        return self.measure == "people"

    @property
    def told_by_difference(self) -> bool:
        """Only a difference does."""
        return self.measure == "difference"


class Harm(Measured):
    """Something that can go wrong, how often it did, and in whom."""

    text: Text = Field(description="What can go wrong, in plain words")
    how_often: Text = Field(description="A count like 9 of 100 or 12 of 4,891; words if it was not counted; or Unknown")

    @property
    def said(self) -> tuple[str, str]:
        """What can go wrong, and how often."""
        return self.text, self.how_often

    @property
    def counted(self) -> bool:
        """Whether the frequency is a number of people, which a picture can show."""
        return count_of(self.how_often) is not None


LifeArea = Literal["work", "driving", "travel", "sport", "sex", "sleep", "mood"]
LIFE_AREAS: tuple[LifeArea, ...] = get_args(LifeArea)
"""Parts of daily life, in the order in which they are told."""


class LifePart(Record):
    """What one part of daily life is like afterwards."""

    about: LifeArea = Field(description="The part of daily life")
    text: Text = Field(description="One to four plain sentences, with the number of people and who was compared")
    refs: list[ReferenceId] = Field(min_length=1, description="At least one reference")


class LifeAfterwards(Sourced):
    """Daily life with the result: what is known, part by part, and what was looked for and not found."""

    text: Text = Field(description="What holds for daily life in general; or Unknown")
    parts: list[LifePart] = Field(default_factory=list, description="Each part of which something is known")
    not_found: list[LifeArea] = Field(description="Parts that were looked for and not found")
    looked: Day = Field(description="The day on which somebody last looked")


def count_of(text: str) -> tuple[int, int] | None:
    """Read 'k of n', or nothing when the words are not a count of people."""
    found = PeopleCount.match(text)
    return (number(found["count"]), number(found["total"])) if found else None


def number(text: str) -> int:
    """Read a whole number that may carry commas."""
    return int(text.replace(",", ""))
