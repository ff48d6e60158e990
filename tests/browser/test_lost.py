"""A lost reader finds help at any address of any host, also where the site stands in a folder."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from discguide.problems import ProblemsFound
from discguide.site.builder import ADDRESS, build_pages
from tests.browser.conftest import search_for
from tests.projects import small_project

RED = "rgb(163, 22, 15)"
FOLDER = "/discs/"
DEPTHS = ["nowhere", "treatments/nowhere.html", "a/b/c/nowhere"]


class _Host(http.server.SimpleHTTPRequestHandler):
    """A host that keeps the site in a folder and answers every unknown address with the page for lost readers."""

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(FOLDER) if path.startswith(FOLDER) else "nothing/of/ours"
        return super().translate_path(inside)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


def hosted(site: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{FOLDER}"
        server.shutdown()


@pytest.fixture(scope="module")
def unknown(site: Path) -> Iterator[str]:
    """The real pages, built without an address."""
    yield from hosted(site)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small project, built for the address at which it then stands."""
    project = small_project(tmp_path_factory.mktemp("known") / "project")
    (project / "site").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for address in hosted(project / "site"):
            patch.setenv(ADDRESS, address.rstrip("/"))
            build_pages(project, project / "site")
            yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that asks for nothing that is not there, but for itself."""
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    missing: list[str] = []
    opened.on(
        "response", lambda got: missing.append(got.url) if got.status >= 400 and "nowhere" not in got.url else None
    )
    yield opened
    opened.close()
    assert missing == []


@pytest.mark.parametrize("path", DEPTHS)
def test_without_an_address_the_page_needs_nothing_else(page: Page, unknown: str, path: str) -> None:
    page.goto(unknown + path)
    expect(page.locator(".block--emergency .block__title")).to_have_css("background-color", RED)
    expect(page.get_by_text("numb between your legs")).to_be_visible()
    expect(page.get_by_text("Call your emergency number:")).to_be_visible()
    links = page.locator("a:visible").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert "tel:112" in links
    assert not [link for link in links if not link.startswith(("tel:", "#"))], "a link would lead to a wrong place"
    assert min(page.locator("main a").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")) >= 44
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", DEPTHS)
def test_with_the_address_everything_is_in_reach(page: Page, known: str, path: str) -> None:
    page.goto(known + path)
    title = page.locator(".block--emergency .block__title")
    expect(title).to_have_css("background-color", RED)
    ways = page.locator("main li a")
    assert ways.evaluate_all("all => all.map((one) => one.href)")[:2] == [f"{known}index.html", f"{known}urgent.html"]
    page.get_by_role("button", name="Search this guide").click()
    page.keyboard.press("Escape")
    search_for(page, "laser")
    page.locator("#search ol a").first.click()
    expect(page.locator(".trail")).to_be_visible()
    page.goto(known + path)
    page.get_by_role("banner").get_by_role("link", name="Danger signs").click()
    expect(page).to_have_url(f"{known}urgent.html")


@pytest.mark.parametrize(
    "given", ["example.org", "https://example.org/di scs/", "https://example.org/?x=/", "javascript:/"]
)
def test_what_is_no_address_is_refused_in_one_line(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, given)
    with pytest.raises(ProblemsFound, match="is no address of a site") as found:
        build_pages(small_project(tmp_path / "project"), tmp_path / "site")
    assert len(found.value.problems) == 1
