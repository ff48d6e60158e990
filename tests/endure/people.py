"""Whose machine it is: its Pythons, its settings, its rights."""

import os
import shutil
from pathlib import Path

from tests.endure.parts import ROOT, Failed, Tried, attempt, bare, build, clone, need, part, refused, run, same

NOBODY = 65534


@part("every Python that the project says it runs on makes the same site")
def pythons(work: Path) -> Tried:
    found = _pythons()
    for version in ("3.11", "3.12", "3.13", "3.14"):
        here = [python for python in found if python[0].startswith(version + ".")]
        for full, path in here:
            project = clone(work / full)
            yield same(build(project, bare(work / "home"), f"PYTHON={path}"), f"Python {full}")
            shutil.rmtree(project)
        if not here:
            yield f"not tried: Python {version} (no python{version} on this machine)"


def _pythons() -> list[tuple[str, Path]]:
    folders = [*map(Path, os.get_exec_path()), *Path.home().glob(".pyenv/versions/*/bin")]
    found = {
        path.resolve() for folder in folders for path in folder.glob("python3.[0-9][0-9]") if "shims" not in path.parts
    }
    told = "import platform; print(platform.python_version(), end='')"
    return sorted((run(str(path), "-c", told, cwd=ROOT), path) for path in found)


@part("a Python that is too old is named in one line")
def old_python(work: Path) -> Tried:
    project = clone(work / "project")
    tried = 0
    for full, path in _older():
        said = refused(
            attempt("make", "site", f"PYTHON={path}", cwd=project, env=bare(work / "home")), "or newer is needed"
        )
        if (project / ".venv").exists():
            raise Failed("a .venv was left behind")
        tried += 1
        yield f"{full}: {said}"
    if not tried:
        yield "not tried: no older Python is on this machine (make test tries a made-up one)"


def _older() -> list[tuple[str, Path]]:
    found = Path.home().glob(".pyenv/versions/*/bin/python")
    return sorted(
        (path.parent.parent.name, path)
        for path in found
        if path.parent.parent.name < "3.10" or path.parent.parent.name.startswith("3.10")
    )


@part("homes, masks and languages of other people change nothing")
def surroundings(work: Path) -> Tried:
    need("localedef", "libc-bin")
    locale = work / "locales" / "de_DE.ISO-8859-1"
    locale.parent.mkdir()
    run(need("localedef", "locales"), "-i", "de_DE", "-f", "ISO-8859-1", str(locale), cwd=work)
    env = bare(work / "home")
    homeless = {name: value for name, value in env.items() if name != "HOME"}
    tried = {
        "HOME unset": homeless,
        "HOME that is not there": env | {"HOME": "/nowhere/at/all"},
        "LC_ALL=C": env | {"LC_ALL": "C", "LANG": "C"},
        "LC_ALL=POSIX without UTF-8": env | {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        "ISO-8859-1": env | {"LC_ALL": "de_DE.ISO-8859-1", "LOCPATH": str(locale.parent), "TZ": "America/Adak"},
        "PYTHONIOENCODING=ascii": env
        | {"PYTHONIOENCODING": "ascii", "PYTHONOPTIMIZE": "2", "TZ": "Pacific/Kiritimati"},
    }
    for name, settings in tried.items():
        project = clone(work / "project")
        yield same(build(project, settings), name)
        shutil.rmtree(project)
    yield same(build(clone(work / "masked"), env, umask=0o077), "umask 077")


@part("an ordinary user without sudo builds and checks, and is told the truth about the system's packages")
def ordinary_user(work: Path) -> Tried:
    if os.geteuid():
        raise Failed("run this part as root: it becomes another user")
    home = work / "home"
    env = bare(home) | {"PATH": "/usr/local/bin:/usr/bin:/bin", "PIP_CACHE_DIR": str(work / "cache")}
    project = clone(work / "project")
    for path in (work, project, home, *project.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    yield same(build(project, env, **user), "make site")
    run("make", "check", cwd=project, env=env, **user)
    yield "make check"
    run(".ci/system-packages", "pango", "chromium", "java", "nginx", "npm", cwd=project, env=env, **user)
    yield "all that is installed is found, in /usr/sbin too"
    run("make", "test-tools", cwd=project, env=env, **user)
    run(
        ".venv/bin/python",
        "-m",
        "pytest",
        "-q",
        "tests/publish/test_hosting.py",
        "tests/test_set_up.py",
        cwd=project,
        env=env,
        **user,
    )
    yield "the tests of hosting and of set-up"
