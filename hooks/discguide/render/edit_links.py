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


def edit_links(
    settings: Mapping[str, str], edit_url: str, page: str, title: str, facts: tuple[str, int] | None
) -> list[EditLink]:
    """Make the links that the settings allow.

    ``edit_url`` is MkDocs' own, made from ``repo_url`` and ``edit_uri``. ``settings`` holds ``issue_url`` with
    ``{page}`` and ``{title}``, and ``contact``. Each may be empty. ``facts`` is the file and line of the page's record.
    """
    links = []
    if edit_url:
        links.append(EditLink("Suggest a change to this page", edit_url))
    if facts and page in edit_url:
        # The facts lie in the same folder of the same host, where MkDocs knows no page.
        path, line = facts
        address = edit_url.replace(page, path.removeprefix("docs/"))
        links.append(EditLink("Suggest a change to these facts", f"{address}#L{line}"))
    if settings.get("issue_url"):
        links.append(EditLink("Something is wrong or unclear", _fill(settings["issue_url"], page=page, title=title)))
    if settings.get("contact"):
        links.append(EditLink("Write to the editors", f"mailto:{settings['contact']}?subject={quote(title)}"))
    return links


def _fill(template: str, **values: str) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", quote(value))
    return template
