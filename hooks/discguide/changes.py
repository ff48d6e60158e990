"""What a change does to the facts and words that readers see, as text that a clinician can read."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .frontmatter import split
from .problems import ProblemsFound
from .prose import passages
from .reading import read_text, read_yaml

_SHOWN = ("treatments", "references", "findings", "glossary", "figures")


def describe(root: Path, base: str) -> str:
    """(IO) Compare the working files with the commit ``base``.

    Raises:
        ValueError: git does not know the commit.
        ProblemsFound: the facts of one side cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="discguide-base-") as folder:
        before = _files_of(root, base, Path(folder))
        lines = [*_facts(before / "docs", root / "docs"), *_words(before / "docs", root / "docs")]
    return "\n".join(lines) if lines else "Nothing changes for readers."


def _files_of(root: Path, base: str, folder: Path) -> Path:
    done = subprocess.run(["git", "archive", base, "docs"], cwd=root, capture_output=True, check=False)
    if done.returncode:
        raise ValueError(f"git does not know '{base}'; write a branch or a commit, like BASE=main")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _facts(before: Path, after: Path) -> Iterator[str]:
    """Compare the files as they are written, so that a change of the model does not stand in the way."""
    for kind in _SHOWN:
        old, new = _records(before, kind), _records(after, kind)
        for key in sorted(old.keys() | new.keys()):
            if key not in new:
                yield f"{kind}: {key} is taken out"
            elif key not in old:
                yield f"{kind}: {key} is new"
            else:
                yield from _fields(f"{kind}: {key}", dict(_flat(old[key])), dict(_flat(new[key])))


def _records(docs: Path, kind: str) -> dict[str, Any]:
    path = docs / "data" / f"{kind}.yml"
    return dict(read_yaml(path, f"docs/data/{path.name}").content) if path.is_file() else {}


def _flat(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _flat(inner, f"{at}.{key}" if at else str(key))
    else:
        yield at, str(value)


def _fields(where: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, "(nothing)"), new.get(name, "(nothing)")
        if was != now:
            yield f"{where}, {name}\n    before: {was}\n    after:  {now}"


def _words(before: Path, after: Path) -> Iterator[str]:
    names = {path.relative_to(side) for side in (before, after) for path in side.rglob("*.md")}
    for name in sorted(names):
        old, new = _passages(before / name), _passages(after / name)
        if old == new:
            continue
        yield f"page: {name.as_posix()}{' is new' if not old else ' is taken out' if not new else ''}"
        if old and new:
            yield from (f"    before: {text}" for text in old if text not in new)
            yield from (f"    after:  {text}" for text in new if text not in old)


def _passages(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        _front, body, _line = split(read_text(path, path.name), path.name)
    except ProblemsFound:
        return [path.read_text(encoding="utf-8", errors="replace")]
    return [passage.text for passage in passages(body) if passage.text]
