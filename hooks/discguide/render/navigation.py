"""Which links to other pages a page shows, rendered once for many pages.

The theme writes the whole navigation anew into every page: at 500 pages that is two thirds of a build.
Here the contents column depends only on the folder a page is in and on its section, and the index at the
foot on the folder alone, so that each is rendered once and only the mark of the current page is added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from discguide.render.environment import environment

INDEX_LIMIT = 40
"""Up to here the foot lists every page; a longer guide lists its sections."""
HEADER_LIMIT = 5
"""As many links fit beside the name, the danger signs and the search on a wide screen."""
_HAVE_THEIR_OWN = ("index.html", "urgent.html", "about/")
"""What the header leads to in any case, and what is about the guide itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, or a section with pages."""

    title: str
    url: str = ""
    children: tuple[Entry, ...] = ()

    def first(self) -> str:
        """The address that stands for it: its own, or that of its first page."""
        return self.url or next((child.first() for child in self.children), "")

    def urls(self) -> list[str]:
        """Every address in it, in order."""
        return [self.url] * bool(self.url) + [url for child in self.children for url in child.urls()]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: the section it is in, and its neighbours there."""

    section: Entry | None = None
    before: Entry | None = None
    after: Entry | None = None


class Navigation:
    """The lists of links, made on demand and kept."""

    def __init__(self, entries: Sequence[Entry], components: Path) -> None:
        self.entries = tuple(entries)
        self._section = {url: number for number, entry in enumerate(self.entries) for url in entry.urls()}
        self._template = environment(components).get_template("links.html")
        self._made: dict[tuple[str, tuple[int, ...]], str] = {}

    def ways(self) -> tuple[Entry, ...]:
        """The sections that the header offers where it has room."""
        return tuple(one for one in self.entries if not one.first().startswith(_HAVE_THEIR_OWN))[:HEADER_LIMIT]

    def place(self, url: str) -> Place:
        """Say where a page stands; one that is in no section has no neighbours."""
        section = next((entry for entry in self.entries if url in entry.urls() and entry.children), None)
        if section is None:
            return Place()
        at = next(number for number, child in enumerate(section.children) if url in child.urls())
        before = section.children[at - 1] if at else None
        return Place(section, before, next(iter(section.children[at + 1 :]), None))

    def contents(self, url: str, base: str) -> Markup:
        """Show the sections, with the pages of the one that holds ``url``."""
        section = self._section.get(url)
        return self._marked(url, base, () if section is None else (section,))

    def index(self, url: str, base: str) -> Markup:
        """Show every page, or every section when there are too many pages to list."""
        every = tuple(range(len(self.entries))) if len(self._section) <= INDEX_LIMIT else ()
        return self._marked(url, base, every)

    def _marked(self, url: str, base: str, opened: tuple[int, ...]) -> Markup:
        prefix = "" if base == "." else base.rstrip("/") + "/"
        if (prefix, opened) not in self._made:
            self._made[prefix, opened] = self._template.render(
                entries=self.entries, opened=opened, prefix=prefix
            ).strip()
        plain = f'href="{escape(prefix + url)}"'
        return Markup(self._made[prefix, opened].replace(plain, f'{plain} aria-current="page"'))
