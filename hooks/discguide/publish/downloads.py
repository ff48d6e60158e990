"""(IO) The links to PDF, visit sheet and offline copy: put into the pages once the files exist, absent before.

Pages hold an empty place for them (overrides/partials/downloads.html); the list is overrides/components/downloads.html.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from pathlib import Path
from urllib.parse import urlsplit

from discguide.render.environment import day, environment

BOOK, SHEET, OFFLINE = "disc-guide.pdf", "visit-sheet.pdf", "disc-guide-offline.zip"
_PLACE = re.compile(r'(?<=class="downloads" aria-label="Take the guide with you">)(?=</)')


class Downloads:
    """The list of files that were made, as each page shows it.

    Args:
        components: where the template lies.
        about: each file's name → its size and date; empty words inside the offline copy.
    """

    def __init__(self, components: Path, about: dict[str, str]) -> None:
        self._template = environment(components).get_template("downloads.html")
        self._about = about

    def put_into(self, page: str, name: str, base: str = "/") -> str:
        """Fill the place in a page with links relative to the page's own name; ``base`` is the site's own folder."""
        if not self._about:
            return page
        # The page for lost readers is shown at any depth.
        up = base if name == "404.html" else "../" * name.count("/")
        files = [
            (file, up + file, Path(file).suffix[1:].upper(), self._about[file])
            for file in (BOOK, SHEET, OFFLINE)
            if file in self._about
        ]
        return _PLACE.sub(lambda _: "\n" + self._template.render(files=files), page)


def put_into_pages(site: Path, components: Path, names: Collection[str], edition: dt.date, address: str = "") -> None:
    """Fill every built page, with the size and the date of each file."""
    base = urlsplit(address).path or "/"
    downloads = Downloads(components, {name: size_and_date(site / name, edition) for name in names})
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        path.write_text(downloads.put_into(page, path.relative_to(site).as_posix(), base), encoding="utf-8")


def size_and_date(path: Path, edition: dt.date) -> str:
    """Say how large a file is and of when, as a reader on a phone wants to know before a download."""
    kilobytes = max(1, round(path.stat().st_size / 1000))
    size = f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"
    return f"{size}, {day(edition)}"
