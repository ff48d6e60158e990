"""Full builds of copies of the project, for the tests of what readers take away."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.projects import copy_project

ELSEWHERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
HERE = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}

TEXTS = {".css", ".html", ".js", ".json", ".md", ".py", ".svg", ".xml", ".yml"}


@dataclass(frozen=True)
class Built:
    """One finished build: its project, its site, what it said."""

    project: Path
    said: str

    @property
    def site(self) -> Path:
        return self.project / "site"


def start(
    folder: Path, environment: dict[str, str], umask: int, line_end: bytes = b"\n"
) -> tuple[Path, subprocess.Popen[str]]:
    project = copy_project(folder)
    for path in project.rglob("*"):
        if path.suffix in TEXTS and line_end != b"\n":
            path.write_bytes(path.read_bytes().replace(b"\n", line_end))
    command = [sys.executable, "-m", "discguide", "build"]
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    process = subprocess.Popen(
        command, cwd=project, env=inherited | environment, umask=umask, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )  # fmt: skip
    return project, process


def finish(project: Path, process: subprocess.Popen[str]) -> Built:
    said, _ = process.communicate()
    assert process.returncode == 0, said
    return Built(project, said)
