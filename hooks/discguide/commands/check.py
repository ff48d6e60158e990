"""(IO) The editor's check: words, facts and pages first, then the built pages."""

from __future__ import annotations

import tempfile
from pathlib import Path

from discguide.content.required import check_named_pages
from discguide.data.load import load
from discguide.problems import Problem, ProblemsFound
from discguide.site.addresses import check_addresses
from discguide.site.builder import build_pages
from discguide.site.clinic_article import check_article
from discguide.site.menu import check_menu
from discguide.site.pieces import check_pieces
from discguide.site.reviews import check_reviews
from discguide.site.rules import check_pages, read_site


def check(root: Path, into: Path | None = None) -> list[Problem]:
    """Check the project at ``root``; the pages are built only when facts and words allow it.

    They are built into the folder ``into``, or, when none is given, into one that is deleted again.
    """
    try:
        ways = [*check_menu(root), *check_named_pages(root / "docs")]
    except ProblemsFound as found:
        return found.problems
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        pages = into or Path(folder)
        try:
            contents, advice = build_pages(root, pages)
            built, library = read_site(pages, root), load(root / "docs")
            problems = [*check_pages(built, pages), *check_article(built, library), *check_reviews(built)]
            problems += [*check_addresses(built, root), *check_pieces(root, built, contents)]
            return [*ways, *advice, *problems]
        except ProblemsFound as found:
            return [*ways, *found.problems]
