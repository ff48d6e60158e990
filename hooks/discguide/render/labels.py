"""The words that templates show, from docs/data/labels.yml: ``say("review.checked", day=…)`` in a template.

Templates hold structure; what readers read in them stands in that file, where it is checked like all other words. Which
keys it must hold, and which values stand in their words, is read from the templates themselves.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, nodes
from markupsafe import Markup, escape

from discguide.data.grid import LONG, MATTERS, REACHES
from discguide.data.model import LIFE_AREAS
from discguide.data.references import Reference
from discguide.data.yaml.reader import Document
from discguide.problems import Problem, did_you_mean

Labels = Mapping[str, Mapping[str, str]]
"""Place → key → words, in which ``{day}`` stands for a value."""
DOWNLOADS = ("danger", "sheet", "booklet", "book", "offline")
LISTS: dict[str, tuple[str, ...]] = {
    "read": get_args(Reference.model_fields["read"].annotation),
    "life": LIFE_AREAS,
    "doubt": ("no source", "second hand", "record alone", "interest"),
    "question": tuple(LONG),
    "reach": REACHES,
    "matters": tuple(MATTERS),
    "download": DOWNLOADS,
    "use": DOWNLOADS,
}
"""Places with words for each word of a closed list; a template asks for them by ``say("read." ~ reference.read)``."""
_PLACE = re.compile(r"\{([a-z_]+)\}")


def sayer(labels: Labels) -> Callable[..., Markup]:
    """Make the function that templates call for their words; the words and the values in them are escaped."""

    def say(key: str, /, **values: Any) -> Markup:
        place, _, name = key.partition(".")
        parts = _PLACE.split(labels[place][name])
        return Markup("").join(escape(values[part] if number % 2 else part) for number, part in enumerate(parts))

    return say


@dataclass(frozen=True, slots=True)
class _Use:
    """Where a template asks for words, and the names of the values it puts in."""

    at: str
    values: frozenset[str] = frozenset()


def check_labels(labels: Labels, document: Document, overrides: Path) -> list[Problem]:
    """(IO) Hold the words against the templates: none missing, none unused, each value in its place.

    Args:
        labels: the words.
        document: their file, for places in it.
        overrides: the folder of templates.

    Returns:
        The faults, at their lines in the file of words.
    """
    asked: dict[tuple[str, str], list[_Use]] = {}
    for path in sorted(overrides.rglob("*.html")):
        shown = f"{overrides.name}/{path.relative_to(overrides).as_posix()}"
        for name, use in _uses(path.read_text(encoding="utf-8"), shown):
            asked.setdefault(name, []).append(use)
    held = {(place, key): words for place, group in labels.items() for key, words in group.items()}
    spare = [".".join(name) for name in held.keys() - asked.keys()]
    problems = set()
    for name, uses in asked.items():
        if name not in held:
            hint = f"{did_you_mean('.'.join(name), spare)} {uses[0].at} shows it".strip()
            problems.add(document.problem(name, f"{'.'.join(name)} is missing", hint))
            continue
        for message, hint in itertools.chain.from_iterable(_places(held[name], use) for use in uses):
            problems.add(document.problem(name, f"{'.'.join(name)} {message}", hint))
    lacking = [".".join(name) for name in asked.keys() - held.keys()]
    for name in held.keys() - asked.keys():
        hint = did_you_mean(".".join(name), lacking) or "take it out; no template shows it"
        problems.add(document.problem(name, f"unknown words '{'.'.join(name)}'", hint))
    return sorted(problems)


def _uses(template: str, shown: str) -> Iterator[tuple[tuple[str, str], _Use]]:
    """Find what a template asks for, by its parsed calls; words for a list count as asked for one by one."""
    for call in Environment().parse(template).find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.node.name == "say"):
            continue
        use = _Use(f"{shown}:{call.lineno}", frozenset(value.key for value in call.kwargs))
        asked = call.args[0]
        if isinstance(asked, nodes.Concat):
            place = asked.nodes[0].as_const().removesuffix(".")
            yield from (((place, word), use) for word in LISTS[place])
        else:
            place, _, key = asked.as_const().partition(".")
            yield (place, key), use


def _places(words: str, use: _Use) -> Iterator[tuple[str, str]]:
    """Tell which values have no place in the words, and which places have no value."""
    names = set(_PLACE.findall(words))
    for name in sorted(names - use.values):
        yield f"has {{{name}}}, which stands for nothing", did_you_mean(name, use.values) or _one_of(use)
    for name in sorted(use.values - names):
        yield f"leaves out {{{name}}}", f"write {{{name}}} where it belongs; {use.at} puts it in"
    if re.search(r"[{}]", _PLACE.sub("", words)):
        yield "has curly brackets that hold no name", _one_of(use)


def _one_of(use: _Use) -> str:
    return "write one of: " + ", ".join(f"{{{name}}}" for name in sorted(use.values)) if use.values else "take them out"
