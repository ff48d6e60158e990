"""(IO) A fault in a built page → the line of the file in which an editor can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .html_gate import Fault
from .problems import Problem


def locate(docs: Path, source: str, faults: Iterable[Fault]) -> list[Problem]:
    """Find each fault in the page's source, or in the data files that bring words into pages."""
    problems = []
    for fault in faults:
        for path in (docs / source, *sorted((docs / "data").glob("*.yml"))):
            line = _line(path, fault.needle)
            if line:
                break
        else:
            path, line = docs / source, 1
        shown = f"docs/{path.relative_to(docs).as_posix()}" if path.is_file() else f"overrides/{source}"
        problems.append(Problem(shown, line, 1, f"the built page {fault.what}", fault.cure))
    return problems


def _line(path: Path, needle: str) -> int:
    """The first line that holds the words, or 0."""
    if not needle or not path.is_file():
        return 0
    text = path.read_text(encoding="utf-8")
    found = text.find(needle)
    return text.count("\n", 0, found) + 1 if found >= 0 else 0
