"""The guide on a phone: nothing before the button, everything after it, new when the site is, gone when asked."""

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import Error as BrowserError

from discguide.publish.downloads import FILES, put_into_pages
from discguide.publish.phone import make_worker
from discguide.site.contents import Contents
from tests.browser.conftest import _Quiet, search_for
from tests.projects import ROOT, replace

COMPONENTS = ROOT / "overrides" / "components"
PAPERS = ("danger", "sheet")


class Host:
    """A server that can be away: then there is no network."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, 0
        self.come()

    def come(self) -> None:
        handler = functools.partial(_Quiet, directory=str(self.folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def go(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def host(site: Path, contents: Contents, tmp_path: Path) -> Host:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    for key in PAPERS:
        (folder / FILES[key]).write_bytes(b"%PDF-1.7 made up")
    put_into_pages(folder, COMPONENTS, {FILES[key]: 1 for key in PAPERS}, contents)
    make_worker(folder, COMPONENTS, contents)
    return Host(folder)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


def kept(page: Page) -> int:
    """How many files the browser keeps, and workers."""
    return int(
        page.evaluate(
            """async () => { let count = (await navigator.serviceWorker.getRegistrations()).length;
            for (const name of await caches.keys()) count += (await (await caches.open(name)).keys()).length;
            return count; }"""
        )
    )


def test_kept_renewed_and_removed(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{host.home}/print.html")
    keep, remove = (page.get_by_role("button", name=name) for name in ("Keep this guide", "Remove it"))
    expect(page.locator(".keep__about")).to_contain_text("MB")
    expect(remove).to_be_hidden()
    assert kept(page) == 0, "something was kept before the button"
    page.get_by_label("Danger signs, one page").check()
    keep.click()
    expect(page.locator(".keep__kept")).to_be_visible(timeout=60_000)

    host.go()
    names = sorted(path.relative_to(host.folder).as_posix() for path in host.folder.rglob("*.html"))
    for name in [name for name in names if name != "404.html"]:
        page.goto(f"{host.home}/{name}")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".kept")).to_be_visible()
    page.goto(f"{host.home}/")
    search_for(page, "sciatica")
    expect(page.locator(".search__results a").first).to_be_visible()
    fetched = "name => fetch(name).then((got) => got.ok, () => false)"
    assert page.evaluate(fetched, FILES["danger"]) is True
    assert page.evaluate(fetched, FILES["sheet"]) is False, "a paper that was not chosen was kept"

    host.come()
    page.goto(f"{host.home}/anatomy.html")
    expect(page.locator(".kept")).to_have_count(0)
    replace(host.folder / "anatomy.html", "How a disc is built</h1>", "How a disc was built</h1>")
    worker = (host.folder / "sw.js").read_text(encoding="utf-8")
    (host.folder / "sw.js").write_text(worker.replace('"guide-" + "', '"guide-" + "new'), encoding="utf-8")
    page.evaluate(
        """async () => { const found = await navigator.serviceWorker.getRegistration();
        const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
        await found.update(); await changed; }"""
    )
    host.go()
    page.goto(f"{host.home}/anatomy.html")
    expect(page.locator("h1")).to_have_text("How a disc was built")

    host.come()
    page.goto(f"{host.home}/print.html")
    expect(page.locator(".keep__kept")).to_be_visible()
    remove.click()
    expect(remove).to_be_hidden()
    assert kept(page) == 0
    host.go()
    with pytest.raises(BrowserError):
        page.goto(f"{host.home}/index.html")


def test_a_phone_can_put_it_beside_other_programs(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{host.home}/print.html")
    found = context.new_cdp_session(page).send("Page.getAppManifest")
    assert found["errors"] == []
    said = json.loads(found["data"])
    assert said["name"] and urljoin(found["url"], said["start_url"]) == f"{host.home}/index.html"
    assert (host.folder / "assets" / said["icons"][0]["src"]).is_file()
    host.go()


def test_a_failure_keeps_nothing(host: Host, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{host.home}/print.html")
    (host.folder / "anatomy.html").unlink()
    page.get_by_role("button", name="Keep this guide").click()
    expect(page.locator(".keep__failed")).to_be_visible(timeout=60_000)
    assert kept(page) == 0
    host.go()


def test_from_a_disk_it_is_not_offered(site: Path, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto((site / "print.html").as_uri())
    expect(page.locator(".keep")).to_be_hidden()
