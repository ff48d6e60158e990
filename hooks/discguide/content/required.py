"""What other parts of the guide count on: pages by their names, and pieces of certain pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from discguide.addresses import COMPARISON, DANGER_SIGNS, GLOSSARY, QUESTIONS, REFERENCES, source_of
from discguide.content.pages import Page
from discguide.problems import Problem

NAMED = (
    *map(source_of, (DANGER_SIGNS, QUESTIONS, GLOSSARY, REFERENCES, COMPARISON)),
    "index.md", "treatments/pain-after-surgery.md", "about/index.md", "about/editing.md",
)  # fmt: skip
"""Pages to which templates, structured data or the book lead by name."""
METHOD_HEADINGS = (
    "In short", "What changed for people", "What can go wrong", "What nobody knows", "What it is like",
    "Who it is not for", "Approval and cost", "Ask your doctor", "What the clinic says, what evidence says",
    "How it works", "Who it was studied in", "Sources",
)  # fmt: skip
"""What each method's page tells, in the order in which people ask, so that each thing has one place on all of them."""
PRINTED_LISTS = ("questions", "values")
"""The lists of the comparison that the visit sheet prints."""


def check_named_pages(docs: Path, shown: str = "docs") -> Iterator[Problem]:
    """Keep the pages whose names are known elsewhere: without one, something is lost in silence."""
    for name in NAMED:
        if not (docs / name).is_file():
            hint = "put it back under this name; its title and its line in the menu can say something else"
            yield Problem(f"{shown}/{name}", 1, 1, "is not there, and other parts of the guide lead to it", hint)


def check_required(page: Page) -> Iterator[Problem]:
    """Check one page for the pieces that others count on."""
    if any(page.path.endswith(f"/treatments/{key}.md") for key in page.guide.methods()):
        yield from _method_headings(page)
    if page.path.endswith("/treatments/compare.md"):
        lines = page.body.split("\n")
        for name in PRINTED_LISTS:
            if f"{{ .{name} }}" not in lines:
                hint = f"write {{ .{name} }} on the line below it"
                yield page.problem(
                    page.first_line, f"no list is marked as the {name} that the visit sheet prints", hint
                )


def _method_headings(page: Page) -> Iterator[Problem]:
    lines = {passage.text: passage.line for passage in page.passages if passage.kind == "heading"}
    if short := next((passage.line for passage in page.passages if passage.block == "short"), None):
        lines["In short"] = short
    order = "; every method's page has, in this order: " + ", ".join(METHOD_HEADINGS)
    for name in METHOD_HEADINGS:
        if name not in lines:
            hint = "write the box /// short" if name == "In short" else f"write ## {name}"
            yield page.problem(page.first_line, f"'{name}' is missing", hint + order)
    found = [name for name in METHOD_HEADINGS if name in lines]
    for before, after in itertools.pairwise(found):
        if lines[after] < lines[before]:
            yield page.problem(lines[after], f"'{after}' stands above '{before}'", f"move it{order}")
