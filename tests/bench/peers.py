"""Who is measured: how each builds the same content, and how a person works it."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.costs import Costs
from tests.bench.grown import plain_content, sections
from tests.bench.installing import CACHE, PYTHON, node

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
NAME = "Disc Guide"
RELEASES = "Astro 7.3.5, Lighthouse 13.5.0"


@dataclass(frozen=True)
class Peer:
    """One way to make the site.

    ``write`` makes its project from our built one; ``command`` builds that into ``built``. ``search`` holds
    selectors: what opens the search, where one types, and a result.
    """

    title: str
    needs: str
    write: Callable[[Path, Path], None]
    command: list[str]
    built: str
    search: tuple[str, str, str] | None
    folders: bool = True

    def address(self, page: str) -> str:
        """Where it serves the page that we call ``anatomy``."""
        return f"/{page}/" if self.folders else f"/{page}.html"

    def prepare(self, ours: Path, project: Path) -> None:
        """Write its project anew, with no cache of an earlier build."""
        shutil.rmtree(project, ignore_errors=True)
        project.mkdir(parents=True)
        self.write(ours, project)

    def clean(self, project: Path) -> None:
        """Forget what it built."""
        for name in (self.built, ".cache", ".astro"):
            shutil.rmtree(project / name, ignore_errors=True)


def _mkdocs(extra: str) -> Callable[[Path, Path], None]:
    def write(ours: Path, project: Path) -> None:
        plain_content(ours / "site", ours / "contents.json", project / "docs", "md")
        nav = [
            {section: [{page["title"]: _md(page)} for page in pages]} if section else {pages[0]["title"]: _md(pages[0])}
            for section, pages in sections(ours / "contents.json")
        ]
        # JSON is YAML too.
        (project / "mkdocs.yml").write_text(f"site_name: {NAME}\n{extra}\nnav: {json.dumps(nav)}\n", encoding="utf-8")

    return write


def _md(page: dict[str, str]) -> str:
    return page["url"].removesuffix(".html") + ".md"


def _starlight(ours: Path, project: Path) -> None:
    plain_content(ours / "site", ours / "contents.json", project / "src/content/docs", "folder")
    shutil.copytree(TEMPLATES / "starlight", project, dirs_exist_ok=True)
    bar = [
        {"label": section, "items": [_link(page) for page in pages]} if section else _link(pages[0])
        for section, pages in sections(ours / "contents.json")
    ]
    (project / "sidebar.json").write_text(json.dumps(bar), encoding="utf-8")


def _link(page: dict[str, str]) -> dict[str, str]:
    address = page["url"].removesuffix(".html").removesuffix("index").strip("/")
    return {"label": page["title"], "link": f"/{address}/" if address else "/"}


def _hand(ours: Path, project: Path) -> None:
    shutil.copytree(ours / "site", project / "articles")
    shutil.copy(ours / "contents.json", project)
    shutil.copy(TEMPLATES / "hand.html", project)


_MKDOCS = [str(PYTHON), "-m", "mkdocs", "build", "--site-dir", "built"]
_OPEN_MATERIAL = "label.md-header__button[for=__search], .md-search__input"
_MATERIAL = (_OPEN_MATERIAL, ".md-search__input", ".md-search-result__link")

OURS = Peer(
    "ours", "", lambda ours, project: None, [sys.executable, "-m", "discguide.site.builder", ".", "built", "contents.json"],
    "built", (".header__search", "#search-words", "#search ol a"), folders=False,
)  # fmt: skip
PEERS = {
    "ours": OURS,
    "stock": Peer("Material 9.8.1", "python", _mkdocs("theme: {name: material}"), _MKDOCS, "built", _MATERIAL),
    "plain": Peer(
        "Material, no web fonts", "python", _mkdocs("theme: {name: material, font: false}"), _MKDOCS, "built", _MATERIAL
    ),
    "zensical": Peer(
        "Zensical 0.0.73", "python", _mkdocs("site_dir: built"), [str(PYTHON), "-m", "zensical", "build", "--clean"],
        "built", (".md-search__button", "input[role=combobox], .md-search__input", ".md-search-result__link, a[role=option]"),
    ),
    "starlight": Peer(
        "Starlight 0.42.4", "npm", _starlight, [node(), str(CACHE / "node_modules/astro/bin/astro.mjs"), "build"],
        "dist", ("button[data-open-modal]", ".pagefind-ui__search-input", ".pagefind-ui__result-link"),
    ),
    "hand": Peer(
        "hand-written", "", _hand, [sys.executable, str(HERE / "by_hand.py")], "built", None, folders=False
    ),
}  # fmt: skip


def build(peer: Peer, project: Path) -> Path:
    """Build it once, for looking at; returns the folder to serve."""
    peer.clean(project)
    Costs().add(peer.command, project)
    return project / peer.built
