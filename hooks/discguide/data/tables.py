"""What the tables beside the comparison hold: medicines, what guidelines say, injections that are advertised."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from discguide.data.fields import Day, Record, ReferenceId, Sourced, Text
from discguide.data.outcomes import Harm, Outcome

Pain = Literal["new back pain", "lasting back pain", "back pain", "leg pain"]


class Dated(Record):
    """A record that somebody read against its references, and must read again."""

    checked: Day = Field(description="The day someone read this record against its references")
    next_check: Day = Field(description="The day it must be read again")


class Gain(Outcome):
    """A result of a medicine or an injection, for one kind of pain."""

    pain: Pain = Field(description="The pain that people in the study had")
    certainty: Literal["high", "moderate", "low", "very low"] = Field(
        description="How sure one can be, in the guide's own reading"
    )


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
    harms: list[Harm] = Field(min_length=1, description="At least one harm; serious ones however rare")
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
    harms: list[Harm] = Field(min_length=1, description="At least one harm; serious ones however rare")
    approval: Sourced = Field(description="What regulators say, or Unknown")
