"""One HTML document → one tagged PDF. The engine (WeasyPrint) is named here and nowhere else.

The same document gives the same bytes on every machine: the fonts come from the repository alone, no date is
taken from a clock, and nothing outside the print folder can be fetched. Every warning of the engine is a fault.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

BASE = "https://print.invalid/"
"""Where the document believes to stand: a name that can never be reached, so that no path gets into the file."""
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libfontconfig1"
_FONTS_CONFIG = "fontconfig.xml"
"""The template of the engine's font settings, in the print folder."""
_LONG = 4
"""Tables of this many columns run over pages; each part then repeats the head."""
_PATH = re.compile(rb"[-\d. ]+ (?:c|l|m|re|v|y)")
_DECIMALS = re.compile(rb"(\.\d\d)\d+")
_PRINTED = 4
"""The annotation flag 'print', which PDF/UA wants on every link."""


class EngineMissing(Exception):
    """A system library that the PDF needs is not installed; the text says which packages bring it."""


class PdfFault(Exception):
    """The engine could not set the document as it stands; the text says why."""


@dataclass(frozen=True, slots=True)
class Made:
    """A finished PDF."""

    data: bytes
    pages: int


def make_pdf(html: str, folder: Path, families: frozenset[str]) -> Made:
    """Set a document in type.

    Args:
        html: the whole document; its addresses are relative to ``folder``.
        folder: where style sheets and fonts are read from, and the only place that is read.
        families: the font families the document may use; any other is a fault.

    Raises:
        EngineMissing: when a system library is missing.
        PdfFault: when the engine had to leave something out, or fell back on another font.
    """
    weasyprint = _engine()
    with _only_our_fonts(folder), _warnings() as warnings, _no_search_for_garbage():
        document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=_fetcher(weasyprint, folder)).render(
            pdf_variant="pdf/ua-1"
        )
        target = io.BytesIO()
        document.write_pdf(target, finisher=_finish, pdf_variant="pdf/ua-1", pdf_tags=True)
        strange = {font.family for font in document.fonts.values()} - families
    if strange:
        raise PdfFault(f"the PDF fell back on {', '.join(sorted(strange))}; use the families in overrides/print/fonts")
    if warnings:
        raise PdfFault("the PDF engine left something out: " + "; ".join(sorted(set(warnings))))
    return Made(target.getvalue(), len(document.pages))


def _engine() -> Any:
    """Import the engine late, so that a machine without its libraries can still build the site."""
    import contextlib

    try:
        # The engine prints its own advice on failure; ours names the packages.
        with contextlib.redirect_stdout(io.StringIO()):
            import weasyprint
    except OSError as error:
        library = str(error).split("'")[1] if "'" in str(error) else str(error)
        raise EngineMissing(
            f"the PDF was not made, because the system library {library} is missing; "
            f"install the packages {PACKAGES} (Debian, Ubuntu) or 'pango' (Homebrew, Fedora), or pass --skip-pdf"
        ) from None
    return weasyprint


@contextmanager
def _only_our_fonts(folder: Path) -> Iterator[None]:
    """Hide the machine's fonts: with them, two machines would set two different books.

    The engine wants one font before it has read a style sheet, and crashes without: it finds ours.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    settings = (folder / _FONTS_CONFIG).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as place:
        config = Path(place) / _FONTS_CONFIG
        # The template's two words, at once: a path may hold any sign, the other word too.
        paths = {"FONTS": escape(str(folder.resolve() / "fonts")), "CACHE": escape(place)}
        config.write_text(re.sub("FONTS|CACHE", lambda word: paths[word[0]], settings), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Gather what the engine complains about while it works."""
    gathered: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: gathered.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    others, logger.handlers = logger.handlers, [handler]
    propagate, logger.propagate = logger.propagate, False
    try:
        yield gathered
    finally:
        logger.handlers, logger.propagate = others, propagate


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Let Python not look for dead objects: millions are made, nearly all live to the end, and looking takes long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fetcher(weasyprint: Any, folder: Path) -> Any:
    """Serve the print folder and refuse everything else: no network, no other file."""
    allowed = folder.resolve()

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            path = (allowed / urlsplit(url).path.lstrip("/")).resolve()
            if not url.startswith(BASE) or not path.is_relative_to(allowed):
                raise ValueError(f"{url} is outside the print folder")
            kind = "text/css" if path.suffix == ".css" else "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return Fetcher()


