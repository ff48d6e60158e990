"""Install the tools that a command needs into .venv and tests/node_modules; needs Python's standard library alone.

- A lock is a list to install, not a wish: nothing is resolved, so what was published since changes nothing.
- A mark in .venv names what was installed, where and for which Python. It is written last, so a set-up that was cut
  short, and one for another folder, another Python or older locks, is noticed by the next call and made anew.
- What goes wrong is one line with its cure, and the tools are as they were before.
"""

import ast
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".build"
VENV = ROOT / ".venv"
BEFORE = WORK / "venv-before"
COPY = WORK / "venv-copy"
PYTHON = VENV / "bin" / "python"
MAKER = Path(sys.executable).resolve()
"""The Python behind the one that runs this, which may be the one in the .venv that is made anew."""
LOG = WORK / "set-up.log"
MODULES = ROOT / "tests" / "node_modules"

STAGES = {
    "build": ("requirements.txt",),
    "test": ("requirements.txt", "tests/requirements.txt", "tests/package-lock.json"),
    "lock": ("requirements.txt", ".ci/requirements.txt"),
}
"""What each command needs: the locks, in the order in which they are installed."""

SOURCES = ("index-url", "extra-index-url", "find-links", "no-index", "proxy", "cert", "client-cert", "trusted-host",
           "timeout", "default-timeout", "retries", "cache-dir", "no-cache-dir", "keyring-provider")  # fmt: skip
"""pip's settings of where packages come from: the machine's own matter. How they are installed is ours."""

REASONS = {
    r"No space left|ENOSPC|EDQUOT|quota exceeded": "the disk is full; make room and call it again",
    r"DO NOT MATCH THE HASHES|EINTEGRITY":
        "a package is not the one that was locked: do not use it, and tell the maintainers",
    r"ensurepip is not available|No module named '?(venv|ensurepip)":
        "this Python has no venv module; install the package python3-venv or use another: make site PYTHON=python3.13",
    r"CERTIFICATE_VERIFY_FAILED|SSLError|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)":
        "the certificate of the package registry is not trusted; name your network's: PIP_CERT, NODE_EXTRA_CA_CERTS",
    r"NewConnection|ConnectTimeout|ReadTimeout|Connection(Reset|Refused|Error)|timed out|Name or service not known"
    r"|name resolution|ENOTFOUND|EAI_AGAIN|ECONN(REFUSED|RESET)|E(TIMEDOUT|NETUNREACH)|ProxyError|Network is unreach":
        "the package registry cannot be reached; set-up needs a network once: connect and call it again",
    r"No matching distribution found for (?P<name>\S+)":
        "{name} is not ready-made for this Python and machine; name another: make site PYTHON=python3.13",
    r"contains the PATH separator":
        "the name of a folder here has a colon, at which a PATH is parted; take it out and call it again",
    r"Permission denied|EACCES|EPERM|Read-only file system|EROFS":
        "a file here may not be written; give yourself the right to write to this folder and call it again",
}  # fmt: skip
"""What pip and npm say → what it means and what to do."""


class Stopped(Exception):
    """Set-up cannot go on; the text is the one line that a person must read."""


def main(stage: str) -> int:
    """Set up one of ``STAGES``; returns 0 when its tools are there."""
    if _is_ready(stage) and not BEFORE.exists() and not COPY.exists():
        return 0
    try:
        WORK.mkdir(exist_ok=True)
        with _alone() as lock:
            _mend()
            _remove(COPY)
            if not _is_ready(stage):
                _set_up(stage, lock)
    except Stopped as stopped:
        print(f"Set-up stopped: {stopped}", file=sys.stderr)
    except OSError as error:
        print(f"Set-up stopped: {_reason(str(error))} ({error.filename or ROOT})", file=sys.stderr)
    except KeyboardInterrupt:
        print("Set-up was interrupted; the next call begins it anew.", file=sys.stderr)
    return int(not _is_ready(stage))


def _set_up(stage: str, lock: int) -> None:
    """Make the tools of a stage; when that fails, those that were there and whole are there again."""
    grows = stage != "build" and _is_ready("build")
    print(f"Setting up the tools to {stage} (once; a minute or two) …", flush=True)
    LOG.write_bytes(b"")
    if grows:
        _keep_what_is_there()
    try:
        if not grows:
            _make_venv(lock)
        for made_from in STAGES[stage]:
            if made_from.endswith(".json"):
                _npm_ci(lock, ROOT / made_from)
            elif not (grows and made_from in STAGES["build"]):
                _pip_install(lock, ROOT / made_from)
    except BaseException:
        _remove(VENV)
        _mend()
        raise
    # From here on nothing is put back; a kill before the mark costs a set-up that finds all there.
    if grows:
        BEFORE.rename(COPY)
    _write_marks(stage)
    _remove(COPY)


