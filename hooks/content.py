"""What comes in: files of known kinds, checked facts, checked pages, and the macros that bring facts into pages.

Data is read in ``on_config``, never at import: a preview rebuilds without importing hooks again.
"""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from discguide.content.check import check_content
from discguide.data.edition import edition
from discguide.data.export import documents, treatments_json
from discguide.data.reviews import count_reviews
from discguide.problems import ProblemsFound
from discguide.render.labels import check_labels
from discguide.render.macros import Macros
from discguide.security.csp import policy
from discguide.security.sandbox import SealedEnvironment
from discguide.site.addresses import read_moved
from discguide.site.state import SITE, Site
from discguide.text import NAMES, read_text


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check all that editors wrote, or stop with every fault named; then let pages call the macros and nothing else."""
    root = Path(config.config_file_path).parent
    try:
        library, advice = check_content(Path(config.docs_dir))
        if faults := check_labels(library.guide.labels, library.documents["labels"], root / "overrides"):
            raise ProblemsFound(faults)
        moved = read_moved(root)
    except ProblemsFound as found:
        raise Abort(str(found)) from found
    reviews = count_reviews(Path(config.docs_dir))
    macros = Macros(library.guide, root / "overrides" / "components", reviews, config.site_url or "")
    _seal(config.plugins["macros"], macros)
    config.extra[SITE] = Site(
        root, library, macros, reviews, edition(library.guide), policy, problems=advice, moved=moved
    )
    return config


def _seal(plugin: Any, macros: Macros) -> None:
    """Give the macros plugin an environment in which pages reach nothing but the guide's macros.

    The plugin has no setting for it. Plugins come before hooks, so its own environment stands there already, made
    with the settings of mkdocs.yml, and is exchanged; if a newer plugin keeps it elsewhere, the build stops.
    """
    own = plugin.env
    marks = {name: getattr(own, name) for name in ("comment_start_string", "comment_end_string")}
    plugin._env = SealedEnvironment(**marks)
    if plugin.env is own:
        raise Abort("The macros plugin does not run in our environment; keep the version in pyproject.toml.")
    for names in (plugin.macros, plugin.filters, plugin.variables):
        names.clear()
    plugin.env.seal(macros.table())


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Publish the facts as one JSON document beside the YAML that people edit, with the same line ends everywhere."""
    site: Site = config.extra[SITE]
    for file in [file for file in files if file.src_dir == config.docs_dir and file.src_uri.startswith("data/")]:
        text = read_text(Path(config.docs_dir, file.src_uri), f"docs/{file.src_uri}", NAMES)
        files.remove(file)
        files.append(File.generated(config, file.src_uri, content=text))
    content = treatments_json(site.library.guide, site.edition.isoformat(), site.reviews)
    files.append(File.generated(config, "data/treatments.json", content=content))
    records = documents(site.library.guide, site.edition.isoformat(), site.reviews, config.site_url or "")
    for name, text in records.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_pre_page(page: Page, *, config: MkDocsConfig, files: Files) -> Page:
    """Tell the macros which page is being written."""
    config.extra[SITE].macros.start_page(page.file.url)
    return page
