"""Every page is checked before any is built; each page gets its own links and sources."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from discguide.content.check import check_sources
from discguide.problems import blocking, report


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Stop with every fault of every page named."""
    problems = check_sources(Path(config.docs_dir), config.extra["library"], config.extra["guide_macros"])
    if blocking(problems):
        raise Abort(f"The pages need mending:\n{report(problems)}")
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Any) -> Page:
    """Tell the macros which page is being written."""
    config.extra["guide_macros"].start_page(page.file.url)
    return page
