"""What a change does to the facts and words that readers see, as text that a clinician can read.

A reviewer trusts this list, so nothing that goes out may change without a line in it: what is not compared field
by field is compared line by line, and a file that is neither is named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import Any

from discguide.data.yaml_reader import parse_yaml
from discguide.history import files_at, files_in
from discguide.problems import ProblemsFound
from discguide.security.files import check_files
from discguide.security.svg import title_of
from discguide.text import decode

_SHOWN = ("treatments", "references", "findings", "glossary", "figures", "medicines", "guidelines", "injections")
_LINES = (".md", "words.yml")
"""Files whose lines are what people read."""
Files = Mapping[str, bytes | None]
"""One side: each file below docs/ by its name there; None is a link, which is not followed."""


def describe(root: Path, base: str) -> str:
    """(IO) Compare the working files with the commit ``base``.

    Raises:
        GitRefuses: git does not know the commit.
        ProblemsFound: a file may not lie there, or the facts of one side cannot be read.
    """
    # Before any is opened: a link could lead anywhere, and what it leads to would stand in the answer.
    if faults := check_files(root / "docs"):
        raise ProblemsFound(faults)
    before, after = files_at(root, base, "docs"), files_in(root / "docs")
    lines = [*_facts(before, after), *_files(before, after)]
    return "\n".join(map(_one_line, lines)) if lines else "Nothing changes for readers."


def _one_line(said: str) -> str:
    """Keep what someone wrote from beginning a line of its own or moving the cursor."""
    return "".join("?" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in said)


def _facts(before: Files, after: Files) -> Iterator[str]:
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
        if old == new and before.get(f"data/{kind}.yml") != after.get(f"data/{kind}.yml"):
            yield f"{kind}: only its notes, its order or its quotes change"


def _records(files: Files, kind: str) -> dict[str, Any]:
    content, shown = files.get(f"data/{kind}.yml"), f"docs/data/{kind}.yml"
    return dict(parse_yaml(decode(content, shown), shown).content) if content is not None else {}


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


def _files(before: Files, after: Files) -> Iterator[str]:
    told = {f"data/{kind}.yml" for kind in _SHOWN}
    for shown in sorted((before.keys() | after.keys()) - told):
        old, new = before.get(shown), after.get(shown)
        if old is None and shown in before:
            yield f"link: {shown} is taken out"
        if old == new:
            continue
        kind = {".md": "page", ".svg": "drawing"}.get(PurePosixPath(shown).suffix, "file")
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


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
