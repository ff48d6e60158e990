"""What each record of the data files may say.

Every field carries the words that tell an editor what to write: the JSON Schema, the field guide on the
editing page and the messages are all made from them, so that they cannot drift apart.
"""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from discguide.data.editions import Edition
from discguide.data.fields import (
    LEFT_OUT,
    MONTH,
    NOT_JUDGED,
    Certainty,
    Day,
    FactId,
    Found,
    Labels,
    PeopleNumber,
    Record,
    ReferenceId,
    RunBy,
    Sourced,
    Standing,
    Studied,
    Text,
    Use,
)
from discguide.data.grid import Grid
from discguide.data.outcomes import Count, Harm, Outcome
from discguide.data.references import ArticleFact, Reference
from discguide.data.studies import Picture, Pointer, Study
from discguide.data.tables import Injection, Measure, Medicine, Notice

_Benefit = TypeVar("_Benefit")
_Harm = TypeVar("_Harm")


class Names(Record):
    """What the option is called."""

    short: Text = Field(description="The short name, as the table's heading: PLDD")
    plain: Text = Field(description="Plain words for it: Laser treatment of the disc")
    hint: Annotated[str, StringConstraints(max_length=16)] | None = Field(
        default=None,
        description="What it is in two or three words, below the short name where there is little room: laser in disc",
    )
    long: Text = Field(description="The full technical name, or Unknown")
    long_status: Literal["verified", "unverified", "unknown"] = Field(
        description="verified: a reference spells it so; unverified: only the article; unknown: nobody spells it"
    )


class Introduced(Record):
    """When it appeared."""

    year: int | None = Field(
        default=None,
        ge=1900,
        le=2100,
        description="The year, or its decade's first year, to order the timeline; leave out if unknown",
    )
    article_says: Text | None = Field(default=None, description="When the clinic's article says it began")
    checked: Text = Field(description="What a reference says about the date, or Unknown")
    refs: list[ReferenceId] = Field(description="References for the checked date")


class ClinicSaysFor(Record):
    """What the clinic's article says the option suits; shown only in the labelled clinic row."""

    herniation: Literal["stated", "not stated"]
    degeneration: Literal["stated", "not stated"]
    after_surgery: Literal["stated", "not stated"]
    note: Text | None = Field(default=None, description="What the article says in words that fit none of the three")


class StudiedFor(Record):
    """What it was studied for; the narrowing by "what I have" reads this and nothing else."""

    herniation: Studied
    degeneration: Studied
    after_surgery: Studied


class Claim(Record):
    """A claim of the clinic's article, with what evidence says of it."""

    fact: FactId = Field(description="The fact's id in the list of the article's facts")
    text: Text = Field(description="The claim in our own words, starting with who says it")
    standing: Standing = Field(description="How it stands against independent evidence")
    note: Text = Field(description="What independent evidence says")
    refs: list[ReferenceId] = Field(description="References for the note")


class Evidence(Record):
    """The guide's own reading of the evidence for one use; not a formal GRADE assessment."""

    certainty: Certainty = Field(description="How sure one can be; 'no studies found' exactly when refs is empty")
    found: Found = Field(description="What the fairest comparison found")
    against: Text | None = Field(default=None, description="What that comparison was, in a few words: surgery")
    reason: Text = Field(description="One line: number and kind of studies, and why no higher or lower")
    by: RunBy = Field(description="Who ran the studies")
    refs: list[ReferenceId] = Field(description="The studies; empty only with 'no studies found'")


class EvidenceByUse(Record):
    """The two uses are judged apart, because the same option differs by use."""

    herniation: Evidence
    degeneration: Evidence


class Advice(Record):
    """What independent guidance says, for each use; its advice against a use is kept apart from the evidence."""

    herniation: Sourced | None = Field(default=None, description="Guidance for a herniated disc with leg pain")
    degeneration: Sourced | None = Field(default=None, description="Guidance for a worn disc with back pain")


class Course(Record):
    """What usually happens in ordinary care, for each use: it stands beside the results of every option."""

    herniation: Sourced = Field(description="How leg pain goes on, in one or two sentences with their numbers")
    degeneration: Sourced = Field(description="How back pain goes on, in the same way")


class Approval(Record):
    """What regulators say; a date, because it changes."""

    japan: Text = Field(description="Japan, or Unknown")
    us: Text = Field(description="United States, or Unknown")
    eu: Text = Field(description="European Union, or Unknown")
    uk: Text = Field(description="United Kingdom, or Unknown")
    as_of: Annotated[str, StringConstraints(pattern=MONTH)] = Field(
        description='The month this was looked up, in quotes: "2026-11"'
    )


