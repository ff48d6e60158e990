"""(IO) Text files, and the characters that may stand in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from discguide.problems import Problem, ProblemsFound

MAX_BYTES = 2_000_000
"""Larger than any data file an editor would keep by hand; stops a file made to exhaust memory."""
MAX_EMPTY = 2
"""Empty lines in a row; thousands of them would push the rest of a change out of a reviewer's sight."""
_HIDDEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
"""Unicode's words for: control, format, private, unassigned, half a character, line and paragraph separator."""
_OURS = " -~\u00a0-\u00ac\u00ae-\u017f\u1ea0-\u1ef9αβγδεθκλμπστφχψωΔΣΩ–—‘’“”„…†‡•′″‰\u2009\u202f−≈≠≤≥→←↑↓⅓⅔∞√₀-₉⁰⁴-⁻€™"
"""The letters of Latin alphabets and the signs of medical writing, as the book's font has them. Other letters can
look like these and be something else, so that neither a reader nor a check sees what is written."""
JAPANESE = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
"""Kana and Han letters, for the one file whose words are typed and compared and never shown."""

CITATION = re.compile(r"\[(R\w+)\]")
"""How editors cite a record of ``references.yml`` in a sentence."""


def without_citations(text: str) -> str:
    """Leave the sentence for readers who cannot follow a citation."""
    return re.sub(rf"\s*{CITATION.pattern}", "", text)


def slug(text: str) -> str:
    """Make an anchor from words, as the table of contents does."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def read_text(path: Path, shown: str, letters: str = "") -> str:
    """Read a text file, refusing what no editor writes on purpose; ``letters`` may stand in it beside our own.

    Raises:
        ProblemsFound: the file is absent, too large, not UTF-8, or holds hidden control characters.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        hint = "put the file back, or make it readable"
        raise ProblemsFound([Problem(shown, 1, 1, f"cannot be read ({error.strerror})", hint)]) from None
    return decode(raw, shown, letters)


def decode(raw: bytes, shown: str, letters: str = "") -> str:
    """Read the bytes of a text file as ``read_text`` does."""
    if len(raw) > MAX_BYTES:
        raise ProblemsFound([Problem(shown, 1, 1, f"is larger than {MAX_BYTES} bytes", "split or shorten it")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ProblemsFound([Problem(shown, line, 1, "is not UTF-8 text", "save the file as UTF-8")]) from None
    text = text.replace("\r\n", "\n")
    faults = list(hidden_characters(text, shown, letters))
    if faults:
        raise ProblemsFound(faults)
    return text


def hidden_characters(text: str, shown: str, letters: str = "") -> Iterator[Problem]:
    """Find characters that hide, turn around or only look like others, so that what is reviewed is what is read."""
    strange = re.compile(f"[^{_OURS}{letters}]")
    for number, line in enumerate(text.split("\n"), start=1):
        for found in strange.finditer(line):
            character, column = found[0], found.start() + 1
            code = f"U+{ord(character):04X}"
            if character == "\t":
                yield Problem(shown, number, column, "has a tab", "use spaces")
            elif unicodedata.category(character) in _HIDDEN:
                message = f"has a hidden character ({code})"
                yield Problem(shown, number, column, message, "delete it and type the text again")
            else:
                name = unicodedata.name(character, "a sign without a name").casefold()
                hint = "type it anew as a plain letter or sign, or write it in words"
                yield Problem(shown, number, column, f"has a character that is not in our fonts ({code}, {name})", hint)


def long_gaps(text: str, shown: str, first_line: int = 1) -> Iterator[Problem]:
    """Find the first place where so many lines are empty that they could hide what follows."""
    empty = 0
    for number, line in enumerate(text.split("\n"), start=first_line):
        empty = 0 if line.strip() else empty + 1
        if empty > MAX_EMPTY:
            message = f"more than {MAX_EMPTY} empty lines stand together"
            yield Problem(shown, number, 1, message, "take out all but one")
            return
