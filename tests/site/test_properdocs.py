"""The ways out are kept open: another builder, and no theme at all, make the same site from the same files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import material
import pytest

from tests.projects import copy_project, replace

DATED = {"sitemap.xml.gz"}
"""What holds the second in which it was written."""
MATERIAL = "  name: material\n"
MATERIALS = Path(material.__file__).parent / "templates"
TAKEN = ("partials/languages/en.html", *(f".icons/material/{name}.svg" for name in ("alert", "magnify", "menu")))
"""What our templates take from Material while pages are built."""
NO_THEME = "  name: null\n  static_templates: [404.html]\n"


def _files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in DATED}


@pytest.mark.parametrize("theme", [MATERIAL, NO_THEME], ids=["with-material", "without-material"])
def test_properdocs_builds_the_same_site(theme: str, site: Path, tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    replace(project / "mkdocs.yml", MATERIAL, theme)
    if theme == NO_THEME:
        for name in TAKEN:
            (project / "overrides" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(MATERIALS / name, project / "overrides" / name)
    command = [
        sys.executable,
        "-m",
        "properdocs",
        "build",
        "--strict",
        "-f",
        "mkdocs.yml",
        "-d",
        str(tmp_path / "site"),
    ]
    environment = os.environ | {"PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    ours, theirs = _files(site), _files(tmp_path / "site")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
