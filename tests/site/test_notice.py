"""A safety notice: one file puts it on every page and paper, and takes it off again."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path

import pytest
from pypdf import PdfReader

from discguide.data.tables import Notice
from discguide.html_tree import find_class, text_of
from discguide.pdf.engine import Made
from discguide.pdf.leaflets import danger_signs, visit_sheet
from discguide.site.builder import build_pages
from discguide.site.contents import Contents
from discguide.site.rules import BuiltPage, read_site
from tests.projects import ROOT, replace, small_project

WORDS = "A made up drug was withdrawn. If you have been offered it, ask your doctor first."
NOTICE = Notice(text=WORDS, day=dt.date(2026, 11, 25), source="the regulator", address="https://example.org/notice")
PRINT = ROOT / "overrides" / "print"


def test_it_stands_on_every_page_until_it_is_taken_off(tmp_path: Path, small_pages: dict[str, BuiltPage]) -> None:
    assert not [page.name for page in small_pages.values() if find_class(page.root, "block--notice") is not None]
    project = small_project(tmp_path / "project")
    fields = (
        f'\n  text: "{WORDS}"\n  day: 2026-11-25\n  source: "the regulator"\n  address: "https://example.org/notice"'
    )
    replace(project / "docs/data/notice.yml", "\nnow: none\n", f"\nnow:{fields}\n")
    contents, _ = build_pages(project, project / "site")
    assert contents.notices == (NOTICE,)
    pages = read_site(project / "site")
    assert pages
    for page in pages.values():
        box = find_class(page.root, "block--notice")
        assert box is not None, page.name
        said = text_of(box)
        assert WORDS in said and "25 November 2026" in said and "the regulator" in said
        assert [link.get("href") for link in box.iter("a")] == ["https://example.org/notice"]


@pytest.mark.parametrize(("make", "pages"), [(danger_signs, 1), (visit_sheet, 2)])
def test_leaflets_carry_it_on_as_many_pages(
    make: Callable[[Path, Contents, Path], Made], pages: int, site: Path, contents: Contents
) -> None:
    made = make(site, changed(contents, notices=(NOTICE,)), PRINT)
    text = " ".join(PdfReader(io.BytesIO(made.data)).pages[0].extract_text().split())
    assert made.pages == pages and WORDS in text and "25 November 2026" in text
