"""What a change does to the facts and words that readers see, as text that a clinician can read.

A reviewer trusts this list, so nothing that goes out may change without a line in it: what is not compared field
by field is compared line by line, and a file that is neither is named.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from discguide.data.yaml_reader import read_yaml
from discguide.problems import ProblemsFound
from discguide.security.files import check_files
from discguide.security.svg import title_of

_SHOWN = ("treatments", "references", "findings", "glossary", "figures", "article")
_LINES = (".md", "words.yml")
"""Files whose lines are what people read."""


def describe(root: Path, base: str) -> str:
    """(IO) Compare the working files with the commit ``base``.

    Raises:
        ValueError: git does not know the commit.
        ProblemsFound: a file may not lie there, or the facts of one side cannot be read.
    """
    # Before any is opened: a link could lead anywhere, and what it leads to would stand in the answer.
    if faults := check_files(root / "docs"):
        raise ProblemsFound(faults)
    with tempfile.TemporaryDirectory(prefix="discguide-base-") as folder:
        before = _files_of(root, base, Path(folder))
        lines = [*_facts(before / "docs", root / "docs"), *_files(before / "docs", root / "docs")]
    return "\n".join(map(_one_line, lines)) if lines else "Nothing changes for readers."


def _one_line(said: str) -> str:
    """Keep what someone wrote from beginning a line of its own or moving the cursor."""
    return "".join("?" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in said)


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
        if old == new and _bytes(before / "data" / f"{kind}.yml") != _bytes(after / "data" / f"{kind}.yml"):
            yield f"{kind}: only its notes, its order or its quotes change"


def _records(docs: Path, kind: str) -> dict[str, Any]:
    path = docs / "data" / f"{kind}.yml"
    return dict(read_yaml(path, f"docs/data/{path.name}").content) if path.is_file() else {}


def _flat(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            name = str(key).replace(".", "\\.")
            yield from _flat(inner, f"{at}.{name}" if at else name)
    else:
        yield at, str(value)


def _fields(where: str, old: dict[str, str], new: dict[str, str]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        was, now = old.get(name, "(nothing)"), new.get(name, "(nothing)")
        if was != now:
            yield f"{where}, {name}"
            yield f"    before: {was}"
            yield f"    after:  {now}"


def _files(before: Path, after: Path) -> Iterator[str]:
    told = {Path("data", f"{kind}.yml") for kind in _SHOWN}
    names = {path.relative_to(side) for side in (before, after) for path in side.rglob("*") if path.is_file()}
    for name in sorted(names - told):
        old, new = _bytes(before / name), _bytes(after / name)
        if old == new:
            continue
        kind = {".md": "page", ".svg": "drawing"}.get(name.suffix, "file")
        shown = name.as_posix()
        if old is None or new is None:
            yield f"{kind}: {shown} is {'new' if old is None else 'taken out'}"
        elif shown.endswith(_LINES):
            yield f"{kind}: {shown}"
            yield from _changed_lines(_text(old), _text(new))
        elif kind == "drawing":
            yield f"{kind}: {shown} is drawn differently; look at it"
            yield from _fields(f"{kind}: {shown}", {"title": title_of(_text(old))}, {"title": title_of(_text(new))})
        else:
            yield f"{kind}: {shown} is changed"


def _changed_lines(old: str, new: str) -> Iterator[str]:
    was, now = old.splitlines(), new.splitlines()
    for kind, from_old, to_old, from_new, to_new in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind != "equal":
            for when, lines, first, last in (("before: ", was, from_old, to_old), ("after:  ", now, from_new, to_new)):
                for number in range(first, last):
                    yield f"    line {number + 1} {when}{lines[number].rstrip() or '(an empty line)'}"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
