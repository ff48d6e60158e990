"""(IO) The editor's check: facts, pages and built pages, every fault in one run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .loading import load
from .macros import Macros
from .opendata import schema_text
from .pages_build import build_pages
from .problems import Problem, ProblemsFound, blocking
from .site_checks import check_site
from .source_checks import check_pages


def schema_path(root: Path) -> Path:
    """Where editors that complete YAML find the schema of the data file."""
    return root / "docs" / "data" / "treatments.schema.json"


def check_schema(root: Path) -> list[Problem]:
    """The schema beside the data file says what the model says."""
    path = schema_path(root)
    if path.is_file() and path.read_text(encoding="utf-8") == schema_text():
        return []
    shown = path.relative_to(root).as_posix()
    return [Problem(shown, 1, 1, "does not say what the model says", "run make schema and commit the file")]


def check(root: Path) -> list[Problem]:
    """Check the project at ``root``; the pages are built only when facts and words allow it."""
    docs = root / "docs"
    try:
        library = load(docs)
    except ProblemsFound as found:
        return found.problems
    problems = [
        *library.advice,
        *check_schema(root),
        *check_pages(docs, Macros(library.guide, root / "overrides" / "components")),
    ]
    if blocking(problems):
        return problems
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        try:
            build_pages(root, Path(folder))
            problems += check_site(Path(folder))
        except ProblemsFound as found:
            problems += found.problems
    return problems
