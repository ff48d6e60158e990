"""(IO) The editor's check: words, facts and pages first, then the built pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from discguide.content.danger_signs import check_menu
from discguide.problems import Problem, ProblemsFound
from discguide.site.builder import build_pages
from discguide.site.rules import check_site


def check(root: Path, into: Path | None = None) -> list[Problem]:
    """Check the project at ``root``; the pages are built only when facts and words allow it.

    They are built into the folder ``into``, or, when none is given, into one that is deleted again.
    """
    try:
        menu = list(check_menu(root))
    except ProblemsFound as found:
        menu = found.problems
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        pages = into or Path(folder)
        try:
            _contents, advice = build_pages(root, pages)
            return [*menu, *advice, *check_site(pages, root)]
        except ProblemsFound as found:
            return [*menu, *found.problems]
