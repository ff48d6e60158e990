"""(IO) The built site → one zip file that opens from a disk, with the same pages."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable
from pathlib import Path

from discguide.publish.downloads import OFFLINE, Downloads
from discguide.site.contents import Contents

FOLDER = "disc-guide"
"""Everything stands in one folder, so that unpacking does not scatter files."""
_WEB_ONLY = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz", "robots.txt", "_headers", OFFLINE})
_FOR_FILES, _ON_UNIX = 0o100644, 3


def make_zip(site: Path, contents: Contents, names: Iterable[str], components: Path) -> Path:
    """Pack the site. The same tree gives the same bytes: names sorted, one date, one mode.

    Args:
        site: the built pages and PDFs, before the links to them are put in.
        contents: its edition is the date that every file carries.
        names: the files to take along that the pages inside may link to; the zip itself is not among them.
        components: where the template of those links lies.
    """
    target = site / OFFLINE
    downloads = Downloads(components, contents, dict.fromkeys(names, ""))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in sorted(site.rglob("*"), key=lambda found: found.relative_to(site).as_posix()):
            name = path.relative_to(site).as_posix()
            if path.is_file() and name not in _WEB_ONLY:
                packed.writestr(_entry(name, contents.edition), _inside(path, name, downloads))
    return target


def _entry(name: str, edition: dt.date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", (edition.year, edition.month, edition.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _ON_UNIX
    entry.external_attr = _FOR_FILES << 16
    return entry


def _inside(path: Path, name: str, downloads: Downloads) -> bytes:
    """A page inside carries no link to the zip and no sizes; any other file is taken as it is."""
    if path.suffix != ".html":
        return path.read_bytes()
    return downloads.put_into(path.read_text(encoding="utf-8"), name).encode()
