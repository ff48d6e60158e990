"""What the book needs and the site does not: the order of the pages → .build, and no print files in the site."""

import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Keep the print templates' fonts and styles out of the site: no page uses them."""
    for file in list(files):
        if file.src_uri.startswith("print/"):
            files.remove(file)
    return files


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Write down the order of the pages, which no single page shows in full."""
    edition: Any = config.extra["edition"]
    contents = {
        "name": config.site_name,
        "description": config.site_description,
        "language": config.theme["language"],
        "address": config.site_url or "",
        "edition": edition.isoformat(),
        "pages": [
            {"url": page.url, "title": page.title, "section": page.parent.title if page.parent else ""}
            for page in nav.pages
        ],
    }
    place = Path(config.config_file_path).parent / ".build" / "pages.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(contents, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return nav
