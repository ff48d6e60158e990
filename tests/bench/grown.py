"""The guide at other sizes, and its built pages as plain content that the peers build."""

import json
import re
import subprocess
from pathlib import Path

from tests.bench.installing import PYTHON
from tests.projects import copied_option, copy_project, replace

HERE = Path(__file__).parent
COPIED = ("degeneration-or-herniation", "anatomy", "causes", "symptoms", "tests-and-scans", "outlook", "self-care")
"""Ordinary pages; copies of them make a larger guide."""
NAMES = (
    "apple", "bread", "chair", "dance", "eagle", "flame", "grass", "horse", "island", "jacket", "kettle", "ladder", "mirror",
    "needle", "orange", "pencil", "ribbon", "silver", "table", "umbrella",
)  # fmt: skip
"""Further options: words that the spelling knows, without digits, which would want a source."""
SECTION = 14
"""Copies in one section of the navigation, as a person would part them."""


def grow(folder: Path, pages: int = 0, options: int = 0) -> Path:
    """Copy the project; add copies of pages and options until there are so many."""
    project = copy_project(folder)
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    extra = range(max(0, pages - len(re.findall(r"\w\.md$", config, re.MULTILINE))))
    lines = []
    for number in extra:
        if number % SECTION == 0:
            lines.append(f"  - More {number // SECTION + 1}:\n")
        text = (project / f"docs/{COPIED[number % len(COPIED)]}.md").read_text(encoding="utf-8")
        title = re.search(r'^title: "?(.*?)"?$', text, re.MULTILINE)[1]
        text = re.sub(r'^(title|description): "?(.*?)"?$', rf'\1: "\2 Copy {number}."', text, flags=re.MULTILINE)
        (project / f"docs/copy-{number}.md").write_text(text, encoding="utf-8")
        lines.append(f'      - "{title} ({number})": copy-{number}.md\n')
    (project / "mkdocs.yml").write_text(config + "".join(lines), encoding="utf-8")
    _add_options(project, options)
    return project


def _add_options(project: Path, options: int) -> None:
    data = project / "docs/data/treatments.yml"
    text = data.read_text(encoding="utf-8")
    page = (project / "docs/treatments/pldd.md").read_text(encoding="utf-8")
    page = page.replace('{{ figure("method-pldd") }}', "")
    line = "      - PLDD: treatments/pldd.md\n"
    there = set(re.findall(r"^([a-z-]+):$", text, re.MULTILINE)) - {"studies"}
    for name in NAMES[: max(0, options - len(there))]:
        copy = copied_option(text, "pldd", name).replace('short: "PLDD"', f'short: "{name.title()}"')
        data.write_text(data.read_text(encoding="utf-8").rstrip() + "\n" + copy, encoding="utf-8")
        (project / f"docs/treatments/{name}.md").write_text(
            page.replace('("pldd")', f'("{name}")').replace('title: "PLDD"', f'title: "{name.title()}"'),
            encoding="utf-8",
        )
        replace(project / "mkdocs.yml", line, f"{line}      - {name.title()}: treatments/{name}.md\n")


def plain_content(site: Path, contents: Path, target: Path, links: str) -> Path:
    """Write the built pages as Markdown."""
    command = [str(PYTHON), str(HERE / "to_markdown.py"), str(site), str(contents), str(target), links]
    subprocess.run(command, check=True)
    return target


def sections(contents: Path) -> list[tuple[str, list[dict[str, str]]]]:
    """The navigation: (section or "", its pages), in order."""
    grouped: list[tuple[str, list[dict[str, str]]]] = []
    for page in json.loads(contents.read_text(encoding="utf-8"))["pages"]:
        if not grouped or not page["section"] or grouped[-1][0] != page["section"]:
            grouped.append((page["section"], []))
        grouped[-1][1].append(page)
    return grouped
