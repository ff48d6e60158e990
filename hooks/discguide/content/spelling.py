"""Spelling: words that pyspellchecker's English list, the glossary or the project's own list knows."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spellchecker import SpellChecker

from discguide.content.pages import page_hint
from discguide.data.model import Guide
from discguide.data.yaml.reader import Document, read_yaml
from discguide.problems import Problem, ProblemsFound
from discguide.text import JAPANESE

_WORD = re.compile(r"(?<![^\W\d])(?:[^\W\d_][^\W\dA-Z]*(?:[’'][^\W\dA-Z]+)*|[A-Z]{2,}s?(?!-\d))(?![\w@/])")
"""A word, whole with its accents (Łukasz, back_pain), or letters that stand for words (MRI)."""
_NUMERAL = re.compile(r"[IVX]+")
_PART = re.compile(r"[^\W\d_']+(?:'[^\W\d_']+)*")
"""A word of the project's own list, which may hold several in a line."""
_ADDRESS = re.compile(r"\b(?:https?|tel|mailto):\S*|\b[\w-]+(?:\.[\w-]+)+|\[[^\[\]]*\]|\b(?:TODO|FIXME|TBD|XXX+)\b")
"""An address or a file's name has parts that are no words; what is wrong anyway is told elsewhere."""
MIN_LETTERS = 2
MAX_HINTS = 50
"""So many words in one run get a hint."""
_FIELDS = {"known": list, "instead": dict, "search": dict, "names": dict, "danger": list}
_DANGER = re.compile(r"[a-z0-9]+(?:[ /][a-z0-9]+)*")


@functools.cache
def _checker() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


@dataclass(frozen=True, slots=True)
class WordList:
    """What counts as spelt rightly in this project."""

    known: frozenset[str]
    instead: dict[str, str]
    search: dict[str, str]
    """Words that readers type, with the words that pages use."""
    names: dict[str, list[str]]
    """What readers call a page, or a file to take along, by its address."""
    danger: tuple[str, ...]
    """Words after which the search shows the way to the danger signs; see docs/data/words.yml."""
    looked_up: list[str] = field(default_factory=list)

    def faults(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield each word that is not known, or not spelt the guide's way, with what to write."""
        for found in dict.fromkeys(_WORD.findall(_ADDRESS.sub(" ", text))):
            word = found.casefold().replace("’", "'").strip("'")
            if word in self.instead:
                yield found, f"write '{self.instead[word]}'"
            elif len(word) < MIN_LETTERS or _NUMERAL.fullmatch(found):
                continue
            elif found[1].isupper():
                if word not in self.known and word.removesuffix("s") not in self.known:
                    hint = "write the words in full, or explain it in docs/data/glossary.yml"
                    yield found, f"{hint}; what everybody knows goes to docs/data/words.yml"
            elif not self._is_known(word):
                # To look for the nearest word takes long; a text with so many faults is no text.
                self.looked_up.append(word)
                hint = _nearest(word) if len(self.looked_up) <= MAX_HINTS else ""
                yield found, f"{hint}mend it, or add it to docs/data/words.yml"

    def _is_known(self, word: str) -> bool:
        return any(form in words for form in (word, word.removesuffix("'s")) for words in (self.known, _checker()))


def _nearest(word: str) -> str:
    near = sorted(_checker().candidates(word) or (), key=lambda found: (-_checker()[found], found))[:3]
    return f"did you mean {' or '.join(map(repr, near))}? " if near else ""


def _wrong_kinds(document: Document) -> Iterator[Problem]:
    """The search in the browser trusts these words to be words."""
    for name, value in document.content.items():
        if name not in _FIELDS:
            yield document.problem((name,), f"unknown field '{name}'", f"write one of: {', '.join(_FIELDS)}")
        elif not isinstance(value, _FIELDS[name]):
            hint = "write one 'word: other word' a line" if _FIELDS[name] is dict else "write one '- word' a line"
            yield document.problem((name,), f"{name} is not a list of words", hint)
        else:
            for key, word in value.items() if isinstance(value, dict) else enumerate(value):
                if name == "names":
                    yield from _wrong_names(document, str(key), word)
                elif not isinstance(word, str):
                    message = f"{name}: '{word if isinstance(value, list) else key}' is not a word"
                    yield document.problem((name, key), message, "write words, in double quotes")
                elif name == "danger" and not _DANGER.fullmatch(word):
                    hint = "write plain words (cannot, not can't), and a / between words of which one is enough"
                    yield document.problem((name, key), f"danger: '{word}' is not a line of words", hint)
    if not document.content.get("danger"):
        hint = "list the words after which the search shows the way to the danger signs"
        yield document.problem(("danger",), "danger is missing or empty", hint)


def _wrong_names(document: Document, page: str, words: Any) -> Iterator[Problem]:
    if not page.endswith((".md", ".pdf", ".zip")):
        hint = "write a page such as faq.md, or a file to take along"
        yield document.problem(("names", page), f"names: '{page}' is not a page", hint)
    elif not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        yield document.problem(("names", page), f"names: {page} has no list of words", 'write ["one name", "another"]')


def word_list(docs: Path, guide: Guide, shown: str = "docs") -> WordList:
    """(IO) Read the project's list and add the words of the glossary.

    Raises:
        ProblemsFound: the list cannot be read.
    """
    document = read_yaml(docs / "data" / "words.yml", f"{shown}/data/words.yml", JAPANESE)
    faults = list(_wrong_kinds(document))
    named = document.content.get("names")
    for page in named if isinstance(named, dict) else ():
        if page.endswith(".md") and not (docs / page).is_file():
            faults.append(document.problem(("names", page), f"names: {page} is not a page", page_hint(docs, page)))
    if faults:
        raise ProblemsFound(faults)
    content: Any = document.content
    terms = [word for name, term in guide.glossary.items() for word in (name, *term.also, *term.search)]
    terms += [option.names.short for option in guide.options.values()]
    known = {part for word in (*terms, *content.get("known", ())) for part in _PART.findall(word.casefold())}
    instead, search = dict(content.get("instead", {})), dict(content.get("search", {}))
    names = {re.sub(r"\.md$", ".html", page): words for page, words in content.get("names", {}).items()}
    return WordList(frozenset(known), instead, search, names, tuple(content["danger"]))
