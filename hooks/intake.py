"""What may come in: files of known kinds, and pages that can call the guide's macros and nothing else.

The macros plugin has no setting for the second. It looks its environment up by name in its own module when the
build begins, so the name is exchanged before that; if a newer plugin no longer looks there, the build stops.
"""

from pathlib import Path
from typing import Any

import mkdocs_macros.plugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from discguide.problems import report
from discguide.security.files import check_files
from discguide.security.sandbox import SealedEnvironment

setattr(mkdocs_macros.plugin, "Environment", SealedEnvironment)  # noqa: B010


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Look at the files before any is opened, and take the plugin's own macros and variables away."""
    problems = check_files(Path(config.docs_dir))
    if problems:
        raise Abort(f"The files need mending:\n{report(problems)}")
    plugin: Any = config.plugins["macros"]
    if not isinstance(getattr(plugin, "env", None), SealedEnvironment):
        raise Abort("The macros plugin does not run in our environment; keep the version in pyproject.toml.")
    for names in (plugin.macros, plugin.filters, plugin.variables):
        names.clear()
    plugin.variables["macros"] = {}
    plugin.env.seal({})
    return config
