"""Measure the guide beside its peers and print one Markdown table.

    make bench                        everything; about half an hour on a quiet machine
    make bench ONLY=weight,lighthouse these parts
    make bench QUICK=1                one run of each, small sizes only: does it work?

Peers build the text of our own built pages, so all show the same words. Figures are for this machine and this
hour; compare within one run, by ratios. Each page that is measured is first shown to work.
"""

import os
import platform
import shutil
import subprocess
import sys
import time

from tests.bench.costs import SUM, Costs
from tests.bench.installing import CACHE, chromium, install
from tests.bench.parts import LONG, PARTS, Bench
from tests.bench.peers import PEERS, RELEASES
from tests.bench.table import Table, spread


def main() -> None:
    started = time.strftime("%Y-%m-%d %H:%M")
    quick = bool(os.environ.get("QUICK"))
    every = [name for name in PARTS if not (quick and name in LONG)]
    wanted = [name for name in os.environ.get("ONLY", "").split(",") if name] or every
    if strange := set(wanted) - set(PARTS):
        sys.exit(f"No such part: {', '.join(sorted(strange))}; there are {', '.join(PARTS)}")
    missing = install()
    here = {name: peer for name, peer in PEERS.items() if peer.needs not in missing}
    absent = PEERS.keys() - here.keys()
    table = Table({name: peer.title for name, peer in PEERS.items()}, absent)
    work = CACHE / "work"
    shutil.rmtree(work, ignore_errors=True)
    bench = Bench(here, table, work, quick, "npm" not in missing)
    for name in wanted:
        print(f"{name} …", file=sys.stderr)
        PARTS[name](bench)
        bench.noise.add([sys.executable, "-c", SUM], CACHE)
        lines = [table.markdown(), "", *bench.notes, *_surroundings(started, bench.noise)]
        lines += [f"- {PEERS[peer].title} is not in the table: {missing[PEERS[peer].needs]}" for peer in sorted(absent)]
        # After each part, so that a run that is cut short leaves what it had.
        (CACHE / "table.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print((CACHE / "table.md").read_text(encoding="utf-8"))


def _surroundings(started: str, noise: Costs) -> list[str]:
    browser = subprocess.run([chromium(), "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    versions = f"Python {platform.python_version()}, Chromium {browser}, {RELEASES}"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        f"- {started} to {time.strftime('%H:%M')}, {os.cpu_count()} cores ({platform.machine()}), load at the end {load}; {versions}",
        f"- noise of the machine: the same sum took {spread(noise.cpu, 's', 2)} of CPU, {spread(noise.wall, 's', 2)} by the clock",
        "- a range in brackets is the lowest and the highest; all sites from one server: HTTP/2, brotli 11, ten minutes of cache; fonts of others from a stand-in on this machine",
    ]


if __name__ == "__main__":
    main()
