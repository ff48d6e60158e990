"""What the pages say → the index that the search reads."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from discguide.search import Index
from discguide.spelling import word_list


def on_env(env: Any, *, config: MkDocsConfig, files: Any) -> None:
    """Gather every page once all of them have been written in HTML."""
    guide = config.extra["guide"]
    index = Index(guide.glossary, word_list(Path(config.docs_dir), guide).search)
    for file in files.documentation_pages():
        page: Page | None = file.page
        if page and page.content:
            index.add(page.url, str(page.title), page.content)
    config.extra["search_index"] = index.script()


def on_post_build(*, config: MkDocsConfig) -> None:
    """Write the index beside the script that reads it."""
    target = Path(config.site_dir) / "assets" / "search-index.js"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(config.extra.pop("search_index"), encoding="utf-8")
