"""Clinical reviews: how many pages have one, and whether a page still says what its reviewer read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from discguide.html_tree import parse, text_of
from discguide.problems import Problem
from discguide.security.macro_calls import Call, read_calls

if TYPE_CHECKING:
    from discguide.content.rules import Page

_SIGNED = re.compile(r"---\n(?:(?!---\n).*\n)*?clinically_reviewed:")
_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_NOT_READ = {"sources", "review_status"}
"""Macros whose words change with other pages: what they print is no part of a review."""
_HARD_CODED = re.compile(r"\bno clinician\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reviews:
    """How many pages there are, and how many of them a clinician has reviewed."""

    pages: int = 0
    reviewed: int = 0

    @property
    def complete(self) -> bool:
        """Whether every page has been reviewed."""
        return 0 < self.pages == self.reviewed


def count_reviews(docs: Path) -> Reviews:
    """(IO) Count the pages below ``docs``; whether their reviews are sound is for the checks to say."""
    texts = [path.read_text(encoding="utf-8-sig", errors="replace") for path in docs.rglob("*.md") if path.is_file()]
    return Reviews(len(texts), sum(bool(_SIGNED.match(text)) for text in texts))


def fingerprint(page: Page) -> str:
    """Eight letters that stand for all words of a page, those of its facts and drawings included.

    Days are left out, because to check a fact again and find it right changes nothing that the reviewer read. It is
    letters alone, because YAML reads some figures as numbers.
    """
    macros = page.macros.afresh()
    table = macros.table()
    said = [str(page.front.content.get(name, "")) for name in ("title", "description")] + [page.body]
    for call in read_calls(page.body, table):
        if isinstance(call, Call) and call.name not in _NOT_READ:
            said.append(_DAY.sub("", text_of(parse(str(table[call.name](*call.arguments))))))
    words = " ".join(" ".join(said).split())
    figures = hashlib.sha256(words.encode()).hexdigest()[:8]
    return figures.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def check_review(page: Page, *, sound: bool) -> Iterator[Problem]:
    """Check that a review is of the words that stand on the page, and that no sentence outlives the first review.

    ``sound`` says that the page has no other fault: its macros run only then.
    """
    for passage in page.passages:
        if found := _HARD_CODED.search(passage.text):
            what = f"'{found[0]}' stops being true with the first review"
            yield page.problem(passage.line, what, "write {{ review_status() }}, which keeps up with them")
    review = page.front.content.get("clinically_reviewed")
    if not (sound and review):
        return
    now, then, at = fingerprint(page), review.get("words"), ("clinically_reviewed", "words")
    if then is None:
        cure = f"add '  words: {now}' below 'on', if the page still says what the reviewer read"
        yield page.front.problem(at, "the review does not say of which words it is", cure)
    elif then != now:
        cure = (
            "take clinically_reviewed and the lines below it out; "
            f"when the reviewer has read the change, put them back with the new day and words: {now}"
        )
        yield page.front.problem(at, f"the page's words have changed since the review of {review.get('on')}", cure)
