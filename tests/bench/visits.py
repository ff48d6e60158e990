"""What readers' browsers fetch, with a real mouse and keyboard, and whether they get what they came for."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.bench.installing import chromium
from tests.bench.peers import Peer
from tests.bench.serving import Served

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
QUERY = "nucleus"
SETTLED = 600
"""Milliseconds without a request after which a page has all it wants."""


class Broken(Exception):
    """A page that was measured does not work; its figures would mean nothing."""


@contextmanager
def browsing(served: Served) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-background-networking", *served.browser_flags]
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield browser
        browser.close()


@contextmanager
def _fresh(browser: Browser, served: Served, path: str, screen: dict[str, int]) -> Iterator[Page]:
    """Open a page as someone who was never there before."""
    context = browser.new_context(viewport=screen)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    served.clear()
    page.goto(served.address + path)
    _settle(page)
    yield page
    context.close()
    if faults:
        raise Broken(f"{path}: {faults[0]}")


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED)


@dataclass(frozen=True)
class Weight:
    kilobytes: float
    requests: int
    search: float
    elsewhere: int
    words: int


def first_view(browser: Browser, served: Served, path: str) -> Weight:
    """Weigh a cold first view on a phone."""
    with _fresh(browser, served, path, PHONE) as page:
        words = len(page.locator("main").first.inner_text().split())
        if bad := [answer["path"] for answer in served.answers if answer["status"] != 200]:
            raise Broken(f"{path}: nothing at {bad[0]}")
        search = sum(a["bytes"] for a in served.answers if "search" in a["path"] or "pagefind" in a["path"])
        away = sum(a["host"] != "localhost" for a in served.answers)
        return Weight(served.kilobytes(), len(served.answers), search / 1000, away, words)


def two_pages(browser: Browser, served: Served, first: str, second: str) -> Weight:
    """Weigh a visit of two pages at a desk: the mouse moves to a link that can be seen, and clicks."""
    with _fresh(browser, served, first, DESK) as page:
        links = page.locator("a[href]:visible").all()
        link = next((one for one in links if one.evaluate("e => e.pathname").rstrip("/") == second.rstrip("/")), None)
        if not link:
            raise Broken(f"{first}: no link to {second} can be seen")
        link.scroll_into_view_if_needed()
        box = link.bounding_box()
        page.mouse.move(20, 20)
        page.mouse.move(box["x"] + min(8, box["width"] / 2), box["y"] + box["height"] / 2, steps=12)
        page.wait_for_timeout(150)
        page.mouse.down()
        page.mouse.up()
        page.wait_for_url(lambda url: url.split("#")[0].rstrip("/").endswith(second.rstrip("/")))
        _settle(page)
        return Weight(served.kilobytes(), len(served.answers), 0, 0, 0)


@dataclass(frozen=True)
class Search:
    milliseconds: float
    kilobytes: float


def search(browser: Browser, served: Served, path: str, peer: Peer) -> Search:
    """Open the search, type a word, wait until an answer that a finger could hit is on the screen."""
    opener, field, result = peer.search
    with _fresh(browser, served, path, DESK) as page:
        served.clear()
        start = page.evaluate("performance.now()")
        page.locator(opener).locator("visible=true").first.click()
        page.locator(field).locator("visible=true").first.wait_for()
        page.keyboard.type(QUERY)
        first = page.locator(result).locator("visible=true").first
        first.wait_for(timeout=20_000)
        took = page.evaluate("performance.now()") - start
        _settle(page)
        if not _can_be_hit(first):
            raise Broken(f"{path}: an answer is in the page but not on the screen")
        return Search(took, served.kilobytes())


def _can_be_hit(link: Locator) -> bool:
    return link.evaluate(
        """link => {
          const box = link.getBoundingClientRect();
          const root = link.getRootNode();
          const met = root.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 40) / 2);
          return link.contains(met) || Boolean(met && met.contains(link) && met.closest("a, li") === link.closest("a, li"));
        }"""
    )
