"""What the built pages must keep to: the tools before them accept broken links in macros, twice-used ids and more."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from discguide.addresses import DANGER_SIGNS, GLOSSARY, LOST, REFERENCES
from discguide.content.passages import grade, sentences, words
from discguide.html_tree import find_class, has_class, parse_file, text_of, walk
from discguide.problems import Problem, did_you_mean
from discguide.site.source_map import place_of, written_in
from discguide.text import without_citations

MAX_GRADE = 8.0
"""Flesch–Kincaid ceiling of a page; a limit, not a target."""
NOT_GRADED = (GLOSSARY, REFERENCES, "about/", LOST)
_NOT_PROSE = frozenset(
    {"table", "figure", "figcaption", "svg", "nav", "sources", "reference-list", "summary-list", "cite"}
)
_LEFTOVER = re.compile(r"\{\{|\}\}|\{%|\{ ?[.#]|\[\^|\]\[|Macro (?:Syntax|Rendering) Error|^///", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page of the built site."""

    name: str
    root: ET.Element
    ids: list[str] = field(default_factory=list)
    project: Path = Path()

    @property
    def source(self) -> str:
        """The page's file below ``docs/``."""
        return f"{self.name.removesuffix('.html')}.md"

    def problem(self, message: str, hint: str, *needles: str) -> Problem:
        """Make a problem that points to where an editor wrote one of the needles."""
        at = place_of(self.project, self.source, *needles)
        return Problem(at.path, at.line, at.column, message, hint)

    def problem_of_template(self, template: str, message: str, hint: str) -> Problem:
        """Make a problem that only a change of a template can bring."""
        return Problem(f"overrides/{template}", 1, 1, f"{self.name} {message}", hint)


