"""What a page's Markdown must keep to; every fault has its line in the file that an editor sees."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from discguide.content.frontmatter import check_front_matter, split
from discguide.content.markdown_lint import check_slips
from discguide.content.passages import Passage, passages, sentences, words
from discguide.data.model import Guide
from discguide.data.yaml_reader import Document, read_text
from discguide.problems import Problem, ProblemsFound, did_you_mean, one_of
from discguide.render.blocks import BLOCKS
from discguide.render.macros import Macros
from discguide.security.macro_calls import Call, Refusal, read_calls
from discguide.security.markdown import check_markup, check_size

MAX_WORDS = 25
"""The longest sentence a tired reader follows; GOV.UK keeps to the same."""

RESERVED = (
    "the only treatment", "cures", "revolutionary", "guaranteed", "the best", "repairs and regenerates",
    "no risk", "completely safe", "fda-approved for disc injection", "our clinic",
)  # fmt: skip
"""Phrases of advertising: they may stand only where a clinic block reports or an evidence block denies them."""

_QUESTION = re.compile(r"[^.!?:;|]*\?")
_COUNT = re.compile(
    r"\b\d[\d,.]* (?:in|of|parts in) (?:every )?\d[\d,]*"
    r"|\b\d[\d.,]* ?%|\b\d[\d,]* (?:people|trials|studies|reports|twins)\b"
)
_IMAGE_WITHOUT_WORDS = re.compile(r"!\[\s*\]\(")


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its editor sees it."""

    path: str
    front: Document
    body: str
    first_line: int
    macros: Macros
    passages: tuple[Passage, ...]

    @property
    def guide(self) -> Guide:
        """The facts that the page may refer to."""
        return self.macros.guide

    def problem(self, line: int, what: str, cure: str, *, advice: bool = False) -> Problem:
        """Make a problem on a line of the file."""
        return Problem(self.path, line, 1, what, cure, advice)


def read_page(path: Path, shown: str, macros: Macros) -> Page:
    """(IO) Read one page.

    Raises:
        ProblemsFound: the file or its front matter cannot be read.
    """
    front, body, first_line = split(read_text(path, shown), shown)
    if faults := list(check_size(shown, body, first_line)):
        raise ProblemsFound(faults)
    return Page(shown, front, body, first_line, macros, tuple(passages(body, first_line)))


def check_page(page: Page) -> list[Problem]:
    """Check one page."""
    return [*check_front_matter(page.front), *(problem for check in CHECKS for problem in check(page))]


def macros_are_known(page: Page) -> Iterator[Problem]:
    """A page may call the guide's macros with ids that exist, and nothing else."""
    table = page.macros.table()
    for found in read_calls(page.body, table):
        line = found.line + page.first_line - 1
        if isinstance(found, Refusal):
            yield page.problem(line, found.what, found.cure)
        else:
            yield from _arguments(page, found, line, table[found.name])


@functools.cache
def _count_of_arguments(macro: Callable[..., object]) -> int:
    return len(inspect.signature(macro).parameters)


def _arguments(page: Page, call: Call, line: int, macro: Callable[..., object]) -> Iterator[Problem]:
    wanted = _count_of_arguments(macro)
    if len(call.arguments) != wanted:
        cure = f'write {{{{ {call.name}("id") }}}}' if wanted else f"write {{{{ {call.name}() }}}}"
        yield page.problem(line, f"{call.name} takes {wanted} id(s)", cure)
    elif wanted:
        known = _ids(page.guide, call.name)
        key = str(call.arguments[0])
        if key not in known:
            yield page.problem(
                line, f"unknown id '{key}' in {call.name}", did_you_mean(key, known) or one_of(sorted(known))
            )


def _ids(guide: Guide, macro: str) -> Mapping[str, object]:
    if macro == "cite":
        return guide.references
    if macro == "figure":
        return guide.figures
    return guide.findings if macro == "people_picture" else guide.treatments


def markup_is_plain(page: Page) -> Iterator[Problem]:
    """A page holds Markdown alone: nothing that sets attributes, and no address that nobody can check."""
    yield from check_markup(page.path, page.body, page.first_line)


def markdown_means_what_was_meant(page: Page) -> Iterator[Problem]:
    """Markdown prints or misreads what it does not understand, and says nothing."""
    yield from check_slips(page.path, page.body, page.first_line, page.passages)


def blocks_are_whole(page: Page) -> Iterator[Problem]:
    """Boxes have a known name, an end, a title where they need one, and evidence after each claim."""
    opened: tuple[int, str] | None = None
    after_clinic: int | None = None
    fence, empty = False, False
    for number, line in enumerate(page.body.split("\n"), start=page.first_line):
        stripped = line.strip()
        fence = fence != stripped.startswith("```")
        if not stripped:
            continue
        if fence or not stripped.startswith("///"):
            empty = False
            if after_clinic and not opened:
                yield _evidence_missing(page, after_clinic)
                after_clinic = None
            continue
        name, _, title = (part.strip() for part in stripped.removeprefix("///").partition("|"))
        if not name:
            if opened is None:
                yield page.problem(number, "a box ends that never began", "delete this line, or write its beginning")
            elif empty:
                yield page.problem(opened[0], f"box '{opened[1]}' is empty", "write in it, or take it out")
            after_clinic = opened[0] if opened and opened[1] == "clinic" else None
            opened = None
            continue
        if opened:
            cure = "end the box above with a line of three slashes: ///"
            yield page.problem(number, f"box '{name}' begins before '{opened[1]}' of line {opened[0]} ends", cure)
        if name not in BLOCKS:
            yield page.problem(number, f"unknown box '{name}'", did_you_mean(name, BLOCKS) or one_of(BLOCKS))
        elif BLOCKS[name][2] and not title:
            yield page.problem(number, f"box '{name}' has no title", f"write /// {name} | what to do, and when")
        if after_clinic and name != "evidence":
            yield _evidence_missing(page, after_clinic)
        after_clinic = None
        opened, empty = (number, name), True
    if opened:
        cure = "end it with a line of three slashes: ///"
        yield page.problem(opened[0], f"box '{opened[1]}' has no end", cure)
    if after_clinic:
        yield _evidence_missing(page, after_clinic)


