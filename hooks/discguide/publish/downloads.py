"""(IO) The links to PDF, visit sheet and offline copy: filled in once the files exist, left out where they do not.

overrides/partials/downloads.html carries the marks; what stands between them is never touched.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from discguide.render.environment import day

BOOK, SHEET, OFFLINE = "disc-guide.pdf", "visit-sheet.pdf", "disc-guide-offline.zip"
_ONE = re.compile(r"<!--download (?P<name>[\w.-]+)-->(?P<link>.*?)<!--/download-->\n?", re.DOTALL)
_ABOUT = re.compile(r"<!--about (?P<name>[\w.-]+)-->")
_ALL = re.compile(r"<!--downloads-->\n?(?P<links>.*?)<!--/downloads-->\n?", re.DOTALL)


def keep_only(page: str, names: Collection[str]) -> str:
    """Leave out the links to files that are not there, and the whole list when none is."""

    def links(found: re.Match[str]) -> str:
        kept = [one["name"] for one in _ONE.finditer(found["links"]) if one["name"] in names]
        return _ONE.sub(lambda one: one[0] if one["name"] in kept else "", found[0]) if kept else ""

    return _ALL.sub(links, page)


def fill_in(page: str, about: Callable[[str], str]) -> str:
    """Write what is to be said about each file and take the marks away."""
    page = _ABOUT.sub(lambda found: about(found["name"]), page)
    page = _ONE.sub(lambda found: found["link"] + "\n", page)
    return _ALL.sub(lambda found: found["links"], page)


def size_and_date(path: Path, edition: dt.date) -> str:
    """Say how large a file is and of when, as a reader on a phone wants to know before a download."""
    kilobytes = max(1, round(path.stat().st_size / 1000))
    size = f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"
    kind = {"pdf": "PDF", "zip": "ZIP"}[path.suffix[1:]]
    return f" ({kind}, {size}, {day(edition)})"


def rewrite(pages: Iterable[Path], change: Callable[[str], str]) -> None:
    """Change built pages in place."""
    for path in pages:
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
