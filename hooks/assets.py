"""Style sheets and scripts → one small file each; nothing the pages do not use goes out."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from discguide.render.assets import bundle
from discguide.security.files import is_editors_own


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Bundle, and tell the templates the names: ``config.extra.assets['guide.css']``."""
    made = bundle(Path(config.config_file_path).parent / "overrides" / "assets")
    config.extra["assets"] = {name: served for name, (served, _) in made.items()}
    config.extra["asset_texts"] = dict(made.values())
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Put ours in and leave out the theme's: half a megabyte of scripts, styles and fonts nobody fetches.

    Figures stand inside the pages, so their files are not fetched either; what an editor's program keeps beside a
    page is nobody's business.
    """
    ours = [file for file in files if file.src_dir in (None, config.docs_dir)]
    kept = [file for file in ours if not file.src_uri.startswith("figures/") and not is_editors_own(file.src_uri)]
    texts: dict[str, str] = config.extra.pop("asset_texts")
    kept += [File.generated(config, name, content=text) for name, text in texts.items()]
    return Files(kept)
