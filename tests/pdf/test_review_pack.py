"""The paper on which a clinician reviews a page: whole, in the page's order, the weakest ground first."""

import io
from pathlib import Path

import pymupdf
import pytest

from discguide.commands.pack import NoSuchPage, make_pack
from discguide.data.load import load
from discguide.html_tree import find_class, parse, text_of
from discguide.pdf.review_pack import least_sure, read_sections
from discguide.site.reviews import fingerprint
from discguide.site.rules import BuiltPage

PAGE = """<html><body><article class="prose"><h1>Laser</h1>
<section><h2>In short</h2><p>It heats the disc. <a class="cite" href="#">[R01]</a> <a class="cite" href="#">[R02]</a>
Pain eased in half.</p></section>
<h2>Harms</h2><ul><li><p>An <em>infected</em> disc</p><p>How often: 3 of 309</p><p>A case series. <a class="cite">[R02]</a></p></li></ul>
<dl><div><dt>Home the same day?</dt><dd>Ask.</dd></div><div><dt>Cost</dt><dd>Do not pay at once. †</dd></div></dl>
<ul class="sources"><li>R01: A source</li></ul></article></body></html>"""


def test_each_statement_stands_with_its_sources(small: Path) -> None:
    references = load(small / "docs").guide.references
    sections = read_sections(BuiltPage("laser.html", parse(PAGE)), references)
    assert [(section.title, [(one.number, one.text, one.refs) for one in section.statements]) for section in sections] == [
        ("In short", [(1, "It heats the disc.", ["R01", "R02"]), (2, "Pain eased in half.", [])]),
        ("Harms", [
            (3, "An infected disc / How often: 3 of 309 / A case series.", ["R02"]),
            (4, "Home the same day? Ask.", []),
            (5, "Cost: Do not pay at once. †", []),
        ]),
    ]  # fmt: skip


def test_the_weakest_ground_stands_first(small: Path) -> None:
    references = load(small / "docs").guide.references
    weak = references | {
        "R01": references["R01"].model_copy(update={"read": "secondary"}),
        "R02": references["R02"].model_copy(update={"run_by": "inventor", "read": "abstract"}),
    }
    page = PAGE.replace(' <a class="cite" href="#">[R02]</a>', "")
    stated = [
        one for section in read_sections(BuiltPage("laser.html", parse(page)), weak) for one in section.statements
    ]
    assert [(one.number, one.doubt) for one in least_sure(stated)] == [
        (5, "no source"), (1, "second hand"), (3, "interest"),
    ]  # fmt: skip


def test_the_pack_holds_all_that_the_page_states(small: Path, small_pages: dict[str, BuiltPage]) -> None:
    page = small_pages["treatments/laser.html"]
    path, count = make_pack(small, "docs/treatments/laser.md")
    with pymupdf.open(stream=io.BytesIO(path.read_bytes())) as pdf:
        said = " ".join(" ".join(leaf.get_text() for leaf in pdf).split())
        assert len(pdf) == count
    article = find_class(page.root, "prose")
    assert article is not None
    unknowns = find_class(article, "unknowns")
    assert unknowns is not None and len(unknowns)
    assert all(text_of(item) in said for item in unknowns)
    assert f"words: {fingerprint(page)}" in said
    assert "Interests:" in said and "An infected disc" in said


def test_a_page_that_is_not_there_is_told(small: Path) -> None:
    with pytest.raises(
        NoSuchPage, match=r"^docs/treatments/lasr\.md is not a page; did you mean 'treatments/laser'\?$"
    ):
        make_pack(small, "treatments/lasr")
