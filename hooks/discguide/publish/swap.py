"""(IO) A finished tree takes the place of the old one whole, and one build runs at a time.

A build works beside the site and swaps at the end, so that readers of ``site/`` never see half of it. Whatever
stops a build, a power cut included, the next one starts from a whole site.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Another build is at work in the same folder."""


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
    """Bring the old site back if an earlier swap was cut between its two steps; tell whether it was so."""
    old = work / "site-old"
    cut = old.exists() and not site.exists()
    if cut:
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return cut


def swap(new: Path, site: Path, work: Path) -> None:
    """Put a finished tree in the place of the site: two renames, and the first can be undone by ``mend``."""
    old = work / "site-old"
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)
