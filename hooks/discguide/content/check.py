"""(IO) All that is checked in what editors write, before anything is built: the one sequence of checks.

The command, the build and the tests all call ``check_content``, so that none can forget a step.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from discguide.addresses import GLOSSARY, source_of
from discguide.content.danger_signs import check_danger_signs
from discguide.content.pages import Page, page_hint, read_page
from discguide.content.required import check_required
from discguide.content.rules import advertising, check_page, long_sentences, pages_differ
from discguide.content.spelling import WordList, word_list
from discguide.content.wording import slips
from discguide.data.export import schema_text
from discguide.data.load import Library, load
from discguide.data.rules.calendar import doubt_clock
from discguide.data.rules.records import leaves, written_values
from discguide.data.yaml.reader import Location
from discguide.problems import Problem, ProblemsFound, at_most, blocking, did_you_mean
from discguide.security.files import check_files, files_below
from discguide.text import slug, without_citations

_TO_PAGE = re.compile(r"\]\((?P<page>(?:\.\./)*(?:[a-z0-9-]+/)*[a-z0-9-]+\.md)(?:#(?P<place>[^()\s]*))?\)")
_IDS = ("result", "arm", "commonest", "worst", "doi", "url")
"""Fields that hold an id or an address, which is not spelt as words are."""
_CITING = ("treatments", "medicines", "guidelines", "injections", "glossary")
_CITING_FIELDS = frozenset((
    "unknowns", "what_it_is_like", "japan", "us", "eu", "uk", "cost", "anaesthesia", "outpatient", "product", "note",
    "how_it_works", "long", "reason", "studied_in", "text", "checked", "meaning", "design", "what",
))  # fmt: skip
"""Where templates make links of [R12]; anywhere else it would be printed as it stands."""
_NOT_OURS = {"treatments": {"claims"}, "references": {"authors", "title", "source", "doi", "url"}}
"""Fields that repeat what others say: the clinic's claims, what stands on a source's own first page."""


def check_content(docs: Path, shown: str = "docs") -> tuple[Library, list[Problem]]:
    """Check the files, then the facts, then every page.

    Args:
        docs: the editors' folder.
        shown: how it is called in messages.

    Returns:
        The facts, and the advice that stops nothing.

    Raises:
        ProblemsFound: with every fault of the first step that found any; facts are not read from files that may
            not lie there, and pages are not held against facts that are wrong.
    """
    if faults := check_files(docs):
        raise ProblemsFound(faults)
    library = load(docs, shown)
    problems = [
        *check_pages(docs, library, shown),
        *_options_have_pages(docs, library, shown),
    ]
    if blocking(problems):
        raise ProblemsFound(problems)
    return library, problems


def check_pages(docs: Path, library: Library, shown: str = "docs") -> list[Problem]:
    """Check every page and every sentence of the data; the facts themselves were checked when they were loaded."""
    try:
        known = word_list(docs, library.guide, shown)
    except ProblemsFound as found:
        return found.problems
    problems = [*library.advice, *check_schema(docs, shown), *_spelling_of_data(library, known)]
    problems += at_most(_words_of_data(library, shown))
    pages: dict[str, Page] = {}
    for path in files_below(docs, "*.md"):
        name = f"{shown}/{path.relative_to(docs).as_posix()}"
        try:
            page = read_page(path, name, library.guide)
        except ProblemsFound as found:
            problems += found.problems
            continue
        pages[name] = page
        problems += [*check_page(page), *check_required(page)]
        problems += _links_of_page(page, docs)
        problems += _spelling_of_page(page, known)
    problems += pages_differ(pages.values())
    return doubt_clock(problems + check_danger_signs(pages, docs, shown))


def _links_of_page(page: Page, docs: Path) -> Iterator[Problem]:
    """A page that is linked to exists; whether the place on it exists, only the built pages tell."""
    _shown, _, inside = page.path.partition("/")
    terms = {slug(name) for name in page.guide.glossary}
    for passage in page.passages:
        for link in _TO_PAGE.finditer(re.sub(r"`[^`]*`", lambda sample: " " * len(sample[0]), passage.source)):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(inside), link["page"]))
            line = passage.line + passage.source.count("\n", 0, link.start())
            if not (docs / target).is_file():
                message = f"a link leads to '{link['page']}', which is not a page"
                yield page.problem(line, message, page_hint(docs, target), at=f"]({link['page']}")
            elif target == source_of(GLOSSARY) and link["place"] and link["place"] not in terms:
                message = f"a link leads to the term '{link['place']}', which the glossary does not have"
                hint = did_you_mean(link["place"], terms) or "put the term back, or take the link out"
                yield page.problem(line, message, hint, at=f"#{link['place']}")


def _options_have_pages(docs: Path, library: Library, shown: str) -> Iterator[Problem]:
    """Every option has its page: the table and the timeline lead there."""
    folder = docs / "treatments"
    # Where the whole folder is gone, so is the comparison, and ``check_named_pages`` says so.
    for key in library.guide.treatments if any(files_below(folder, "*.md")) else ():
        if not (folder / f"{key}.md").is_file():
            page = f"{shown}/treatments/{key}.md"
            hint = f"copy another option's page to {page}, change its ids, and add it to nav in mkdocs.yml"
            yield library.documents["treatments"].problem((key,), f"{key} has no page", hint)


def check_schema(docs: Path, shown: str = "docs") -> list[Problem]:
    """The schema beside the data file says what the model says."""
    path = docs / "data" / "treatments.schema.json"
    if path.is_file() and path.read_text(encoding="utf-8") == schema_text():
        return []
    message = "does not say what the model says"
    return [Problem(f"{shown}/data/{path.name}", 1, 1, message, "run make schema and commit the file")]


def _spelling_of_page(page: Page, known: WordList) -> Iterator[Problem]:
    for name in ("title", "description"):
        for word, hint in known.faults(str(page.front.content.get(name, ""))):
            yield page.front.problem((name,), f"'{word}' is not a word we know", hint)
    for passage in page.passages:
        for word, hint in known.faults(passage.text):
            yield page.problem(passage.line, f"'{word}' is not a word we know", hint, at=word)


def _words_of_data(library: Library, shown: str) -> Iterator[Problem]:
    """What the data says in our voice reaches the table, the PDF and search results: it keeps to the pages' rules."""
    sources = (
        ("references", at, value)
        for key, record in library.guide.references.items()
        for at, value in leaves(record, (key,))
    )
    for name, at, value in (*written_values(library.guide), *sources):
        if not isinstance(value, str):
            continue
        if at[-1] not in _IDS and (len(at) < 2 or at[-2] not in {"refs", "figure"}):
            for slip in slips(value, "source" if name == "references" else "data" if _cites(name, at) else "name"):
                yield library.documents[name].problem(at, slip.message, slip.hint, inside=slip.at)
        if at[1] in _NOT_OURS.get(name, ()):
            continue
        # In a note a semicolon parts what full stops part in sentences.
        for part in without_citations(value).split(";"):
            for message, hint in (*advertising(part), *long_sentences(part)):
                yield library.documents[name].problem(at, f"{'.'.join(map(str, at))}: {message}", hint)
    for key, drawing in library.guide.drawings.items():
        for message, hint in advertising(re.sub(r"<[^<>]*>", " ", drawing)):
            yield Problem(f"{shown}/figures/{key}.svg", 1, 1, message, hint)


def _cites(name: str, at: Location) -> bool:
    """Whether a value is printed with its citations as links."""
    field = next((part for part in reversed(at) if isinstance(part, str)), "")
    return name in _CITING and field in _CITING_FIELDS and not (at[0] == "studies" and field == "design")


def _spelling_of_data(library: Library, known: WordList) -> Iterator[Problem]:
    for name, at, value in written_values(library.guide):
        if isinstance(value, str) and at[-1] not in _IDS and not (at[-1] == "against" and isinstance(at[-2], int)):
            for word, hint in known.faults(value):
                if name == "labels" and word.isupper():
                    continue  # letters around a fact (EU, a method's name), explained where the fact is
                place = value.find(word)
                yield library.documents[name].problem(at, f"'{word}' is not a word we know", hint, inside=place)
