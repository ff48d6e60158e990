"""(IO) A fault in a built page → the line of the file in which an editor can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from discguide.problems import Problem
from discguide.security.html_allowlist import Fault
from discguide.site.source_map import place_of


def locate(docs: Path, source: str, faults: Iterable[Fault]) -> list[Problem]:
    """Find each fault in the page's source, or in the files that bring words into pages."""
    problems = []
    for fault in faults:
        at = place_of(docs.parent, source, f"{{#{fault.needle}}}", fault.needle)
        problems.append(Problem(at.path, at.line, at.column, f"the built page {fault.message}", fault.hint))
    return problems
