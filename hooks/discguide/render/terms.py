"""A page's first link to each term of the glossary → a button that shows the meaning in place.

It happens last, for screens alone: search, structured data and the editors' Markdown keep the link. A browser that
knows no popovers shows the meanings as a list below the words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from discguide.data.model import Term
from discguide.render.environment import environment
from discguide.text import slug

_LINK = re.compile(
    r'(?P<before>[(“]?)<(?P<tag>a) href="(?P<to>(?:\.\./)*glossary\.html#(?P<slug>[a-z0-9-]+))">'
    r"(?P<words>[^<>]+)</(?P=tag)>(?P<after>[).,;:!?”]*)"
)
_NOT_IN = re.compile(r"<(h[1-6]|summary|nav)\b.*?</\1>", re.DOTALL)
"""Headings are copied elsewhere, and what opens something already is a control."""


class Meaning(NamedTuple):
    """A term that opens on this page: its name, its record, and the way to its entry."""

    slug: str
    name: str
    term: Term
    to: str


def open_in_place(content: str, glossary: Mapping[str, Term], components: Path) -> tuple[str, list[Meaning]]:
    """Make the buttons of a page, and gather the meanings that they show, in the order of the words."""
    template = environment(components).get_template("term.html")
    known = {slug(name): (name, term) for name, term in glossary.items()}
    closed = [found.span() for found in _NOT_IN.finditer(content)]
    meanings: dict[str, Meaning] = {}

    def button(link: re.Match[str]) -> str:
        key = link["slug"]
        inside = any(start < link.start() < end for start, end in closed)
        if key not in known or key in meanings or inside:
            return link[0]
        meanings[key] = Meaning(key, *known[key], link["to"])
        return template.render({name: Markup(value) for name, value in link.groupdict().items()}).strip()

    return _LINK.sub(button, content), list(meanings.values())
