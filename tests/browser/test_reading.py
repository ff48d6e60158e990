"""Readable by everyone: sizes, room, zoom, own spacing, no scripts, paper."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from discguide.data.model import Guide
from tests.browser.conftest import Visit
from tests.waiting import settled

SMALL_TEXT = """least => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || holder.closest("svg, sup, .aloud") || !holder.checkVisibility()) continue;
    if (parseFloat(getComputedStyle(holder).fontSize) < least) small.add(holder.outerHTML.slice(0, 100));
  }
  return [...small];
}"""
SIDEWAYS = """() => {
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && !one.closest(".aloud, svg *")
    && !one.matches(".skip-link") && getComputedStyle(one).clipPath === "none");
  return wide.filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5
      || (one.scrollWidth > one.clientWidth + 1 && !["visible", "clip"].includes(getComputedStyle(one).overflowX)))
    .map((one) => one.outerHTML.slice(0, 100)).concat(document.scrollingElement.scrollWidth > innerWidth ? ["the page"] : []);
}"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility() && !one.matches(".aloud, svg *, svg")
    && getComputedStyle(one).overflow !== "visible" && !one.matches("select") && getComputedStyle(one).clipPath === "none"
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    && !["auto", "scroll"].includes(getComputedStyle(one).overflowY))
  .map((one) => one.outerHTML.slice(0, 100))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, input, select, summary, .choices label")].filter((one) => {
  if (!one.checkVisibility() || one.matches(".skip-link")) return false;
  const box = one.getBoundingClientRect();
  // The line of a cell that opens its long answer, and a term that opens its meaning, are links like those beside them.
  const least = one.matches("button:not(.term), select, summary:not(.cell__more > summary), label, input:not([type=radio], [type=checkbox]), .header a") ? 44 : 24;
  // Inside a line of text a link may be as high as the line; alone in its place it may not.
  const inLine = getComputedStyle(one).display === "inline"
    && one.closest("p, li, dd, td, figcaption, dt")?.textContent.trim() !== one.textContent.trim();
  return !inLine && (box.height < least || box.width < 24);
}).map((one) => one.outerHTML.slice(0, 100))"""
# WCAG 1.4.12, as a style sheet made by script: the policy allows no style elements.
SPACING = """() => { const own = new CSSStyleSheet();
  own.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
  document.adoptedStyleSheets = [own]; }"""


def test_every_page_on_a_phone(visit: Visit, page_url: str) -> None:
    page = visit(page_url)
    assert page.locator(".header a", has_text="Danger signs").is_visible()
    assert page.locator("h1").count() == 1
    assert page.locator(".review").is_visible()
    assert not page.evaluate(SMALL_TEXT, 15)
    assert not page.evaluate(SMALL_TARGETS)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate(SIDEWAYS)


CALLS = """() => { const box = document.querySelector(".block--emergency");
  const number = (about) => { const one = document.createElement("a"); one.href = "tel:112"; one.textContent = "112"; one.title = about; return one; };
  const make = (name, ...inside) => { const one = document.createElement(name); one.append(...inside); return one; };
  box.append(make("ul", make("li", number("alone")), make("li", "Japan: ", number("alone"), " day and night"), make("li", make("strong", number("alone")))),
    make("p", "Call ", number("in line"), ", ", number("in line"), " or ", number("in line"), ". Do not drive yourself."));
  return [...box.querySelectorAll("a[title]")].map((one) => { const { width, height } = one.getBoundingClientRect(); return [one.title, width, height]; });
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_a_number_to_call_is_easy_to_hit(visit: Visit, width: int) -> None:
    page = visit("urgent.html", width)
    found = page.evaluate(CALLS)
    assert [about for about, *_ in found].count("alone") == 3 and len(found) == 6
    for about, wide, high in found:
        assert min(wide, high) >= {"alone": 44, "in line": 24}[about], (about, wide, high)
    assert not page.evaluate(SIDEWAYS)


def test_prose(visit: Visit) -> None:
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    page = visit("treatments/compare.html")
    prose = page.locator(".prose > p").first.evaluate(size)
    assert prose == 17
    assert page.locator(".block--emergency > p").first.evaluate(size) >= prose
    # Fourteen words a cell are taken in at a glance, and one question fits a screen.
    assert page.locator(".treatment-table td p").first.evaluate(size) >= 15
    wide = visit("faq.html", 1280)
    words = wide.locator(".prose > p").first
    assert words.evaluate(size) == 18
    assert words.evaluate("one => parseFloat(getComputedStyle(one).lineHeight)") >= 1.6 * 18 - 0.1
    assert words.evaluate("one => one.clientWidth") <= 40 * 18


def test_zoom_and_own_spacing(visit: Visit, kind_url: str) -> None:
    page = visit(kind_url)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    # A screen of 1280 × 1024, zoomed to 200 % and to 400 %: this many points stay.
    for width, height in ((640, 512), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert not page.evaluate(SIDEWAYS), width
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate(SPACING)
        assert not page.evaluate(SIDEWAYS), width
        assert not page.evaluate(CLIPPED), width


def test_text_of_twice_its_size_fits_a_phone(visit: Visit, kind_url: str) -> None:
    """As somebody sets it who sees badly: letters grow, the screen does not, and nobody reads sideways."""
    page = visit(kind_url, 360, 740)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 32
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert not page.evaluate(SIDEWAYS)


@pytest.mark.parametrize(
    ("width", "height", "stays"),
    [
        (390, 415, []),
        (390, 844, [".header", "#compare-harms > th"]),
        (1920, 1000, [".header", ".treatment-table thead th"]),
    ],
)
def test_what_stays_in_sight_leaves_room_to_read(visit: Visit, width: int, height: int, stays: list[str]) -> None:
    """Far down in the table its question or its options are still there, and cover nothing that has the focus."""
    page = visit("treatments/compare.html", width, height)
    page.locator("#compare-harms summary").last.click()
    links = page.locator("#compare-harms td").last.locator("a.cite")
    links.last.focus()
    expect(links.last).to_be_focused()
    for place in stays or [".header"]:
        box = page.locator(place).first.bounding_box()
        assert box and (0 <= box["y"] < 100) == bool(stays), place
    covered = """all => all.filter((one) => { one.focus(); const box = one.getBoundingClientRect();
        return !one.contains(document.elementFromPoint(box.x + 5, box.y + 5)); }).map((one) => one.textContent)"""
    assert not links.evaluate_all(covered)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert not links.evaluate_all(covered), "coming from below"


def test_nothing_moves(visit: Visit, kind_url: str) -> None:
    page = visit(kind_url, reduced_motion="reduce")
    page.click(".header__search")
    expect(page.locator("#search")).to_be_visible()
    settled(page)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_without_scripts(visit: Visit, site: object, kind_url: str) -> None:
    page = visit(kind_url, java_script_enabled=False)
    assert not page.locator(".header__search").is_visible()
    assert not page.locator(".scheme").is_visible()
    assert page.locator("h1").is_visible()
    page.locator(".header__menu").click()
    expect(page).to_have_url(re.compile("#site-index$"))
    page.locator("#site-index a", has_text="Glossary").click()
    page.wait_for_url("**/glossary.html")


def test_the_table_stays_a_table(visit: Visit, guide: Guide) -> None:
    """As cards on a phone, too, it is one table with as many columns and headings as it has."""
    page = visit("treatments/compare.html")
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    table = page.locator(".treatment-table")
    assert table.locator("th[scope=col]").count() == len(guide.treatments) + 1
    for role, selector in (
        ("table", "table"),
        ("columnheader", "th[scope=col]"),
        ("rowheader", ".row > th[scope=row]"),
        ("cell", ".row > td"),
    ):
        assert roles.count(role) == page.locator(selector).count(), role


def test_comparison_on_paper(visit: Visit, guide: Guide) -> None:
    """All options on two sheets, each short answer among them."""
    page = visit("treatments/compare.html")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    sheets = [letters(sheet.extract_text()) for sheet in paper.pages]
    heads = [letters(words) for words in page.locator(".row > th").all_inner_texts()]
    assert all(any(head in sheet for sheet in sheets[:2]) for head in heads)
    for key, item in guide.treatments.items():
        for cell in (item.grid.recovery, item.grid.cost, item.grid.fails, item.grid.approval):
            assert letters(cell.words or cell.unknown or "") in "".join(sheets[:2]), key


def test_paper_keeps_every_word(visit: Visit, kind_url: str) -> None:
    """Printed from the browser, a page loses nothing, and is dark on white also for those who read in the dark.

    Of the danger signs the lists are printed, on one sheet for the wall, and what to say on the phone.
    """
    page = visit(kind_url, 1280, color_scheme="dark")
    words = page.evaluate(
        """() => [...document.querySelectorAll(".prose :is(h1, h2, h3, p, li, dt, dd, figcaption)")]
        .filter((one) => !one.closest(".screen-only, .comparison, .stages, svg") && !one.querySelector("p, li, dt, h2"))
        .filter((one) => !document.querySelector(".prose > .block--soon") || (one.closest(".block, ol") && !one.closest("figure")))
        .map((one) => one.innerText)"""
    )
    paper = letters("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))
    assert words
    assert not [said for said in words if letters(said)[:24] not in paper or letters(said)[-24:] not in paper]
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 39, 48)"


def letters(text: str) -> str:
    """Keep what line breaks and hyphens cannot change, without citations."""
    return re.sub(r"\[R\w+\]|[^a-z0-9]", "", re.sub(r"\[(R\w+)\]", "", text).casefold())
