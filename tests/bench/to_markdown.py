"""The built pages → plain Markdown that any site builder reads, run by the peers' own Python.

    to_markdown.py SITE CONTENTS TARGET LINKS

Tables, drawings and the like stay HTML, on one line each. LINKS says how pages are linked: ``md`` for the file's
name, ``folder`` for an address from the root; a builder that writes the title itself (``folder``) gets no h1.
"""

import json
import posixpath
import re
import sys
from html import unescape
from pathlib import Path

from markdownify import MarkdownConverter


def raw(self, element, text, parent_tags):
    html = " ".join(str(element).split())
    return html if "_inline" in parent_tags else f"\n\n{html}\n\n"


class Plain(MarkdownConverter):
    convert_table = convert_svg = convert_figure = convert_dl = convert_details = convert_form = raw
    convert_label = convert_input = lambda self, element, text, parent_tags: text


def address(match: re.Match[str], page: str, links: str) -> str:
    name, anchor = match[1], match[2] or ""
    if links == "md":
        return f"]({name}.md{anchor}"
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
    whole = re.sub(r"(^|/)index$", r"\1", whole).strip("/")
    return f"](/{whole}/{anchor}" if whole else f"](/{anchor}"


def main(site: Path, contents: Path, target: Path, links: str) -> None:
    for entry in json.loads(contents.read_text(encoding="utf-8"))["pages"]:
        page = entry["url"]
        html = (site / page).read_text(encoding="utf-8")
        article = re.search(r'<article class="prose">(.*)</article>', html, re.DOTALL)[1]
        words = Plain(heading_style="ATX", bullets="-").convert(article)
        words = re.sub(
            r"\]\((?!https?:)([\w/.-]+)\.html(#[\w-]+)?", lambda m, page=page: address(m, page, links), words
        )
        if links == "folder":
            words = re.sub(r"\A\s*# .*\n", "", words)
        made = (target / page).with_suffix(".md")
        made.parent.mkdir(parents=True, exist_ok=True)
        told = unescape(re.search(r'<meta name="description" content="([^"]*)">', html)[1])
        front = json.dumps({"title": entry["title"], "description": told}, ensure_ascii=False)
        made.write_text(f"---\n{front}\n---\n\n{words}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:4]), sys.argv[4])
