"""The tree of pages → the few links each page shows."""

from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation as PageTree

from discguide.render.environment import day
from discguide.render.navigation import Entry, Navigation


def on_nav(nav: PageTree, *, config: MkDocsConfig, files: Any) -> PageTree:
    """Keep the tree until every page has been read: titles may come from the pages themselves."""
    config.extra["page_tree"] = nav
    return nav


def on_env(env: Environment, *, config: MkDocsConfig, files: Any) -> Environment:
    """Give the templates the links, and a way to write a day."""
    components = Path(config.config_file_path).parent / "overrides" / "components"
    tree = [_entry(item) for item in config.extra.pop("page_tree")]
    config.extra["navigation"] = Navigation(tree, components)
    env.filters["day"] = day
    return env


def _entry(item: Any) -> Entry:
    children = tuple(_entry(child) for child in item.children or ())
    return Entry(str(item.title), "" if item.is_section else item.url, children)
