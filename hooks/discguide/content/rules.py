"""What a page's Markdown must keep to; every fault has its line in the file that an editor sees."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from discguide.content.boxes import boxes_are_whole
from discguide.content.counts import counts_are_those_of_the_study
from discguide.content.frontmatter import check_front_matter
from discguide.content.macro_names import MACROS, call, known_ids
from discguide.content.markdown_lint import blanked, check_slips
from discguide.content.pages import Page
from discguide.content.passages import Passage, sentences, words
from discguide.content.wording import slips
from discguide.data.references import no_such_source
from discguide.data.yaml.reader import Location
from discguide.problems import Problem, at_most, blocking, did_you_mean, one_of
from discguide.security.macro_calls import Call, read_calls
from discguide.security.markdown import check_markup

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
_HARD_CODED = re.compile(r"\bno clinician\b", re.IGNORECASE)
_NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen",
)  # fmt: skip
_NUMBER_WORDS = {word: number for number, word in enumerate(_NUMBERS, start=2)}
_COUNTED = re.compile(rf"(?i)\b({'|'.join(_NUMBER_WORDS)}|\d+) (options|methods|questions)\b")
_IMAGE_WITHOUT_WORDS = re.compile(r"!\[\s*\]\(")


def check_page(page: Page) -> list[Problem]:
    """Check one page; the words of a paragraph are looked at once its marks are right."""
    found = [*check_front_matter(page.front), *(problem for check in CHECKS for problem in at_most(check(page)))]
    return [*found, *at_most(words_are_clean(page, {problem.line for problem in blocking(found)}))]


def macros_are_known(page: Page) -> Iterator[Problem]:
    """A page may call the guide's macros with ids that exist, and nothing else."""
    for found in read_calls(page.body, MACROS):
        line = found.line + page.first_line - 1
        if isinstance(found, Problem):
            named = re.search(r"'([^']+)'", found.message)
            yield page.problem(line, found.message, found.hint, at=named[1] if named else "{{")
        else:
            yield from _arguments(page, found, line)


def _arguments(page: Page, found: Call, line: int) -> Iterator[Problem]:
    wanted = int(bool(MACROS[found.name].ids))
    ids = [key for argument in found.arguments for key in re.split(r"[,; ]+", str(argument).strip(",; "))]
    if wanted and len(ids) > 1:
        hint = "write " + " ".join(call(found.name, key) for key in ids[:5])
        yield page.problem(line, f"{found.name} takes one id, and has {len(ids)}", hint, at=ids[0])
    elif len(found.arguments) != wanted:
        yield page.problem(line, f"{found.name} takes {wanted} id(s)", f"write {call(found.name, 'id' * wanted)}")
    elif wanted and ids[0] not in (known := known_ids(page.guide, found.name)):
        hint = no_such_source(ids[0], known) if found.name == "cite" else did_you_mean(ids[0], known)
        message = f"unknown id '{ids[0]}' in {found.name}"
        yield page.problem(line, message, hint or one_of(sorted(known)), at=f'"{ids[0]}"')


def markup_is_plain(page: Page) -> Iterator[Problem]:
    """A page holds Markdown alone: nothing that sets attributes, and no address that nobody can check."""
    yield from check_markup(page.path, page.body, page.first_line)


def markdown_means_what_was_meant(page: Page) -> Iterator[Problem]:
    """Markdown prints or misreads what it does not understand, and says nothing."""
    yield from check_slips(page.path, page.body, page.first_line, page.passages)


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
        if passage.kind in {"paragraph", "item"}:
            for message, hint in long_sentences(passage.text):
                yield page.problem(passage.line, message, hint)
    for at, value in _told_of(page):
        for message, hint in long_sentences(value):
            yield page.front.problem(at, message, hint)


def long_sentences(text: str) -> Iterator[tuple[str, str]]:
    """Say of each sentence that is too long what is wrong, and the cure."""
    for sentence in sentences(re.sub(r"“[^”]{1,80}”", "it", text)):
        count = len(words(sentence))
        if count > MAX_WORDS:
            yield f"a sentence has {count} words (“{sentence[:40]}…”)", f"split it; the limit is {MAX_WORDS}"


