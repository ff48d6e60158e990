"""Where Markdown makes something else of a line than its editor meant.

Markdown never complains: a star too many is printed, a list without an empty line before it becomes a sentence,
four spaces too many make a code sample. Linters for Markdown follow other dialects than the one that builds these
pages (a box is unknown to them, a list needs other indents), so each rule here is one that was seen to matter in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from discguide.content.passages import Passage
from discguide.problems import Problem

_ITEM = re.compile(r" *(?P<mark>[-*+]|\d+\.) +\S")
_NEARLY_ITEM = re.compile(r" *(?P<mark>[•·‣◦–—]|\d{1,2}\)|[-+](?=[^\W\d]))")
_DASHES = re.compile(r"\|?(?: *:?-+:? *\|)+(?: *:?-+:?)? *")
_HEADING = re.compile(r"(?P<before> *)(?P<marks>#{1,6})(?P<after> *)(?P<words>[^#\s].*?)(?: \{#[^{}]*\})? *")
_BOLD_ALONE = re.compile(r"\*\*(?P<words>[^*]+)\*\*[.:]?")
_DEFINED = re.compile(r" *\*\[[^\]]*\]:")
"""What other dialects take for an abbreviation; it is told elsewhere."""
_NESTED_QUOTE = re.compile(r" *> *>")
_FIXED_SPACE = re.compile(r"(?: *(?:[-*+]|\d{1,2}\.|#{1,6})|)\u00a0")
_ESCAPED = re.compile(r"\\[^a-zA-Z0-9\s]")
_SAMPLE = re.compile(r"`[^`]*`")
_MACRO_OR_ADDRESS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\]\((?:[^()\s]|\([^()\s]*\))*\)")
_BARE_ADDRESS = re.compile(r"(?<!\[)(?<!\]\()\b(?:https?://|(?<!//)www\.|tel:(?=[+\d]))[^\s)\]]+")
_REVERSED = re.compile(r"\((?P<words>[^()]+)\)\[(?P<address>[^\[\]\s]+)\]")
_PARTED = re.compile(
    r"\[(?P<words>[^\[\]]+)\](?P<gap> +)\((?P<address>[^()\s]*\.md[^()\s]*|#[^()\s]*|(?:https?|tel):[^()\s]*)\)"
)
_EMPHASIS = (
    re.compile(r"\*\*(?=\S)[^*]+(?<=\S)\*\*"),
    re.compile(r"\*(?=\S)[^*]+(?<=\S)\*"),
    re.compile(r"(?<!\w)_(?=\S)[^_]+(?<=\S)_(?!\w)"),
)
_LEFT_OVER = re.compile(r"\*+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)|`+")

Slip = tuple[int, str, str]
"""Column, what is wrong, what to write instead."""


@dataclass(frozen=True, slots=True)
class _Count:
    """How a list is numbered: by its first item, as Markdown does."""

    ordered: bool = False
    items: int = 0
    ones: bool = True

    def after(self, line: str) -> _Count:
        """Count one more item."""
        mark = _ITEM.match(line)["mark"]  # type: ignore[index]
        ordered = mark[0].isdigit() if not self.items else self.ordered
        return _Count(ordered, self.items + 1, self.ones and mark == "1.")

    def slip(self, line: str) -> tuple[str, str] | None:
        """Tell when an item would be printed with another mark than it has."""
        mark = _ITEM.match(line)["mark"]  # type: ignore[index]
        number = int(mark[:-1]) if mark[0].isdigit() else 0
        if not self.items:
            hint = "begin with 1., or with a word; to go on with a list above, begin what parts them with 4 spaces"
            return (f"'{mark}' would be printed as '1.'", hint) if number > 1 else None
        if self.ordered and number != self.items + 1 and not (self.ones and number == 1):
            hint = f"write '{self.items + 1}.', or begin it with 4 more spaces to set it below the item above"
            return f"'{mark}' would be printed as '{self.items + 1}.'", hint
        return (
            (f"'{mark}' would be printed as a dot", "write '-', as above it") if number and not self.ordered else None
        )


@dataclass(slots=True)
class _Place:
    """What stands above a line: the kind of the line before, the list and the table it may belong to."""

    before: str = ""
    list_at: int | None = None
    cells: int = 0
    rows: int = field(default=0)
    quoted: bool = False
    counts: dict[int, _Count] = field(default_factory=dict)
    """By their indent, the lists that are open."""

    def move(self, kind: str, line: str) -> None:
        """Step past a line."""
        self.quoted = line.startswith(">") or (self.quoted and not kind)
        if kind == "item":
            # A list that is a little off is meant to stand at the next step; its other items are judged from there.
            self.list_at = -(-_indent(line) // 4) * 4
            self.counts = {at: count for at, count in self.counts.items() if at <= self.list_at}
            self.counts[self.list_at] = self.counts.get(self.list_at, _Count()).after(line)
        elif kind in {"heading", "box"} or (kind == "text" and not line.startswith(" ") and self.before == ""):
            self.list_at = None
            self.counts = {}
        self.rows = self.rows + 1 if kind == "row" else 0
        inside = self.before == "item" or (self.list_at is not None and line.startswith(" "))
        self.before = "item" if kind == "text" and inside else kind


def check_slips(path: str, body: str, first_line: int, passages: tuple[Passage, ...]) -> Iterator[Problem]:
    """Check one page's body; ``told`` are its passages."""
    lines = body.split("\n")
    place, fence = _Place(), 0
    for number, line in enumerate(lines, start=first_line):
        if line.strip().startswith("```"):
            fence = 0 if fence else number
            place = _Place("text" if fence else "")
        elif not fence:
            kind = _kind(line)
            after = lines[number - first_line + 1] if number - first_line + 1 < len(lines) else ""
            for column, message, hint in (*_shape(line, kind, after, place), *_links(line)):
                yield Problem(path, number, column + 1, message, hint)
            place.move(kind, line)
    for passage in passages:
        if not _DEFINED.match(passage.source):
            yield from _emphasis(path, passage)


