"""(IO) A fault in a built page → the line of the file in which an editor can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .html_gate import Fault
from .places import place_of
from .problems import Problem


def locate(docs: Path, source: str, faults: Iterable[Fault]) -> list[Problem]:
    """Find each fault in the page's source, or in the files that bring words into pages."""
    problems = []
    for fault in faults:
        at = place_of(docs.parent, source, f"{{#{fault.needle}}}", fault.needle)
        problems.append(Problem(at.path, at.line, at.column, f"the built page {fault.what}", fault.cure))
    return problems
