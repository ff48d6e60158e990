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
_OURS = (
    " -~\u00a0-\u00ac\u00ae-\u017f\u1ea0-\u1ef9ƠơƯưȘșȚțαβγδεζηθκλμνπρστφχψωΔΣΩ"
    "–—‘’“”„…†‡•′″‰\u2009\u202f−≈≠≤≥→←↑↓⅓⅔∞√₀-₉⁰⁴-⁻€™"
)
"""The letters of Latin alphabets and the signs of medical writing, as the book's font has them. Other letters can
look like these and be something else, so that neither a reader nor a check sees what is written."""
_SAID_PLAINLY = {"℃": "write °C", "‐": "write a plain hyphen (-)", "‑": "write a plain hyphen (-)"}
JAPANESE = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff"
"""Kana and Han letters, for the one file whose words are typed and compared and never shown."""
NAMES = f"{JAPANESE}\uac00-\ud7a3"
"""Letters in which authors write their names, Korean ones too: shown on screen, and on paper in Latin letters."""
_LOOKS_LATIN = re.compile(r"[νρ](?=[a-z])|(?<=[a-z])[νρ]")
"""Two Greek letters that hide in a word as v and p."""

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
    faults = [*two_versions(text, shown), *hidden_characters(text, shown, letters)]
    if faults:
        raise ProblemsFound(faults)
    return text


def hidden_characters(text: str, shown: str, letters: str = "") -> Iterator[Problem]:
    """Find characters that hide, turn around or only look like others, so that what is reviewed is what is read."""
    if look := _LOOKS_LATIN.search(text):
        at, column = text.count("\n", 0, look.start()) + 1, look.start() - text.rfind("\n", 0, look.start())
        yield Problem(shown, at, column, f"has a Greek letter inside a word ({look[0]})", "type the word anew")
    strange = re.compile(f"[^{_OURS}{letters}](?: ?[^{_OURS}{letters}\t])*")
    for number, line in enumerate(text.split("\n"), start=1):
        tabs = 0
        for found in strange.finditer(line):
            character, column = found[0][0], found.start() + 1
            code = f"U+{ord(character):04X}"
            if character == "\t":
                tabs += 1
                if tabs == 1:
                    hint = "use spaces; a table is written | One | Two |" if line.count("\t") > 1 else "use spaces"
                    yield Problem(shown, number, column, "has a tab", hint)
            elif unicodedata.category(character) in _HIDDEN:
                message = f"has a hidden character ({code})"
                yield Problem(shown, number, column, message, "delete it and type the text again")
            elif len(found[0]) > 1 and _is_a_word(found[0]):
                hint = "write them in Latin letters, or say it in words"
                message = f"has letters that are not in our fonts ({found[0][:20]})"
                yield Problem(shown, number, column, message, hint)
            else:
                name = unicodedata.name(character, "a sign without a name").casefold()
                hint = _SAID_PLAINLY.get(character, "type it anew as a plain letter or sign, or write it in words")
                yield Problem(shown, number, column, f"has a character that is not in our fonts ({code}, {name})", hint)


def _is_a_word(run: str) -> bool:
    """Tell letters of another alphabet, which may be shown, from letters made to look like ours or to turn lines."""
    ours = re.match(r"LATIN (?!.* WITH )|MATHEMATICAL", unicodedata.name(run[0], "MATHEMATICAL"))
    same = unicodedata.normalize("NFKC", run) == run and not ours
    return same and all(unicodedata.bidirectional(c) in {"L", "WS"} for c in run)


def two_versions(text: str, shown: str) -> Iterator[Problem]:
    """Find the first mark that git leaves where it could not put two versions together."""
    if found := re.search(r"^(?:<{7}|>{7})(?: .*)?$", text, re.MULTILINE):
        hint = "keep one of the two, and take the lines <<<<<<<, ======= and >>>>>>> out"
        line = text.count("\n", 0, found.start()) + 1
        yield Problem(shown, line, 1, "is a mark of two versions that nobody put together", hint)


def long_gaps(text: str, shown: str, first_line: int = 1) -> Iterator[Problem]:
    """Find the first place where so many lines are empty that they could hide what follows."""
    empty = 0
    for number, line in enumerate(text.split("\n"), start=first_line):
        empty = 0 if line.strip() else empty + 1
        if empty > MAX_EMPTY:
            message = f"more than {MAX_EMPTY} empty lines stand together"
            yield Problem(shown, number, 1, message, "take out all but one")
            return
