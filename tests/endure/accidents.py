"""What happens to a set-up: kills, no network, no room, two at once, newer packages."""

import hashlib
import os
import random
import signal
import subprocess
import time
from pathlib import Path

from tests.endure.parts import Failed, Tried, attempt, bare, build, clone, digest, need, part, refused, run, same, tail
from tests.made_up import wheel

KILLS = 12


@part("newer packages that were published meanwhile change nothing")
def newer_packages(work: Path) -> Tried:
    offered = work / "offered"
    for name in ("fonttools", "coverage", "brotli", "mkdocs", "pytest", "weasyprint"):
        wheel(offered, name, "99.0")
    env = bare(work / "home", PIP_FIND_LINKS=str(offered))
    project = clone(work / "project")
    yield same(build(project, env), "make site")
    run("make", "test-tools", cwd=project, env=env)
    have = run(".venv/bin/python", "-m", "pip", "list", "--format=freeze", cwd=project, env=env)
    if "==99.0" in have:
        raise Failed(have)
    yield "make test-tools: none of them was installed"
    # The control: does what is on offer stop a set-up that resolves, as this project's once did?
    run("python3", "-m", "venv", str(work / "old"), cwd=work, env=env)
    pip = [str(work / "old/bin/python"), "-m", "pip"]
    for lock in ("requirements.txt", "tests/requirements.txt"):
        done = attempt(*pip, "install", "--require-hashes", "-r", lock, cwd=project, env=env)
        if done.returncode and "require-hashes mode" in done.stdout:
            yield f"the old way stops at {lock}: {done.stdout.strip().splitlines()[-1].strip()}"
        else:
            version = run(*pip, "--version", cwd=work, env=env).split()[1]
            yield f"not tried: pip {version} no longer stops at {lock} the old way, so here is no control"


@part(f"a set-up killed at any of {KILLS} moments is made anew by the next call")
def killed(work: Path) -> Tried:
    env = bare(work / "home")
    project = clone(work / "project")
    chance = random.Random(13)
    # What the stage begins with is taken away before each kill.
    for stage, begins, kills in (("build", ".venv", KILLS - 4), ("test", ".venv/ready-test", 4)):
        start = time.monotonic()
        run("make", f"{stage}-tools", cwd=project, env=env)
        long = time.monotonic() - start
        whole = _installed(project)
        turn = 0
        while turn < kills:
            run("rm", "-rf", begins, cwd=project)
            moment = long * (turn + chance.random()) / kills
            hit = _kill(project, env, stage, moment)
            run("make", f"{stage}-tools", cwd=project, env=env)
            if _installed(project) != whole:
                raise Failed(f"killed after {moment:.1f} s: the tools differ from those of a set-up that nobody killed")
            if list(project.glob(".build/venv-*")):
                raise Failed(f"killed after {moment:.1f} s: the tools of before were left behind")
            if hit:
                turn += 1
                yield f"{stage}: killed after {moment:.1f} s; the next call made the same tools"
            else:
                long = moment  # the machine has become faster
    yield same(build(project, env), "make site after all of it")


def _kill(project: Path, env: dict[str, str], stage: str, moment: float) -> bool:
    """Kill a set-up and all that it started, ``moment`` seconds after its start; False when it had ended."""
    process = subprocess.Popen(
        ["make", f"{stage}-tools"], cwd=project, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )  # fmt: skip
    try:
        process.wait(moment)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def _installed(project: Path) -> str:
    """A digest of every file that a set-up installs; compiled files hold times, so they are left out."""
    said = hashlib.sha256()
    for folder in (project / ".venv", project / "tests" / "node_modules"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("ready-"):
                said.update(f"{path.relative_to(project)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return said.hexdigest()


@part("what outlives a killed set-up is waited for")
def orphans(work: Path) -> Tried:
    env = bare(work / "home")
    project = clone(work / "project")
    for moment in (3.0, 6.0):
        run("rm", "-rf", ".venv", cwd=project)
        first = subprocess.Popen([".ci/set-up", "build"], cwd=project, env=env, stdout=subprocess.DEVNULL)
        time.sleep(moment)
        first.kill()
        first.wait()
        said = run("make", "build-tools", cwd=project, env=env)
        waited = "waited" if "waiting for it" in said else "nothing had outlived it"
        run(".venv/bin/python", "-m", "pip", "check", cwd=project, env=env)
        yield f"killed alone after {moment:.0f} s, called again at once: {waited}, then made anew"


@part("without a network set-up says so in one line, leaves what was there, and works later")
def no_network(work: Path) -> Tried:
    need("unshare", "util-linux")
    env = bare(work / "home", PIP_CACHE_DIR=str(work / "cache"))
    project = clone(work / "project")
    yield refused(attempt("unshare", "--net", "make", "site", cwd=project, env=env), "registry cannot be reached")
    if (project / ".venv").exists():
        raise Failed("a .venv was left behind")
    yield same(build(project, env), "with a network again")
    yield refused(attempt("unshare", "--net", "make", "test-tools", cwd=project, env=env), "registry cannot be reached")
    found = build(project, env | {"PIP_INDEX_URL": "http://127.0.0.1:9/"})
    yield same(found, "make site after a make test that found no network")
    run("unshare", "--net", "make", "site", "check", cwd=project, env=env)
    yield "without a network after set-up: make site, make check"


@part("a full disk is said in one line, and nothing half-made stays")
def full_disk(work: Path) -> Tried:
    need("unshare", "util-linux")
    env = bare(work / "home")
    clone(work / "project")
    small = 'mount -t tmpfs -o "size=$0" tmpfs small && cp -a project small/ && cd small/project && make site; code=$?; ls -A >&2; exit $code'
    (work / "small").mkdir()
    for size in ("30M", "60M", "110M"):
        done = attempt("unshare", "--mount", "sh", "-c", small, size, cwd=work, env=env | {"TMPDIR": str(work)})
        said = [line for line in done.stdout.splitlines() if "disk is full" in line]
        if not done.returncode or len(said) != 1 or ".venv" in done.stdout.split():
            raise Failed(f"{size}:\n{tail(done.stdout)}")
        yield f"{size}: {said[0]}"
    grown = small.replace("make site", "make build-tools && make test-tools").replace("ls -A", "ls -A .venv .build")
    for size in ("270M", "400M"):
        done = attempt("unshare", "--mount", "sh", "-c", grown, size, cwd=work, env=env | {"TMPDIR": str(work)})
        left = done.stdout.split()
        if (
            not done.returncode
            or "disk is full" not in done.stdout
            or "ready-build" not in left
            or "venv-" in done.stdout
        ):
            raise Failed(f"{size}:\n{tail(done.stdout)}")
        yield f"{size}: room for the tools that build; they stay whole when those that test find none"


@part("two commands at once in a fresh clone set up once and build")
def at_once(work: Path) -> Tried:
    env = bare(work / "home")
    project = clone(work / "parallel")
    run("make", "-j4", "site", "check", "build-tools", cwd=project, env=env)
    yield "make -j4 site check"
    project = clone(work / "twice")
    commands = [
        subprocess.Popen(
            ["make", "site"], cwd=project, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in "12"
    ]
    said = [command.communicate()[0] for command in commands]
    if sum("Setting up" in text for text in said) != 1 or not any(digest() in text for text in said):
        raise Failed("\n".join(map(tail, said)))
    for command, text in zip(commands, said, strict=True):
        if command.returncode and len(text.strip().splitlines()) > 3:
            raise Failed(tail(text))
    yield "make site, twice at once: one waits for the other's set-up; a second build is refused in one line or follows"
