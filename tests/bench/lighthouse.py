"""Lighthouse's phone: every category it has, and its paints."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.bench.costs import Failed
from tests.bench.installing import CACHE, chromium, node
from tests.bench.serving import Served

PAINTS = {"first paint (FCP)": "first-contentful-paint", "largest paint (LCP)": "largest-contentful-paint"}


@dataclass(frozen=True)
class Report:
    """Scores of 100 by category, milliseconds by paint, and the audits that cost a score."""

    scores: dict[str, float]
    paints: dict[str, float]
    faults: list[str]


def run(served: Served, path: str) -> Report:
    """Judge one page once, in a browser of its own."""
    made = Path(CACHE / "lighthouse.json")
    flags = ["--headless=new", "--no-sandbox", "--disable-background-networking", *served.browser_flags]
    quoted = " ".join(f'"{flag}"' if " " in flag else flag for flag in flags)
    command = [
        node(), str(CACHE / "node_modules/lighthouse/cli/index.js"), served.address + path, "--quiet", "--output=json",
        f"--output-path={made}", f"--chrome-flags={quoted}",
    ]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"CHROME_PATH": chromium()}
    )
    if done.returncode or not made.exists():
        raise Failed(done.stderr.strip()[-200:])
    told = json.loads(made.read_text(encoding="utf-8"))
    made.unlink()
    if error := told.get("runtimeError"):
        raise Failed(error["message"])
    categories = told["categories"].values()
    return Report(
        {category["title"]: 100 * (category["score"] or 0) for category in categories},
        {name: told["audits"][audit]["numericValue"] for name, audit in PAINTS.items()},
        sorted(
            {
                audit["id"]
                for category in categories
                for audit in category["auditRefs"]
                if audit["weight"]
                and (told["audits"][audit["id"]]["score"] or 0) < 0.9
                and told["audits"][audit["id"]]["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}
            }
        ),
    )
