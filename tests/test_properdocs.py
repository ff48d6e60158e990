"""The way out is kept open: ProperDocs, a fork of the site builder, makes the same site from the same files."""

import os
import subprocess
import sys
from pathlib import Path

from .projects import ROOT

DATED = {"sitemap.xml.gz"}
"""What holds the second in which it was written."""


def _files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in DATED}


def test_properdocs_builds_the_same_site(site: Path, tmp_path: Path) -> None:
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
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "ignore"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    ours, theirs = _files(site), _files(tmp_path / "site")
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
