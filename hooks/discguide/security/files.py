"""(IO) Which files may lie in ``docs/``: pages, data and figures, each in its place and of a sensible size.

The site builder publishes whatever lies there, follows links out of the folder, and reads more kinds of pages
than ours are. So kinds and places are allow-listed, before any file is opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from discguide.problems import Problem

MAX_FILES = 2_000
MAX_DEPTH = 4

_NAME = r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$))(?![^./]{61})[a-z0-9]+(?:-[a-z0-9]+)*"
"""A name that every system can hold: Windows knows no file called con or aux, and no long path."""
_DATA = (
    "treatments|medicines|guidelines|injections|references|glossary|figures|findings|article|words|labels|notice|"
    "editions|danger-signs"
)
ALLOWED: tuple[tuple[str, re.Pattern[str], int], ...] = (
    ("a page", re.compile(rf"(?!(?:404|data|figures|assets|templates)(?:/|\.md$))(?:{_NAME}/)*{_NAME}\.md"), 32_000),
    ("data", re.compile(rf"data/(?:{_DATA})\.yml"), 200_000),
    ("the data file's schema", re.compile(r"data/treatments\.schema\.json"), 100_000),
    ("a figure", re.compile(rf"figures/{_NAME}\.svg"), 120_000),
)
"""Each kind of file, where it may lie, and how many bytes it may have (about twice the largest we have)."""

_EDITORS_OWN = re.compile(
    r"""\.\#.+ | \#.+\#              # Emacs: a lock (a link to nowhere), what is not saved yet
    | \..*\.sw[a-z] | 4913           # Vim: what is not saved yet, a file that tries whether it may write here
    | .+~ | \..+\.kate-swp | \.~lock\..+\# | \.goutputstream-\w+  # backups and locks of others
    | \.DS_Store | \._.+ | Thumbs\.db | desktop\.ini  # macOS and Windows""",
    re.VERBOSE,
)

_WHERE = (
    "pages are docs/….md with small letters, digits and hyphens, drawings docs/figures/….svg, "
    "data one of the files in docs/data"
)


def is_editors_own(name: str) -> bool:
    """Whether an editor or the system keeps such a file beside what someone writes: nobody reads or publishes it."""
    return bool(_EDITORS_OWN.fullmatch(name.rpartition("/")[2]))


def files_below(folder: Path, pattern: str) -> list[Path]:
    """(IO) The files of the pattern, in order, without what an editor keeps beside them.

    Whoever looks for files in ``docs/`` looks with this: an editor's lock is a link that may lead anywhere.
    """
    return sorted(path for path in folder.rglob(pattern) if not is_editors_own(path.name))


def may_lie(name: str, content: bytes | None) -> Problem | None:
    """Check a file that lies nowhere yet, by its name below ``docs`` and its size; None as content is a link."""
    if content is None:
        return _problem("docs", Path(name), "is a link to another file", "put the file there itself")
    for kind, pattern, limit in ALLOWED:
        if pattern.fullmatch(name):
            hint = f"make it smaller; {kind} may have {limit}"
            return _problem("docs", Path(name), f"has {len(content)} bytes", hint) if len(content) > limit else None
    return _problem("docs", Path(name), "is not a kind of file that may lie here", _WHERE)


def check_files(docs: Path, shown: str = "docs") -> list[Problem]:
    """Check everything below ``docs`` by name, kind and size; nothing is opened."""
    return list(_check_folder(docs, shown))


def _check_folder(docs: Path, shown: str) -> Iterator[Problem]:
    if docs.is_symlink() or not docs.is_dir():
        yield Problem(shown, 1, 1, "is not a folder", "put the folder of pages there itself, not a link to it")
        return
    count = 0
    for place, folders, files in os.walk(docs, followlinks=False):
        inside = Path(place).relative_to(docs)
        for name in sorted(folders):
            path = Path(place, name)
            if path.is_symlink():
                yield _problem(shown, inside / name, "is a link to another folder", "put the files there themselves")
            elif not re.fullmatch(_NAME, name) or len(inside.parts) >= MAX_DEPTH:
                yield _problem(shown, inside / name, "is not a folder of the guide", _WHERE)
                folders.remove(name)
        for name in sorted(name for name in files if not is_editors_own(name)):
            count += 1
            yield from _check_file(Path(place, name), inside / name, shown)
    if count > MAX_FILES:
        yield Problem(shown, 1, 1, f"holds {count} files", f"keep it below {MAX_FILES}")


def _check_file(path: Path, inside: Path, shown: str) -> Iterator[Problem]:
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        yield _problem(shown, inside, "is a link to another file", "put the file there itself")
        return
    if not stat.S_ISREG(status.st_mode):
        yield _problem(shown, inside, "is not a plain file", "delete it")
        return
    for kind, pattern, limit in ALLOWED:
        if pattern.fullmatch(inside.as_posix()):
            if status.st_size > limit:
                hint = f"make it smaller; {kind} may have {limit}"
                yield _problem(shown, inside, f"has {status.st_size} bytes", hint)
            return
    yield _problem(shown, inside, "is not a kind of file that may lie here", _WHERE)


def _problem(shown: str, inside: Path, message: str, hint: str) -> Problem:
    # A name may hold anything, also a line break that would forge a second message.
    name = "".join(c if c.isprintable() else "?" for c in os.fsencode(inside.as_posix()).decode("utf-8", "replace"))
    return Problem(f"{shown}/{name}", 1, 1, message, hint)
