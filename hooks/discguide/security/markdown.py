"""What a page's Markdown may not hold, because it would become markup or an address that nobody reviewed.

The rules are as simple as they can be, so that no reading of Markdown can differ from ours: no ``<`` and no entity
at all, no braces but a macro's and a heading's id, links to pages of the guide, to https or to a telephone number only,
headings and code samples written in one way. They look at the file as it stands, code samples included.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from discguide.problems import Problem
from discguide.text import long_gaps

MAX_CHARACTERS = 20_000
"""Twice the longest page. Reading Markdown takes time that grows with the square of some pages' size."""
MAX_BLOCK = 120
"""Lines without a blank one between them; the reader of Markdown goes through them again and again."""
MAX_LINE = 2_000
"""A long paragraph; more on one line is no paragraph."""
MAX_RUN = 80
"""The same mark so many times in one line draws a line at most; thousands of them keep Markdown busy for hours."""
MAX_BRACKETS = 1_000_000
"""Square brackets times the characters of their block, over a page: a hundred times what the fullest page has.
Markdown goes through the rest of the block for each that has no partner, and what it takes for one we need not know."""

INSIDE = r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.(?:md|html)(?:#[a-z0-9][a-z0-9_-]*)?|#[a-z0-9][a-z0-9_-]*"
"""A link inside the guide: a page, a place on a page, or both."""
MAX_MACROS = 40
"""Four times as many pieces as the longest page has; each can be as large as the whole comparison."""

OUTSIDE = r"https://(?:(?!xn--)[a-z0-9-]+\.)+(?!xn--)[a-z]{2,}(?:[/?#][A-Za-z0-9/._~?#&=%+,;:@!$*()-]*)?"
"""A link to elsewhere: encrypted, to a name in plain letters (xn-- hides others), without a user's name in it."""
TELEPHONE = r"tel:\+?[0-9]{3,15}"
"""A number to call, without the signs and the settings (;ext=, ?) with which a telephone could do more than dial it."""

_NUMBER = re.compile(TELEPHONE)
_STOPS = tuple(".,;:")
_TARGET = re.compile(r"(?:[^()]|\([^()]*\))*(?=\))|[^\s)]*")
"""What stands between a link's brackets, which may hold brackets of its own."""
_WRONG_TARGETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"(?i)^tel:"),
        "write ](tel:119): tel: and the number in digits alone, with a + before a country's code",
    ),
    (re.compile(r"(?i)^mailto:|^[^/:]+@"), "e-mail links are not used; write the address as plain words"),
    (re.compile(r"[\"“”]"), "take the words in quotes out; a link has an address alone"),
    (re.compile(r"(?i)^http://"), "begin it with https://"),
    (
        re.compile(r"(?i)^www\.|^[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|uk|jp|de|eu|info)\b"),
        "begin it with https://",
    ),
    (re.compile(r"^https://.*[.,;:]$"), "put the mark at its end behind the bracket"),
    (re.compile(r"^https://[^\s]*[^\x00-\x7f]"), "copy it from the address bar, where such letters stand as %C3%BC"),
    (
        re.compile(r"^https://\S*$"),
        "write %28 and %29 for a bracket without a partner, and no signs but those of an address",
    ),
    (re.compile(r"\s"), "take the spaces out; an address has none"),
    (
        re.compile(r"(?i)^(?:\.?/|\.\./)*[\w/-]+\.md(?:#.*)?$"),
        "write it in small letters, as seen from this page, without / or ./ before it",
    ),
    (re.compile(r"^[a-z0-9/-]+(?:#.*)?$"), "write the name of a page with its .md at the end"),
)
"""Addresses that editors write and a link may not have, with the reason; the first that fits is told."""
_SAYS_NOTHING = re.compile(
    r"(?i)(?:click |tap |see |read )?(?:here|this|this (?:page|link|site)|link|more|read more|page)"
)
_LINK = re.compile(rf"(?:\.\./)*(?:{INSIDE})\)|(?:\.\./)*data/[a-z0-9.-]+\)|{OUTSIDE}\)|{TELEPHONE}\)")
LAYOUTS = ("questions", "numbers", "values", "ways-in")
"""The looks that a page may ask for, on a line of its own below a list: { .values }."""
_BRACES = re.compile(
    r"\{\{[^{}\n]*\}\}|\{% (?:end)?raw %\}|(?<=[\w?.!)] )\{#[a-z][a-z0-9-]*\}$|^\{ \.(?:"
    + "|".join(LAYOUTS)
    + r") \}$",
    re.MULTILINE,
)
"""The four uses of braces: a macro, a macro shown as text, a heading's id, a look."""
_LONG_MACRO = re.compile(r"\{\{[^{}]*\n[^{}]*\}\}")
_ONE_BRACE = re.compile(r"(?<!\{)\{ *([a-z_]+\([^(){}]*\)) *\}(?!\})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *$")
_LATE_HEADING = re.compile(r"(?:[ >]|[-*+:](?= )|\d+\.(?= ))+#")
"""A heading inside a list or a quotation: Markdown makes it one, the checks of headings do not see it."""
_ENTITY = re.compile(r"&(?:#\w+|[A-Za-z][A-Za-z0-9]*);")
_FENCE = re.compile(r"```[a-z]*")
_LINK_WORDS = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^\s)]*)")
_LIKE_AN_ADDRESS = re.compile(r"://|(?i:www\.)|[\w-]\.(?!md\b|yml\b|json\b|svg\b)[a-z]{2,}\b")
_SHOWN_MACRO = re.compile(r"\{% raw %\}.*?\{% endraw %\}")
_PIECE = re.compile(r"\{\{ *(?!(?:cite|icon|review_status)\()[a-z_]+\([^{}]*\}\}")
"""A macro that prints more than a mark or a sentence in a line."""
_PICTURE = re.compile(r"!\[(?!\s*\])")
_DEFINITION = re.compile(r"\]:")
_REFERENCE_LINK = re.compile(r"\][ \n]?\[")
_BOX = re.compile(r" {0,3}/// *(?:[a-z]+ *(?:\|.*)?)?")
_RUN = re.compile(rf"([^\w\s])\1{{{MAX_RUN},}}|([^\w\s])(?:[ ]?\2){{{MAX_RUN},}}")


