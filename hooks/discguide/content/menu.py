"""(IO) The menu in ``mkdocs.yml``: each page once, under one name, and the danger signs where people look first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from discguide.content.danger_signs import check_way
from discguide.content.frontmatter import split
from discguide.content.passages import passages
from discguide.content.wording import slips
from discguide.data.yaml.reader import Document, Location, read_yaml
from discguide.problems import Problem, ProblemsFound
from discguide.text import read_text

FILE = "mkdocs.yml"


def check_menu(root: Path) -> Iterator[Problem]:
    """Check the menu of the project at ``root``.

    Raises:
        ProblemsFound: the menu cannot be read, so that nothing can be built.
    """
    menu = read_yaml(root / FILE, FILE)
    if faults := list(_torn(menu, menu.content.get("nav"), ("nav",))):
        raise ProblemsFound(faults)
    yield from check_way(menu, root)
    seen: dict[str, str] = {}
    for at, name, page in _entries(menu.content.get("nav"), ("nav",)):
        if page in seen:
            hint = "keep one of the two; readers would find one page under two names"
            yield menu.problem(at, f"the menu has '{page}' as '{seen[page]}' already", hint)
        seen.setdefault(page, name)
        for slip in slips(name, "name"):
            yield menu.problem(at, slip.message, slip.hint)
        # Home has the whole guide's name in the browser, and says what it is about where it is shared.
        if page != "index.md":
            yield from _one_name(menu, at, name, root / "docs" / page)


def _torn(menu: Document, part: Any, at: Location) -> Iterator[Problem]:
    """Find lines that are no 'name: page': without a space behind the colon, YAML takes the line for one word."""
    if isinstance(part, str) and at[-1] != "nav" and isinstance(at[-1], int):
        name, colon, page = part.partition(":")
        hint = f"write '- {name}: {page}'" if colon else f"write '- Its name: {part}'"
        yield menu.problem(at, f"'{part}' is not a name and a page", hint)
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from _torn(menu, inner, (*at, key))


def _entries(part: Any, at: Location) -> Iterator[tuple[Location, str, str]]:
    """Walk the menu to its pages: the place, the name and the page of each."""
    for key, inner in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        if isinstance(inner, str):
            yield (*at, key), str(key), inner
        yield from _entries(inner, (*at, key))


def _one_name(menu: Document, at: Location, name: str, path: Path) -> Iterator[Problem]:
    """A title that neither the menu nor the heading has is seen only where the page is shared: nobody mends it."""
    shown = f"docs/{path.name}"
    try:
        front, body, _line = split(read_text(path, shown), shown)
    except ProblemsFound:
        return  # told where the page is checked
    heading = next((one.text for one in passages(body) if one.kind == "heading"), "")
    title = front.content.get("title")
    if isinstance(title, str) and not any(_alike(title, other) for other in (name, heading)):
        message = f"the page is '{name}' here, and its title says '{title}'"
        yield menu.problem(at, message, f"call it by one name: write 'title: {name}' at its top, or change this line")


def _alike(one: str, other: str) -> bool:
    one, other = (text.casefold().replace("’", "'") for text in (one, other))
    return bool(other) and (one in other or other in one)
