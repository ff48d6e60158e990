"""(IO) What falls due while nobody writes: days to check again, sources that are gone, newer packages.

Each week a workflow runs this and keeps one issue for each kind (``.ci/issues``). It is a command first, so that it
can be tried and tested without a host. Only ``sources`` and ``packages`` use the network, and no build calls them.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from discguide.content.pages import read_page
from discguide.data.load import load
from discguide.data.references import Reference
from discguide.data.rules.calendar import today
from discguide.data.yaml.reader import Document
from discguide.security.files import files_below

SOON = dt.timedelta(days=30)
"""How long before its day a check is announced: time to find somebody who reads."""
PATIENCE = 15
"""Seconds that a host has to answer."""
_GONE = frozenset({404, 410})
_MOVED = frozenset({301, 308})

Say = Callable[[str], None]
Ask = Callable[[str], tuple[int, str]]
"""Asks an address: the status of the answer (0 when there was none), and where it leads to."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: an issue of a host is kept open while it has lines, and closed when it has none."""

    key: str
    title: str
    lines: tuple[str, ...]


def upkeep(root: Path, only: frozenset[str], say: Say, ask: Ask | None = None) -> list[Duty]:
    """Find what is to be done, of the kinds in ``only``, or of all.

    Raises:
        ProblemsFound: the facts cannot be read; ``make check`` says the same.
    """
    kinds: dict[str, Callable[[], list[Duty]]] = {
        "due": lambda: _due(root),
        "sources": lambda: _sources(load(root / "docs").guide.references, say, ask or _ask),
        "packages": lambda: _packages(root),
    }
    if strange := only - kinds.keys():
        raise ValueError(f"There is no part {', '.join(sorted(strange))}; there are {', '.join(kinds)}.")
    return [duty for kind, find in kinds.items() if not only or kind in only for duty in find()]


def save(root: Path, duties: list[Duty]) -> Path:
    """Write the duties where ``.ci/issues`` reads them."""
    path = root / ".build" / "upkeep.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps([asdict(duty) for duty in duties], indent=2, ensure_ascii=False), encoding="utf-8")
    return path


def _due(root: Path) -> list[Duty]:
    now = today()
    days = sorted(_days(root))
    late = tuple(f"{place}: {name} was to be checked by {day}" for day, place, name in days if day < now)
    soon = tuple(f"{place}: {name} is to be checked by {day}" for day, place, name in days if now <= day <= now + SOON)
    return [Duty("overdue", "Checks are overdue", late), Duty("due-soon", "Checks fall due within a month", soon)]


def _days(root: Path) -> Iterator[tuple[dt.date, str, str]]:
    """Every day on which something is to be checked, with its place and its name."""
    library = load(root / "docs")
    for document in library.documents.values():
        for key, record in document.content.items():
            if isinstance(record, dict) and "next_check" in record:
                yield _day(document, (key, "next_check"), record["next_check"], str(key))
    for path in files_below(root / "docs", "*.md"):
        front = read_page(path, path.relative_to(root).as_posix(), library.guide).front
        if "next_check" in front.content:
            yield _day(front, ("next_check",), front.content["next_check"], "the page")


def _day(document: Document, at: tuple[str, ...], value: object, name: str) -> tuple[dt.date, str, str]:
    line, _column = document.places.get(at, (1, 1))
    return dt.date.fromisoformat(str(value)), f"{document.path}:{line}", name


def _sources(references: dict[str, Reference], say: Say, ask: Ask) -> list[Duty]:
    """Ask each address once. Hosts that turn programs away are not counted: a reader may still come in."""
    gone, moved = [], []
    listed = [(key, record) for key, record in references.items() if record.address]
    for number, (key, record) in enumerate(listed, start=1):
        if number % 25 == 0:
            say(f"{number} of {len(listed)} sources …")
        status, leads_to = ask(record.address)
        if status in _GONE:
            gone.append(f"docs/data/references.yml: {key}, {record.address} answers {status}")
        elif status in _MOVED and not record.doi:
            moved.append(f"docs/data/references.yml: {key}, {record.address} has moved to {leads_to}")
    return [
        Duty("sources-gone", "Sources are gone", tuple(gone)),
        Duty("sources-moved", "Sources have moved", tuple(moved)),
    ]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Do not follow: that a DOI is known, and where a page went, is all that is asked."""

    def redirect_request(self, *_of_a_request: object) -> None:
        return None


def _ask(address: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(_Stay)
    request = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0 (upkeep of references)"})
    try:
        with opener.open(request, timeout=PATIENCE) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location", "")
    except (OSError, ValueError):
        return 0, ""


def _packages(root: Path) -> list[Duty]:
    """Compare what is installed here with the registry that pip is set to."""
    command = [sys.executable, "-m", "pip", "list", "--outdated", "--format", "json", "--disable-pip-version-check"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ValueError(f"pip does not say what is newer ({reason}); connect to a network and try again.")
    found = sorted(json.loads(done.stdout), key=lambda package: package["name"].casefold())
    lines = tuple(f"{package['name']} {package['version']} → {package['latest_version']}" for package in found)
    return [Duty("packages", "Locked packages have newer versions (make lock, make test)", lines)]
