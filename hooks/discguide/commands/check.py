"""(IO) The editor's check: facts, pages and built pages, every fault in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from discguide.content.check import check_sources, check_treatment_pages
from discguide.content.required import check_named_pages
from discguide.data.load import load
from discguide.problems import Problem, ProblemsFound, blocking
from discguide.render.macros import Macros
from discguide.security.files import check_files
from discguide.site.builder import build_pages
from discguide.site.clinic_article import check_article
from discguide.site.reviews import count_reviews
from discguide.site.rules import check_pages, read_site


def check(root: Path, into: Path | None = None) -> list[Problem]:
    """Check the project at ``root``; the pages are built only when facts and words allow it.

    They are built into the folder ``into``, or, when none is given, into one that is deleted again.
    """
    docs = root / "docs"
    if faults := check_files(docs):
        return faults
    try:
        library = load(docs)
    except ProblemsFound as found:
        return found.problems
    macros = Macros(library.guide, root / "overrides" / "components", count_reviews(docs))
    problems = check_sources(docs, library, macros)
    problems += [*check_treatment_pages(docs, library), *check_named_pages(docs)]
    if blocking(problems):
        return problems
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        pages = into or Path(folder)
        try:
            build_pages(root, pages)
            built = read_site(pages, root)
            problems += [*check_pages(built, pages), *check_article(built, library)]
        except ProblemsFound as found:
            problems += found.problems
    return problems
