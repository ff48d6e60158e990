"""Copies of the project that a test may change."""

import os
import re
import shutil
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
LIVE = Path(os.environ.get("LIVE_CONTENT", ROOT))
"""The project whose words and facts the tests of the content read: this one, or an edited copy of it."""


def copy_project(folder: Path) -> Path:
    """Copy what a build of the pages reads."""
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(LIVE / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(LIVE / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def small_project(folder: Path) -> Path:
    """Make a project of a few pages that no editor changes, for the tests of the code."""
    copy_project(folder)
    shutil.rmtree(folder / "docs")
    small_docs(folder / "docs")
    shutil.copytree(CASES / "small", folder / "docs", dirs_exist_ok=True)
    settings = folder / "mkdocs.yml"
    pages = sorted(path.relative_to(folder / "docs").as_posix() for path in (folder / "docs").rglob("*.md"))
    first = {"index.md": "Home", "urgent.md": "Get help now"}
    menu = "".join(
        f"  - {first.get(page, page[:-3])}: {page}\n" for page in sorted(pages, key=lambda page: page not in first)
    )
    before = settings.read_text(encoding="utf-8").split("\nnav:\n")[0]
    settings.write_text(f"{before}\nnav:\n{menu}", encoding="utf-8")
    return folder


def small_docs(docs: Path) -> None:
    """Make a few facts and pages that can be built: with the words that the templates ask for, which change with them."""
    shutil.copytree(CASES / "docs", docs)
    shutil.copy(LIVE / "docs" / "data" / "labels.yml", docs / "data")


def replace(path: Path, old: str, new: str) -> None:
    """Change words that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def copied_option(text: str, key: str, name: str) -> str:
    """The record of an option under other names, which speaks of the same arms of the same studies."""
    (record,) = re.findall(rf"^{key}:\n(?:  .*\n)+", text, re.MULTILINE)
    studies = YAML(typ="safe").load(text)["studies"]

    def with_arm(found: re.Match[str]) -> str:
        arms = studies[found["study"]].get("arms", {})
        return found[0] + (f"      arm: {key}\n" if key in arms else "")

    record = re.sub(r"^    - result: (?P<study>[\w-]+)\..*\n", with_arm, record, flags=re.MULTILINE)
    record = re.sub(
        r"^(    (?:short|plain|long): ).*$", rf'\1"{name.replace("-", " ").capitalize()}"', record, flags=re.MULTILINE
    )
    return "\n" + record.replace(f"{key}:\n", f"{name}:\n", 1)
