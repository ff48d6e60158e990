"""What the tables beside the comparison hold: medicines, what guidelines say, injections that are advertised."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from discguide.data.fields import URL, Day, PeopleNumber, Record, ReferenceId, RunBy, Sourced, Text

Pain = Literal["new back pain", "lasting back pain", "back pain", "leg pain"]


class Dated(Record):
    """A record that somebody read against its references, and must read again."""

    checked: Day = Field(description="The day someone read this record against its references")
    next_check: Day = Field(description="The day it must be read again")


class Result(Record):
    """In whom something was measured: the same for a gain and a harm, so that neither is told in less detail."""

    comparison_with: Text = Field(description="What it was compared with, or nobody")
    comparison: Text | None = Field(
        default=None, description="The result there; leave it out when the result is the difference itself"
    )
    follow_up: Text = Field(description="How long people were followed, or Unknown")
    people: PeopleNumber = Field(description="How many people were studied, or unknown")
    design: Text = Field(description="The kind of study")
    run_by: RunBy = Field(description="Who ran the study")
    refs: list[ReferenceId] = Field(min_length=1, description="At least one reference")


class Gain(Result):
    """A result of a medicine or an injection, for one kind of pain."""

    pain: Pain = Field(description="The pain that people in the study had")
    outcome: Text = Field(description="What was measured, in plain words")
    here: Text = Field(description="The result: 5 points less pain, 21 of 44, or words")
    scale: Text | None = Field(default=None, description="For points: the range and which end is better")
    interval: Text | None = Field(default=None, description="The 95% confidence interval")
    certainty: Literal["high", "moderate", "low", "very low"] = Field(
        description="How sure one can be, in the guide's own reading"
    )

    @property
    def said(self) -> tuple[str, str]:
        """What was measured, and the result."""
        return self.outcome, self.here


class SideEffect(Result):
    """Something that can go wrong, how often it did, and in whom."""

    text: Text = Field(description="What can go wrong, in plain words")
    how_often: Text = Field(description="A count like 9 of 100; words if it was not counted; or Unknown")

    @property
    def said(self) -> tuple[str, str]:
        """What can go wrong, and how often."""
        return self.text, self.how_often


class Voice(Record):
    """What one guideline says of one thing."""

    whose: Text = Field(description="Country or body, and year: Germany (NVL), 2017")
    pain: list[Pain] = Field(min_length=1, description="The pain that the advice is for")
    says: Literal["for", "may be offered", "against", "no clear advice", "not read"]
    words: Text = Field(description="What it says, in a few words of its own or in ours")
    read: Literal["itself", "as others report it"] = Field(description="Whether we read the guideline's own words")
    refs: list[ReferenceId] = Field(min_length=1, description="At least one reference")


class Medicine(Dated):
    """A medicine, or several of one kind."""

    name: Text = Field(description="Plain words for it: Anti-inflammatory painkillers (NSAIDs)")
    examples: Text = Field(description="Names on the packet: ibuprofen, naproxen")
    gains: list[Gain] = Field(min_length=1, description="What it changed, over what")
    unknowns: list[Text] = Field(min_length=1, description="At least one thing nobody knows, or we could not read")
    harms: list[SideEffect] = Field(min_length=1, description="At least one harm; serious ones however rare")
    not_for: list[Sourced] = Field(
        min_length=1, description="Who must ask first; without refs it is shown as our own caution"
    )
    stopping: Sourced = Field(description="How to stop it; without refs it is shown as our own caution")
    advice: list[Voice] = Field(default_factory=list, description="What guidelines say of it")


class Measure(Dated):
    """Something other than a medicine that guidelines speak for or against."""

    name: Text = Field(description="Plain words for it: Braces, belts and corsets")
    advice: list[Voice] = Field(min_length=1, description="At least one guideline")
    harms: list[Sourced] = Field(min_length=1, description="At least one harm, or Unknown")


class Injection(Dated):
    """An injection or needle treatment that is advertised and is not one of the options compared."""

    name: Text = Field(description="Plain words for it: Stem cells")
    what: Text = Field(description="What is put where")
    gains: list[Gain] = Field(description="What it changed, over what; [] only when no trial was found")
    unknowns: list[Text] = Field(min_length=1, description="At least one thing nobody knows, or we could not read")
    harms: list[SideEffect] = Field(min_length=1, description="At least one harm; serious ones however rare")
    approval: Sourced = Field(description="What regulators say, or Unknown")


NO_NOTICE = "none"
"""What stands in place of a notice that was taken off."""


class Notice(Record):
    """A safety notice: it stands at the top of every page and on every paper until it is taken off."""

    text: Text = Field(description="What happened and what to do, in one to three short sentences")
    day: Day = Field(description="The day the notice was put up, like 2026-11-25")
    source: Text = Field(description="Who says so, like Medicines and Healthcare products Regulatory Agency")
    address: str = Field(pattern=URL, description="The page that says so, starting with https://")
