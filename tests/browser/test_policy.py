"""The policy in a real browser: nothing of ours offends it, and what strangers add does not run."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from tests.browser.conftest import Places, is_complaint
from tests.hostile_project import HOSTILE, read_index
from tests.waiting import settled

STORED = {"scheme"}
"""What a browser may keep; the About page names it."""
REPORT = """
    self.offences = [];
    addEventListener('securitypolicyviolation', e => self.offences.push(`${e.effectiveDirective} ${e.blockedURI}`));
"""
PAGES = 25
FRAGMENTS = [name for area, name, _ in read_index() if area == "markup"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 390, "height": 844})  # where the menu is
    made.add_init_script(REPORT)
    yield made
    made.close()


def use_everything(page: Page) -> None:
    """Menu, search, colours, stages, narrowing, picking: whatever this page has."""
    ids = "all => all.map((one) => one.id)"
    radios = page.locator("main input[type=radio]").evaluate_all(ids)
    boxes = page.locator("main input[type=checkbox]").evaluate_all(ids)
    page.locator(".header__menu").click()
    page.locator("#menu a").first.wait_for()
    page.keyboard.press("Escape")
    page.locator(".header__search").click()
    page.locator("#search input").fill("numb disc")
    expect(page.locator(".search__danger a")).to_be_visible()
    page.locator(".search__results li").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#scheme").select_option("dark")
    for choice in [*radios, *boxes[:2]]:
        page.locator(f"label[for='{choice}']").click()
        expect(page.locator(f"#{choice}")).to_be_checked()
    settled(page)


@pytest.mark.parametrize("disk", [False, True], ids=["web", "disk"])
def test_no_page_offends_the_policy(context: BrowserContext, address: str, site: Path, disk: bool) -> None:
    home = site.as_uri() if disk else address
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text) if is_complaint(message) else None)
    files = sorted(site.rglob("*.html"))
    assert len(files) >= PAGES
    if disk and not Places.audit:
        files = [site / name for name in Places.kinds]
    page = context.new_page()
    page.set_default_timeout(10_000)
    for file in files:
        if disk and file.name == "404.html":
            continue  # only a server shows it, and its links start at the server's root
        name = file.relative_to(site).as_posix()
        page.goto(f"{home}/{name}")
        if file.name == "404.html":  # built without an address, it has nothing to use
            settled(page)
        else:
            use_everything(page)
        assert page.evaluate("self.offences") == [], name
        assert set(page.evaluate("Object.keys(localStorage)")) <= STORED, name
        assert page.evaluate("[sessionStorage.length, document.cookie]") == [0, ""], name
    assert said == []
    assert context.cookies() == []
    assert [url for url in asked if not url.startswith(home)] == []


@pytest.mark.parametrize(
    ("added", "offence"),
    [
        ("<script>self.ran = 1</script>", "script-src-elem inline"),
        ('<p style="color:red">x</p>', "style-src-attr inline"),
        ('<img src="https://example.org/a.png" alt="x">', "img-src https://example.org/a.png"),
        ('<iframe src="https://example.org/"></iframe>', "frame-src https://example.org"),
        ('<svg onload="self.ran = 1"></svg>', "script-src-attr inline"),
    ],
)
def test_offences_are_seen_and_stopped(
    context: BrowserContext, site: Path, tmp_path: Path, added: str, offence: str
) -> None:
    text = (site / "anatomy.html").read_text(encoding="utf-8")
    (tmp_path / "page.html").write_text(text.replace("</article>", f"{added}</article>"), encoding="utf-8")
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_function(f"self.offences.some(o => o.startsWith({offence!r}))", timeout=10_000)
    assert page.evaluate("self.ran") is None


def arrive(page: Page, address: str) -> None:
    """Go there, though the page left behind may just be reloading itself, as some fragments ask for."""
    for _ in range(5):
        with contextlib.suppress(Error):
            page.goto(address, wait_until="commit")
            return
    page.goto(address, wait_until="commit")


def once(route: Route) -> None:
    """Let a page be loaded when the test asks for it, and not again by itself."""
    again = route.request.frame.url == route.request.url
    (route.abort("aborted") if again else route.continue_())


def test_what_strangers_add_does_not_run(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    """The corpus of markup that no gate lets through, put straight into a page: the policy alone holds."""
    text = (site / "anatomy.html").read_text(encoding="utf-8")
    opened: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss())[0])
    # What is asked for elsewhere fails at once, so that a page need not wait for it.
    page.route(re.compile("^(?!file:)"), lambda route: route.abort())
    # Some fragments let the page load itself anew for ever; one that does so at once would never come to rest.
    page.route(re.compile(r"^file:.*/page-\d+\.html"), once)
    for number, name in enumerate(FRAGMENTS):
        hostile = (HOSTILE / "markup" / name).read_text(encoding="utf-8")
        file = tmp_path / f"page-{number}.html"
        file.write_text(text.replace("</article>", f"{hostile}</article>"), encoding="utf-8")
        arrive(page, file.as_uri())
        settled(page)
    assert len(FRAGMENTS) > 50
    assert opened == []


def test_the_test_for_strangers_can_fail(context: BrowserContext, tmp_path: Path) -> None:
    opened: list[str] = []
    (tmp_path / "page.html").write_text("<script>alert(1)</script>", encoding="utf-8")
    page = context.new_page()
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss())[0])
    page.goto((tmp_path / "page.html").as_uri())
    settled(page)
    assert opened == ["1"]
