"""A small project that hostile files are put into: real hooks, templates and settings, the golden cases' words."""

import re
import shutil
from pathlib import Path

from ruamel.yaml import YAML

from tests.projects import ROOT, copy_project, small_docs

HOSTILE = ROOT / "tests" / "hostile"
FRONT = """---
title: Words of the corpus
description: A page of the corpus of hostile files, long enough for its description to be taken.
checked: 2026-11-23
next_check: 2027-05-23
"""
HEADING = "---\n\n# Words of the corpus\n\n"
FIRST_LINE = FRONT.count("\n") + 2
"""Where a page's body begins, after its front matter."""


def read_index() -> list[tuple[str, str, dict[str, str]]]:
    """Every hostile file: its area, its name, what it tries and what is said of it."""
    index = YAML(typ="safe").load(HOSTILE / "index.yml")
    return [(area, name, case) for area, cases in index.items() for name, case in cases.items()]


def read_names() -> list[dict[str, str]]:
    """Every hostile file name."""
    return list(YAML(typ="safe").load(HOSTILE / "names.yml"))


def make_project(folder: Path) -> Path:
    """Copy the project, with a few pages instead of all."""
    folder.mkdir()
    copy_project(folder)
    shutil.rmtree(folder / "docs")
    small_docs(folder / "docs")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").split("\nnav:\n")[0] + "\n", encoding="utf-8")
    return folder


def place(area: str, name: str, project: Path, stem: str = "strange") -> Path:
    """Put a hostile file where it would go, and return that place."""
    content = (HOSTILE / area / name).read_bytes()
    docs = project / "docs"
    if area == "figures":
        target = docs / "figures" / "disc.svg"
        target.write_bytes(content)
        # Its numbers are not what these drawings are about.
        words = docs / "data" / "figures.yml"
        words.write_text(
            re.sub(r"^  key: .*\n", "", words.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
        )
    elif area in {"glossary", "findings", "references", "studies"}:
        # The studies are the last part of their file.
        target = docs / "data" / f"{'treatments' if area == 'studies' else area}.yml"
        target.write_bytes(target.read_bytes() + _own_names(content.decode(), stem).encode())
    else:
        target = docs / f"{stem}.md"
        before = {"bodies": FRONT + HEADING, "fronts": FRONT, "pages": ""}[area]
        after = HEADING if area == "fronts" else ""
        page = before.encode() + content + after.encode()
        if stem != "strange":
            # Pages that stand together have titles and descriptions of their own.
            page = page.replace(b"\ntitle: ", f"\ntitle: {stem} ".encode(), 1)
            page = page.replace(b"\ndescription: ", f"\ndescription: {stem} ".encode(), 1)
        target.write_bytes(page)
    return target


def show_all(project: Path) -> None:
    """Add a page that prints every record, so that hostile words of the data reach a page as well."""
    read = YAML(typ="safe").load
    data = project / "docs" / "data"
    cited = " ".join(f'{{{{ cite("{key}") }}}}' for key in read(data / "references.yml"))
    people = "\n\n".join(f'{{{{ people_picture("{key}") }}}}' for key in read(data / "findings.yml"))
    lists = "{{ glossary_list() }}\n\n{{ reference_list() }}\n\n{{ sources() }}\n"
    page = f"{FRONT}{HEADING}See {cited}.\n\n{people}\n\n{lists}"
    (project / "docs" / "everything.md").write_text(page.replace("title: Words", "title: All words"), encoding="utf-8")


def _own_names(records: str, stem: str) -> str:
    """Give records of several files names that differ, so that they can stand in one."""
    number = 600 + int("0" + stem.strip("abcdefghijklmnopqrstuvwxyz"))
    for old, new in (("strange", stem), ('"term"', f'"{stem} term"'), ("R98:", f"R{number}:")):
        records = records.replace(old, new)
    return records


def unknown_words(project: Path, words: list[str]) -> None:
    """Let the spelling pass: these words are strange on purpose."""
    path = project / "docs" / "data" / "words.yml"
    listed = "".join(f'  - "{word.casefold()}"\n' for word in dict.fromkeys(words))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("known:\n", f"known:\n{listed}", 1), encoding="utf-8")
