"""The square codes on paper lead a phone to the guide, and are not there while nobody has said where it stands."""

import io
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from discguide.pdf.booklet import booklet
from discguide.pdf.leaflets import visit_sheet
from discguide.render.pictures import qr
from discguide.site.contents import Contents
from tests.projects import ROOT

ADDRESS = "https://example.org/discs/"
PAPERS = {"sheet": visit_sheet, "booklet": booklet}


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize(
    "address", [ADDRESS, "http://localhost:8000/", f"{ADDRESS}treatments/compare.html", "https://例え.example/"]
)
def test_a_phone_reads_the_address(address: str) -> None:
    code, scale = qr(address), 4
    picture = Image.new("L", (code.size * scale,) * 2, 255)
    draw = ImageDraw.Draw(picture)
    for run in code.path.split("M")[1:]:
        x, y = (int(part) for part in run.split("h")[0].split())
        width = int(run.split("h")[1].split("v")[0])
        draw.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1), fill=0)
    assert read(picture) == [address]


@pytest.mark.parametrize("name", PAPERS)
def test_paper_leads_back_to_the_guide(name: str, site: Path, contents: Contents) -> None:
    pages = {}
    for address in ("", ADDRESS):
        made = PAPERS[name](site, replace(contents, address=address), ROOT / "overrides" / "print")
        sheets = [page.get_pixmap(dpi=150) for page in pymupdf.open(stream=io.BytesIO(made.data))]
        pages[address] = len(sheets)
        pictures = [Image.frombytes("RGB", (sheet.width, sheet.height), sheet.samples) for sheet in sheets]
        assert [text for picture in pictures for text in read(picture)] == [address] * bool(address)
    assert pages[""] == pages[ADDRESS], "the code takes no page of its own"
