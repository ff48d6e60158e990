"""What a part of the endurance run is, and what all parts need.

A part is a function under ``@part("what holds")`` in any module of this package. It gets an empty folder outside the
project, yields a line for each thing that it has tried and that held (or ``not tried: …``), and raises ``Failed`` (or anything) when one did not.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent.parent

Tried = Iterator[str]
Trial = Callable[[Path], Tried]


class Part(NamedTuple):
    """One promise, and the trial of it."""

    message: str
    trial: Trial


PARTS: dict[str, Part] = {}


class Failed(Exception):
    """The promise does not hold; the message says what was seen."""


def part(message: str) -> Callable[[Trial], Trial]:
    """Register a trial under its function's name: ``newer_packages`` is run by ``make endure ONLY=newer-packages``."""

    def register(trial: Trial) -> Trial:
        PARTS[trial.__name__.replace("_", "-")] = Part(message, trial)
        return trial

    return register


def need(command: str, package: str) -> str:
    """Find a tool; without it the part fails, because what was not tried does not hold."""
    found = shutil.which(command, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")
    if not found:
        raise Failed(f"{command} was not found; install the package {package}")
    return found


def clone(folder: Path, *options: str) -> Path:
    """Make what a stranger gets: a clone of the last commit."""
    run("git", "clone", "--quiet", *options, f"file://{ROOT}", str(folder), cwd=ROOT)
    return folder


def bare(home: Path, **more: str) -> dict[str, str]:
    """The environment of somebody who has set nothing, but for the machine's own way to its registries.

    Packages are downloaded once for all parts; a part that must begin with nothing takes ``PIP_CACHE_DIR`` out.
    """
    home.mkdir(exist_ok=True)
    ways = ("CERT", "SSL_", "PROXY", "proxy", "INDEX_URL", "FIND_LINKS", "REGISTRY")
    kept = {name: value for name, value in os.environ.items() if any(way in name for way in ways)}
    path = "/usr/local/bin:/usr/bin:/bin"
    return kept | {"PATH": path, "HOME": str(home), "PIP_CACHE_DIR": str(ROOT / ".build" / "endure-cache")} | more


def attempt(*command: str, cwd: Path, limit: int = 1800, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run a command however it ends; ``limit`` is in seconds, ``how`` is subprocess's (env, umask, user …)."""
    try:
        return subprocess.run(
            command, cwd=cwd, timeout=limit, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace", check=False, **how,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise Failed(f"{' '.join(command)} did not end within {limit} s") from late


def run(*command: str, cwd: Path, limit: int = 1800, **how: Any) -> str:
    """Run a command that must end well; returns what it said."""
    done = attempt(*command, cwd=cwd, limit=limit, **how)
    if done.returncode:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{tail(done.stdout)}")
    return done.stdout


def refused(done: subprocess.CompletedProcess[str], meant: str) -> str:
    """A command must have stopped with one line that says this; returns the line."""
    said = [line for line in done.stdout.splitlines() if not line.startswith(("make", "Setting up"))]
    if not done.returncode or len(said) != 1 or meant not in said[0]:
        raise Failed(
            f"one line with {meant!r} was expected; it ended with {done.returncode} and said:\n{tail(done.stdout)}"
        )
    return said[0]


def tail(said: str) -> str:
    """The end of what a command said, set in."""
    return "\n".join(f"    {line}" for line in said.strip().splitlines()[-15:])


def build(project: Path, env: dict[str, str], *words: str, **how: Any) -> str:
    """Set up and build a project; returns the digest of its site."""
    said = run("make", "site", *words, cwd=project, env=env, **how)
    found = re.search(r"^Digest ([0-9a-f]{64})", said, re.MULTILINE)
    if not found:
        raise Failed(f"no digest was said:\n{tail(said)}")
    return found[1]


@cache
def digest() -> str:
    """The digest of the last commit's site, as a plain clone on this machine builds it."""
    with tempfile.TemporaryDirectory(prefix="endure-") as work:
        return build(clone(Path(work) / "project"), bare(Path(work) / "home"))


def same(found: str, where: str) -> str:
    """The site must be the same wherever it is built; returns the line to say."""
    if found != digest():
        raise Failed(f"{where}: the site differs ({found[:12]} in place of {digest()[:12]})")
    return f"{where}: the same site"
