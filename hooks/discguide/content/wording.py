"""Slips in the words themselves, wherever they stand: marks that would be printed, numbers that cannot be.

Pages and data are read by the same rules. Only what stands for a source differs: a page cites with a macro, the data
with an id in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from discguide.text import CITATION

Where = Literal["page", "data", "name", "source"]
"""A page's body, a sentence of the data, words that cannot cite (a title, a caption), or words about a source."""


class Slip(NamedTuple):
    """Where in the text (from 0), what is wrong, and what to write instead."""

    at: int
    message: str
    hint: str


_OUT = "take it out"
_PRINTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"~~[^~]*~~|~~"), "it strikes nothing out here; take the words out"),
    (
        re.compile(r"==[^=]*==|\^\^[^^]*\^\^|\+\+[^+]*\+\+|==|\^\^|\+\+|(?<=\w)~\w+~|(?<=\w)\^\w+\^?"),
        "write **words** to make them stand out, or say it",
    ),
    (re.compile(r"(?<![\w:]):[a-z_]+:(?!\w)"), _OUT),
    (re.compile(r"^(?:!!!|\?\?\?)(?= )|^:::", re.MULTILINE), "write a box: /// note, its words, and ///"),
    (re.compile(r"^(?:[a-z]\)|\([a-z\d]\))(?= )", re.MULTILINE), "write a list: '- ' or '1. ' before each item"),
    (re.compile(r"\\$", re.MULTILINE), "leave an empty line to begin a paragraph"),
    (re.compile(r"<?--+>?(?!\|)"), "write a dash (–) or words"),
    (re.compile(r"\b(?:TODO|FIXME|TBD|XXX+)\b|\?\?+"), "write what belongs there, or Unknown"),
)
"""Marks of other dialects of Markdown, and of unfinished work: all are printed as they stand."""
_MARKDOWN = re.compile(r"(\*+|`+)(?:[^*`]*\1)?|(?<!\w)_+(?=\w)(?:\w+_)?|\]\([^()\s]*\)")
"""What a page understands and the data does not."""
_BRACE = re.compile(r"\{+[^{}]*\}*|\}+")
_FILLED = frozenset({"{found}", "{other}", "{people}"})
"""Curly brackets that no value fills; the words of templates have names of their own, which are checked with them."""
_BRACKETS = re.compile(r"(?<!\])\[(?P<inside>[^\[\]]*)\](?!\()")
_IN_BRACKETS = {
    "^": "footnotes are not used here; put the words in the sentence",
    "!": "write a box: /// note, its words, and ///",
}
_ID = re.compile(r"(?<![\w/#-])[Rr]\d{1,3}b?(?![\w-])")
_LOOSE = re.compile(r"(?:\{+ *)?cite\(.*?\)(?: *\}+)?|\^\d+(?![\d^])")
_TWICE = re.compile(r"(?<![\w-])([A-Za-z]+)\s+\1(?![\w-])")
_OFTEN_TWICE = {"had", "that"}
_SPACING: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"(?<=[a-z]{2})[.!?](?=[A-Z][a-z])"), "no space stands after '{}'", "write a space between sentences"),
    (re.compile(r"(?<=[\w)”]) +[,.;:!?](?=\s|$)"), "a space stands before '{}'", "take the space out"),
    (re.compile(r"([!?,;:])\1+|(?<!\.)\.\.(?!\.)"), "'{}' stands there more than once", "keep one"),
)
_NUMBER = r"\d+(?:[.,]\d+)*"
_COUNT = re.compile(
    rf"(?<![\d.,–-])(?P<part>{_NUMBER}) (?:of|out of) (?:every )?(?P<whole>{_NUMBER})"
    r"(?!\d|[.,]\d| ?(?:million|billion|thousand))"
    r"(?P<people> (?:people|patients|adults|men|women|twins))?"
)
_GROUPED = re.compile(r"\d+|\d{1,3}(?:,\d{3})+|\d+\.\d+")
_ALL = re.compile(rf"(?<![\d.,])(?P<share>{_NUMBER}) ?(?:%|per cent) of\b")