def check_size(path: str, body: str, first_line: int) -> Iterator[Problem]:
    """Check what would keep the later checks busy; they must not see a page that fails here."""
    if len(body) > MAX_CHARACTERS:
        hint = f"part it into pages of at most {MAX_CHARACTERS} characters"
        yield Problem(path, first_line, 1, f"the page has {len(body)} characters", hint)
        return
    yield from long_gaps(body, path, first_line)
    yield from _crowded_brackets(path, body, first_line)
    together = 0
    for number, line in enumerate(body.split("\n"), start=first_line):
        together = together + 1 if line.strip() else 0
        if together == MAX_BLOCK + 1:
            message = f"more than {MAX_BLOCK} lines stand together"
            yield Problem(path, number, 1, message, "put blank lines between paragraphs")
        run = None if len(line) > MAX_LINE else _RUN.search(line)
        if len(line) > MAX_LINE:
            hint = f"part it into paragraphs of at most {MAX_LINE}"
            yield Problem(path, number, 1, f"a line has {len(line)} characters", hint)
        elif run:
            message = f"repeats '{run[1] or run[2]}' many times"
            yield Problem(path, number, run.start() + 1, message, "write it fewer times")


def _crowded_brackets(path: str, body: str, first_line: int) -> Iterator[Problem]:
    work, line = 0, first_line
    for block, lines in itertools.groupby(body.split("\n"), key=lambda line: bool(line.strip())):
        text = "\n".join(lines)
        work += text.count("[") * len(text) if block else 0
        if work > MAX_BRACKETS:
            message = "the page has so many square brackets close together that reading them takes long"
            yield Problem(path, line, 1, message, "take some of them out, or put blank lines between them")
            return
        line += text.count("\n") + 1


def check_markup(path: str, body: str, first_line: int) -> Iterator[Problem]:
    """Check one page's body; every fault has its line."""
    lines = body.split("\n")
    long_macros = list(_LONG_MACRO.finditer(body))
    bare = _BRACES.sub("", _LONG_MACRO.sub(lambda macro: re.sub(r"[{}]", " ", macro[0]), body)).split("\n")
    for macro in long_macros:
        above = body.count("\n", 0, macro.start())
        column = macro.start() - body.rfind("\n", 0, macro.start())
        yield Problem(path, first_line + above, column, "a macro runs over the end of its line", "write it on one line")
    for number, (line, plain) in enumerate(zip(lines, bare, strict=True)):
        for column, message, hint in (*_line_faults(line, plain), *_link_faults(line)):
            yield Problem(path, first_line + number, column + 1, message, hint)
    for number, column, message, hint in (*_outline_faults(lines), *_piece_faults(lines)):
        yield Problem(path, first_line + number, column + 1, message, hint)
    yield from _box_options(path, lines, first_line)


def _line_faults(line: str, plain: str) -> Iterator[tuple[int, str, str]]:
    if "<" in line:
        hint = "write it in words; a page needs no HTML, and 'less than' reads better aloud"
        yield line.index("<"), "has '<', which begins HTML", hint
    if line.count("[") != line.count("]"):
        yield max(line.find("["), 0), "a square bracket has no partner on its line", "write both, or neither"
    entity = _ENTITY.search(line)
    if entity:
        yield entity.start(), f"has '{entity[0]}', which stands for a character", "type the character, or use words"
    if "[TOC]" in line:
        yield line.index("[TOC]"), "asks for a list of contents", "take [TOC] out; every page has its list"
    brace = re.search(r"[{}]", plain)
    if brace:
        hint = f'use {{{{ name("id") }}}}, {{#own-id}} at the end of a heading, or {{ .{LAYOUTS[0]} }} below a list'
        if macro := _ONE_BRACE.search(line):
            hint = f"write {{{{ {macro[1]} }}}}, with two brackets on each side"
        yield max(line.find(brace[0]), 0), f"has '{brace[0]}', which may set attributes", hint
    picture = _PICTURE.search(line)
    if picture:
        yield picture.start(), "a picture that is not one of the guide's", 'write {{ figure("name") }}'
    if _DEFINITION.search(line) or _REFERENCE_LINK.search(line):
        if note := re.match(r" *(?:\[\^|\*\[)", line):
            kind = "a footnote" if "^" in note[0] else "an abbreviation"
            yield 0, f"{kind} is not printed here", "put its words in the sentence"
        else:
            yield 0, "a link's address stands apart from its words", "write [words](page.md) in one piece"