def reserved_in(text: str) -> list[str]:
    """Find the phrases of advertising in a text."""
    # A question may ask what a statement may not say; it reaches back to the mark before it and no further.
    statement = _QUESTION.sub("", text.casefold())
    return [phrase for phrase in RESERVED if phrase in statement]


def claims_stay_in_their_boxes(page: Page) -> Iterator[Problem]:
    """What only an advertisement would say stands nowhere in the guide's own voice."""
    hint = "say it in a clinic box with evidence after it, or take it out"
    for passage in page.passages:
        if passage.block not in {"clinic", "evidence"}:
            for message, _hint in advertising(passage.text):
                hint = "say it in a clinic box with evidence after it, or take it out"
                yield page.problem(passage.line, message, hint)
    for at, value in _told_of(page):
        for message, hint in advertising(value):
            yield page.front.problem(at, message, hint)


def advertising(text: str) -> Iterator[tuple[str, str]]:
    """Say of each reserved phrase in a text what is wrong, and the cure."""
    # A question may ask what a statement may not say; it reaches back to the mark before it and no further.
    statement = _QUESTION.sub("", text.casefold())
    for phrase in RESERVED:
        if re.search(rf"\b{re.escape(phrase)}\b", statement):
            yield f"'{phrase}' stands outside a clinic box", "take it out; only a claim of the clinic may say it"


def _told_of(page: Page) -> Iterator[tuple[Location, str]]:
    """What a page says of itself in menus, in search results and where it is shared."""
    for name in ("title", "description"):
        if isinstance(value := page.front.content.get(name), str):
            yield (name,), value


def numbers_have_sources(page: Page) -> Iterator[Problem]:
    """A number about people means something only with its source beside it."""
    for index, passage in enumerate(page.passages):
        if passage.kind == "heading" or passage.block == "clinic" or passage.text.endswith("?"):
            continue
        found = _COUNT.search(passage.text)
        near = passage.source + (page.passages[index + 1].source if index + 1 < len(page.passages) else "")
        if found and "cite(" not in near:
            hint = 'write {{ cite("R01") }} after it, with the right reference'
            yield page.problem(passage.line, f"the number '{found[0]}' has no source", hint, at=found[0])


def pictures_have_words(page: Page) -> Iterator[Problem]:
    """A picture without words is lost to people who cannot see it."""
    for number, line in enumerate(page.body.split("\n"), start=page.first_line):
        if _IMAGE_WITHOUT_WORDS.search(line):
            yield page.problem(number, "a picture has no words", "write what it shows between the square brackets")


def terms_are_explained(page: Page) -> Iterator[Problem]:
    """At its first use on a page, a technical word has plain words or a glossary link beside it."""
    if page.path.endswith(("glossary.md", "references.md")) or "/about/" in page.path:
        return
    prose = [p for p in page.passages if p.kind in {"paragraph", "item", "row"} and p.block != "clinic"]
    text = "\n".join(p.text for p in prose).lower()
    for name, term in page.guide.glossary.items():
        spellings = [name, *term.also]
        # Most terms stand on few pages, and to find that out is quick.
        if not any(spelling.lower() in text for spelling in spellings):
            continue
        pattern = _any_of(*spellings)
        first = next((p for p in prose if pattern.search(p.text)), None)
        if first is None:
            continue
        beside = first.source.casefold()
        anchor = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
        helps = [term.plain, *term.search]
        if f"glossary.md#{anchor}" not in beside and not any(word.casefold() in beside for word in helps):
            used = pattern.search(first.text)[1]  # type: ignore[index]
            hint = f"write '{term.plain}' beside it, or link to glossary.md#{anchor}"
            yield page.problem(first.line, f"'{used}' is not explained", hint, at=used)


@functools.cache
def _any_of(*spellings: str) -> re.Pattern[str]:
    # WHO is not who.
    forms = (
        re.escape(one) if one.isupper() else f"(?i:{re.escape(one)})"
        for one in sorted(spellings, key=len, reverse=True)
    )
    return re.compile(r"\b(" + "|".join(forms) + r")\b")


