"""docs/data → checked facts, the macros that bring them into pages, and the same facts as open data.

Data is read in ``on_config``, never at import: a preview rebuilds without importing hooks again.
"""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files

from discguide.data.edition import edition
from discguide.data.export import treatments_json
from discguide.data.load import load
from discguide.problems import ProblemsFound
from discguide.render.macros import Macros
from discguide.site.reviews import count_reviews


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the guide, or stop with every fault named."""
    root = Path(config.config_file_path).parent
    try:
        library = load(Path(config.docs_dir))
    except ProblemsFound as found:
        raise Abort(f"The data files need mending:\n{found}") from None
    plugin: Any = config.plugins["macros"]
    reviews = count_reviews(Path(config.docs_dir))
    macros = Macros(library.guide, root / "overrides" / "components", reviews)
    plugin.register_macros(macros.table())
    config.extra |= {
        "library": library,
        "guide": library.guide,
        "guide_macros": macros,
        "reviews": reviews,
        "edition": edition(library.guide),
        "facts_at": {f"treatments/{key}.md": place for key, place in library.places().items()},
    }
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Publish the facts as one JSON document beside the YAML that people edit."""
    content = treatments_json(config.extra["guide"], config.extra["edition"].isoformat(), config.extra["reviews"])
    files.append(File.generated(config, "data/treatments.json", content=content))
    return files
