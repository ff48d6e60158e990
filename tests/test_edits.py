"""What editors do every day breaks nothing: ten of their acts on a copy of the real content, and its tests again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random

from discguide.commands.check import check
from discguide.content.check import check_content
from discguide.problems import ProblemsFound, blocking
from tests.edits import EDITS
from tests.projects import ROOT, copy_project

SEED = 4
"""Which ten; ``make endure ONLY=edits`` does all of them."""
TEN = 10
TRIES = 12
"""A chance place may be one where the check rightly asks for more, such as a short answer that tells the same number."""


def refused(project: Path) -> list[str]:
    """What the check of words and facts says of a copy, before any page is built."""
    try:
        check_content(project / "docs")
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    return []


def act(name: str, project: Path, chance: Random) -> None:
    """Do one edit as an editor does, who mends or undoes what the check refuses."""
    kept = project.parent / "kept"
    for _ in range(TRIES):
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        shutil.copytree(project / "docs", kept / "docs")
        shutil.copy(project / "mkdocs.yml", kept / "mkdocs.yml")
        EDITS[name](project, chance)
        said = refused(project)
        if not said:
            return
        shutil.rmtree(project / "docs")
        shutil.copytree(kept / "docs", project / "docs")
        shutil.copy(kept / "mkdocs.yml", project / "mkdocs.yml")
    raise AssertionError(f"{name}: refused wherever it was tried: {said[:3]}")


def edited(folder: Path, names: Iterable[str], seed: int) -> Path:
    """Copy the project and do the edits in it."""
    project = copy_project(folder / "project")
    for name in names:
        act(name, project, Random(f"{seed} {name}"))
    return project


def run_live_tests(project: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests that read live content, on that content. Browsers see the same templates either way."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "live and not browser", "-p", "no:cacheprovider"]
    command += ["--ignore=tests/test_edits.py", f"--basetemp={project.parent / 'tests'}", "tests"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | {"LIVE_CONTENT": str(project)}, capture_output=True, text=True, check=False
    )


def test_ten_edits_that_the_check_accepts_pass_every_test(tmp_path: Path) -> None:
    assert len(EDITS) >= 30
    names = sorted(Random(SEED).sample(sorted(EDITS), TEN), key=list(EDITS).index)
    project = edited(tmp_path, names, SEED)
    problems = check(project)
    assert not blocking(problems), problems
    done = run_live_tests(project)
    assert done.returncode == 0, f"{names}\n{done.stdout[-3000:]}"


def test_an_edit_that_is_wrong_is_refused(tmp_path: Path) -> None:
    """Else all of the above would pass for nothing."""
    project = copy_project(tmp_path / "project")
    path = project / "docs/data/treatments.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("    found:", "    fuond:", 1), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("\n  cost: ", "\n  price: ", 1), encoding="utf-8")
    assert [line for line in refused(project) if "unknown field" in line]
