"""A machine that has nothing yet, made by the system's own means."""

import os
import platform
import shutil
import subprocess
import time
from pathlib import Path

from tests.endure.parts import Failed, Tried, attempt, bare, clone, need, part, refused, run, same

NOBODY = "65534:65534"
ENTER = (
    'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && who=$1 && shift && '
    'exec chroot --userspec="$who" "$0" sh -c \'cd /guide && exec "$@"\' sh "$@"'
)
"""Enters a machine in a namespace of its own, which the kernel clears away however it ends."""


@part("a bare machine (Python, git and make alone; an empty home): make site, then make test")
def bare_machine(work: Path) -> Tried:
    if os.geteuid():
        raise Failed("run this part as root: it makes a machine in a folder")
    machine = _machine(work)
    project = clone(machine / "guide")
    env = bare(machine / "nobody", HOME="/nobody", PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    del env["PIP_CACHE_DIR"]
    for path in (project, *project.rglob("*")):
        os.chown(path, 65534, 65534, follow_symlinks=False)
    said = refused(_enter(machine, env, "make", "site", who=NOBODY), "python3-venv")
    yield f"an ordinary user is told what lacks: {said}"
    for path in (project, *project.rglob("*")):
        os.chown(path, 0, 0, follow_symlinks=False)
    env["HOME"] = "/empty"
    (machine / "empty").mkdir()
    started = time.monotonic()
    done = _enter(machine, env, "make", "site")
    if done.returncode:
        raise Failed(done.stdout)
    digest = next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("Digest"))
    yield f"{same(digest, 'make site')}, {time.monotonic() - started:.0f} s with set-up"
    started = time.monotonic()
    done = _enter(machine, env, "make", "test")
    if done.returncode:
        raise Failed(done.stdout[-6000:])
    counted = next(line for line in reversed(done.stdout.splitlines()) if " passed" in line)
    yield f"make test: {counted.strip('= ')}, {time.monotonic() - started:.0f} s with set-up"


def _machine(work: Path) -> Path:
    """Debian's smallest system with what the README asks for, and this machine's way to its packages."""
    need("unshare", "util-linux")
    machine, release = work / "machine", platform.freedesktop_os_release()["VERSION_CODENAME"]
    packages = "--include=ca-certificates,python3,git,make"
    run(need("debootstrap", "debootstrap"), "--variant=minbase", packages, release, str(machine), cwd=work)
    for name in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
        shutil.copy(Path("/") / name, machine / name)
    for folder in ("etc/apt/sources.list.d", "etc/apt/apt.conf.d"):
        shutil.copytree(Path("/") / folder, machine / folder, dirs_exist_ok=True)
    if (machine / "usr/bin/pip").exists() or (machine / "usr/bin/chromium").exists():
        raise Failed("the machine is not bare")
    return machine


def _enter(machine: Path, env: dict[str, str], *command: str, who: str = "0:0") -> subprocess.CompletedProcess[str]:
    return attempt(
        "unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, str(machine), who, *command,
        cwd=machine, env=env, limit=7200,
    )  # fmt: skip