def _link_faults(line: str) -> Iterator[tuple[int, str, str]]:
    for found in re.finditer(r"\]\(", line):
        target = _TARGET.match(line, found.end())[0]  # type: ignore[index]
        if not _LINK.match(line, found.end()) or target.count("(") != target.count(")") or target[-1:] in _STOPS:
            yield found.start(), f"a link leads to '{target[:60]}'", _how_to_link(target)
    for link in _LINK_WORDS.finditer(line):
        words, address = link.groups()
        if not re.search(r"\w", words) or "{{" in words:
            yield link.start(), "a link has no words of its own", "write [words that say where it leads](page.md)"
        elif _SAYS_NOTHING.fullmatch(words):
            yield link.start(), f"a link's words '{words}' do not say where it leads", "write what stands there"
        elif _NUMBER.fullmatch(address) and re.sub(r"[^+0-9]", "", words) != address.removeprefix("tel:"):
            hint = f"write the number itself, like [{address.removeprefix('tel:')}]({address})"
            yield link.start(), f"a link's words '{words[:40]}' are not the number that it dials", hint
        elif _LIKE_AN_ADDRESS.search(words) and not address.removeprefix("https://").startswith(words):
            hint = "write what the page is called, or the very address it leads to"
            yield link.start(), f"a link's words '{words[:40]}' look like an address", hint


def _how_to_link(target: str) -> str:
    """Name what is wrong with an address that a link may not have."""
    return next(
        (hint for form, hint in _WRONG_TARGETS if form.search(target)),
        "write ](page.md), ](page.md#place) or ](https://…), without quotes or blanks in it",
    )


def _outline_faults(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """Find code samples and headings that Markdown and our checks could part differently."""
    opened: int | None = None
    for number, line in enumerate(lines):
        if "```" in line or "~~~" in line:
            whole = "```" if opened is not None else _FENCE
            if re.fullmatch(whole, line):
                opened = None if opened is not None else number
            else:
                hint = "begin and end it with ``` alone on a line; the beginning may name a language"
                yield number, 0, "a code sample is not marked the usual way", hint
        elif opened is None:
            under_words = number > 0 and lines[number - 1].strip()
            if _UNDERLINE.match(line) and ("=" in line or under_words):
                yield number, 0, "a heading is underlined", "write ## before its words"
            if _LATE_HEADING.match(line):
                yield number, line.index("#"), "a heading does not begin its line", "write ## where the line begins"
    if opened is not None:
        yield opened, 0, "a code sample has no end", "end it with a line of ```"


def _piece_faults(lines: list[str]) -> Iterator[tuple[int, int, str, str]]:
    """Keep each piece that a macro makes whole: among words, Markdown would read the piece's inside as Markdown."""
    seen: set[str] = set()
    for number, line in enumerate(lines):
        for piece in _PIECE.finditer(_SHOWN_MACRO.sub("", line)):
            shown = "".join(piece[0].split())
            around = [lines[at].strip() for at in (number - 1, number + 1) if 0 <= at < len(lines)]
            if piece[0] != line.rstrip() or any(near and not near.startswith("///") for near in around):
                hint = "put it on a line of its own, with a blank line before and after"
                yield number, max(line.find("{{"), 0), f"{piece[0][:60]} stands among words", hint
            elif shown in seen:
                yield number, 0, f"{piece[0][:60]} stands here a second time", "take one of the two out"
            seen.add(shown)
            if len(seen) == MAX_MACROS + 1:
                hint = "part the page into several"
                yield number, 0, f"the page has more than {MAX_MACROS} pieces made by macros", hint


def _box_options(path: str, lines: list[str], first_line: int) -> Iterator[Problem]:
    """A box takes a title and no settings: its settings could give it any attribute."""
    for number, line in enumerate(lines):
        slashes = line.find("///")
        if slashes < 0:
            continue
        if not _BOX.fullmatch(line):
            hint = "begin a box with /// note or /// note | Its title, and end it with ///"
            yield Problem(path, first_line + number, slashes + 1, "slashes that are not a box of their own", hint)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if following.startswith("    ") and following.strip():
            hint = "begin the line without spaces; a box takes a title and no settings"
            yield Problem(path, first_line + number + 1, 1, "a box is followed by an indented line", hint)
