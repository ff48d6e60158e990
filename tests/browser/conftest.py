"""A real Chromium, the built pages on a server of their own, and what every visit must keep to."""

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.conftest import tool
from tests.projects import ROOT
from tests.waiting import settled

Visit = Callable[..., Page]

if os.environ.get("AUDIT") != "1":
    collect_ignore = ["test_engines.py"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def axe() -> str:
    path = tool(
        str(ROOT / "tests/node_modules/axe-core/axe.min.js"), "axe-core", "the npm packages: npm ci --prefix tests"
    )
    return Path(path).read_text(encoding="utf-8")


@pytest.fixture
def visit(browser: Browser, address: str, site: Path) -> Iterator[Visit]:
    """Open a page; afterwards: no script error, no request to elsewhere, no cookie, nothing missing."""
    contexts: list[tuple[BrowserContext, bool]] = []
    faults: list[str] = []

    def open_page(url: str, width: int = 390, height: int = 844, disk: bool = False, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append((context, options.get("java_script_enabled", True)))
        page = context.new_page()
        page.set_default_timeout(10_000)
        home = site.as_uri() if disk else address
        page.on("console", lambda said: faults.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: faults.append(f"asked {asked.url}") if _foreign(asked.url, home) else None)
        page.on("response", lambda got: faults.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.goto(f"{home}/{url}")
        return page

    yield open_page
    for context, scripts in contexts:
        for page in context.pages if scripts else ():
            settled(page)
        faults += [f"cookie {cookie['name']}" for cookie in context.cookies()]
        context.close()
    assert not faults


def search_for(page: Page, words: str) -> None:
    """Open the search, type, and wait until the list answers all that was typed."""
    page.click(".header__search")
    page.keyboard.type(words)
    expect(page.locator(".search__results")).to_have_attribute("aria-busy", "false")


def is_complaint(said: ConsoleMessage) -> bool:
    """Tell errors and warnings; of a page that names no icon Chromium asks the host for one, which is no fault."""
    return said.type in {"error", "warning"} and not said.location["url"].endswith("/favicon.ico")


def _foreign(url: str, home: str) -> bool:
    return not url.startswith((f"{home}/", "data:"))


class Places:
    """Which pages there are, known before the build because each Markdown page makes one."""

    every = sorted(p.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for p in (ROOT / "docs").rglob("*.md"))
    kinds = (
        "index.html", "urgent.html", "anatomy.html", "tests-and-scans.html", "treatments/compare.html", "treatments/dst.html",
        "glossary.html", "about/editing.html",
    )  # fmt: skip
    audit = os.environ.get("AUDIT") == "1"
    """The long run: everything that is done on one page of each kind is done on every page."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give ``page_url`` every page, ``kind_url`` one of each kind (in the audit every page), ``other_url`` the rest."""
    kinds = Places.every if Places.audit else Places.kinds
    pages = {"page_url": Places.every, "kind_url": kinds, "other_url": sorted({*Places.every, "404.html"} - {*kinds})}
    for name in pages.keys() & set(metafunc.fixturenames):
        metafunc.parametrize(name, pages[name])
