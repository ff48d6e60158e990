"""The order of the pages → a file beside the site: the book follows it, and no single page shows all of it."""

import json
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """Write down what the navigation says, where the build asks for it."""
    if place := os.environ.get("DISCGUIDE_CONTENTS"):
        Path(place).write_text(json.dumps(_contents(nav, config), ensure_ascii=False, indent=1), encoding="utf-8")
    return nav


def _contents(nav: Navigation, config: MkDocsConfig) -> dict[str, Any]:
    return {
        "name": config.site_name,
        "description": config.site_description,
        "language": config.theme["language"],
        "address": config.site_url or "",
        "edition": config.extra["edition"].isoformat(),
        "review": str(config.extra["guide_macros"].review_status()),
        "pages": [
            {"url": page.url, "title": page.title, "section": page.parent.title if page.parent else ""}
            for page in nav.pages
        ],
    }
