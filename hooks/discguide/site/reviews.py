"""Clinical reviews: whether a built page still says what its reviewer read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from discguide.content.frontmatter import split
from discguide.html_tree import find_class
from discguide.problems import Problem
from discguide.site.rules import BuiltPage
from discguide.text import read_text

_DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_NOT_READ = frozenset({"sources", "review-status"})
"""Classes of words that change with other pages: they are no part of a review."""


def fingerprint(page: BuiltPage) -> str:
    """Eight letters that stand for all words of a page, those of its facts and drawings included.

    Days are left out, because to check a fact again and find it right changes nothing that the reviewer read. It is
    letters alone, because YAML reads some figures as numbers.
    """
    article = find_class(page.root, "prose")
    about = {meta.get("property") or meta.get("name"): meta.get("content", "") for meta in page.root.iter("meta")}
    read = _words(article) if article is not None else ""
    words = " ".join(_DAY.sub("", " ".join((about.get("og:title", ""), about.get("description", ""), read))).split())
    figures = hashlib.sha256(words.encode()).hexdigest()[:8]
    return figures.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def _words(element: ET.Element) -> str:
    if _NOT_READ & set((element.get("class") or "").split()):
        return ""
    return (element.text or "") + "".join(_words(child) + (child.tail or "") for child in element)


def check_reviews(pages: Mapping[str, BuiltPage]) -> Iterator[Problem]:
    """Check that each review is of the words that stand on the page."""
    for page in pages.values():
        source = page.project / "docs" / page.source
        if not source.is_file():
            continue
        shown = f"docs/{page.source}"
        front, _body, _line = split(read_text(source, shown), shown)
        review = front.content.get("clinically_reviewed")
        if not review:
            continue
        now, then, at = fingerprint(page), review.get("words"), ("clinically_reviewed", "words")
        if then is None:
            hint = f"add '  words: {now}' below 'on', if the page still says what the reviewer read"
            yield front.problem(at, "the review does not say of which words it is", hint)
        elif then != now:
            hint = (
                "take clinically_reviewed and the lines below it out; "
                f"when the reviewer has read the change, put them back with the new day and words: {now}"
            )
            yield front.problem(at, f"the page's words have changed since the review of {review.get('on')}", hint)
