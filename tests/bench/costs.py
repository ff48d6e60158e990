"""What a command costs, on a machine that others use too: processor time first."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
SUM = "n = 0\nfor i in range(10_000_000):\n    n += i"
"""The same work again and again, between what is measured: how it varies is the machine's noise."""


class Failed(Exception):
    """A command did not do its work; its last words."""


@dataclass
class Costs:
    """Runs of one command."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)

    def add(self, command: list[str], folder: Path) -> None:
        """Run it once more."""
        environment = os.environ | {
            "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore", "ASTRO_TELEMETRY_DISABLED": "1",
            "SOURCE_DATE_EPOCH": "1790000000",
        }  # fmt: skip
        runner = [sys.executable, "-I", "-S", str(HERE / "timed.py")]
        done = subprocess.run(
            [*runner, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()]
            raise Failed(" / ".join(said[-3:])[:300])
        for name, value in json.loads(done.stdout).items():
            getattr(self, name).append(value)


def in_turn(runs: int, series: dict[str, Callable[[Costs], None]], noise: Costs) -> dict[str, Costs | str]:
    """Run each in turn (A B C, A B C …), so that a busy minute harms all alike; a failure is kept as its reason."""
    results: dict[str, Costs | str] = {name: Costs() for name in series}
    for run in range(runs):
        noise.add([sys.executable, "-c", SUM], HERE)
        for name, once in series.items():
            so_far = results[name]
            if isinstance(so_far, str):
                continue
            print(f"  {name}, {run + 1} of {runs} …", file=sys.stderr, flush=True)
            try:
                once(so_far)
            except Failed as error:
                results[name] = str(error)
    return results
