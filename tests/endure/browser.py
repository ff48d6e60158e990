"""The browser tests under load, often: a test that fails once in twenty runs is a test that nobody believes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.endure.parts import ROOT, Failed, Tried, part

RUNS = int(os.environ.get("RUNS", "20"))
AT_ONCE = 2
"""As many browsers as the machine has cores: what a test waits for then comes late."""


@part("the browser tests pass twenty times in a row (or RUNS=4), two runs at once")
def browser(work: Path) -> Tried:
    command = [sys.executable, "-m", "pytest", "-m", "browser", "-q", "-x", "-p", "no:cacheprovider", "--basetemp"]
    for first in range(1, RUNS + 1, AT_ONCE):
        logs = [work / f"run-{first + more}.txt" for more in range(AT_ONCE)]
        started = [_start([*command, str(log.with_suffix(""))], log) for log in logs]
        codes = [process.wait() for process in started]
        for log, code in zip(logs, codes, strict=True):
            lines = log.read_text(encoding="utf-8").strip().splitlines()
            if code:
                raise Failed(f"{log.stem} of {RUNS}:\n" + "\n".join(lines[-40:]))
            yield f"{log.stem} of {RUNS}: {lines[-1].strip('= ')}"


def _start(command: list[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as said:
        return subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
