"""The book and the visit sheet, as the files that readers get."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import outloud
import pytest
from pdfua import validate
from pypdf import PdfReader

from discguide.html_tree import find_class, has_class, parse, parse_file, text_of, walk
from discguide.pdf.article import LEFT_OUT, for_paper
from discguide.pdf.book import NOT_IN_BOOK, check_links, read_chapters
from discguide.pdf.engine import PdfFault, _only_our_fonts, make_pdf
from discguide.pdf.leaflets import danger_signs
from discguide.pdf.paper import FAMILIES, FIRST, check_letters
from discguide.site.contents import Contents, Entry
from tests.builds import Built
from tests.goals import keeps_to
from tests.projects import ROOT

ALL = ("disc-guide.pdf", "visit-sheet.pdf", "danger-signs.pdf")
PRINT = ROOT / "overrides" / "print"


@pytest.fixture(scope="module")
def reader(built: Built) -> PdfReader:
    return PdfReader(built.site / "disc-guide.pdf")


@pytest.fixture(scope="module")
def words(reader: PdfReader) -> list[str]:
    """The words of each page, without spaces: lines break anywhere."""
    return [squeezed(page.extract_text()) for page in reader.pages]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def titles(outline: list[Any]) -> list[str]:
    return [item["/Title"] for item in outline if not isinstance(item, list)]


@pytest.mark.parametrize("name", ALL)
def test_outloud_finds_no_error(built: Built, name: str) -> None:
    report = outloud.check(built.site / name)
    assert [finding for finding in report.findings if finding.severity == "error"] == []


@pytest.mark.parametrize("name", ALL)
def test_pdfua_finds_nothing(built: Built, name: str) -> None:
    assert [finding for finding in validate(str(built.site / name)).findings if "ERROR" in str(finding.severity)] == []


@pytest.mark.parametrize("name", ALL)
def test_only_our_fonts_are_used_and_all_are_embedded(built: Built, name: str) -> None:
    fonts = {}
    for page in PdfReader(built.site / name).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            fonts[descriptor["/FontFamily"]] = "/FontFile2" in descriptor
    assert fonts and set(fonts) <= FAMILIES and all(fonts.values())


@pytest.mark.parametrize("name", ALL)
def test_it_says_what_it_is(built: Built, name: str) -> None:
    pdf = PdfReader(built.site / name)
    assert pdf.metadata and pdf.metadata.title and pdf.metadata.title.startswith("Disc Guide: ")
    assert pdf.metadata.author and pdf.metadata.subject
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("name", ALL)
def test_no_path_of_the_builder_and_no_claim_of_conformance(built: Built, name: str) -> None:
    pdf = PdfReader(built.site / name)
    everything = "".join(str(pdf.get_object(number)) for number in range(1, len(pdf.xref_objStm) + 1))
    everything += "".join(page.extract_text() for page in pdf.pages)
    for leak in (str(built.project), "file:", "/tmp", "print.invalid"):
        assert leak not in everything
    assert "conformant" not in everything and "PDF/UA" not in everything


def test_the_files_are_small(built: Built) -> None:
    for name, goal, hint in (
        ("disc-guide.pdf", 1600, "say it in fewer words, or simplify the largest drawing in docs/figures"),
        ("visit-sheet.pdf", 60, "simplify the drawing of a body in docs/figures/pain-areas.svg"),
        ("danger-signs.pdf", 60, "shorten docs/urgent.md"),
    ):
        keeps_to(goal, (built.site / name).stat().st_size / 1000, name, "kB", hint)


def test_the_outline_is_the_navigation_with_page_headings_below(
    built: Built, reader: PdfReader, contents: Contents
) -> None:
    tops = list(dict.fromkeys(entry.section or entry.title for entry in in_book(contents)))
    first = next(entry.title for entry in contents.pages if entry.url == FIRST)
    assert titles(reader.outline) == [first, *(top for top in tops if top != first)]
    below = dict(zip(titles(reader.outline), [item for item in reader.outline if isinstance(item, list)], strict=True))
    for entry in in_book(contents):
        branch = below[entry.section or entry.title]
        if entry.section:
            branch = under(branch, entry.title)
        article = find_class(parse_file(built.site / entry.url), "prose")
        assert article is not None
        headings = [text_of(h) for h in article.iter("h2") if not has_class(h, "block__title")]
        # The book has every source once, among its references.
        expected = {squeezed(h) for h in headings} - (
            {"Sources"} if find_class(article, "sources") is not None else set()
        )
        missing = expected - {squeezed(title) for title in titles(branch)}
        assert missing == set(), entry.url


def in_book(contents: Contents) -> list[Entry]:
    return [entry for entry in contents.pages if entry.url not in NOT_IN_BOOK]


def under(branch: list[Any], title: str) -> list[Any]:
    """What stands below a title."""
    place = next(i for i, item in enumerate(branch) if not isinstance(item, list) and item["/Title"] == title)
    following = branch[place + 1 : place + 2]
    return following[0] if following and isinstance(following[0], list) else []


def test_every_internal_link_lands(reader: PdfReader, contents: Contents) -> None:
    known = set(reader.named_destinations)
    aimed = [
        a for page in reader.pages for a in annotations(page) if "/Dest" in a or a.get("/A", {}).get("/S") == "/GoTo"
    ]
    assert len(aimed) >= len(contents.pages)
    assert {str(a.get("/Dest") or a["/A"]["/D"]) for a in aimed} <= known
    assert all(a["/F"] == 4 for a in aimed)


def annotations(page: Any) -> Iterator[Any]:
    for reference in page.get("/Annots", []):
        yield reference.get_object()


def test_no_link_leads_to_a_file_or_this_machine(reader: PdfReader) -> None:
    addresses = {a["/A"]["/URI"] for page in reader.pages for a in annotations(page) if a.get("/A", {}).get("/URI")}
    assert addresses and all(address.startswith(("https://", "http://", "tel:")) for address in addresses)


def test_the_danger_signs_stand_right_after_the_cover(words: list[str], built: Built, contents: Contents) -> None:
    signs = find_class(parse_file(built.site / "urgent.html"), "block--emergency")
    assert signs is not None
    for item in signs.iter("li"):
        assert squeezed(text_of(item)) in words[1]
    assert squeezed(contents.review) in words[0] and "Checkthesiteforthecurrentversion" in words[0]


def test_the_text_of_every_chapter_is_there(built: Built, contents: Contents, words: list[str]) -> None:
    book = "".join(words)
    for entry in in_book(contents):
        article = find_class(parse_file(built.site / entry.url), "prose")
        assert article is not None
        told = walk(article, LEFT_OUT | {"comparison__controls", "form"})
        parts = [text_of(one) for one in told if one.tag == "p" and not list(one)]
        shown = [
            part for part in parts if len(part) > 30 and not part.startswith(("This hides only", "Take it", "Tick two"))
        ]
        # A paragraph that runs over a page has a page number and running heads inside it, but never in its first line.
        ends = [end for part in shown for end in (squeezed(part)[:24], squeezed(part)[-24:])]
        assert [end for end in ends if end not in book] == [], entry.url


def test_no_row_of_the_table_is_split(reader: PdfReader) -> None:
    tables = [e for e in elements(reader.trailer["/Root"]["/StructTreeRoot"]) if e.get("/S") == "/Table"]
    rows = [row for table in tables for row in elements(table) if row.get("/S") == "/TR"]
    heads = [next(cell for cell in elements(row) if cell.get("/S") in {"/TH", "/TD"}) for row in rows]
    assert heads
    assert all(len(kids(head)) for head in heads)


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return found if isinstance(found, list) else [found]


def elements(element: Any) -> Iterator[Any]:
    """Walk the tags below an element."""
    for kid in kids(element):
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(kid, dict):
            yield kid
            yield from elements(kid)


def test_every_page_number_after_a_link_is_one(words: list[str], contents: Contents) -> None:
    numbers = [int(number) for page in words for number in re.findall(r"\(p\.(\d+)\)", page)]
    assert len(numbers) >= len(contents.pages) and min(numbers) >= 2 and max(numbers) <= len(words)


def test_a_link_to_nowhere_a_strange_letter_and_a_strange_font_are_refused(
    built: Built, contents: Contents, tmp_path: Path
) -> None:
    chapters = read_chapters(built.site, contents)
    next(chapters[0].body.iter("a")).set("href", "#nowhere")
    with pytest.raises(PdfFault, match="nowhere"):
        check_links(chapters)
    with pytest.raises(PdfFault, match="U\\+4E00"):
        check_letters("\u4e00", PRINT / "fonts")
    with pytest.raises(PdfFault, match="left something out"):
        make_pdf("<!doctype html><html lang=en><title>T</title><img alt=x src=../secret.png>", PRINT, FAMILIES)
    with pytest.raises(PdfFault, match="has no article"):
        (tmp_path / "urgent.html").write_text("<p>nothing</p>", encoding="utf-8")
        danger_signs(tmp_path, contents, PRINT)


def test_a_term_that_opens_on_screens_leads_to_the_glossary_on_paper() -> None:
    button = '<button class="term" type="button" popovertarget="term-disc" value="glossary.html#disc">disc</button>'
    article = parse(f'<article class="prose"><p>A {button} hurts.</p></article>')[1][0]
    paper = for_paper(article, "anatomy.html", lambda _name: True, "Source Sans 3")
    (link,) = paper.iter("a")
    assert link.text == "disc" and "disc" in link.get("href", "") and not list(paper.iter("button"))


def test_a_number_to_call_works_and_is_printed_once() -> None:
    article = parse('<article class="prose"><p>Call <a href="tel:119">119</a> in Japan.</p></article>')[1][0]
    paper = for_paper(article, "urgent.html", lambda _name: True, "Source Sans 3")
    words = ET.tostring(paper, encoding="unicode", method="html")
    made = make_pdf(
        f'<!doctype html><html lang="en"><title>T</title><link rel="stylesheet" href="type.css">{words}</html>',
        PRINT,
        FAMILIES,
    )
    (page,) = PdfReader(io.BytesIO(made.data)).pages
    assert " ".join(page.extract_text().split()) == "Call 119 in Japan."
    assert [a["/A"]["/URI"] for a in annotations(page)] == ["tel:119"]


def test_the_pdf_opens_without_a_password(built: Built) -> None:
    assert not PdfReader(io.BytesIO((built.site / "disc-guide.pdf").read_bytes())).is_encrypted


def test_fonts_are_found_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "FONTS & <CACHE>"
    folder.mkdir()
    shutil.copy(PRINT / "fontconfig.xml", folder)
    with _only_our_fonts(folder):
        settings = ET.parse(os.environ["FONTCONFIG_FILE"]).getroot()
    assert [settings.findtext("dir"), settings.findtext("cachedir") != "CACHE"] == [str(folder / "fonts"), True]
