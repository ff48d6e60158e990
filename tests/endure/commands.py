"""The commands themselves, in a fresh clone."""

from pathlib import Path

from tests.endure.parts import Failed, Tried, clone, part, run


@part("`make` alone says what can be done, before anything is installed")
def help_first(work: Path) -> Tried:
    project = clone(work / "project")
    said = run("make", cwd=project)
    if "make site" not in said or (project / ".venv").exists():
        raise Failed(said)
    yield f"{len(said.splitlines())} commands listed"
