"""The short layer of the comparison: one cell for each option and question, and the figure that stands in it.

Words are an editor's, one short form beside each long one in the option's record. Figures are never typed: they come
from the results that the option points to, told of one whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from discguide.data.fields import Certainty, Record, Text, Use
from discguide.data.outcomes import Count, Harm, Outcome
from discguide.data.studies import ResultId

if TYPE_CHECKING:  # the model holds a grid, and the grid reads the model
    from discguide.data.model import Guide, Treatment

Reach = Literal["nothing", "a needle beside the nerve", "a needle into the disc", "an operation"]
REACHES: tuple[Reach, ...] = ("nothing", "a needle beside the nerve", "a needle into the disc", "an operation")
"""What is done to the body, in the order in which options stand; within one they stand by the alphabet."""
GROUPS = {"herniation": "benefits", "degeneration": "benefits", "further": "further_treatment", "harms": "harms"}
"""The questions that a study can answer, and where an option keeps its results for them."""
LONG: dict[str, tuple[str, ...]] = {
    "herniation": ("evidence.herniation", "advice.herniation", "benefits"),
    "degeneration": ("evidence.degeneration", "advice.degeneration", "benefits"),
    "further": ("further_treatment", "unknowns"),
    "harms": ("harms",),
    "recovery": ("recovery", "life_afterwards"),
    "fails": ("if_it_does_not_work", "life_afterwards"),
    "cost": ("cost",),
    "approval": ("approval",),
}
"""Each question, in order, and the fields that hold its long answer: a cell says no more than they do."""
PAINS: dict[str, Use] = {"herniation": "herniation", "degeneration": "degeneration"}
"""The questions of which readers need one: whether it helps the pain that they have."""
MATTERS: dict[str, tuple[str, ...]] = {
    "soon": ("herniation", "recovery"),
    "again": ("further",),
    "needle": ("harms",),
    "proven": ("herniation", "degeneration"),
    "money": ("cost",),
    "help": ("recovery",),
}
"""What may matter to a reader, and the questions whose answers speak of it."""
ALIKE = frozenset({"further"})
"""The questions whose counts all measure the same, so that their dots may be compared."""
SMALL, SCALED = 30, 100
"""Fewer people than the first are told as they are; fewer than the second of a hundred, with how many they were."""

_SHARE = re.compile(r"(?P<low>\d+)(?: to (?P<high>\d+))? (?:of|in) (?P<of>[\d,]+)(?: people)?")
_MORE = re.compile(r"\((\d+(?:\.\d+)?) more\)")
_POINTS = re.compile(r"(?:about )?(\d+(?:\.\d+)?) points\b")


class Cell(Record):
    """One short answer: a figure, at most 14 words, and what stands behind it."""

    unknown: Literal["Unknown", "No study found"] | None = Field(
        default=None,
        description="Unknown: looked for, not found; No study found: none for this use; never where the record answers",
    )
    figure: list[ResultId] = Field(
        default_factory=list,
        max_length=4,
        description="The result that the figure comes from, as the option points to it; several alike make a range",
    )
    words: Text | None = Field(
        default=None,
        description="At most 14 plain words that say no more than the long answer; {other} stands for the figure of "
        "the other group in the same study",
    )
    behind: Text | None = Field(
        default=None,
        description="How many studies and people; {people} stands for the people of the figure’s studies",
    )


class HarmCell(Cell):
    """The answer to what can go wrong: it holds the commonest and the worst."""

    commonest: ResultId | None = Field(default=None, description="The commonest harm that was counted, among the harms")
    worst: ResultId = Field(description="The worst known harm, among the harms; how rare it is does not count")


class Grid(Record):
    """The option's short answers in the comparison."""

    done: Reach = Field(description="What is done to the body; the comparison stands in this order")
    herniation: Cell = Field(description="Does it help leg pain from a herniated disc? Only what was compared")
    degeneration: Cell = Field(description="Does it help back pain from a worn disc? Only what was compared")
    further: Cell = Field(description="Who had an operation afterwards?")
    harms: HarmCell = Field(description="What can go wrong?")
    recovery: Cell = Field(description="How soon back to daily life?")
    fails: Cell = Field(description="What if it does not work?")
    cost: Cell = Field(description="What does it cost?")
    approval: Cell = Field(description="Is it approved for this?")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; a range where the source gives one."""

    low: int
    high: int
    of: int

    def __str__(self) -> str:
        """Tell it of one whole: of 100, or of the people themselves where they were few."""
        if self.of < SMALL:
            return f"{self.numbers} of {self.of}"
        return f"{self.numbers} of 100"

    @property
    def numbers(self) -> str:
        """The same without its whole."""
        low, high = (self._scaled(part) for part in (self.low, self.high))
        return f"{low}" if low == high else f"{low} to {high}"

    @property
    def rare(self) -> bool:
        """Whether it is rarer than 1 in 100, which no picture of a hundred can show."""
        return 0 < self.high * 100 < self.of

    def dots(self) -> Count:
        """What a picture shows."""
        return Count(n=self._scaled(self.high), of=min(self.of, 100) if self.of < SMALL else 100)

    def _scaled(self, part: int) -> int:
        return part if self.of < SMALL else (200 * part + self.of) // (2 * self.of)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as readers see it."""

    tag: str
    advised_against: bool
    """Computed from the record, so that no cell can forget it."""
    figure: str
    dots: Count | None
    ruler: tuple[float, float] | None
    """From and to how many points of 100."""
    words: str
    behind: str
    few: int | None
    """How many people a share of 100 stands for, where they were fewer."""
    certainty: Certainty | None
    time_unknown: bool
    results: tuple[Outcome | Harm, ...]
    """The results that the figure comes from."""

    @property
    def filled(self) -> bool:
        """Whether it tells a reader anything."""
        return bool(self.figure or self.words or self.advised_against)


