"""The boxes editors may write in a page, and what each must keep to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from discguide.content.pages import Page
from discguide.problems import Problem, did_you_mean, one_of


class Box(NamedTuple):
    """A kind of box: its title when none is written, what opens every title, whether one must be written."""

    title: str = ""
    opening: str = ""
    needs_title: bool = False


BOXES = {
    "short": Box("In short"),
    "emergency": Box(opening="Emergency: ", needs_title=True),
    "urgent": Box(opening="Urgent, the same day: ", needs_title=True),
    "soon": Box(opening="See someone soon: ", needs_title=True),
    "clinic": Box("What the clinic says"),
    "evidence": Box("What independent evidence says"),
    "do": Box("Do"),
    "dont": Box("Do not"),
    "note": Box("Good to know"),
    "more": Box(needs_title=True),
    "word": Box(needs_title=True),
}


def boxes_are_whole(page: Page) -> Iterator[Problem]:
    """Boxes have a known name, an end, a title where they need one, and evidence after each claim."""
    opened: tuple[int, str] | None = None
    after_clinic: int | None = None
    fence, empty = False, False
    for number, line in enumerate(page.body.split("\n"), start=page.first_line):
        stripped = line.strip()
        fence = fence != stripped.startswith("```")
        if not stripped:
            continue
        if fence or not stripped.startswith("///"):
            empty = False
            if after_clinic and not opened:
                yield _evidence_missing(page, after_clinic)
                after_clinic = None
            continue
        name, _, title = (part.strip() for part in stripped.removeprefix("///").partition("|"))
        if not name:
            if opened is None:
                yield page.problem(number, "a box ends that never began", "delete this line, or write its beginning")
            elif empty:
                yield page.problem(opened[0], f"box '{opened[1]}' is empty", "write in it, or take it out")
            after_clinic = opened[0] if opened and opened[1] == "clinic" else None
            opened = None
            continue
        if opened:
            hint = "end the box above with a line of three slashes: ///"
            yield page.problem(number, f"box '{name}' begins before '{opened[1]}' of line {opened[0]} ends", hint)
        if name not in BOXES:
            yield page.problem(number, f"unknown box '{name}'", did_you_mean(name, BOXES) or one_of(BOXES))
        elif BOXES[name].needs_title and not title:
            yield page.problem(number, f"box '{name}' has no title", f"write /// {name} | what to do, and when")
        if after_clinic and name != "evidence":
            yield _evidence_missing(page, after_clinic)
        after_clinic = None
        opened, empty = (number, name), True
    if opened:
        hint = "end it with a line of three slashes: ///"
        yield page.problem(opened[0], f"box '{opened[1]}' has no end", hint)
    if after_clinic:
        yield _evidence_missing(page, after_clinic)


def _evidence_missing(page: Page, line: int) -> Problem:
    hint = "write /// evidence … /// right after it, with what independent evidence says"
    return page.problem(line, "a clinic box stands without evidence", hint)
