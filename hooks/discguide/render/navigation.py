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


class Navigation:
    """The lists of links, made on demand and kept."""

    def __init__(self, entries: Sequence[Entry], components: Path) -> None:
        self.entries = tuple(entries)
        self._section = {url: number for number, entry in enumerate(self.entries) for url in entry.urls()}
        self._template = environment(components).get_template("links.html")
        self._made: dict[tuple[str, tuple[int, ...]], str] = {}

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
