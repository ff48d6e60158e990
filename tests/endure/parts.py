"""What a part of the endurance run is, and what all parts need.

A part is a function under ``@part("what holds")`` in any module of this package. It gets an empty folder outside the
project, yields a line for each thing that it has tried and that held, and raises ``Failed`` (or anything) when one did not.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent

Tried = Iterator[str]
Trial = Callable[[Path], Tried]


class Part(NamedTuple):
    """One promise, and the trial of it."""

    what: str
    trial: Trial


PARTS: dict[str, Part] = {}


class Failed(Exception):
    """The promise does not hold; the message says what was seen."""


def part(what: str) -> Callable[[Trial], Trial]:
    """Register a trial under its function's name: ``newer_packages`` is run by ``make endure ONLY=newer-packages``."""

    def register(trial: Trial) -> Trial:
        PARTS[trial.__name__.replace("_", "-")] = Part(what, trial)
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


def attempt(
    *command: str, cwd: Path, env: dict[str, str] | None = None, limit: int = 1800
) -> subprocess.CompletedProcess[str]:
    """Run a command however it ends; ``limit`` is in seconds."""
    return subprocess.run(
        command, cwd=cwd, env=env, timeout=limit, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def run(*command: str, cwd: Path, env: dict[str, str] | None = None, limit: int = 1800) -> str:
    """Run a command that must end well; returns what it said."""
    done = attempt(*command, cwd=cwd, env=env, limit=limit)
    if done.returncode:
        said = "\n".join(done.stdout.strip().splitlines()[-15:])
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return done.stdout