def slips(text: str, where: Where) -> Iterator[Slip]:
    """Find the slips of a text, one in each place; of a page, samples, macros and addresses are blanked out before."""
    end = 0
    for slip, length in sorted(_all(text, where), key=lambda found: found[0].at):
        if slip.at >= end:
            yield slip
            end = slip.at + length


def _all(text: str, where: Where) -> Iterator[tuple[Slip, int]]:
    """Find every slip, and the length of what is wrong."""
    if where == "data":
        text = CITATION.sub(lambda cited: "·" * len(cited[0]), text)
    yield from _sources(text, where)
    if where != "page":
        for brace in (found for found in _BRACE.finditer(text) if found[0] not in _FILLED):
            yield _printed(brace, f"write a name that stands for a value, or {_OUT}")
        for mark in _MARKDOWN.finditer(text):
            yield _printed(mark, "write plain words; pages alone have marks")
    for pattern, cure in _PRINTED:
        for mark in pattern.finditer(text):
            yield _printed(mark, cure)
    for word in _TWICE.finditer(text):
        if word[1] not in _OFTEN_TWICE:
            yield Slip(word.start(), f"'{word[1]}' stands there twice", "take one out"), len(word[0])
    for pattern, message, cure in _SPACING:
        for mark in pattern.finditer(text):
            yield Slip(mark.start(), message.format(mark[0].strip()), cure), len(mark[0])
    yield from ((slip, 1) for slip in impossible_counts(text))


def _printed(mark: re.Match[str], cure: str) -> tuple[Slip, int]:
    return Slip(mark.start(), f"'{mark[0][:40]}' is printed as it stands", cure), len(mark[0])


def _sources(text: str, where: Where) -> Iterator[tuple[Slip, int]]:
    """A citation in the wrong dress looks real, leads nowhere, and is missing among the sources."""
    how = {"page": '{{{{ cite("{}") }}}}', "data": "[{}]"}.get(where, "")
    for mark in (*_BRACKETS.finditer(text), *_LOOSE.finditer(text), *_ID.finditer(text)):
        if where == "source" and not mark[0].startswith("["):
            continue
        ids = [key.upper().replace("B", "b") for key in _ID.findall(mark[0])]
        said = f"'{mark[0][:40]}' is no citation" if ids else f"'{mark[0][:40]}' is no link"
        if not ids and not mark[0].startswith("["):
            said = f"'{mark[0][:40]}' is printed as it stands"
        if ids and not how:
            hint = "take it out; only sentences cite"
        elif ids:
            hint = "write " + " ".join(how.format(key) for key in ids)
        else:
            hint = _IN_BRACKETS.get(mark[0][1:2]) or (f"cite as {how.format('R12')}, or {_OUT}" if how else _OUT)
        yield Slip(mark.start(), said, hint), len(mark[0])


def impossible_counts(text: str) -> Iterator[Slip]:
    """No part is more than its whole, no person counts as a fraction, and thousands are parted as in 1,309."""
    hint = "write a count of people, like 52 of 100 or 9 of 1,309"
    for count in _COUNT.finditer(text):
        part, whole = count["part"], count["whole"]
        points = text[count.end() :].lstrip().startswith("point") or "." in part
        if not _GROUPED.fullmatch(part) or not _GROUPED.fullmatch(whole) or ("." in whole and not points):
            yield Slip(count.start(), f"'{part} of {whole}' has a number that is not written the usual way", hint)
        elif count["people"] and "." in part + whole:
            yield Slip(count.start(), f"'{part} of {whole}' counts a part of a person", hint)
        elif _value(part) > _value(whole):
            yield Slip(count.start(), f"'{part} of {whole}' is more than there are", hint)
    for share in _ALL.finditer(text):
        if _GROUPED.fullmatch(share["share"]) and _value(share["share"]) > 100:
            yield Slip(share.start(), f"'{share[0]}' is more than there are", hint)


def _value(number: str) -> float:
    return float(number.replace(",", ""))
