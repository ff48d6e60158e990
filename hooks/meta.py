"""Each page → what it tells search engines, and the links by which a reader can mend it."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from discguide.content.frontmatter import plain, read_meta
from discguide.render.edit_links import ways_in
from discguide.render.json_ld import Subject, graph


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Hand the template what it shows beside the page's words."""
    meta = read_meta(plain(page.meta))
    trail = ["Home", *(str(section.title) for section in reversed(list(page.ancestors))), meta.title]
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
    facts = config.extra["facts_at"].get(page.file.src_uri)
    context["ways_in"] = ways_in(config.extra, page.file.src_uri, meta.title, facts)
    return context
