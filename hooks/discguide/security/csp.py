"""The policy that every page carries: what a browser may load and run for it, which is next to nothing.

A page of the guide needs its own style sheet, its own scripts, and one small script inside the page that sets
the colours before the first paint. That one is pinned by its hash: whoever changes it changes the line below,
in a file that a reviewer of code reads. No other script inside a page runs, whoever put it there.
"""

from __future__ import annotations

import base64
import hashlib

PINNED = frozenset({"sha256-gQc5JbZpjUuimxHl9d9VUpP6ji3EzTqA4WpIVVMeuAY="})
"""overrides/partials/scheme.html. A build that finds another script refuses it and names the hash to put here."""
PINNED_STYLE = "sha256-WPYOYqu1RHbOC+n0CS1OVKrXgyABnz6PSYO413BncNc="
"""overrides/partials/lost-style.html: the page for lost readers may be asked for where no style sheet can be found."""

_SOURCES = {
    "default-src": ("'none'",),
    "script-src": ("'self'", *(f"'{pin}'" for pin in sorted(PINNED))),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "font-src": ("'self'",),
    # A page that stayed open asks for itself to learn the new names of scripts; the live preview asks for news.
    "connect-src": ("'self'",),
    # What a phone shows of the guide when its reader keeps it.
    "manifest-src": ("'self'",),
    "base-uri": ("'none'",),
    "form-action": ("'none'",),
}


def policy(*, lost: bool = False) -> str:
    """Write the policy as pages carry it; that for lost readers may bring its own style."""
    sources = _SOURCES | ({"style-src": (*_SOURCES["style-src"], f"'{PINNED_STYLE}'")} if lost else {})
    return "; ".join(" ".join((name, *values)) for name, values in sources.items())


def header_policy() -> str:
    """Write the policy as servers send it; that no other site may frame a page only a header can say."""
    return f"{policy(lost=True)}; frame-ancestors 'none'"


def pin(text: str) -> str:
    """Make the hash of a script or a style inside a page, as browsers do."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
