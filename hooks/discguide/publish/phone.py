"""(IO) The service worker: what a phone keeps when its reader asks for it, and nothing before."""

from __future__ import annotations

import hashlib
from pathlib import Path

from discguide.render.environment import environment
from discguide.site.contents import Contents

WORKER = "sw.js"
_KEPT = frozenset({".html", ".css", ".js", ".svg", ".woff2"})
"""Pages, with their drawings inside, styles, scripts and the search; PDFs are chosen one by one."""


def make_worker(site: Path, components: Path, contents: Contents) -> Path:
    """Write the worker beside the finished pages; it changes when one of them does, and phones then fetch all anew."""
    files = kept_files(site)
    names = [path.relative_to(site).as_posix() for path in files]
    sums = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    env = environment(components, contents.labels)
    note = env.get_template("kept.html").render(edition=contents.edition).strip()
    version = hashlib.sha256("\n".join(map(" ".join, zip(names, sums, strict=True))).encode()).hexdigest()[:12]
    target = site / WORKER
    target.write_text(env.get_template("worker.js").render(version=version, files=names, note=note), encoding="utf-8")
    return target


def kept_files(site: Path) -> list[Path]:
    """What a phone keeps, in a fixed order."""
    return sorted(path for path in site.rglob("*") if path.suffix in _KEPT and path.name not in {"404.html", WORKER})
