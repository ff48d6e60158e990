"""(IO) A fault in a built page → the line of the file in which an editor can mend it."""

from __future__ import annotations

from pathlib import Path

from discguide.problems import Problem
from discguide.security.html_allowlist import check_page
from discguide.site.source_map import place_of


def check_output(docs: Path, source: str, url: str, page: str) -> list[Problem]:
    """Look at one page as it goes out; each fault is told where the page's source, or the data, holds its words."""

    def at(message: str, needle: str, hint: str) -> Problem:
        heading = f"# {needle.replace('-', ' ').capitalize()}"
        place = place_of(docs.parent, source, f"{{#{needle}}}", heading, needle)
        return Problem(place.path, place.line, place.column, f"the built page {message}", hint)

    return list(check_page(url, page, at))
