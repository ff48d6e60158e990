"""Each page → its own links and sources."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Any) -> Page:
    """Tell the macros which page is being written."""
    config.extra["guide_macros"].start_page(page.file.url)
    return page
