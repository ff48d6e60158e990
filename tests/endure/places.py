"""Where a project may lie and how it may have come there."""

import shutil
from pathlib import Path

from tests.endure.parts import Failed, Tried, attempt, bare, build, clone, need, part, refused, run, same

ODD = ("Rücken Führer 椎间盘", 'it\'s "quoted" #1 100% $HOME', "a&b;c<d>[e]")


@part("names of folders may hold blanks, letters beyond ASCII and signs of the shell")
def odd_paths(work: Path) -> Tried:
    for name in ODD:
        yield same(build(clone(work / name), bare(work / "home")), name)
        shutil.rmtree(work / name)
    project = clone(work / "a:b")
    yield refused(attempt("make", "site", cwd=project, env=bare(work / "home")), "has a colon")
    if (project / ".venv").exists():
        raise Failed("a .venv was left behind")


@part("a moved or copied project sets itself up again and runs its own code")
def moved_and_copied(work: Path) -> Tried:
    env = bare(work / "home")
    project = clone(work / "project")
    build(project, env)
    copy = Path(shutil.copytree(project, work / "copy", symlinks=True))
    _mark(project, "CODE OF THE FIRST")
    said = run("make", "site", cwd=copy, env=env)
    if "CODE OF THE FIRST" in said or "Setting up" not in said:
        raise Failed(said)
    yield "copied: set up again, its own code"
    moved = project.rename(work / "moved")
    said = run("make", "site", cwd=moved, env=env)
    if "CODE OF THE FIRST" not in said or "Setting up" not in said:
        raise Failed(said)
    yield "moved: set up again, its own code"
    shutil.copytree(copy, work / "project", symlinks=True)
    said = run("make", "site", cwd=work / "project", env=env)
    if "CODE OF THE FIRST" in said or "Setting up" not in said:
        raise Failed(said)
    yield "copied to where another was: set up again, its own code"


def _mark(project: Path, words: str) -> None:
    main = project / "hooks" / "discguide" / "__main__.py"
    main.write_text(
        f"print({words!r})\n" + main.read_text(encoding="utf-8").replace("from __future__", "# "), encoding="utf-8"
    )


@part("a worktree, a shallow clone, an archive without git and a checkout with Windows' settings build")
def checkouts(work: Path) -> Tried:
    env = bare(work / "home")
    project = clone(work / "project")
    run("git", "worktree", "add", "--quiet", str(work / "tree"), cwd=project)
    yield same(build(work / "tree", env), "worktree")
    yield same(build(clone(work / "shallow", "--depth=1"), env), "shallow clone")
    windows = clone(work / "windows", "-c", "core.autocrlf=true", "-c", "core.eol=crlf")
    yield same(build(windows, env), "checkout with core.autocrlf=true")
    archive = work / "archive"
    archive.mkdir()
    run("sh", "-c", 'git archive HEAD | tar -x -C "$0"', str(archive), cwd=project)
    build(archive, env)
    yield "archive without git: builds (its edition is the newest page's day)"


@part("a checkout that may not be written says so in one line, and can still be checked")
def read_only(work: Path) -> Tried:
    need("unshare", "util-linux")
    env = bare(work / "home")
    project = clone(work / "project")
    locked = 'mount --bind . . && mount -o remount,ro,bind "$PWD" && cd "$PWD" && exec make "$0"'
    yield refused(
        attempt("unshare", "--mount", "sh", "-c", locked, "check", cwd=project, env=env), "may not be written"
    )
    run("make", "build-tools", cwd=project, env=env)
    run("unshare", "--mount", "sh", "-c", locked, "check", cwd=project, env=env)
    yield "after set-up: make check passes"
    yield refused(attempt("unshare", "--mount", "sh", "-c", locked, "site", cwd=project, env=env), "")
