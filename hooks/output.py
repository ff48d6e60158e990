"""What goes out: the search index, the headers, and pages of known elements, attributes and addresses."""

from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from discguide.content.spelling import word_list
from discguide.problems import ProblemsFound, blocking, report
from discguide.render.assets import served
from discguide.render.feed import PAGE, atom
from discguide.render.lost import help_now
from discguide.render.search_index import Index
from discguide.security.headers import header_file, robots
from discguide.site.output import check_output
from discguide.site.state import SITE, Site, way


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Publish the headers that a host should send, in the form that several hosts read."""
    files.append(File.generated(config, "_headers", content=header_file()))
    return files


def on_env(env: Environment, *, config: MkDocsConfig, files: Files) -> None:
    """Gather the menu's pages once all have been written in HTML, and tell the templates the index's name."""
    site: Site = config.extra[SITE]
    guide = site.library.guide
    index = Index(guide.glossary, word_list(Path(config.docs_dir), guide))
    listed = {entry.url for entry in site.contents.pages} if site.contents else set()
    shown = {file.url: file.page.content or "" for file in files.documentation_pages() if file.page}
    site.help_now = help_now(shown.get("index.html", ""), shown.get("urgent.html", ""))
    for file in files.documentation_pages():
        page: Page | None = file.page
        if page and page.content and page.url in listed:
            index.add(page.url, str(page.title), page.content)
    for old, new in site.moved.items():
        if "#" not in old:
            text = env.get_template("moved.html").render(
                config=config, old=old, to=way(old, new), up="../" * old.count("/")
            )
            _look(config, "moved.html", old, text)
            files.append(File.generated(config, old, content=text))
    files.append(File.generated(config, "robots.txt", content=robots(config.site_url or "")))
    if config.site_url:
        told = atom(shown.get(PAGE, ""), name=config.site_name, address=config.site_url, edition=site.edition)
        files.append(File.generated(config, "feed.xml", content=told))
    script = index.script()
    site.assets["search-index.js"] = served("search-index.js", script)
    files.append(File.generated(config, site.assets["search-index.js"], content=script))


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:
    """Look at a page as it goes out; gather what is wrong, so that one run shows all."""
    _look(config, page.file.src_uri, page.url, output)
    return output


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Look at pages that no Markdown makes, such as the one for lost readers."""
    if template_name.endswith(".html"):
        _look(config, template_name, template_name, output)
    return output


def _look(config: MkDocsConfig, source: str, url: str, output: str) -> None:
    config.extra[SITE].problems += check_output(Path(config.docs_dir), source, url, output)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Stop when anything was refused; the build is then never put in place."""
    if not config.site_url:
        # A list of addresses without one is none: the format asks for at least one.
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            Path(config.site_dir, name).unlink(missing_ok=True)
    problems = config.extra[SITE].problems
    if blocking(problems):
        raise Abort(report(problems)) from ProblemsFound(problems)