def shown(treatment: Treatment, question: str) -> Shown:
    """Fill in one cell; what cannot be filled in stays empty, and a check tells it."""
    cell: Cell = getattr(treatment.grid, question)
    results = results_of(treatment, question, cell.figure)
    share, points = share_of(results[0]) if len(results) == 1 else None, points_of(results)
    other = share_in_text(results[0].comparison) if share else None
    use = PAINS.get(question)
    evidence = getattr(treatment.evidence, use) if use else None
    figure = str(share) if share else _points_text(points) if points else ""
    return Shown(
        tag=cell.unknown or "",
        advised_against=bool(use) and getattr(treatment.studied_for, use or "") == "advised against",
        figure=figure,
        dots=share.dots() if share and question in ALIKE else None,
        ruler=points,
        words=(cell.words or "").replace("{other}", other.numbers if other else ""),
        behind=(cell.behind or "").replace("{people}", f"{people_of(results) or 0:,}"),
        few=share.of if share and SMALL <= share.of < SCALED else None,
        certainty=evidence.certainty if evidence and cell.unknown != "No study found" else None,
        time_unknown=any(result.follow_up == "Unknown" for result in results),
        results=tuple(results),
    )


def results_of(treatment: Treatment, question: str, names: Sequence[str]) -> list[Outcome | Harm]:
    """The option's own results of these names; a name that it does not point to is left out."""
    own: list[Outcome | Harm] = list(getattr(treatment, GROUPS[question])) if question in GROUPS else []
    return [next(one for one in own if one.study == name) for name in names if any(one.study == name for one in own)]


def share_of(result: Outcome | Harm) -> Share | None:
    """A result as a share of people, when it is one; an upper limit alone ('up to 1 in 3') is none."""
    if result.count:
        return Share(result.count.n, result.count.n, result.count.of)
    return share_in_text(result.said[1])


def share_in_text(text: str) -> Share | None:
    """Read '52 of 100', '16 to 17 of 100' or '3 in 100'."""
    found = _SHARE.fullmatch(text)
    if not found:
        return None
    low = int(found["low"])
    return Share(low, int(found["high"] or low), int(found["of"].replace(",", "")))


def points_of(results: Sequence[Outcome | Harm]) -> tuple[float, float] | None:
    """How many points of 100 more or less than in the comparison group: the least and the most of several results."""
    found = []
    for result in results:
        match = _MORE.search(result.said[1]) or (_POINTS.match(result.said[1]) if result.told_by_difference else None)
        if not match or not (result.scale or "").startswith("0 to 100 "):
            return None
        found.append(float(match[1]))
    return (min(found), max(found)) if found else None


def _points_text(points: tuple[float, float]) -> str:
    low, high = (f"{part:g}" for part in points)
    return f"{low} points" if low == high else f"{low} to {high} points"


def people_of(results: Sequence[Outcome | Harm]) -> int | None:
    """How many people the studies behind some results had in all, each counted once; nothing where one is unknown."""
    studies = {result.study.partition(".")[0]: result.people for result in results}
    known = [people for people in studies.values() if isinstance(people, int)]
    return sum(known) if known and len(known) == len(studies) else None


def sources_of(treatment: Treatment) -> set[str]:
    """The references behind what an option's short answers say of help and harm."""
    keys = {*treatment.evidence.herniation.refs, *treatment.evidence.degeneration.refs}
    for question in GROUPS:
        cell: Cell = getattr(treatment.grid, question)
        names = [*cell.figure, *((cell.commonest or "", cell.worst) if isinstance(cell, HarmCell) else ())]
        keys |= {key for result in results_of(treatment, question, names) for key in result.refs}
    return keys


def in_grid_order(guide: Guide) -> dict[str, Treatment]:
    """Every option by what is done to the body, then by name: an order that says nothing of gain or harm."""
    by_name = guide.in_order().items()
    return {key: item for reach in REACHES for key, item in by_name if item.grid.done == reach}


def short_layer(treatment: Treatment) -> dict[str, dict[str, str | bool]]:
    """The cells of one option as open data: what readers see, by question."""
    layer: dict[str, dict[str, str | bool]] = {}
    for question in LONG:
        cell = shown(treatment, question)
        parts: dict[str, str | bool] = {
            "tag": cell.tag, "figure": cell.figure, "words": cell.words, "behind": cell.behind,
            "guidance_advises_against": cell.advised_against,
        }  # fmt: skip
        layer[question] = {name: part for name, part in parts.items() if part}
    return layer
