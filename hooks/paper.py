"""The order of the pages → .build/pages.json: the book follows it, and no single page shows all of it."""

import json
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Write down what the navigation says, beside the site and not in it."""
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
