"""(IO) The links to PDFs and offline copy: put into the pages once the files exist, absent before.

Pages hold empty places for them: one at the foot of each (overrides/partials/downloads.html), and one for
the list with all that is said of each file, where a macro stands (overrides/components/papers.html).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from discguide.publish.phone import kept_files
from discguide.render.environment import day, environment
from discguide.site.contents import Contents

FILES = {
    "danger": "danger-signs.pdf",
    "sheet": "visit-sheet.pdf",
    "booklet": "disc-guide-booklet.pdf",
    "book": "disc-guide.pdf",
    "offline": "disc-guide-offline.zip",
}
"""What readers can take along, the shortest first; labels.yml has their names by the same keys."""
OFFLINE = FILES["offline"]
_PLACE = re.compile(r'(class="downloads[^>]*>)(?=</)')
_LIST = re.compile(r'(class="papers">)(?=</)')

_KEPT = re.compile(r'(?<=class="keep__about">)(?=</)')


class Downloads:
    """The list of files that were made, as each page shows it.

    Args:
        components: where the templates lie.
        contents: for the words of the templates.
        about: each file's name → its pages, size and date; empty words inside the offline copy.
    """

    def __init__(self, components: Path, contents: Contents, about: Mapping[str, str]) -> None:
        env = environment(components, contents.labels)
        self._keep = env.get_template("keep-about.html")
        self._short, self._full = env.get_template("downloads.html"), env.get_template("papers.html")
        self._about = about
        self._kept = ""

    def say_what_a_phone_keeps(self, bytes_kept: int, edition: dt.date) -> None:
        """Let pages offer to keep the guide, with its size; a copy on a disk does not."""
        size = f"{bytes_kept / 1_000_000:.1f} MB"
        self._kept = self._keep.render(size=size, edition=edition).strip()

    def put_into(self, page: str, name: str, base: str = "/") -> str:
        """Fill the places in a page with links relative to the page's own name; ``base`` is the site's own folder."""
        page = _KEPT.sub(lambda _: self._kept, page)
        if not self._about:
            return page
        # The page for lost readers is shown at any depth.
        up = base if name == "404.html" else "../" * name.count("/")
        files = [
            (key, up + file, Path(file).suffix[1:].upper(), self._about[file])
            for key, file in FILES.items()
            if file in self._about
        ]
        page = _PLACE.sub(lambda place: place[1] + "\n" + self._short.render(files=files), page)
        return _LIST.sub(lambda place: place[1] + "\n" + self._full.render(files=files), page)


def put_into_pages(site: Path, components: Path, made: Mapping[str, int], contents: Contents) -> None:
    """Fill every built page, with the pages, the size and the date of each file.

    Args:
        site: the built pages.
        components: where the templates lie.
        made: each file's name → how many pages it has; 0 for the offline copy.
        contents: the day of the edition, and the words of the templates.
    """
    base = urlsplit(contents.address).path or "/"
    about = {name: about_file(site / name, pages, contents) for name, pages in made.items()}
    downloads = Downloads(components, contents, about)
    downloads.say_what_a_phone_keeps(sum(path.stat().st_size for path in kept_files(site)), contents.edition)
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        path.write_text(downloads.put_into(page, path.relative_to(site).as_posix(), base), encoding="utf-8")


def about_file(path: Path, pages: int, contents: Contents) -> str:
    """Say how long and large a file is and of when, as a reader on a phone wants to know before a download."""
    kilobytes = max(1, round(path.stat().st_size / 1000))
    size = f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"
    length = [] if not pages else ["1 page"] if pages == 1 else [f"{pages} pages"]
    return ", ".join([*length, size, day(contents.edition)])
