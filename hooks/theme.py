"""What templates see: style sheets and scripts, links between pages, and what a page tells search engines."""

from dataclasses import replace
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation as PageTree
from mkdocs.structure.pages import Page

from discguide.content.frontmatter import plain, read_meta
from discguide.render.assets import bundle
from discguide.render.edit_links import edit_links
from discguide.render.environment import capital, day
from discguide.render.json_ld import Subject, graph, trail
from discguide.render.labels import sayer
from discguide.render.navigation import Entry, Navigation
from discguide.render.pictures import FONT, pictures
from discguide.render.terms import open_in_place
from discguide.security.files import is_editors_own
from discguide.site.contents import Contents
from discguide.site.contents import Entry as Listed
from discguide.site.state import SITE, Site


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Put our styles, scripts and pictures in and leave out the theme's: half a megabyte that nobody fetches.

    Drawings stand inside the pages, so their files are not fetched either; nor what an editor's program keeps there.
    """
    site: Site = config.extra[SITE]
    made = bundle(site.root / "overrides" / "assets", len(site.library.guide.treatments), config.site_name)
    words = sayer(site.library.guide.labels)("page.about")
    made |= pictures(site.root / FONT, config.site_name, str(words), share=bool(config.site_url))
    site.assets = {name: hashed for name, (hashed, _) in made.items()}
    ours = [file for file in files if file.src_dir in (None, config.docs_dir)]
    kept = [file for file in ours if not file.src_uri.startswith("figures/") and not is_editors_own(file.src_uri)]
    return Files([*kept, *(File.generated(config, served, content=text) for served, text in made.values())])


def on_nav(nav: PageTree, *, config: MkDocsConfig, files: Files) -> PageTree:
    """Note the order of the pages."""
    site: Site = config.extra[SITE]
    pages = ((page.url, page.title, page.parent.title if page.parent else "") for page in nav.pages)
    site.contents = Contents(
        name=config.site_name,
        description=config.site_description or "",
        language=config.theme["language"],
        address=config.site_url or "",
        edition=site.edition,
        review=site.macros.review_status().striptags(),
        labels=site.library.guide.labels,
        notices=tuple(site.library.guide.notice.values()),
        pages=tuple(Listed(url, str(title), str(section)) for url, title, section in pages),
    )
    site.navigation = Navigation([_entry(item) for item in nav], site.components)
    return nav


def _entry(item: Any) -> Entry:
    children = tuple(_entry(child) for child in item.children or ())
    return Entry(str(item.title), "" if item.is_section else item.url, children)


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
    """Give the templates what this build knows, their words, and a way to write a day."""
    site: Site = config.extra[SITE]
    if site.contents:
        pages = (file.page for file in files.documentation_pages() if file.page)
        given = {page.url: plain(page.meta).get("booklet") for page in pages}
        pieces = {entry.url: tuple(given[entry.url]) for entry in site.contents.pages if given.get(entry.url)}
        site.contents = replace(site.contents, booklet=pieces)
    env.globals |= {"site": site, "say": sayer(site.library.guide.labels)}
    env.filters |= {"day": day, "capital": capital}
    return env


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: PageTree) -> dict[str, Any]:
    """Hand the template what it shows beside the page's words."""
    site: Site = config.extra[SITE]
    meta = read_meta(plain(page.meta))
    section = site.navigation.place(page.url).section if site.navigation else None
    steps = [("Home", "index.html"), *([(section.title, section.first())] if section else []), (meta.title, page.url)]
    subject = Subject(
        name=page.file.url,
        address=page.canonical_url or "",
        site_address=config.site_url or "",
        meta=meta,
        trail=trail(steps, config.site_url or ""),
        content=page.content or "",
    )
    context["page_meta"] = meta
    context["structured_data"] = graph(subject, site.library.guide)
    terms = (site.library.guide.glossary, site.components)
    context["content"], context["meanings"] = open_in_place(page.content or "", *terms)
    record = site.library.places().get(page.file.src_uri)
    context["edit_links"] = edit_links(config.extra, page.edit_url or "", page.file.src_uri, meta.title, record)
    return context
