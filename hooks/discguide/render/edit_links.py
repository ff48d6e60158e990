"""The links by which a reader can mend a page: plain addresses for any Git host, no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class EditLink:
    """One link at the foot of a page."""

    words: str
    address: str


def edit_links(settings: Mapping[str, str], page: str, title: str, facts: tuple[str, int] | None) -> list[EditLink]:
    """Make the links that the settings allow.

    ``settings`` holds ``edit_url`` with ``{path}`` and ``{line}``, ``issue_url`` with ``{page}`` and
    ``{title}``, and ``contact``; each may be empty. ``facts`` is the file and line of the page's record.
    """
    links = []
    if settings.get("edit_url"):
        links.append(
            EditLink("Suggest a change to this page", _fill(settings["edit_url"], path=f"docs/{page}", line="1"))
        )
        if facts:
            words, (path, line) = "Suggest a change to these facts", facts
            links.append(EditLink(words, _fill(settings["edit_url"], path=path, line=str(line))))
    if settings.get("issue_url"):
        links.append(EditLink("Something is wrong or unclear", _fill(settings["issue_url"], page=page, title=title)))
    if settings.get("contact"):
        links.append(EditLink("Write to the editors", f"mailto:{settings['contact']}?subject={quote(title)}"))
    return links


def _fill(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", quote(value))
    return template
