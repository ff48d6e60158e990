"""What a change does to the facts and words that readers see, as text that a clinician can read.

A reviewer trusts this list, so nothing that goes out may change without a line in it: what is not compared field
by field is compared line by line, and a file that is neither is named.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path, PurePosixPath
from typing import Any

from discguide.data.yaml.reader import parse_yaml
from discguide.history import LINE_ENDS, file_at, files_at
from discguide.problems import ProblemsFound
from discguide.security.files import check_files, files_below
from discguide.security.svg import title_of
from discguide.text import NAMES, decode

_SHOWN = (
    "treatments", "references", "findings", "glossary", "figures", "article", "medicines", "guidelines", "injections",
    "labels", "notice", "editions",
)  # fmt: skip
_LINES = (".md", "words.yml", "danger-signs.yml")
"""Files whose lines are what people read."""
MENU = "mkdocs.yml"
"""The file that names the site and its pages: a page may go, or get another name, by a line of it."""
Files = Mapping[str, bytes | None]
"""One side: each file below docs/ by its name there; None is a link, which is not followed."""
MOST_TOLD = 500_000
"""Bytes of a list; GitHub drops a summary of more than 1,024 kB without a word."""
MOST_LINES, MOST_ALIKE = 4_000, 100_000
"""Lines of a text, and pairs of equal lines in two, up to which matching them takes seconds."""


def describe(root: Path, base: str, repository: Path | None = None) -> str:
    """(IO) Compare the working files with the commit ``base``, which the repository knows (``root`` itself, if none).

    Raises:
        GitRefuses: git does not know the commit.
        ProblemsFound: a file may not lie there, or the facts of one side cannot be read.
    """
    # Before any is opened: a link could lead anywhere, and what it leads to would stand in the answer.
    if faults := check_files(root / "docs"):
        raise ProblemsFound(faults)
    before, after = files_at(repository or root, base, "docs"), _files_in(root / "docs")
    lines = [*_facts(before, after), *_files(before, after), *_menu(root, base, repository or root)]
    return "\n".join(map(_one_line, lines)) if lines else "Nothing changes for readers."


def _menu(root: Path, base: str, repository: Path) -> Iterator[str]:
    """Compare the file that names the site and its pages; a link is not followed."""
    path = root / MENU
    now = path.read_bytes().replace(*LINE_ENDS) if path.is_file() and not path.is_symlink() else b""
    if changed := list(_changed_lines(_text(file_at(repository, base, MENU)), _text(now))):
        yield f"menu and names: {MENU}"
        yield from changed


def _one_line(text: str) -> str:
    """Keep what someone wrote from beginning a line of its own or moving the cursor."""
    return "".join("?" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)


def _files_in(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, by its name inside; line ends are folded, as in all that is published."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().replace(*LINE_ENDS)
        for path in files_below(folder, "*")
        if path.is_file()
    }


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


def records_at(root: Path, base: str | None) -> dict[str, Any]:
    """(IO) Every record that readers see, by its file and id: of the commit ``base``, or as it lies there now.

    Raises:
        GitRefuses: git does not know the commit.
        ProblemsFound: the facts cannot be read.
    """
    files = files_at(root, base, "docs") if base else _files_in(root / "docs")
    facts = [kind for kind in _SHOWN if kind not in {"labels", "notice", "editions"}]
    return {f"{kind}.{key}": record for kind in facts for key, record in _records(files, kind).items()}


def _records(files: Files, kind: str) -> dict[str, Any]:
    content, shown = files.get(f"data/{kind}.yml"), f"docs/data/{kind}.yml"
    return dict(parse_yaml(decode(content, shown, NAMES), shown, letters=NAMES).content) if content is not None else {}


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
    listed = {f"data/{kind}.yml" for kind in _SHOWN}
    for shown in sorted((before.keys() | after.keys()) - listed):
        old, new = before.get(shown), after.get(shown)
        if old is None and shown in before:
            yield f"link: {shown} is taken out"
        if old == new:
            continue
        kind = {".md": "page", ".svg": "drawing"}.get(PurePosixPath(shown).suffix, "file")
        if old is None or new is None:
            yield f"{kind}: {shown} is {'new' if old is None else 'taken out'}"
            if kind == "page" and new is None:
                address = shown.removesuffix(".md")
                yield f"    {address}.html opens nothing any more; leave a page there that says where its words went"
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
    for kind, from_old, to_old, from_new, to_new in _matched(was, now):
        if kind != "equal":
            for when, lines, first, last in (("before: ", was, from_old, to_old), ("after:  ", now, from_new, to_new)):
                yield from _runs(when, lines, first, last)


def _matched(was: list[str], now: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """Match the lines of two texts; where that would take minutes, all between their first and last change differs."""
    often = Counter(now)
    if max(len(was), len(now)) <= MOST_LINES and sum(often[line] for line in was) <= MOST_ALIKE:
        return SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    top = _alike(was, now)
    end = _alike(was[top:][::-1], now[top:][::-1])
    return [("replace", top, len(was) - end, top, len(now) - end)]


def _alike(one: list[str], other: list[str]) -> int:
    """Count the lines that two texts have in common from their beginning on."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _runs(when: str, lines: list[str], first: int, last: int) -> Iterator[str]:
    """Tell lines one by one, and a line that is repeated many times once."""
    for text, group in itertools.groupby(range(first, last), key=lambda number: lines[number].rstrip()):
        numbers = [number + 1 for number in group]
        place = f"line {numbers[0]}" if len(numbers) == 1 else f"lines {numbers[0]} to {numbers[-1]}"
        yield f"    {place} {when}{text or '(an empty line)'}"


def shorten(text: str, most: int = MOST_TOLD) -> tuple[str, bool]:
    """Cut a list that is longer than where it is shown takes, saying so in its first line; tell whether it was cut."""
    if len(text.encode()) <= most:
        return text, False
    lines, room, shown = text.split("\n"), most, 0
    while (room := room - len(lines[shown].encode()) - 1) >= 0:
        shown += 1
    left_out = (
        f"NOT WHOLE: {len(lines) - shown:,} of {len(lines):,} lines are left out; part the change into smaller ones"
    )
    return "\n".join((left_out, *lines[:shown])), True


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")
