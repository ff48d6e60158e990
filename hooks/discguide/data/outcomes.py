"""What was measured, as readers meet it: benefits and harms, told in the same detail.

Nobody writes these records: ``resolve`` makes them from the studies and from what the options point to.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, computed_field

from discguide.data.fields import PeopleCount, PeopleNumber, Record, ReferenceId, RunBy, Text, Words

NOBODY = "nobody"
"""What stands in place of a comparison where there was none."""


class Count(Record):
    """How many of how many, as numbers."""

    n: int
    of: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def per_hundred(self) -> float:
        """The share, for comparing groups of different size; four digits keep what is rare."""
        return float(f"{100 * self.n / self.of:.4g}") if self.of else 0.0


class Value(Record):
    """One result of one group, as it was written and as numbers."""

    text: Words
    """The words or the count that readers see."""
    shown: Count | None = None
    """The same as numbers: a share of 100 where only that is known."""
    exact: Count | None = None
    """The people behind a share, where they are known."""

    @property
    def count(self) -> Count | None:
        """The truest numbers there are."""
        return self.exact or self.shown


class Measured(Record):
    """In whom something was measured: the same for a benefit and a harm, so that neither is told in less detail."""

    study: Text = Field(description="The study and its result, as in the studies")
    count: Count | None = Field(default=None, description="The result as numbers, where people were counted")
    comparison_with: Text | None = Field(default=None, description="What it was compared with")
    comparison: Text = Field(description="The result in the comparison group, or nobody")
    comparison_count: Count | None = Field(default=None, description="The same as numbers")
    drawn: Count | None = Field(default=None, exclude=True, description="What a picture shows: the count as it is told")
    comparison_drawn: Count | None = Field(default=None, exclude=True, description="The same for the comparison group")
    scale: Text | None = Field(default=None, description="The range of a score and which end is better")
    interval: Text | None = Field(default=None, description="The 95% confidence interval")
    follow_up: Text = Field(description="How long people were followed, or Unknown")
    people: PeopleNumber = Field(description="How many people were studied in all, or unknown")
    design: Text = Field(description="The kind of study")
    run_by: RunBy = Field(description="Who ran the study")
    refs: list[ReferenceId] = Field(min_length=1, description="At least one reference")

    @property
    def compared(self) -> bool:
        """Whether there was a group without it; a result that has none stands beside none that has one."""
        return self.comparison != NOBODY

    @property
    def told_by_difference(self) -> bool:
        """Whether the result already holds the comparison, so that no group stands beside it."""
        return False


class Outcome(Measured):
    """A result that was measured, and in whom."""

    outcome: Text = Field(description="What was measured, in plain words")
    measure: Literal["people", "score", "difference", "words"] = Field(description="What kind of result it is")
    here: Text = Field(description="The result with this option")

    @property
    def said(self) -> tuple[str, str]:
        """What was measured, and the result."""
        return self.outcome, self.here

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


def value_of(text: str) -> Value:
    """Read what one group showed: '52 of 100', '10 of 100 (23 of 233)' where a share is given first, or words."""
    found = PeopleCount.fullmatch(text)
    if not found:
        return Value(text=text)
    shown = Count(n=_number(found["count"]), of=_number(found["total"]))
    if not found["exact"]:
        return Value(text=text, shown=shown)
    exact = Count(n=_number(found["exact_count"]), of=_number(found["exact_total"]))
    return Value(text=text.partition(" (")[0], shown=shown, exact=exact)


def _number(text: str) -> int:
    """Read a whole number that may carry commas."""
    return int(text.replace(",", ""))
