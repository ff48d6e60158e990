"""(IO) A finished tree takes the place of the old one whole, and one build runs at a time.

A build works beside the site and swaps at the end, so that readers of ``site/`` never see half of it. Whatever
stops a build, a power cut included, the next one starts from a whole site.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Busy(Exception):
    """Another build is at work in the same folder."""


class InTheWay(Exception):
    """What stands in the place of the site is none: a link or a file."""


@contextmanager
def only_build(work: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets it go even when the build is killed.

    Raises:
        Busy: when another build holds it.
    """
    work.mkdir(exist_ok=True)
    with (work / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            raise Busy(
                f"another build is running here (process {holder}); wait until it ends, then build again"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def mend(site: Path, work: Path) -> bool:
    """Bring the old site back if an earlier swap was cut between its two steps; tell whether it was so.

    Raises:
        InTheWay: the site is a link or a file. To put a folder there would leave what the link leads to as it is,
            unseen, and that may be what readers get.
    """
    if site.is_symlink():
        there = f"a link to {site.readlink()}, and would no longer be one after a build"
        raise InTheWay(f"{site.name} is {there}; take the link away (rm {site.name}), and copy the new site there")
    if site.exists() and not site.is_dir():
        raise InTheWay(f"{site.name} is a file, not a folder; move it away, then build again")
    old = work / "site-old"
    cut = old.is_dir() and not old.is_symlink() and not site.exists()
    if cut:
        old.rename(site)
    remove(old)
    return cut


def swap(new: Path, site: Path, work: Path) -> None:
    """Put a finished tree in the place of the site: two renames, and the first can be undone by ``mend``."""
    old = work / "site-old"
    if site.exists():
        site.rename(old)
    new.rename(site)
    with suppress(OSError):  # the site is in place; the next build says what keeps the old one
        remove(old)


def remove(path: Path) -> None:
    """Remove a tree of ours, or whatever has taken its name; never what a link leads to."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
