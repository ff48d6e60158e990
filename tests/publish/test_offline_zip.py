"""The offline copy, opened from a disk in a browser without a network."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.builds import Built
from tests.waiting import settled

NAME = "disc-guide-offline.zip"


@pytest.fixture(scope="module")
def folder(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip, unpacked as a reader would."""
    place = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(built.site / NAME) as packed:
        packed.extractall(place)
    return place / "disc-guide"


@pytest.fixture
def page(browser: Browser) -> Iterator[tuple[Page, list[Request], list[str]]]:
    """A page with the network off, what it asked for, and what it complained about."""
    context = browser.new_context(offline=True)
    opened = context.new_page()
    asked: list[Request] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield opened, asked, complaints
    context.close()


def test_the_same_pages_and_both_pdfs_are_inside(built: Built, folder: Path) -> None:
    inside = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*.html")}
    assert pages - inside == {"404.html"}
    assert {"disc-guide.pdf", "visit-sheet.pdf"} <= inside
    assert not {name for name in inside if name.endswith((".br", ".gz", ".zip"))}


def test_no_page_inside_names_the_zip_or_a_size(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert NAME not in page and "(PDF, " not in page and "(ZIP, " not in page and "<!--about" not in page, path
        assert "disc-guide.pdf" in page and "visit-sheet.pdf" in page


def test_entries_carry_one_date_and_one_mode(built: Built) -> None:
    with zipfile.ZipFile(built.site / NAME) as packed:
        entries = packed.infolist()
    assert len({entry.date_time for entry in entries}) == 1
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)


def test_every_page_opens_and_every_link_arrives(folder: Path, page: tuple[Page, list[Request], list[str]]) -> None:
    opened, asked, complaints = page
    waiting, seen = {(folder / "index.html").as_uri()}, set()
    anchors: dict[str, set[str]] = {}
    links: set[str] = set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        opened.goto(address)
        settled(opened)
        found: list[str] = opened.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        anchors[address] = set(opened.eval_on_selector_all("[id]", "all => all.map(e => e.id)"))
        assert opened.locator("article svg").count() == 0 or opened.locator("article svg").first.bounding_box()
        links |= {link for link in found if link.startswith("file:")}
        pages = {link.partition("#")[0] for link in found if link.partition("#")[0].endswith(".html")}
        waiting |= {link for link in pages if link.startswith("file:")} - seen
    assert len(seen) == len(list(folder.rglob("*.html")))
    for link in links:
        path, _, anchor = link.partition("#")
        assert Path(path.removeprefix("file://")).is_file(), link
        # A link to a comparison of several names them, as the boxes to pick them do.
        places = [f"show-{key}" for key in anchor.split(",")] if "," in anchor else [anchor] if anchor else []
        assert set(places) <= anchors.get(path, set()), link
    assert not [request.url for request in asked if not request.url.startswith("file:")]
    assert complaints == []


def test_search_answers_without_a_network(folder: Path, page: tuple[Page, list[Request], list[str]]) -> None:
    opened, asked, complaints = page
    opened.goto((folder / "treatments" / "compare.html").as_uri())
    opened.get_by_role("button", name="Search").first.click()
    opened.locator("#search-words").fill("slipped disc")
    expect(opened.locator(".search__results")).to_have_attribute("aria-busy", "false")
    first = opened.locator(".search__results a").first
    goal = first.get_attribute("href") or ""
    assert goal.startswith("file:")
    first.click()
    expect(opened).to_have_url(re.compile(re.escape(goal.partition("&")[0]) + "$"))
    expect(opened.locator("#search")).to_be_hidden()
    expect(opened.locator("h1")).to_be_visible()
    settled(opened)
    assert not [request.url for request in asked if not request.url.startswith("file:")]
    assert complaints == []