def _finish(document: Any, pdf: Any) -> None:
    """Add what PDF/UA asks for and the engine leaves out: printable links, directions of heads, whole tables."""
    for item in _dictionaries(pdf):
        if item.get("Type") == "/Annot":
            item["F"] = _PRINTED
        if item.get("S") == "/TH" and "ID" in item:
            # The engine names a head "table-row-column"; heads of columns stand in the first row.
            row = item["ID"].string.split("-")[1]
            item["A"]["Scope"] = "/Column" if row == "0" else "/Row"
    _join_tables(pdf)
    for item in pdf.objects:
        if hasattr(item, "stream") and "Length1" not in item.extra:  # fonts have the length of what they hold
            item.stream = [_shorter(step) for step in item.stream]


def _shorter(step: Any) -> Any:
    """Write a step of a drawing to a hundredth of its own unit, and glyphs that follow each other without moves of 0.

    The engine writes six decimals, which no printer shows; the book is a tenth smaller without.
    """
    if not isinstance(step, bytes):
        return step
    if step.endswith(b"TJ"):
        return step.replace(b">0<", b"")
    return _DECIMALS.sub(rb"\1", step) if _PATH.fullmatch(step) else step


def _dictionaries(pdf: Any) -> Iterator[Any]:
    return (item for item in pdf.objects if isinstance(item, dict))


def _join_tables(pdf: Any) -> None:
    """Make one table of the parts that the engine tags on each page, as a screen reader should meet it.

    The heads that pages repeat are for eyes: they leave the tags, as running heads do.
    """
    tags: dict[bytes, Any] = {item.reference: item for item in _dictionaries(pdf) if "S" in item}
    first: Any = None
    for table in [item for item in tags.values() if item["S"] == "/Table"]:
        continues = first is not None and _captioned(first, tags) and not _captioned(table, tags)
        if not continues or _columns(table, tags) != _columns(first, tags) or _columns(table, tags) < _LONG:
            first = table
            continue
        for part in table["K"]:
            if tags[part]["S"] != "/THead":
                tags[part]["P"] = first.reference
                first["K"].append(part)
                _aim_at_head(tags[part], tags, f"{table.number}-0-", f"{first.number}-0-")
        table["K"].clear()
        _prune(table, tags)


def _captioned(table: Any, tags: dict[bytes, Any]) -> bool:
    """Tell the first part of a table from the parts that go on."""
    return any(kid in tags and tags[kid]["S"] == "/Caption" for kid in table["K"])


def _aim_at_head(tag: Any, tags: dict[bytes, Any], repeated: str, kept: str) -> None:
    """Let the cells of a joined part name the head that stays."""
    for head in tag.get("A", {}).get("Headers", ()):
        head.string = head.string.replace(repeated, kept, 1) if head.string.startswith(repeated) else head.string
    for kid in tag["K"]:
        if kid in tags:
            _aim_at_head(tags[kid], tags, repeated, kept)


def _columns(tag: Any, tags: dict[bytes, Any]) -> int:
    """Count the cells of the first row in a table or in a part of one."""
    if tag["S"] == "/TR":
        return len(tag["K"])
    # A caption may stand before the rows.
    parts = [tags[kid] for kid in tag["K"] if kid in tags and tags[kid]["S"] in {"/THead", "/TBody", "/TR"}]
    return _columns(parts[0], tags) if parts else 0


def _prune(tag: Any, tags: dict[bytes, Any]) -> None:
    """Take an empty tag out, and the tags around it that hold nothing else."""
    while not tag["K"] and tag["P"] in tags:
        parent = tags[tag["P"]]
        parent["K"].remove(tag.reference)
        tag = parent
