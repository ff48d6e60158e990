"""Try what the project promises on other machines, on other days and after accidents.

    make endure                       every part; hours
    make endure ONLY=killed,moved     these parts
    python -m tests.endure killed moved

Each part says what it tried. A part that could not be tried has failed: it names the package that it lacks.
"""

import importlib
import os
import pkgutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.endure import __path__
from tests.endure.parts import PARTS, ROOT, Failed


def main(wanted: list[str]) -> int:
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("__")):
        importlib.import_module(f"{__package__}.{module}")
    wanted = wanted or [name for name in os.environ.get("ONLY", "").split(",") if name] or list(PARTS)
    if strange := set(wanted) - set(PARTS):
        sys.exit(f"No such part: {', '.join(sorted(strange))}; there are {', '.join(PARTS)}")
    if subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, check=True).stdout:
        print("What is not committed is not tried: the parts work on clones of the last commit.", flush=True)
    results = {name: _try(name) for name in wanted}
    failed = [name for name, held in results.items() if not held]
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed" + (f" ({', '.join(failed)})" if failed else ""))
    return int(bool(failed))


def _try(name: str) -> bool:
    message, trial = PARTS[name]
    print(f"{name}: {message} …", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="endure-", ignore_cleanup_errors=True) as work:
        try:
            for line in trial(Path(work)):
                print(f"  {line}", flush=True)
        except (Failed, OSError, subprocess.SubprocessError, AssertionError) as error:
            print(f"  FAILED after {time.monotonic() - started:.0f} s: {error}", flush=True)
            return False
    print(f"  passed in {time.monotonic() - started:.0f} s", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