def read_site(site: Path, project: Path = Path()) -> dict[str, BuiltPage]:
    """(IO) Read every built page of the project, by its address in the site."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        root = parse_file(path)
        pages[name] = BuiltPage(name, root, [e.get("id", "") for e in root.iter() if e.get("id")], project)
    return pages


def check_site(site: Path, project: Path = Path()) -> list[Problem]:
    """Check the built site of a project and gather what is found."""
    return check_pages(read_site(site, project), site)


def check_pages(pages: dict[str, BuiltPage], site: Path) -> list[Problem]:
    """Check pages that have been read already."""
    return [problem for check in CHECKS for problem in check(pages, site)]


def links_arrive(pages: dict[str, BuiltPage], site: Path) -> Iterator[Problem]:
    """Every link, picture, script and style sheet of our own exists, down to its anchor."""
    for page in pages.values():
        for element in page.root.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute)
                # What has moved is checked beside the list of addresses, with words for its place in mkdocs.yml.
                if address is not None and page.name != "404.html" and not has_class(element, "moved"):
                    yield from _check_address(page, address, pages, site)


def _check_address(page: BuiltPage, address: str, pages: dict[str, BuiltPage], site: Path) -> Iterator[Problem]:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return
    target = page.name
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), unquote(parts.path)))
    if target not in pages and not (site / target).is_file():
        yield page.problem(
            f"a link leads nowhere ({address})",
            "write the name of a page that exists",
            address.replace(".html", ".md"),
            parts.path.replace(".html", ".md"),
            posixpath.basename(parts.path),
        )
    elif parts.fragment and target in pages and not _arrives(parts.fragment, pages[target].ids):
        hint = did_you_mean(parts.fragment, pages[target].ids) or f"write the id of a heading of {target}"
        needles = (f"]({address.replace('.html', '.md')})", f"#{parts.fragment}", parts.fragment)
        yield page.problem(f"a link leads to a place that is not there ({address})", hint, *needles)


def _arrives(fragment: str, ids: Sequence[str]) -> bool:
    """Whether a page has that place, or each of the options that an address of the comparison picks."""
    return fragment in ids or ("," in fragment and all(f"show-{name}" in ids for name in fragment.split(",")))


def ids_are_unique(pages: dict[str, BuiltPage], _site: Path) -> Iterator[Problem]:
    """Two things with one id: a link reaches only the first."""
    for page in pages.values():
        for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
            words = name.replace("-", " ").capitalize()
            hint = "give the headings different words"
            yield page.problem(f"the id '{name}' stands there twice", hint, f"{{#{name}}}", f"# {words}", words)


def titles_tell_pages_apart(pages: dict[str, BuiltPage], _site: Path) -> Iterator[Problem]:
    """Titles are what people hear first, and what a search result shows."""
    seen: dict[str, str] = {}
    for page in pages.values():
        title = text_of(next(page.root.iter("title"), ET.Element("title")))
        if not title or seen.setdefault(title, page.name) != page.name:
            yield page.problem(
                f"the title '{title}' is missing or used by {seen.get(title)}",
                "write another title",
                "title:",
            )
        if len(list(page.root.iter("h1"))) != 1:
            yield page.problem("the built page has not exactly one h1", "start the page with one line '# Title'")
        if not page.root.get("lang"):
            yield page.problem_of_template("base.html", "does not say its language", "keep lang in <html>")


def danger_signs_are_near(pages: dict[str, BuiltPage], _site: Path) -> Iterator[Problem]:
    """Danger signs are one tap away from everywhere."""
    for page in pages.values():
        links = {posixpath.basename(urlsplit(a.get("href", "")).path) for a in page.root.iter("a")}
        # The page for lost readers may not know where the others are; it then has the signs themselves.
        if page.name == LOST and find_class(page.root, "block--emergency") is not None:
            continue
        if page.name != DANGER_SIGNS and DANGER_SIGNS not in links:
            hint = f"keep the link to {DANGER_SIGNS} there"
            yield page.problem_of_template("partials/header.html", "has no link to the danger signs", hint)


def nothing_is_left_over(pages: dict[str, BuiltPage], _site: Path) -> Iterator[Problem]:
    """Marks of Markdown or of macros in the words mean that something was not understood."""
    for page in pages.values():
        article = find_class(page.root, "prose")
        for element in walk(article, frozenset({"pre", "code", "script"})) if article is not None else ():
            for text in (element.text, element.tail):
                found = _LEFTOVER.search(text or "")
                if found:
                    around = (text or "")[max(0, found.start() - 15) : found.end() + 15].strip()
                    hint = "close the brackets or the box before it"
                    yield page.problem(f"'{found[0]}' is left in the page’s words", hint, around, found[0])


def pictures_are_told(pages: dict[str, BuiltPage], _site: Path) -> Iterator[Problem]:
    """Every picture has words for those who cannot see it."""
    for page in pages.values():
        for image in page.root.iter("img"):
            if not (image.get("alt") or "").strip():
                yield page.problem("a picture has no words", "write what it shows between the square brackets", "![](")


def pages_read_easily(pages: dict[str, BuiltPage], _site: Path) -> Iterator[Problem]:
    """The reading level of a page stays within what most people read without effort."""
    for page in pages.values():
        prose = prose_of(page)
        level = grade(prose)
        if level > MAX_GRADE and not page.name.startswith(NOT_GRADED):
            parts = [part for text in prose for part in sentences(text)]
            own = written_in(page.project, page.source)
            hardest = max([part for part in parts if part in own] or parts, key=_weight)
            message = f"the page reads at grade {level:.1f}; its hardest sentence is “{hardest[:40]}…”"
            hint = f"use shorter words and sentences; the limit is {MAX_GRADE:g}"
            yield page.problem(message, hint, hardest)


def _weight(sentence: str) -> float:
    """How much one sentence adds to a page's grade; a short one adds little, however long its words."""
    return grade([sentence]) * len(words(sentence))


def prose_of(page: BuiltPage) -> list[str]:
    """The paragraphs and list items of a page's article, without tables, figures and sources."""
    article = find_class(page.root, "prose")
    if article is None:
        return []
    return [_without_citations(e) for e in walk(article, _NOT_PROSE) if e.tag in {"p", "li"} and not _holds_blocks(e)]


def _holds_blocks(element: ET.Element) -> bool:
    return any(child.tag in {"p", "ul", "ol", "dl"} for child in element)


def _without_citations(element: ET.Element) -> str:
    return " ".join(without_citations(text_of(element)).split())


CHECKS: tuple[Callable[[dict[str, BuiltPage], Path], Iterator[Problem]], ...] = (
    links_arrive,
    ids_are_unique,
    titles_tell_pages_apart,
    danger_signs_are_near,
    nothing_is_left_over,
    pictures_are_told,
    pages_read_easily,
)
