"""The peers and the tools that measure, installed once into .build/bench: the bench's only use of a network."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CACHE = ROOT / ".build" / "bench"
PYTHON = CACHE / "venv" / "bin" / "python"


def install() -> dict[str, str]:
    """Install what is not there yet; returns what could not be had ("python", "npm") and why."""
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n")
    missing = {}
    for name, made_from, how in (("python", "requirements.txt", _python), ("npm", "package-lock.json", _npm)):
        stamp, wanted = CACHE / f".{name}-ready", (HERE / made_from).read_text()
        if stamp.exists() and stamp.read_text() == wanted:
            continue
        print(f"Installing the peers ({name}; once) …", file=sys.stderr)
        try:
            how()
        except (subprocess.CalledProcessError, OSError) as error:
            said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            missing[name] = said[-1][:200] if said else "no reason was given"
        else:
            stamp.write_text(wanted)
    return missing


def _python() -> None:
    _run(sys.executable, "-m", "venv", "--clear", str(CACHE / "venv"))
    lock = str(HERE / "requirements.txt")
    _run(str(PYTHON), "-m", "pip", "install", "--no-deps", "--require-hashes", "--only-binary=:all:", "-r", lock)
    _run(str(PYTHON), "-m", "pip", "check")


def _npm() -> None:
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, CACHE / name)
    # Not "ci": some optional parts for other systems are in no registry we reach, so the lock cannot hold them.
    _run("npm", "install", "--prefix", str(CACHE), "--ignore-scripts", "--no-audit", "--no-fund", "--silent")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def node() -> str:
    """Astro and Lighthouse want a newer Node than many systems have, so npm brings one."""
    cpu = {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), "")
    ours = CACHE / f"node_modules/node-linux-{cpu}/bin/node"
    return str(ours) if ours.exists() else shutil.which("node") or "node"


def chromium() -> str:
    """Find the browser as the tests do."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("Chromium was not found; install the package chromium")