def reviews_are_counted(page: Page) -> Iterator[Problem]:
    """No sentence about reviews outlives the first one."""
    for passage in page.passages:
        if found := _HARD_CODED.search(passage.text):
            message = f"'{found[0]}' stops being true with the first review"
            yield page.problem(passage.line, message, "write {{ review_status() }}, which keeps up with them")


def counts_keep_up(page: Page) -> Iterator[Problem]:
    """'Ten options' is wrong from the day on which an option is added, and nobody looks for it."""
    questions = sum(passage.kind == "heading" and passage.text.endswith("?") for passage in page.passages)
    true = {"options": len(page.guide.options), "methods": len(page.guide.methods()), "questions": questions}
    told: list[tuple[Location, str, int]] = [(at, text, 1) for at, text in _told_of(page)]
    told += [((), passage.text, passage.line) for passage in page.passages if passage.kind != "heading"]
    for at, text, line in told:
        for found in _COUNTED.finditer(text):
            number, there = _NUMBER_WORDS.get(found[1].casefold()) or int(found[1]), true[found[2]]
            # One more or one less: other numbers speak of something else.
            if abs(number - there) == 1 and number > 1:
                message, hint = f"says '{found[0]}', and there are {there}", "mend the number, or say it without one"
                yield page.front.problem(at, message, hint) if at else page.problem(line, message, hint, at=found[0])


def pages_differ(pages: Iterable[Page]) -> Iterator[Problem]:
    """A title or a description that two pages share was copied with the page."""
    seen: dict[tuple[str, str], str] = {}
    for page in pages:
        for (field,), text in _told_of(page):
            first = seen.setdefault((str(field), text.casefold()), page.path)
            if first != page.path:
                yield page.front.problem((field,), f"the {field} is that of {first}", "write one of this page’s own")


def words_are_clean(page: Page, faulty: Collection[int] = ()) -> Iterator[Problem]:
    """What is printed as it stands, written twice or cannot be, is a slip in a page as in the data.

    Where one of the ``faulty`` lines stands, what looks like a slip may be what is left of a link or a macro.
    """
    for passage in page.passages:
        bare = blanked(passage.source)
        lines = range(passage.line, passage.line + bare.count("\n") + 1)
        if re.fullmatch(r"[|:\- ]+", bare) or any(line in faulty for line in lines):
            continue
        found = list(slips(bare, "page"))
        for slip in found:
            above = bare.count("\n", 0, slip.at)
            column = slip.at - (bare.rfind("\n", 0, slip.at) + 1) + 1
            yield Problem(page.path, passage.line + above, column, slip.message, slip.hint)
        if not found and passage.kind == "paragraph" and passage.block != "clinic" and passage.text:
            yield from _whole_sentences(page, passage)
    for at, value in _told_of(page):
        for slip in slips(value, "name"):
            yield page.front.problem(at, slip.message, slip.hint, inside=slip.at)


def _whole_sentences(page: Page, passage: Passage) -> Iterator[Problem]:
    """A paragraph that begins small or does not end was cut, or its other half went."""
    if passage.text[0].islower():
        hint = f"begin it with '{passage.text[0].upper()}'"
        yield page.problem(passage.line, f"a paragraph begins with a small letter (“{passage.text[:30]}…”)", hint)
    last = passage.source.rstrip().rpartition("\n")[2]
    if not re.search(r"[.!?:…)”’|}*]$|///$|^[> ]*[–—]", last) and not re.search(r"[.!?:…] ?†$", last):
        message = f"a paragraph ends without a full stop (“…{passage.text[-30:]}”)"
        yield page.problem(passage.line, message, "end its last sentence")


CHECKS: tuple[Callable[[Page], Iterator[Problem]], ...] = (
    macros_are_known,
    markup_is_plain,
    markdown_means_what_was_meant,
    boxes_are_whole,
    headings_make_an_outline,
    sentences_are_short,
    claims_stay_in_their_boxes,
    numbers_have_sources,
    counts_are_those_of_the_study,
    pictures_have_words,
    terms_are_explained,
    reviews_are_counted,
    counts_keep_up,
)
