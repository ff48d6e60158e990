"""(IO) The style sheets and scripts → what readers' browsers fetch: one file each, named by its content.

A name that changes with the content lets a host say "keep this for ever"; one style sheet is one request.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

STYLES = (
    "tokens.css", "type.css", "layout.css", "components.css", "controls.css", "treatment-table.css",
    "figures.css", "print.css",
)  # fmt: skip
"""The parts of guide.css; a later part may override an earlier one."""
SCRIPTS = ("guide.js", "search.js")
PLAIN = ("favicon.svg",)


def bundle(folder: Path) -> dict[str, tuple[str, str]]:
    """Make each asset: its plain name → (the name it is served under, its text)."""
    texts = {"guide.css": cssmin("\n".join(_read(folder / name) for name in STYLES))}
    texts |= {name: jsmin(_read(folder / name)) for name in SCRIPTS}
    texts |= {name: _read(folder / name) for name in PLAIN}
    return {name: (served(name, text), text) for name, text in texts.items()}


def served(name: str, text: str) -> str:
    """Name a file by its content: no name ever stands for two contents, so none need be asked for twice."""
    stem, _, suffix = name.rpartition(".")
    return f"assets/{stem}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{suffix}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
