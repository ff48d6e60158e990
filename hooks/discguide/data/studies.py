"""What an editor writes about a study: once, with every result it has; options and findings point to a result."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema, field_serializer
from pydantic_core import PydanticCustomError

from discguide.data.fields import RESULT, PeopleNumber, Record, ReferenceId, RunBy, Text, is_no_answer
from discguide.data.outcomes import Value, value_of

ALIKE = ""
"""The group of a result that is not told by group."""


def _values(content: Any) -> Any:
    """Read what was found, for all alike or a line for each arm, into numbers and words."""
    groups = content if isinstance(content, dict) else {ALIKE: content}
    texts = list(groups.values())
    if not texts or not all(
        isinstance(text, str) and len(text.strip()) > 1 and not is_no_answer(text) for text in texts
    ):
        raise PydanticCustomError("found", "neither a count nor words")
    return {arm: value_of(text) for arm, text in groups.items()}


_SCHEMA = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
Values = Annotated[dict[str, Value], BeforeValidator(_values), WithJsonSchema(_SCHEMA)]
ResultId = Annotated[str, StringConstraints(pattern=RESULT)]


class Result(Record):
    """One thing that a study found."""

    what: Text = Field(description="What was measured, or what can go wrong, in plain words")
    found: Values | None = Field(
        default=None,
        description="A count like 52 of 100 or 9 of 15 (a share with its people: 10 of 100 (23 of 233)), a score, "
        "words, or Unknown; with arms one for each arm: {pldd: 52 of 100, discectomy: 21 of 100}; words that hold "
        "for every arm stand once",
    )
    difference: Values | None = Field(
        default=None,
        description="In place of found, where only the difference is known: {discectomy: 12 points less pain}",
    )
    scale: Text | None = Field(default=None, description="For a score or a difference: its range, which end is better")
    interval: Text | None = Field(default=None, description="The 95% confidence interval")
    follow_up: Text | None = Field(default=None, description="When it differs from the study’s")
    people: PeopleNumber | None = Field(default=None, description="When only some of the study’s people are in it")
    note: Text | None = Field(default=None, description="What a reader must know about this result, in a few words")
    refs: list[ReferenceId] = Field(default_factory=list, description="References for this result beside the study’s")

    @field_serializer("found", "difference")
    def _by_name(self, groups: dict[str, Value] | None) -> dict[str, Any] | None:
        """Name the group of all in the open data, where an empty name would be a riddle."""
        if groups is None:
            return None
        return {arm or "all": value.model_dump(mode="json", exclude_none=True) for arm, value in groups.items()}


class Study(Record):
    """A study, once."""

    design: Text = Field(description="The kind of study and who took part, in a few words")
    people: PeopleNumber = Field(description="How many people were studied in all, or unknown")
    arms: dict[str, Text] = Field(
        default_factory=dict,
        description="The groups that were compared, each with its words; an arm that is an option has the option’s id; "
        "leave out where there was no comparison group",
    )
    follow_up: Text = Field(description="How long people were followed, or Unknown")
    run_by: RunBy | None = Field(
        default=None, description="Who ran it; only where its references do not say so with one voice"
    )
    paid_by: Text | None = Field(default=None, description="Who paid for it, where known")
    refs: list[ReferenceId] = Field(min_length=1, description="The references that report it")
    results: dict[str, Result] = Field(min_length=1, description="What it found, each result with a short name")


class Pointer(Record):
    """Where an option's benefit or harm stands among the studies."""

    result: ResultId = Field(description="The study and its result, with a dot between: brouwer-2017.another-operation")
    arm: Text | None = Field(default=None, description="The arm it speaks of, when that has not the option’s id")
    against: Text | None = Field(
        default=None, description="With more than two arms: the one to compare with; or nobody, when none is fair"
    )
    text: Text | None = Field(default=None, description="Other words for what was measured, seen from this option")
    words: Text | None = Field(
        default=None,
        description="For a result borrowed from another option: words around it, with {found} for the result",
    )
    note: Text | None = Field(default=None, description="What this option adds to the study’s notes, in a few words")
    refs: list[ReferenceId] = Field(default_factory=list, description="References for this option’s own words")


class Picture(Record):
    """A result that a page shows as a picture of people: a row for each arm."""

    title: Text = Field(description="What the picture shows, and of whom")
    unit: Literal["people", "herniations"] = Field(description="What is counted")
    result: ResultId = Field(description="The study and its result, with a dot between")
    label: Text | None = Field(default=None, description="The row’s name, where there is one row")
    compared: Text = Field(default="nobody", description="With whom the people were compared")
