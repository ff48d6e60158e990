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
from discguide.data.yaml_reader import read_text
from discguide.problems import ProblemsFound
from discguide.render.macros import Macros


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Load the guide, or stop with every fault named."""
    root = Path(config.config_file_path).parent
    try:
        library = load(Path(config.docs_dir))
    except ProblemsFound as found:
        raise Abort(f"The data files need mending:\n{found}") from None
    plugin: Any = config.plugins["macros"]
    macros = Macros(library.guide, root / "overrides" / "components")
    plugin.register_macros(macros.table())
    config.extra |= {
        "library": library,
        "guide": library.guide,
        "guide_macros": macros,
        "edition": edition(library.guide),
        "facts_at": {f"treatments/{key}.md": place for key, place in library.places().items()},
    }
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Publish the facts as one JSON document beside the YAML that people edit, with the same line ends everywhere."""
    for file in [file for file in files if file.src_dir == config.docs_dir and file.src_uri.startswith("data/")]:
        text = read_text(Path(config.docs_dir, file.src_uri), f"docs/{file.src_uri}")
        files.remove(file)
        files.append(File.generated(config, file.src_uri, content=text))
    content = treatments_json(config.extra["guide"], config.extra["edition"].isoformat())
    files.append(File.generated(config, "data/treatments.json", content=content))
    return files
