"""Addresses that last: what was published once is still there, or leads on.

Papers, printed sheets and other sites name pages and headings. ``.github/addresses.txt`` lists every one that was ever
published; ``moved`` in ``mkdocs.yml`` says where one leads now that is no more. A heading whose words change keeps its
old address by an id of its own: ``## New words {#old-words}``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from discguide.data.yaml.reader import read_yaml
from discguide.html_tree import find_class, has_class
from discguide.problems import Problem, ProblemsFound, did_you_mean
from discguide.site.rules import BuiltPage
from discguide.text import read_text

LIST = ".github/addresses.txt"
ADDRESS = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.html(?:#[a-z0-9][a-z0-9_-]*)?")
_LASTING = frozenset({"h2", "h3", "dt", "tr"})
"""What links from elsewhere lead to: headings, terms and references, rows. Other ids are the page's own affair."""
_SHOWN = 3
_LIKE = "write addresses of the guide, like outlook.html#the-odds"


def addresses(pages: Mapping[str, BuiltPage]) -> set[str]:
    """Every address of the built pages that must last."""
    kept = {name: find_class(page.root, "prose") for name, page in pages.items() if name != "404.html"}
    places = {
        f"{name}#{one.get('id')}"
        for name, article in kept.items()
        if article is not None
        for one in article.iter()
        if one.tag in _LASTING and one.get("id") and not has_class(one, "block__title")
    }
    return {*kept, *places}


def noted(root: Path) -> set[str]:
    """(IO) Read the list; a project without one promises nothing."""
    path = root / LIST
    return set(read_text(path, LIST).split()) if path.is_file() else set()


def note(root: Path, pages: Mapping[str, BuiltPage]) -> int:
    """(IO) Add what is new to the list; tell how many there are."""
    every = sorted(noted(root) | addresses(pages))
    (root / LIST).write_text("\n".join(every) + "\n", encoding="utf-8")
    return len(every)


def read_moved(root: Path) -> dict[str, str]:
    """(IO) Read where old addresses lead now.

    Raises:
        ProblemsFound: something there is no address of the guide.
    """
    settings = read_yaml(root / "mkdocs.yml", "mkdocs.yml")
    moved = (settings.content.get("extra") or {}).get("moved") or {}
    faults = [
        settings.problem(("extra", "moved", old), f"'{old}' has moved to '{new}', which is not there", _LIKE)
        for old, new in moved.items()
        if not (ADDRESS.fullmatch(str(old)) and ADDRESS.fullmatch(str(new)))
    ]
    if faults:
        raise ProblemsFound(faults)
    return dict(moved)


def check_addresses(pages: Mapping[str, BuiltPage], root: Path) -> Iterator[Problem]:
    """Check that no address of the list is lost and that moved ones lead somewhere."""
    settings = read_yaml(root / "mkdocs.yml", "mkdocs.yml")
    moved = read_moved(root)
    there = {*pages, *(f"{name}#{one}" for name, page in pages.items() for one in page.ids)}
    for old, new in moved.items():
        if new not in there:
            hint = did_you_mean(new, there) or _LIKE
            yield settings.problem(("extra", "moved", old), f"'{old}' has moved to '{new}', which is not there", hint)
    for address in sorted(noted(root) - there):
        name, _, anchor = address.partition("#")
        if name in moved:
            continue
        message = f"the address {address} is gone, and links from elsewhere and from paper lead there"
        instead = f"say in mkdocs.yml, under moved:, where it leads now ('{address}': …)"
        if name in pages:
            yield pages[name].problem(message, f"give its heading the id back ({{#{anchor}}}), or {instead}")
        else:
            yield Problem("mkdocs.yml", 1, 1, message, instead)
    fresh = sorted(addresses(pages) - noted(root)) if noted(root) else []
    if fresh:
        some = ", ".join(fresh[:_SHOWN]) + (" …" if len(fresh) > _SHOWN else "")
        message = f"{len(fresh)} addresses are not noted yet ({some})"
        yield Problem(LIST, 1, 1, message, "run make addresses before they are published", "advice")
