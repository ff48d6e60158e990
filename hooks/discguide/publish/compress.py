"""(IO) Ready-compressed files for web servers, and the digest by which anyone can compare two builds."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

_GZIP_HEAD = bytes.fromhex("1f8b 08 00 00000000 02 ff")
"""Deflate, no name, no time, packed as small as can be, by any system: Python 3.13 says so, older ones name Unix."""
TEXTS = frozenset({".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".yml"})
_SMALL = 256
"""Below this many bytes a compressed file saves nothing."""


def compress(site: Path) -> int:
    """Write .br and .gz beside each text file; give back how many files got them.

    Each is made from the bytes alone: no name and no time goes into it.
    """
    files = [path for path in _files(site) if path.suffix in TEXTS and path.stat().st_size >= _SMALL]
    # The compressors let other threads run, so two cores halve the time.
    with ThreadPoolExecutor() as pool:
        list(pool.map(_compress, files))
    return len(files)


def _compress(path: Path) -> None:
    data = path.read_bytes()
    beside = path.with_name
    beside(f"{path.name}.br").write_bytes(brotli.compress(data, quality=11, mode=brotli.MODE_TEXT))
    beside(f"{path.name}.gz").write_bytes(_GZIP_HEAD + gzip.compress(data, compresslevel=9, mtime=0)[10:])


def digest(site: Path) -> tuple[str, str]:
    """Name a tree by its content: one digest of the whole, and one line a file as ``sha256sum`` writes it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(site).as_posix()}" for path in _files(site)
    ]
    listing = "\n".join(lines) + "\n"
    return hashlib.sha256(listing.encode()).hexdigest(), listing


def size_of(site: Path) -> int:
    """Count the bytes of a tree, without what is there twice in compressed form."""
    return sum(path.stat().st_size for path in _files(site) if path.suffix not in {".br", ".gz"})


def _files(site: Path) -> Iterator[Path]:
    yield from sorted(
        (path for path in site.rglob("*") if path.is_file()), key=lambda path: path.relative_to(site).as_posix()
    )
