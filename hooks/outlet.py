"""What may go out: pages of known elements, attributes and addresses, under one policy."""

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files

from discguide.problems import Problem, report
from discguide.security.csp import policy
from discguide.security.headers import header_file
from discguide.security.html_allowlist import check_page
from discguide.site.output import locate


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give the templates the policy."""
    config.extra["policy"] = policy()
    config.extra["refused"] = []
    return config


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Publish the headers that a host should send, in the form that several hosts read."""
    files.append(File.generated(config, "_headers", content=header_file()))
    return files


def on_post_page(output: str, *, page: Any, config: MkDocsConfig) -> str:
    """Look at a page as it goes out; gather what is wrong, so that one run shows all."""
    config.extra["refused"] += locate(Path(config.docs_dir), page.file.src_uri, check_page(page.url, output))
    return output


def on_post_template(output: str, *, template_name: str, config: MkDocsConfig) -> str:
    """Look at pages that no Markdown makes, such as the one for lost readers."""
    if template_name.endswith(".html"):
        config.extra["refused"] += locate(Path(config.docs_dir), template_name, check_page(template_name, output))
    return output


def on_post_build(*, config: MkDocsConfig) -> None:
    """Stop when anything was refused; the build is then never put in place."""
    refused: list[Problem] = config.extra.pop("refused")
    if refused:
        raise Abort(f"The built pages need mending:\n{report(refused)}")
