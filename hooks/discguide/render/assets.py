"""(IO) Style sheets, scripts and the headings' font → what readers' browsers fetch, each named by its content.

A name that changes with the content lets a host say "keep this for ever"; one style sheet is one request.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from rjsmin import jsmin

STYLES = (
    "tokens.css", "type.css", "layout.css", "components.css", "controls.css", "figures.css", "pages.css",
    "large-text.css", "print.css",
)  # fmt: skip
"""The parts of guide.css; a later part may override an earlier one."""
COMPARE = ("treatment-table.css", "print-comparison.css")
"""The parts of compare.css, which one page loads after guide.css, so that the others need not carry them."""
SCRIPTS = {
    "guide.js": ("guide.js",),
    "search.js": ("words.js", "ranking.js", "search.js"),
    "marks.js": ("words.js", "marks.js"),
    "wide.js": ("wide.js",),
    "compare.js": ("compare.js",),
    "keep.js": ("keep.js",),
}
"""Each script and its parts."""
PLAIN = ("favicon.svg",)
FONTS = ("heads.woff2",)
"""What the styles load, by ``url(name)``; how each was made: .github/licences.md."""

_TOKEN = re.compile(r"--([a-z-]+): ([^;]+);")
_TOLD_TOKEN = re.compile(rf"{_TOKEN.pattern}(?:[ ]*/\* (.*?) \*/)?")
_CSS = re.compile(r"""("(?:\\.|[^"\\])*")|/\*.*?\*/|(\s+)""", re.DOTALL)


def bundle(folder: Path, options: int = 0, name: str = "") -> dict[str, tuple[str, str | bytes]]:
    """Make each asset: its plain name → (the name it is served under, what it holds).

    Args:
        folder: their sources.
        options: how many options the comparison has, each of which can be picked.
        name: what the site is called, for those who put it among their programs.
    """
    fonts = {name: (folder / name).read_bytes() for name in FONTS}
    styles = "\n".join(_read(folder / name) for name in STYLES)
    for name, font in fonts.items():
        styles = styles.replace(f"url({name})", f"url({served(name, font).removeprefix('assets/')})")
    compare = "\n".join([*(_read(folder / name) for name in COMPARE), _picking(options)])
    texts: dict[str, str | bytes] = {"guide.css": squeeze_css(styles), "compare.css": squeeze_css(compare), **fonts}
    texts |= {name: jsmin("\n".join(_read(folder / part) for part in parts)) for name, parts in SCRIPTS.items()}
    texts |= {name: _read(folder / name) for name in PLAIN}
    texts["app.json"] = _manifest(name, served("favicon.svg", texts["favicon.svg"]))
    return {name: (served(name, text), text) for name, text in texts.items()}


def _manifest(name: str, icon: str) -> str:
    """Say what a phone shows of the guide among its programs; addresses start at this file."""
    shown = {"src": icon.removeprefix("assets/"), "sizes": "any", "type": "image/svg+xml"}
    colours = {"background_color": "#fbfaf6", "theme_color": "#0b3a55"}
    said = {"name": name, "short_name": name, "start_url": "../index.html", "scope": "../", "display": "minimal-ui"}
    return json.dumps({**said, **colours, "icons": [shown]}, indent=1) + "\n"


def read_tokens(path: Path) -> list[tuple[str, str, str, str]]:
    """Read the values that all styles share: name, value in the light, value in the dark (or nothing), comment."""
    text = _read(path)
    light, dark = text.partition(":root {")[2], text.partition('[data-scheme="dark"] {')[2]
    other = dict(_TOKEN.findall(dark.partition("}")[0]))
    return [
        (name, value, other.get(name, ""), comment)
        for name, value, comment in _TOLD_TOKEN.findall(light.partition("}")[0])
    ]


def _picking(options: int) -> str:
    """Hide what was not ticked while something is: the n-th tick belongs to the n-th option of every row."""
    ticked = ".comparison:has(.picking :checked)"
    hidden = (
        f"{ticked}:has(.picking .chip:nth-child({n}) > input:not(:checked)) .treatment-table tr > :nth-child({n + 1})"
        for n in range(1, options + 1)
    )
    return ",\n".join(hidden) + " { display: none; }" if options else ""


def squeeze_css(text: str) -> str:
    """Leave out comments and the blank space that carries no meaning; strings stay as they are.

    Blank space beside ``:``, ``(``, ``+`` and the like can be a selector or a sum: it is only made one space.
    (A library was tried: rcssmin 1.3.0 makes ``.a:is(b)`` of a nested ``.a :is(b)``, another selector.)
    """
    pieces = _CSS.split(text)
    # The pattern's two groups put every string and every blank at known places between the other text.
    squeezed = []
    for index in range(0, len(pieces), 3):
        plain, string, blank = (*pieces[index : index + 3], None, None)[:3]
        squeezed.append(plain or "")
        squeezed.append(string or (" " if blank else ""))
    joined = re.split(r'("(?:\\.|[^"\\])*")', "".join(squeezed))
    for index in range(0, len(joined), 2):
        joined[index] = re.sub(r" *([{};,]) *", r"\1", re.sub(r" +", " ", joined[index])).replace(";}", "}")
    return "".join(joined).strip() + "\n"


def served(name: str, content: str | bytes) -> str:
    """Name a file by its content: no name ever stands for two contents, so none need be asked for twice."""
    stem, _, suffix = name.rpartition(".")
    held = content.encode() if isinstance(content, str) else content
    return f"assets/{stem}.{hashlib.sha256(held).hexdigest()[:8]}.{suffix}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
