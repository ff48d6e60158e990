"""(IO) A finished tree takes the place of the old one whole, and one build runs at a time.

A build works beside the site and swaps at the end, so that readers of ``site/`` never see half of it. Whatever
stops a build, a power cut included, the next one starts from a whole site.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux."""


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
    """Put a finished tree in the place of the site, in one step where the system can.

    Elsewhere it takes two renames, between which readers find nothing; the first can be undone by ``mend``.
    """
    old = work / "site-old"
    if site.exists() and _exchange(new, site):
        new.rename(old)
    else:
        if site.exists():
            site.rename(old)
        new.rename(site)
    with suppress(OSError):  # the site is in place; the next build says what keeps the old one
        remove(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders take each other's name at the same moment; tell whether that was possible (Linux, most disks)."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    return bool(rename(_HERE, os.fsencode(one.absolute()), _HERE, os.fsencode(other.absolute()), _EXCHANGE) == 0)


def keep_hashed(site: Path, new: Path, listing: str) -> None:
    """Let the scripts and styles of the edition before stay for the pages that are still open.

    Args:
        site: the edition before.
        new: the one that takes its place; a file of its own is never replaced.
        listing: what the edition before was made of, as ``compress.digest`` lists it: what it had kept itself goes.
    """
    for name in re.findall(
        r"^[0-9a-f]{64}  (assets/[a-z-]+\.[0-9a-f]{8}\.(?:css|js|svg|png|woff2)(?:\.br|\.gz)?)$", listing, re.MULTILINE
    ):
        if (site / name).is_file() and not (new / name).exists():
            shutil.copyfile(site / name, new / name)


def remove(path: Path) -> None:
    """Remove a tree of ours, or whatever has taken its name; never what a link leads to."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
