"""Same commit, same bytes: on every Python, in every place, for every owner; or the summary says why not."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.endure.parts import Failed, Tried, attempt, clone, part, run

MINORS = range(11, 15)
STRANGE = "a b ä 猫 & ' # % $x : [q]"
ENVIRONMENTS = {
    "another zone, the C locale": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    "an unknown zone, German": {"TZ": "Bogus/Zone", "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"},
    "other hash seeds": {"PYTHONHASHSEED": "0"},
    "no home": {"HOME": "/nowhere"},
    "optimised": {"PYTHONOPTIMIZE": "1"},
}


@part("the same bytes from every Python that is here, each with its own set-up")
def digest_pythons(work: Path) -> Tried:
    found = dict(_pythons())
    if len(found) < 2:
        raise Failed(f"{len(found)} Python of 3.11 to 3.14 was found; install another one")
    digests: dict[str, str] = {}
    first = clone(work / "first")
    for name, python in found.items():
        project = _again(first, work / name)
        run("make", "site", f"PYTHON={python}", cwd=project)
        digests[name] = _digest(project)
        yield f"{name}: {digests[name]}"
    if len(set(digests.values())) != 1:
        raise Failed(f"the digests differ: {digests}")


@part("the same bytes whatever the place, zone, locale, mask, hash seed, line ends, kind of clone and owner")
def digest_places(work: Path) -> Tried:
    first = clone(work / "first")
    run("make", "site", cwd=first)
    expected = _digest(first)
    yield f"a plain clone: {expected}"
    for message, project, environment in _variants(work, first):
        run("sh", "-c", 'umask 077; exec "$0" -m discguide build', str(_python(first)), cwd=project,
            env=os.environ | {"PYTHONPATH": str(project / "hooks")} | environment)  # fmt: skip
        if _digest(project) != expected:
            raise Failed(f"{message}: another digest, {_digest(project)}")
        yield message


@part("what gives another digest says so: somebody else's files, an archive of the sources")
def digest_says_why(work: Path) -> Tried:
    first = clone(work / "first")
    run("make", "site", cwd=first)
    expected = _digest(first)
    theirs = _again(first, work / "theirs")
    environment = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    if os.geteuid() == 0:
        run("chown", "-R", "65534", str(theirs), cwd=work)
        environment = {}
    build = (str(_python(first)), "-m", "discguide", "build")
    environment = os.environ | {"PYTHONPATH": str(theirs / "hooks")} | environment
    done = attempt(*build, cwd=theirs, env=environment)
    if done.returncode != 1 or "safe.directory" not in done.stdout or (theirs / "site").exists():
        raise Failed(f"somebody else's files: {done.returncode}, {done.stdout}")
    yield f"somebody else's files: {done.stdout.strip()}"
    allowed = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": str(theirs)}
    run(*build, cwd=theirs, env=environment | allowed)
    if _digest(theirs) != expected:
        raise Failed("somebody else's files, allowed: another digest")
    yield "somebody else's files, allowed as the message says: the same digest"
    archive = work / "archive"
    archive.mkdir()
    run("sh", "-c", 'git archive HEAD | tar -x -C "$0"', str(archive), cwd=first)
    environment = os.environ | {"PYTHONPATH": str(archive / "hooks")}
    said = run(*build, cwd=archive, env=environment)
    if "these files are in no commit" not in said:
        raise Failed(said)
    yield re.findall("^Edition.*$", said, re.MULTILINE)[0]
    second = run("git", "log", "-1", "--format=%ct", cwd=first).strip()
    run(*build, cwd=archive, env=environment | {"SOURCE_DATE_EPOCH": second})
    if _digest(archive) != expected:
        raise Failed("an archive with the commit's date: another digest")
    yield "an archive with the commit's date: the same digest"


def _variants(work: Path, first: Path) -> Iterator[tuple[str, Path, dict[str, str]]]:
    for message, environment in ENVIRONMENTS.items():
        yield message, first, environment
    yield f"a path of strange letters: {STRANGE}", _again(first, work / STRANGE), {}
    yield "a deep path", _again(first, work / "/".join(["deep" * 20] * 12)), {}
    yield "a shallow clone", _again(first, work / "shallow", "--depth=1"), {}
    run("git", "worktree", "add", "--quiet", "--detach", str(work / "worktree"), cwd=first)
    yield "a worktree", work / "worktree", {}
    yield "a checkout with Windows' line ends", _again(first, work / "windows", "--config=core.autocrlf=true"), {}
    turned = _again(first, work / "turned")
    for path in [*turned.glob("docs/**/*.*"), *turned.glob("overrides/**/*.*"), turned / "mkdocs.yml"]:
        if path.suffix not in {".ttf", ".txt"}:
            path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    yield "every text with Windows' line ends, as an editor may save it", turned, {}


def _again(first: Path, folder: Path, *options: str) -> Path:
    """Clone the first clone: the project itself may move on meanwhile."""
    run("git", "clone", "--quiet", *options, f"file://{first}", str(folder), cwd=first)
    return folder


def _pythons() -> Iterator[tuple[str, str]]:
    """Find the supported ones: by name, and where pyenv keeps them. The newest patch of each stands for it."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for minor in MINORS:
        patches = sorted(kept.glob(f"3.{minor}.*/bin/python"), key=lambda path: int(path.parts[-3].split(".")[2]))
        if python := (str(patches[-1]) if patches else shutil.which(f"python3.{minor}")):
            yield f"python3.{minor}", python


def _python(project: Path) -> Path:
    return project / ".venv" / "bin" / "python"


def _digest(project: Path) -> str:
    return (project / ".build" / "digest.txt").read_text(encoding="utf-8").split()[0]
