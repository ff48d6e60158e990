"""What one build knows: made by the first hook, used by the others and, as ``site``, by the page templates."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from discguide.data.load import Library
from discguide.data.reviews import Reviews
from discguide.problems import Problem
from discguide.render.macros import Macros
from discguide.render.navigation import Navigation
from discguide.render.search_index import WAYS_IN
from discguide.site.contents import Contents, Entry

SITE = "_site"
"""The key of MkDocs' ``config.extra`` under which the hooks share one ``Site``; editors' settings have other keys."""


@dataclass(slots=True)
class Site:
    """One build of the pages."""

    root: Path
    library: Library
    macros: Macros
    reviews: Reviews
    edition: dt.date
    policy: Callable[..., str]
    """What a page may load and run, as ``discguide.security.csp`` writes it."""
    assets: dict[str, str] = field(default_factory=dict)
    """The plain name of a style sheet or script → the name it is served under."""
    navigation: Navigation | None = None
    help_now: str = ""
    """Danger signs and numbers, for the page that lost readers get."""
    contents: Contents | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old address → the one it leads to now."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with built pages so far, gathered so that one run shows all; and advice."""

    def ways_in(self) -> list[Entry]:
        """The pages where a reader can start, in their order, as the menu calls them."""
        listed = {entry.url: entry for entry in self.contents.pages} if self.contents else {}
        return [listed[url] for url in WAYS_IN if url in listed]

    def moved_from(self, name: str) -> list[tuple[str, str]]:
        """What has moved from a page: the old id, and the way from that page to the new place."""
        pairs = ((old.partition("#"), new) for old, new in self.moved.items())
        return [(anchor, way(name, new)) for (page, _, anchor), new in pairs if page == name and anchor]

    @property
    def components(self) -> Path:
        """Where the templates of the macros lie."""
        return self.root / "overrides" / "components"


def way(name: str, address: str) -> str:
    """The relative way from a page to an address."""
    path, _, anchor = address.partition("#")
    return posixpath.relpath(path, posixpath.dirname(name) or ".") + (f"#{anchor}" if anchor else "")