def _kind(line: str) -> str:
    stripped = line.strip()
    if not stripped:
        return ""
    if stripped.startswith("///"):
        return "box"
    if stripped.startswith("#"):
        return "heading"
    if stripped.startswith("|"):
        return "row"
    return "item" if _ITEM.match(line) else "text"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shape(line: str, kind: str, after: str, place: _Place) -> Iterator[Slip]:
    if found := _FIXED_SPACE.match(line):
        yield found.end() - 1, "a fixed space (as Word makes them) stands here", "delete it and type a space"
    elif kind == "heading":
        yield from _heading(line)
    elif kind == "row":
        yield from _row(line, after, place)
    elif kind == "item" and place.before == "text":
        yield _indent(line), "a list begins right below a line of text", "leave an empty line above it"
    elif kind == "item" and place.list_at is not None and _indent(line) not in {*range(0, place.list_at + 5, 4)}:
        up = min(-(-_indent(line) // 4) * 4, place.list_at + 4)
        hint = f"begin it with {up} spaces to set it below the item above, or with {max(0, up - 4)}"
        yield 0, f"a list item begins with {_indent(line)} spaces", hint
    elif kind == "item" and (slip := place.counts.get(_indent(line), _Count()).slip(line)):
        yield _indent(line), *slip
    elif kind in {"item", "text"} and place.before != "text" and _indent(line) >= (place.list_at or 0) + 4:
        if place.list_at is None or (kind == "text" and _indent(line) >= place.list_at + 8):
            yield 0, f"{_indent(line)} spaces at its start make this line a code sample", "delete them"
    elif kind == "text" and (nearly := _NEARLY_ITEM.match(line)) and not (place.quoted and nearly["mark"] in "–—"):
        yield nearly.start("mark"), f"'{nearly['mark']}' does not begin a list item", "write '- ' or '1. ' instead"
    elif kind == "text" and (nested := _NESTED_QUOTE.match(line)):
        yield nested.end() - 1, "a quotation stands in a quotation", "keep one > at the beginning of the line"
    elif kind == "text" and not place.before and not after.strip() and (bold := _BOLD_ALONE.fullmatch(line.strip())):
        hint = f"write ## {bold['words'].rstrip('.:')}, or make the words part of a sentence"
        yield 0, "bold words stand alone, like a heading that is none", hint


def _heading(line: str) -> Iterator[Slip]:
    found = _HEADING.fullmatch(line)
    if not found:
        return
    if found["before"] or not found["after"]:
        message = "spaces stand before a heading’s #" if found["before"] else "a heading has no space after its #"
        yield 0, message, f"write {found['marks']} {found['words']}"
    if found["words"][-1] in ".,:":
        yield found.end("words") - 1, f"a heading ends with '{found['words'][-1]}'", "take it out"


def _row(line: str, after: str, place: _Place) -> Iterator[Slip]:
    cells = len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) + 1
    if place.before == "text":
        yield _indent(line), "a table begins right below a line of text", "leave an empty line above it"
    if place.rows == 0:
        place.cells = cells
        if not _DASHES.fullmatch(after.strip()):
            hint = f"write |{'---|' * cells} there"
            yield 0, "the line below a table’s first row is not one of dashes", hint
    elif place.rows == 1 and ":" in line:
        hint = f"write |{'---|' * cells}; columns stand as all tables here do"
        yield line.index(":"), "a table’s line of dashes has colons", hint
    elif cells != place.cells:
        hint = f"give every row {place.cells}; an empty cell is | |"
        yield 0, f"a row of a table has {cells} cells, its first row {place.cells}", hint


def _links(line: str) -> Iterator[Slip]:
    bare = _blank(_blank(line, _SAMPLE), _MACRO_OR_ADDRESS)
    if found := _PARTED.search(bare):
        hint = f"write [{found['words']}]({found['address']})"
        yield found.start("gap"), "a space parts a link’s words from its address", hint
    elif found := _REVERSED.search(bare):
        hint = f"write [{found['words']}]({found['address']})"
        yield found.start(), "a link has its brackets the wrong way round", hint
    elif found := _BARE_ADDRESS.search(bare):
        address = found[0].rstrip(".,;:")
        words = address.removeprefix("tel:") if address.startswith("tel:") else "words"
        yield found.start(), "an address stands without words", f"write [{words}]({address})"


def _emphasis(path: str, passage: Passage) -> Iterator[Problem]:
    bare = _blank(_blank(_blank(passage.source, _ESCAPED), _SAMPLE), _MACRO_OR_ADDRESS)
    if _ITEM.match(bare):
        bare = re.sub(r"[*]", " ", bare[: _indent(bare) + 1]) + bare[_indent(bare) + 1 :]
    for pair in _EMPHASIS:
        bare = _blank(bare, pair)
    if found := _LEFT_OVER.search(bare):
        above = bare.count("\n", 0, found.start())
        column = found.start() - (bare.rfind("\n", 0, found.start()) + 1) + 1
        mark = found[0][:2]
        hint = f"write {mark}words{mark} without spaces inside, or take it out"
        yield Problem(path, passage.line + above, column, f"'{found[0][:4]}' has no partner", hint)


def blanked(source: str) -> str:
    """Blank out what is not words (samples, macros, addresses, escaped marks); every letter keeps its place."""
    for pattern in (_ESCAPED, _SAMPLE, _MACRO_OR_ADDRESS):
        source = pattern.sub(lambda found: re.sub(r"[^\n]", "·", found[0]), source)
    return source


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """Take out what a pattern finds, and keep the place of everything else."""
    return pattern.sub(lambda found: re.sub(r"\S", "x", found[0]), text)