class Told(Record, Generic[_Benefit, _Harm]):
    """One option: an outpatient method, or something to set beside the methods."""

    kind: Literal["method", "alternative"] = Field(
        description="method: one of the article's outpatient methods; alternative: set beside them"
    )
    names: Names
    product: Text = Field(description="The product or device, or Unknown")
    how_it_works: Text = Field(description="What is done and what it is meant to do, in plain words")
    what_it_is_like: Text = Field(description="What a person goes through, or Unknown")
    anaesthesia: Text = Field(description="Numbing or sleep, or Unknown")
    outpatient: Text = Field(description="Whether people go home the same day, or Unknown")
    introduced: Introduced | None = Field(default=None, description="When it appeared; methods need it")
    clinic_says_for: ClinicSaysFor | None = Field(default=None, description="Only for the article's methods")
    studied_for: StudiedFor
    studied_in: Text = Field(description="Who took part in the studies, in plain words")
    not_for: list[Sourced] = Field(min_length=1, description="Who it is not for, or what is unknown about that")
    claims: list[Claim] = Field(default_factory=list, description="What the clinic's article says of it")
    course: Course | None = Field(default=None, description="What usually happens; only for the option of waiting")
    benefits: list[_Benefit] = Field(default_factory=list, description="Results people hope for")
    further_treatment: list[_Benefit] = Field(default_factory=list, description="How many went on to something else")
    harms: list[_Harm] = Field(min_length=1, description="At least one harm")
    unknowns: list[Text] = Field(min_length=1, description="At least one thing nobody knows")
    evidence: EvidenceByUse
    advice: Advice = Field(default_factory=Advice, description="What independent guidance says")
    approval: Approval
    cost: Text = Field(description="What it costs, or Unknown")
    recovery: Sourced
    life_afterwards: LifeAfterwards
    if_it_does_not_work: Sourced
    grid: Grid = Field(description="The short answers of the comparison, each beside its long one")
    questions: list[Text] = Field(min_length=2, max_length=7, description="Questions to ask before deciding")
    checked: Day = Field(description="The day someone read this record against its references")
    next_check: Day = Field(description="The day it must be read again")

    @property
    def studied_uses(self) -> list[Use]:
        """What it was studied for; if for nothing, what it is not left out for."""
        uses: tuple[Use, ...] = ("herniation", "degeneration")
        studied = [use for use in uses if getattr(self.evidence, use).certainty not in NOT_JUDGED]
        return studied or [use for use in uses if getattr(self.studied_for, use) not in LEFT_OUT]


class Option(Told[Pointer, Pointer]):
    """An option as an editor writes it: its results stand among the studies."""


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


class Treatment(Told[Outcome, Harm]):
    """The same with its results, as templates and readers of the open data get it."""


class Term(Record):
    """One entry of the glossary."""

    plain: Text = Field(description="The plain words for it, as they stand beside the term in a page")
    meaning: Text = Field(description="What it means, in one or two sentences")
    also: list[Text] = Field(
        default_factory=list, max_length=20, description="Other spellings, used to find the term in pages"
    )
    search: list[Text] = Field(
        default_factory=list, max_length=20, description="Words readers type when they look for it"
    )


class Figure(Record):
    """A drawing's words: they stand in the page, not in the picture."""

    caption: Text = Field(description="What is shown and from which side it is seen")
    key: list[Text] = Field(default_factory=list, description="What each numbered marker points at")


class FindingRow(Record):
    """One group of a people picture."""

    label: Text
    count: Text
    """Like 41 of 100."""
    numbers: Count


class Finding(Record):
    """A finding that a page shows as a picture of people, with all that its study says."""

    title: Text
    unit: Literal["people", "herniations"]
    rows: list[FindingRow] = Field(min_length=1, max_length=6)
    people: PeopleNumber
    follow_up: Text
    design: Text
    run_by: RunBy
    compared: Text
    refs: list[ReferenceId] = Field(min_length=1)


class Guide(BaseModel):
    """Everything the data files say, checked and read-only; pages never feed it."""

    model_config = ConfigDict(frozen=True)

    options: dict[str, Option]
    """As written; ``treatments`` holds the same with every result in its place."""
    studies: dict[str, Study]
    pictures: dict[str, Picture]
    """As written; ``findings`` holds the same with the numbers."""
    treatments: dict[str, Treatment]
    references: dict[str, Reference]
    glossary: dict[str, Term]
    figures: dict[str, Figure]
    findings: dict[str, Finding]
    article: dict[str, ArticleFact]
    medicines: dict[str, Medicine]
    guidelines: dict[str, Measure]
    injections: dict[str, Injection]
    labels: dict[str, Labels]
    notice: dict[str, Notice]
    editions: dict[str, Edition]
    """What readers must know at once, on every page and paper; empty nearly always."""
    drawings: dict[str, str]
    """SVG text of each figure, by the same name."""

    def methods(self) -> dict[str, Treatment]:
        """The article's outpatient methods, in the neutral order."""
        return {key: item for key, item in self.in_order().items() if item.kind == "method"}

    def course(self) -> Course | None:
        """What usually happens, from the one option that tells it."""
        return next((item.course for item in self.treatments.values() if item.course), None)

    def in_order(self) -> dict[str, Treatment]:
        """All options by name: no order of ours may look like a ranking."""
        return dict(sorted(self.treatments.items(), key=lambda pair: pair[1].names.short.casefold()))
