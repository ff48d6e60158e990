"""(IO) Begin a new edition: write down which facts changed since the last one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from discguide.commands.diff import records_at
from discguide.data.editions import Edition, newest
from discguide.data.export import VERSION
from discguide.data.load import load

FILE = "docs/data/editions.yml"


class NoEdition(ValueError):
    """There is nothing to make an edition of; the text says why."""


def begin_edition(root: Path, day: dt.date) -> tuple[str, Edition]:
    """Compare the facts with those of the last edition, and write what changed at the top of the list.

    The last edition is read where its name is a tag, which the publishing workflow sets.

    Raises:
        GitRefuses: git does not know the last edition.
        NoEdition: nothing changed, or the day has its edition.
        ProblemsFound: the facts cannot be read.
    """
    editions = load(root / "docs").guide.editions
    last = newest(editions)
    name = f"edition-{day.isoformat()}"
    if name in editions:
        raise NoEdition(f"{name} is there; a day has one edition.")
    before = records_at(root, f"edition-{last.day.isoformat()}") if last else {}
    after = records_at(root, None)
    changed = {
        record: [] if record not in before or record not in after else _fields(before[record], after[record])
        for record in sorted(before.keys() | after.keys())
        if before.get(record) != after.get(record)
    }
    if last and not changed:
        raise NoEdition(f"No fact has changed since {last.day.isoformat()}.")
    edition = Edition(version=_version(last, changed), day=day, changed=changed if last else {})
    _write(root / FILE, name, edition)
    return name, edition


def _fields(old: Any, new: Any) -> list[str]:
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return []
    return sorted(str(key) for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def _version(last: Edition | None, changed: dict[str, list[str]]) -> str:
    if not last:
        return f"{VERSION}.0.0"
    major, minor, patch = map(int, last.version.split("."))
    if major != VERSION:
        return f"{VERSION}.0.0"
    if not all(changed.values()):
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}"


def _write(path: Path, name: str, edition: Edition) -> None:
    text = path.read_text(encoding="utf-8")
    notes = [line for line in text.split("\n") if line.startswith("#")]
    rest = text.split("\n", len(notes))[-1].strip("\n") if notes else text.strip("\n")
    lines = [f"{name}:", f'  version: "{edition.version}"', f"  day: {edition.day.isoformat()}"]
    if edition.changed:
        lines += ["  changed:", *(f"    {record}: [{', '.join(fields)}]" for record, fields in edition.changed.items())]
    else:
        lines.append("  changed: {}")
    path.write_text("\n".join([*notes, *lines, *([rest] if rest not in {"", "{}"} else [])]) + "\n", encoding="utf-8")
