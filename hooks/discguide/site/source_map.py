"""(IO) Where an editor wrote what a built page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from discguide.content.passages import passages
from discguide.security.files import files_below
from discguide.text import slug

_NOT_SHOWN = {"article.yml", "words.yml", "danger-signs.yml"}
"""Data that steers the checks; no page is made from it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file as editors name it, a line and a column."""

    path: str
    line: int
    column: int = 1


def place_of(project: Path, page: str, *needles: str) -> Place:
    """Find the words in the page's source, else in the data and the drawings that pages are made from.

    The needles are tried in turn. When none is found, the place is the page's title; what no editor wrote at all
    comes from the template of that name.
    """
    docs = project / "docs"
    shown = [path for path in files_below(docs / "data", "*.yml") if path.name not in _NOT_SHOWN]
    searched = (docs / page, *shown, *files_below(docs / "figures", "*.svg"))
    texts = {path: path.read_text(encoding="utf-8") for path in searched if path.is_file()}
    for needle in filter(None, needles):
        for path, text in texts.items():
            if found := _in_text(text, needle, path):
                return Place(f"docs/{path.relative_to(docs).as_posix()}", *found)
    if not (docs / page).is_file():
        return Place(f"overrides/{page}", 1)
    title = re.search(r"^# ", (docs / page).read_text(encoding="utf-8"), re.MULTILINE)
    line = title.string.count("\n", 0, title.start()) + 1 if title else 1
    return Place(f"docs/{page}", line)


def _in_text(text: str, needle: str, path: Path) -> tuple[int, int] | None:
    found = text.find(needle)
    if found >= 0:
        return text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found)
    if path.suffix != ".md":
        return None
    # The words of a page stand between marks and links, and may run over the end of a line.
    words = " ".join(needle.split())
    return next(((passage.line, 1) for passage in passages(text) if words in passage.text), None)


def written_in(project: Path, page: str) -> str:
    """The plain words of a page's own source."""
    path = project / "docs" / page
    return " ".join(p.text for p in passages(path.read_text(encoding="utf-8"))) if path.is_file() else ""


def anchors(project: Path, page: str) -> set[str]:
    """The places that a page's own headings make, and the glossary's terms; for hints only."""
    path = project / "docs" / page
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    given = set(re.findall(r"\{#([a-z0-9-]+)\}", text))
    heads = {slug(passage.text) for passage in passages(text) if passage.kind == "heading"}
    terms = project / "docs" / "data" / "glossary.yml"
    if page == "glossary.md" and terms.is_file():
        heads |= {slug(name) for name in re.findall(r"^(\w[^:\n]*):", terms.read_text(encoding="utf-8"), re.MULTILINE)}
    return given | heads
