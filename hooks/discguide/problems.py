"""How every check tells a person what is wrong, where, and what to write instead."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

MAX_SAID = 800
"""Characters of a message; a value repeated in one may be as long as a file."""
MAX_FOUND = 100
"""Faults of one kind in one file; nobody mends more before checking again, and to find them all can take minutes."""
Severity = Literal["error", "advice"]
"""An error stops a build; advice is only told."""


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault, in one place, with a hint that cures it. ``line`` and ``column`` count from 1, as editors do."""

    path: str
    line: int
    column: int
    message: str
    hint: str
    severity: Severity = "error"

    def __str__(self) -> str:
        label = "advice: " if self.severity == "advice" else ""
        text = f"{self.path}:{self.line}:{self.column}: {label}{self.message}; {self.hint}"
        # A message may repeat what someone wrote; it stays one line and moves no terminal's cursor.
        return "".join("?" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text[:MAX_SAID])


class ProblemsFound(Exception):
    """Raised when faults stop the work; carries every one of them, so that one run shows all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Offer the nearest known word as a question (R1 is nearest to R01), or nothing when none is near."""
    known = list(known)
    unpadded = [name for name in known if re.sub(r"(?<=[A-Za-z])0+", "", name) == word]
    near = unpadded or difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def one_of(known: Iterable[str]) -> str:
    """List the words that may stand in a place."""
    return "write one of: " + ", ".join(known)


def at_most(found: Iterable[Problem], most: int = MAX_FOUND) -> Iterator[Problem]:
    """Pass on the first faults that one check finds, and tell when there are more; advice is not counted."""
    passed = 0
    for problem in found:
        if passed == most:
            yield replace(
                problem, message="more faults of this kind follow", hint="mend those above first", severity="error"
            )
            return
        passed += problem.severity == "error"
        yield problem


def blocking(problems: Iterable[Problem]) -> list[Problem]:
    """Leave out what is only advice."""
    return [problem for problem in problems if problem.severity == "error"]


def report(problems: Iterable[Problem]) -> str:
    """Set out faults for a terminal: by file, those that stop the build before advice."""
    found = sorted(set(problems), key=lambda p: (p.severity == "advice", p.path, p.line, p.column, p.message))
    lines = [str(problem) for problem in found]
    stops = len(blocking(found))
    lines.append(f"{stops} to mend, {len(found) - stops} to consider")
    return "\n".join(lines)