def _keep_what_is_there() -> None:
    """Copy the tools, then name the copy: what bears its name is whole."""
    try:
        shutil.copytree(VENV, COPY, symlinks=True)
        COPY.rename(BEFORE)
    except BaseException:
        _remove(COPY)
        raise


def _make_venv(lock: int) -> None:
    """Begin from nothing, with the project's own code found by a path inside the project: a copy runs its own."""
    _remove(VENV)
    if not importlib.util.find_spec("ensurepip"):
        _system_package("venv")
    _run(lock, str(MAKER), "-I", "-m", "venv", str(VENV))
    for site in VENV.glob("lib/python3*/site-packages"):
        (site / "discguide.pth").write_text(os.path.relpath(ROOT / "hooks", site) + "\n", encoding="ascii")


def _pip_install(lock: int, made_from: Path) -> None:
    """Install what a lock lists, and nothing else; then see that nothing is missing from the list."""
    env = _sources()
    run = (str(PYTHON), "-I", "-m")
    exactly = [*run, "pip", "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "-r", str(made_from)]
    _run(lock, *exactly, env=env)
    _run(lock, *run, "pip", "check", env=env)


def _npm_ci(lock: int, made_from: Path) -> None:
    """Install the exact packages of npm's lock, whatever the machine's own settings leave out."""
    _system_package("npm")
    ours = ("--include=dev", "--global=false", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    try:
        _run(lock, "npm", "ci", "--prefix", str(made_from.parent), *ours)
    except BaseException:
        _remove(MODULES)
        raise


def _system_package(name: str) -> None:
    """See to what only the system has; where that is not permitted, the script names the package."""
    command = [str(ROOT / ".ci" / "system-packages"), name]
    done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Stopped(done.stderr.strip())


def _run(lock: int, *command: str, env: dict[str, str] | None = None) -> None:
    """Run a command into the log; it keeps the lock, so that what outlives a killed set-up is waited for."""
    began = LOG.stat().st_size
    clean = {name: value for name, value in (env or os.environ).items() if not name.startswith("PYTHON")}
    with LOG.open("ab") as log:
        done = subprocess.run(
            command, cwd=ROOT, env=clean, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[lock], check=False
        )  # fmt: skip
    if done.returncode:
        said = LOG.read_bytes()[began:].decode("utf-8", "replace")
        # On a full disk the log has no room either.
        said += "No space left" if shutil.disk_usage(WORK).free < 2**20 else ""
        raise Stopped(f"{_reason(said)} (all that was said: {LOG.relative_to(ROOT)})")


def _reason(said: str) -> str:
    for pattern, meaning in REASONS.items():
        if found := re.search(pattern, said):
            return meaning.format(**found.groupdict())
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given"


def _sources() -> dict[str, str]:
    """The environment with the machine's word on where packages come from, and no other setting of pip."""
    command = [str(PYTHON), "-I", "-m", "pip", "config", "list"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line.partition("=") for line in listed.stdout.splitlines()]
    found = {}
    # As pip weighs them: what holds for installing before what holds in general, the environment before both.
    for where in ("global", "install", ":env:"):
        for key, _, value in lines:
            section, _, name = key.rpartition(".")
            if section == where and name in SOURCES:
                found["PIP_" + name.upper().replace("-", "_")] = str(ast.literal_eval(value))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    ours = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_VERBOSE": "1",
    }
    return kept | found | ours


def _mark(stage: str) -> Path:
    return VENV / f"ready-{stage}"


def _wanted(stage: str) -> bytes:
    """What a mark must say: the folder, the Python, and the locks by their digests."""
    digests = (hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in (*STAGES[stage], ".ci/install.py"))
    return b"\n".join((os.fsencode(ROOT), sys.version.encode(), *(digest.encode() for digest in digests)))


def _is_ready(stage: str) -> bool:
    try:
        return PYTHON.exists() and (stage != "test" or MODULES.is_dir()) and _mark(stage).read_bytes() == _wanted(stage)
    except OSError:
        return False


def _write_marks(stage: str) -> None:
    for name in ("build", stage):
        part = _mark(name).with_suffix(".part")
        part.write_bytes(_wanted(name))
        part.rename(_mark(name))


def _mend() -> None:
    """Put back the tools that a set-up was adding to when it was cut short."""
    if BEFORE.exists():
        _remove(VENV)
        BEFORE.rename(VENV)


def _remove(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        for mark in path.glob("ready-*"):
            mark.unlink()
        shutil.rmtree(path)


@contextlib.contextmanager
def _alone() -> Iterator[int]:
    """Let one set-up work at a time; the system lets go of the lock however its holders end."""
    with (WORK / "set-up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work; waiting for it …", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