def _evidence_missing(page: Page, line: int) -> Problem:
    cure = "write /// evidence … /// right after it, with what independent evidence says"
    return page.problem(line, "a clinic box stands without evidence", cure)


def headings_make_an_outline(page: Page) -> Iterator[Problem]:
    """Screen readers move by headings: one title, no level left out, none twice."""
    level, titles, seen = 0, 0, set()
    for passage in page.passages:
        if passage.kind != "heading" or not passage.source.lstrip().startswith("#"):
            continue
        depth = len(passage.source.lstrip()) - len(passage.source.lstrip().lstrip("#"))
        titles += depth == 1
        if depth > level + 1:
            yield page.problem(
                passage.line, f"heading '{passage.text}' skips a level", f"start it with {'#' * (level + 1)}"
            )
        if passage.text in seen:
            yield page.problem(passage.line, f"heading '{passage.text}' stands here twice", "give each its own words")
        seen.add(passage.text)
        level = depth
    if titles != 1:
        yield page.problem(page.first_line, f"the page has {titles} titles", "start it with one line '# Title'")


def sentences_are_short(page: Page) -> Iterator[Problem]:
    """Long sentences lose readers in pain; names in quotes count as one word."""
    for passage in page.passages:
        if passage.kind not in {"paragraph", "item"}:
            continue
        for sentence in sentences(re.sub(r"“[^”]{1,80}”", "it", passage.text)):
            count = len(words(sentence))
            if count > MAX_WORDS:
                cure = f"split it; the limit is {MAX_WORDS}"
                yield page.problem(passage.line, f"a sentence has {count} words (“{sentence[:40]}…”)", cure)


def reserved_in(text: str) -> list[str]:
    """Find the phrases of advertising in a text."""
    # A question may ask what a statement may not say; it reaches back to the mark before it and no further.
    said = _QUESTION.sub("", text.casefold())
    return [phrase for phrase in RESERVED if phrase in said]


def claims_stay_in_their_boxes(page: Page) -> Iterator[Problem]:
    """What only an advertisement would say stands nowhere in the guide's own voice."""
    cure = "say it in a clinic box with evidence after it, or take it out"
    for passage in page.passages:
        if passage.block not in {"clinic", "evidence"}:
            for phrase in reserved_in(passage.text):
                yield page.problem(passage.line, f"'{phrase}' stands outside a clinic box", cure)
    for name in ("title", "description"):
        for phrase in reserved_in(str(page.front.content.get(name, ""))):
            yield page.front.problem((name,), f"{name} says '{phrase}', and search engines show it", "take it out")


def numbers_have_sources(page: Page) -> Iterator[Problem]:
    """A number about people means something only with its source beside it."""
    for index, passage in enumerate(page.passages):
        if passage.kind == "heading" or passage.block == "clinic" or passage.text.endswith("?"):
            continue
        found = _COUNT.search(passage.text)
        near = passage.source + (page.passages[index + 1].source if index + 1 < len(page.passages) else "")
        if found and "cite(" not in near:
            cure = 'write {{ cite("R01") }} after it, with the right reference'
            yield page.problem(passage.line, f"the number '{found[0]}' has no source", cure)


def pictures_have_words(page: Page) -> Iterator[Problem]:
    """A picture without words is lost to people who cannot see it."""
    for number, line in enumerate(page.body.split("\n"), start=page.first_line):
        if _IMAGE_WITHOUT_WORDS.search(line):
            yield page.problem(number, "a picture has no words", "write what it shows between the square brackets")


def terms_are_explained(page: Page) -> Iterator[Problem]:
    """At its first use on a page, a technical word has plain words or a glossary link beside it."""
    if page.path.endswith(("glossary.md", "references.md")) or "/about/" in page.path:
        return
    told = [p for p in page.passages if p.kind in {"paragraph", "item", "row"} and p.block != "clinic"]
    said = "\n".join(p.text for p in told).lower()
    for name, term in page.guide.glossary.items():
        spellings = [name, *term.also]
        # Most terms stand on few pages, and to find that out is quick.
        if not any(spelling.lower() in said for spelling in spellings):
            continue
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(spellings, key=len, reverse=True))) + r")\b", re.I)
        first = next((p for p in told if pattern.search(p.text)), None)
        if first is None:
            continue
        beside = first.source.casefold()
        anchor = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        helps = [term.plain, *term.search]
        if f"glossary.md#{anchor}" not in beside and not any(word.casefold() in beside for word in helps):
            cure = f"write '{term.plain}' beside it, or link to glossary.md#{anchor}"
            yield page.problem(first.line, f"'{pattern.search(first.text)[1]}' is not explained", cure)  # type: ignore[index]


CHECKS: tuple[Callable[[Page], Iterator[Problem]], ...] = (
    macros_are_known,
    markup_is_plain,
    markdown_means_what_was_meant,
    blocks_are_whole,
    headings_make_an_outline,
    sentences_are_short,
    claims_stay_in_their_boxes,
    numbers_have_sources,
    pictures_have_words,
    terms_are_explained,
)
