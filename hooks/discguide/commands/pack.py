"""(IO) The review pack of a page: what a clinician gets to review it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from discguide.data.load import load
from discguide.pdf.review_pack import review_pack
from discguide.problems import did_you_mean, one_of
from discguide.site.builder import build_pages
from discguide.site.rules import read_site


class NoSuchPage(Exception):
    """The page that was asked for is not there; the text says which there are."""


def make_pack(root: Path, wanted: str) -> tuple[Path, int]:
    """Make the pack of one page of the project at ``root``.

    Args:
        root: the project.
        wanted: the page, as ``treatments/pldd`` or with ``.md`` or ``.html`` after it.

    Returns:
        The file of the pack, below ``.build/``, and how many pages it has.

    Raises:
        NoSuchPage: there is no such page.
        ProblemsFound: the pages cannot be built; they have to be mended first.
        EngineMissing: a system library is missing.
        PdfFault: the pack could not be set as it stands.
    """
    name = wanted.removeprefix("docs/").removesuffix(".md").removesuffix(".html")
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        build_pages(root, Path(folder))
        pages = read_site(Path(folder), root)
    known = sorted(page.removesuffix(".html") for page in pages)
    if name not in known:
        raise NoSuchPage(f"docs/{name}.md is not a page; {did_you_mean(name, known) or one_of(known)}")
    made = review_pack(pages[f"{name}.html"], load(root / "docs").guide, root / "overrides" / "print")
    path = root / ".build" / "packs" / f"{name.replace('/', '-')}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.data)
    return path, made.pages
