"""The clinic's article in the built pages: every fact of it is told, in its place, and no sentence of it is copied."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from discguide.content.pages import page_hint
from discguide.data.load import Library
from discguide.data.references import ArticleFact
from discguide.html_tree import find_class, has_class, text_of, walk
from discguide.problems import Problem
from discguide.site.rules import BuiltPage

RUN = 8
"""So many words in a row are a sentence of someone's, not a turn of speech."""
_NAMED = (
    "what is the difference between disc degeneration and",
    "is the difference between disc degeneration and disc",
    "the difference between disc degeneration and disc herniation",
)
"""The article's own title is named, not copied."""
_TELLING = frozenset({"p", "li", "dd", "td", "h2", "h3"})


def check_article(pages: Mapping[str, BuiltPage], library: Library) -> Iterator[Problem]:
    """Check what must hold between the built pages and the article."""
    for key, fact in library.guide.article.items():
        page = pages.get(f"{fact.page}.html")
        if page is None:
            docs = next(iter(pages.values())).project / "docs"
            message = f"{key} stands on '{fact.page}', which is not a page"
            yield library.documents["article"].problem((key, "page"), message, page_hint(docs, f"{fact.page}.md"))
        else:
            yield from _told(key, fact, page, library)
    for page in pages.values():
        yield from _copied(page)


def _told(key: str, fact: ArticleFact, page: BuiltPage, library: Library) -> Iterator[Problem]:
    article = find_class(page.root, "prose")
    text = text_of(article) if article is not None else ""
    boxes = [text_of(element) for element in page.root.iter() if has_class(element, "block--clinic")]
    if fact.words not in text:
        message = f"the page no longer says “{fact.words}” ({key} of the clinic's article)"
        hint = f"put the words back, or write the new ones at {key} in docs/data/article.yml"
    elif fact.box and not any(fact.words in box for box in boxes):
        message = f"“{fact.words}” stands outside a clinic box, and only the clinic claims it ({key})"
        hint = "write /// clinic … /// around it, and /// evidence … /// after it"
    elif fact.box and article is not None and fact.words in _outside(article):
        message, hint = f"“{fact.words}” stands outside its clinic box too ({key})", "say it in the box alone"
    elif fact.beside and not _links_beside(fact, page):
        message = f"“{fact.words}” stands without a link to {fact.beside}.md ({key})"
        hint = "link to it in the evidence after the box: alone, these words could do harm"
    else:
        return
    yield _at(key, fact, page, library, message, hint)


def _outside(article: ET.Element) -> str:
    elements = walk(article, frozenset({"block--clinic"}))
    return " ".join(text_of(element) for element in elements if element.tag in _TELLING)


def _links_beside(fact: ArticleFact, page: BuiltPage) -> bool:
    pairs = [e for e in page.root.iter() if has_class(e, "claim-and-evidence") and fact.words in text_of(e)]
    targets = [a.get("href", "").partition("#")[0] for pair in pairs for a in pair.iter("a")]
    return any(target.endswith(f"{fact.beside}.html") for target in targets)


def _at(key: str, fact: ArticleFact, page: BuiltPage, library: Library, message: str, hint: str) -> Problem:
    """Point to the claim's record, or to the words on the page that are most like the fact's."""
    for name, treatment in library.guide.treatments.items():
        for index, claim in enumerate(treatment.claims):
            if claim.fact == key and page.name == f"treatments/{name}.html":
                return library.documents["treatments"].problem((name, "claims", index, "text"), message, hint)
    words, most = fact.words.split(), len(fact.words.split())
    parts = [words[at : at + size] for size in range(most, 2, -1) for at in range(most - size + 1)]
    return page.problem(message, hint, *(" ".join(part) for part in parts))


@functools.cache
def _known() -> frozenset[str]:
    listed = Path(__file__).with_name("article-runs.txt").read_text(encoding="utf-8")
    return frozenset(line for line in listed.splitlines() if not line.startswith("#"))


def is_of_the_article(run: str) -> bool:
    """Tell whether the article holds these words, all small letters and digits, in a row."""
    return hashlib.sha256(run.encode()).hexdigest()[:10] in _known() and not run.endswith(_NAMED)


def _copied(page: BuiltPage) -> Iterator[Problem]:
    text = text_of(page.root)
    # The words as the list has them, each with its place in the text.
    words = list(re.finditer(r"[a-z0-9]+", text.lower().replace("’", "'")))
    said = [word[0] for word in words]
    free = 0
    for first in range(len(words) - RUN + 1):
        if first >= free and is_of_the_article(" ".join(said[first : first + RUN])):
            run = words[first : first + RUN]
            copied = text[run[0].start() : run[-1].end()]
            message = f"“{copied}” stands in the clinic's article in the same words"
            yield page.problem(message, "say it in your own words", copied, copied[: len(copied) // 2])
            free = first + RUN
