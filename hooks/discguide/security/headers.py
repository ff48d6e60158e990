"""What a server should send beside each file; the same for every host, in the two forms that are shipped.

The promises to readers: nobody watches, no other site can act through a page, and a correction reaches everyone
within minutes. Files whose names change with their content are kept for a year; all else is asked for again
after five minutes.
"""

from __future__ import annotations

from discguide.security.csp import header_policy

HEADERS = {
    "Content-Security-Policy": header_policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with every answer, also with the one to a lost reader."""
FRESH = "public, max-age=300, must-revalidate"
KEPT = "public, max-age=31536000, immutable"


def header_file() -> str:
    """Write the headers as the ``_headers`` file that Netlify, Cloudflare Pages and others read."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), f"  Cache-Control: {FRESH}"]
    # Every name in this folder carries a hash of its content.
    lines += ["/assets/*", "  ! Cache-Control", f"  Cache-Control: {KEPT}"]
    return "\n".join(lines) + "\n"


def robots(address: str) -> str:
    """Let search engines in, and tell them where the list of pages is once the address is known."""
    return "User-agent: *\nDisallow:\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")
