"""What the pages say → the index that the search reads."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from discguide.content.spelling import word_list
from discguide.render.assets import served
from discguide.render.search_index import Index


def on_env(env: Any, *, config: MkDocsConfig, files: Files) -> None:
    """Gather every page once all of them have been written in HTML, and tell the templates the index's name."""
    guide = config.extra["guide"]
    words = word_list(Path(config.docs_dir), guide)
    index = Index(guide.glossary, words.search, words.danger)
    for file in files.documentation_pages():
        page: Page | None = file.page
        if page and page.content:
            index.add(page.url, str(page.title), page.content)
    script = index.script()
    name = config.extra["assets"]["search-index.js"] = served("search-index.js", script)
    files.append(File.generated(config, name, content=script))
