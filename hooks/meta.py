"""Each page → what it tells search engines, from its front matter and the facts."""

from typing import Any

from discguide.frontmatter import read_meta
from discguide.structured_data import Subject, graph
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Hand the page's structured data to the template."""
    meta = read_meta({key: _plain(value) for key, value in page.meta.items()})
    trail = ["Home", *(str(section.title) for section in reversed(page.ancestors)), meta.title]
    subject = Subject(
        name=page.file.url,
        address=page.canonical_url or "",
        site_address=config.site_url or "",
        meta=meta,
        trail=trail if not page.is_homepage else ["Home"],
        content=page.content or "",
    )
    context["page_meta"] = meta
    context["structured_data"] = graph(subject, config.extra["guide"])
    return context


def _plain(value: Any) -> Any:
    """Undo what MkDocs made of a day, so that one reader decides what front matter means."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value
