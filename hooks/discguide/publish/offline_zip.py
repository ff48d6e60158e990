"""(IO) The built site → one zip file that opens from a disk, with the same pages."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

from discguide.publish.downloads import OFFLINE, fill_in, keep_only

FOLDER = "disc-guide"
"""Everything stands in one folder, so that unpacking does not scatter files."""
_WEB_ONLY = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "robots.txt", "_headers", OFFLINE})
_FOR_FILES, _ON_UNIX = 0o100644, 3


def make_zip(site: Path, edition: dt.date, names: frozenset[str]) -> Path:
    """Pack the site. The same tree gives the same bytes: names sorted, one date, one mode.

    Args:
        site: the built pages and PDFs, before sizes are filled in.
        edition: the date that every file carries.
        names: the files to take along that the pages inside may link to; the zip itself is not among them.
    """
    target = site / OFFLINE
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(site.rglob("*"), key=lambda found: found.relative_to(site).as_posix()):
            name = path.relative_to(site).as_posix()
            if path.is_file() and name not in _WEB_ONLY:
                packed.writestr(_entry(name, edition), _inside(path, names))
    return target


def _entry(name: str, edition: dt.date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", (edition.year, edition.month, edition.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _ON_UNIX
    entry.external_attr = _FOR_FILES << 16
    return entry


def _inside(path: Path, names: frozenset[str]) -> bytes:
    """A page inside carries no link to the zip and no sizes; any other file is taken as it is."""
    if path.suffix != ".html":
        return path.read_bytes()
    page = keep_only(path.read_text(encoding="utf-8"), names)
    return fill_in(page, lambda _name: "").encode()
