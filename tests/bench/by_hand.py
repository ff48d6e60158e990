"""The limit: each article in one small page with a little style inside and a list of links; run in its project."""

import json
import re
from pathlib import Path

template = Path("hand.html").read_text(encoding="utf-8")
pages = json.loads(Path("contents.json").read_text(encoding="utf-8"))["pages"]
for page in pages:
    up = "../" * page["url"].count("/")
    source = Path("articles", page["url"]).read_text(encoding="utf-8")
    article = re.search(r'<article class="prose">(.*)</article>', source, re.DOTALL)[1]
    description = re.search(r'<meta name="description" content="[^"]*">', source)[0]
    links = "\n".join(f'<li><a href="{up}{one["url"]}">{one["title"]}</a>' for one in pages)
    made = Path("built", page["url"])
    made.parent.mkdir(parents=True, exist_ok=True)
    parts = {"TITLE": page["title"], "DESCRIPTION": description, "ARTICLE": article, "LINKS": links}
    made.write_text(re.sub(r"\[(\w+)\]", lambda m, parts=parts: parts.get(m[1], m[0]), template), encoding="utf-8")
