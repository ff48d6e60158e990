"""Copies of the project that a test may change."""

import re
import shutil
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"


def copy_project(folder: Path) -> Path:
    """Copy what a build of the pages reads."""
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def replace(path: Path, old: str, new: str) -> None:
    """Change words that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def copied_option(text: str, key: str, name: str) -> str:
    """The record of an option under another name, which speaks of the same arms of the same studies."""
    (record,) = re.findall(rf"^{key}:\n(?:  .*\n)+", text, re.MULTILINE)
    studies = YAML(typ="safe").load(text)["studies"]

    def with_arm(found: re.Match[str]) -> str:
        arms = studies[found["study"]].get("arms", {})
        return found[0] + (f"      arm: {key}\n" if key in arms else "")

    record = re.sub(r"^    - result: (?P<study>[\w-]+)\..*\n", with_arm, record, flags=re.MULTILINE)
    return "\n" + record.replace(f"{key}:\n", f"{name}:\n", 1)
