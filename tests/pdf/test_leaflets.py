"""The leaflets: danger signs on one page, two pages for a visit."""

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from discguide.html_tree import find_class, parse_file, text_of
from discguide.pdf.leaflets import danger_signs, visit_sheet
from discguide.site.contents import Contents
from tests.projects import ROOT

PRINT = ROOT / "overrides" / "print"


def squeezed(text: str) -> str:
    return re.sub(r"\[R\w+\]|[\s\u00ad\u2010-]+", "", text)


def words(data: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]


def items(path: Path, name: str) -> list[str]:
    article = find_class(parse_file(path), "prose")
    assert article is not None
    box = find_class(article, name)
    assert box is not None
    return [squeezed(text_of(item)) for item in box.iter("li")]


def test_every_danger_sign_stands_on_one_page(site: Path, contents: Contents) -> None:
    (page,) = words(danger_signs(site, contents, PRINT).data)
    for name in ("block--emergency", "block--urgent", "block--soon"):
        signs = items(site / "urgent.html", name)
        assert signs and not [sign for sign in signs if sign not in page]
    assert "Whattosayonthephone" in page and squeezed(contents.review) in page


@pytest.mark.parametrize("signs", [1, 20, 34])
def test_more_danger_signs_stand_closer(signs: int, contents: Contents, tmp_path: Path) -> None:
    boxes = "".join(
        f'<div class="block block--{name}"><ul>{"<li>Pain that is new, or that came after an accident</li>" * signs}</ul></div>'
        for name in ("emergency", "urgent", "soon")
    )
    (tmp_path / "urgent.html").write_text(f'<div class="prose"><h1>Signs</h1>{boxes}</div>', encoding="utf-8")
    (page,) = words(danger_signs(tmp_path, contents, PRINT).data)
    assert page.count("cameafteranaccident") == 3 * signs


def test_the_visit_sheet_asks_four_questions_and_what_matters(site: Path, contents: Contents) -> None:
    first, second = words(visit_sheet(site, contents, PRINT).data)
    for asked in ("Whatarethebenefits?", "Whataretherisks?", "Whatarethealternatives?", "WhatifIdonothing?"):
        assert asked in first
    for field in ("front", "back", "Painnow", "Sincewhen", "Mymedicines"):
        assert field in first
    compare = find_class(parse_file(site / "treatments/compare.html"), "prose")
    assert compare is not None
    values = next(one for one in compare.iter("ul") if any("values" in (item.get("class") or "") for item in one))
    assert all(squeezed(text_of(value)) in second for value in values)
    assert second.count("alittle") == second.count("alot") > 2 and "Optionswespokeof" in second
    home = find_class(parse_file(site / "index.html"), "block--emergency")
    assert home is not None
    signs = [squeezed(text_of(sign)) for sign in home.iter("li")]
    assert signs and all(sign in second for sign in signs) and "119" in second


def test_the_leaflets_point_to_nothing_that_they_do_not_hold(site: Path, contents: Contents) -> None:
    for make in (danger_signs, visit_sheet):
        for page in PdfReader(io.BytesIO(make(site, contents, PRINT).data)).pages:
            said = page.extract_text()
            assert not re.search(r"on the website|\(p\.|\[R\d|All danger signs|Look at", said), said
            links = [note.get_object()["/A"]["/URI"] for note in page.get("/Annots", [])]
            assert all(link.startswith("tel:") for link in links)
