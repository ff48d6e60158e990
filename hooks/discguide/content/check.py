"""(IO) All that is checked in what editors write, before anything is built: one list of faults."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from discguide.content.required import check_required
from discguide.content.rules import Page, check_page, read_page, reserved_in
from discguide.content.spelling import WordList, word_list
from discguide.data.export import schema_text
from discguide.data.load import Library
from discguide.data.rules import leaves
from discguide.problems import Problem, ProblemsFound, blocking
from discguide.render.macros import Macros
from discguide.site.reviews import check_review
from discguide.site.source_map import page_hint

_TO_PAGE = re.compile(r"\]\((?P<page>[^()\s#:]+\.md)(?:#[^()\s]*)?\)")
_OF_THE_CLINIC = {"claims", "clinic_says_for", "article_says"}
_WRITTEN = ("treatments", "findings", "figures", "glossary")


def check_sources(docs: Path, library: Library, macros: Macros, shown: str = "docs") -> list[Problem]:
    """Check every page and every sentence of the data; the facts themselves were checked when they were loaded."""
    try:
        known = word_list(docs, library.guide, shown)
    except ProblemsFound as found:
        return found.problems
    problems = [
        *library.advice,
        *check_schema(docs, shown),
        *_spelling_of_data(library, known),
        *_claims_in_data(library),
    ]
    for path in sorted(docs.rglob("*.md")):
        name = f"{shown}/{path.relative_to(docs).as_posix()}"
        try:
            page = read_page(path, name, macros)
        except ProblemsFound as found:
            problems += found.problems
            continue
        faults = [*check_page(page), *check_required(page)]
        problems += [*faults, *check_review(page, sound=not blocking(faults))]
        problems += _links_of_page(page, docs)
        problems += _spelling_of_page(page, known)
    return problems


def _links_of_page(page: Page, docs: Path) -> Iterator[Problem]:
    """A page that is linked to exists; whether the place on it exists, only the built pages tell."""
    _shown, _, inside = page.path.partition("/")
    for passage in page.passages:
        for link in _TO_PAGE.finditer(re.sub(r"`[^`]*`", lambda sample: " " * len(sample[0]), passage.source)):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(inside), link["page"]))
            if not (docs / target).is_file():
                above = passage.source.count("\n", 0, link.start())
                what = f"a link leads to '{link['page']}', which is not a page"
                yield page.problem(passage.line + above, what, page_hint(docs, target))


def check_treatment_pages(docs: Path, library: Library, shown: str = "docs") -> Iterator[Problem]:
    """Every option has its page: the table and the timeline lead there."""
    for key in library.guide.treatments:
        if not (docs / "treatments" / f"{key}.md").is_file():
            page = f"{shown}/treatments/{key}.md"
            cure = f"copy another option's page to {page}, change its ids, and add it to nav in mkdocs.yml"
            yield library.documents["treatments"].problem((key,), f"{key} has no page", cure)


def check_schema(docs: Path, shown: str = "docs") -> list[Problem]:
    """The schema beside the data file says what the model says."""
    path = docs / "data" / "treatments.schema.json"
    if path.is_file() and path.read_text(encoding="utf-8") == schema_text():
        return []
    what = "does not say what the model says"
    return [Problem(f"{shown}/data/{path.name}", 1, 1, what, "run make schema and commit the file")]


def _spelling_of_page(page: Page, known: WordList) -> Iterator[Problem]:
    for passage in page.passages:
        for word, cure in known.faults(passage.text):
            yield page.problem(passage.line, f"'{word}' is not a word we know", cure)


def _claims_in_data(library: Library) -> Iterator[Problem]:
    """What the data say is in the guide's own voice, but for what they mark as the clinic's."""
    for name in _WRITTEN:
        for key, record in getattr(library.guide, name).items():
            for at, value in leaves(record, (key,)):
                own = isinstance(value, str) and not _OF_THE_CLINIC & {*at}
                for phrase in reserved_in(value) if own else ():
                    cure = "say what was measured, or make it one of the record's claims"
                    yield library.documents[name].problem(at, f"says '{phrase}' in the guide's own voice", cure)


def _spelling_of_data(library: Library, known: WordList) -> Iterator[Problem]:
    for name in _WRITTEN:
        for key, record in getattr(library.guide, name).items():
            for at, value in leaves(record, (key,)):
                for word, cure in known.faults(value) if isinstance(value, str) else ():
                    yield library.documents[name].problem(at, f"'{word}' is not a word we know", cure)
