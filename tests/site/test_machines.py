"""What programs ask for: a list of pages only where it can be right, a feed, pictures, a way to report a mistake."""

import datetime as dt
import io
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from discguide.html_tree import find_class, text_of
from discguide.render.feed import atom
from discguide.render.pictures import FONT, ICON, SHARED, shared, touch_icon
from discguide.site.builder import ADDRESS, build_pages
from discguide.site.rules import BuiltPage, read_site
from tests.projects import ROOT, small_project

AT = "https://example.org/discs/"
SPACE = "{http://www.w3.org/2005/Atom}"
NEWS = (
    "<h1>What's new</h1><h2 id='december-2026'>December 2026</h2><ul><li>A &amp; <a href='../x.html'>b</a></li><li>c</li></ul>"
    "<h2 id='november-2026'>November 2026</h2><ul><li>First edition.</li></ul><h2 id='corrections'>Corrections</h2><p>None.</p>"
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("known") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ADDRESS, AT)
        build_pages(project, project / "site")
    return project / "site"


def size(picture: bytes) -> tuple[int, int]:
    return Image.open(io.BytesIO(picture)).size


def head(page: BuiltPage, name: str, value: str) -> list[str]:
    return [e.get("content") or e.get("href") or "" for e in page.root.iter() if e.get(name) == value]


def test_without_an_address_nothing_names_one(small: Path, small_pages: dict[str, BuiltPage]) -> None:
    site = small / "site"
    assert not list(site.glob("sitemap*")) and not (site / "feed.xml").exists()
    assert (site / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow:\n"
    for page in small_pages.values():
        assert not head(page, "property", "og:image") and not head(page, "rel", "canonical"), page.name


def test_with_the_address_every_page_is_listed_and_shown(known: Path) -> None:
    listed = {e.text for e in ET.parse(known / "sitemap.xml").iter() if e.tag.endswith("loc")}
    pages = read_site(known)
    assert listed == {AT + name for name in pages if name != "404.html"}
    assert f"Sitemap: {AT}sitemap.xml" in (known / "robots.txt").read_text(encoding="utf-8")
    (picture,) = head(pages["faq.html"], "property", "og:image")
    assert size((known / picture.removeprefix(AT)).read_bytes()) == SHARED
    assert head(pages["faq.html"], "rel", "alternate") == [f"{AT}feed.xml"]
    assert head(pages["faq.html"], "rel", "canonical") == [f"{AT}faq.html"]
    ET.parse(known / "feed.xml")


def test_a_phone_finds_the_sign_and_the_colour(small: Path, small_pages: dict[str, BuiltPage]) -> None:
    for name, page in small_pages.items():
        if name != "404.html":
            (icon,) = head(page, "rel", "apple-touch-icon")
            assert size(((small / "site" / name).parent / icon).read_bytes()) == (ICON, ICON)
            assert head(page, "name", "theme-color") == ["#0b3a55"]


def test_the_pictures_are_drawn_and_the_same_each_time() -> None:
    icon, picture = touch_icon(), shared(ROOT / FONT, "Small guide", "A few words")
    assert (icon, picture) == (touch_icon(), shared(ROOT / FONT, "Small guide", "A few words"))
    seen = Image.open(io.BytesIO(icon)).convert("RGB")
    assert [seen.getpixel(at) for at in ((2, 2), (90, 90), (90, 42))] == [
        (11, 58, 85),
        (125, 184, 217),
        (255, 255, 255),
    ]
    assert picture != shared(ROOT / FONT, "Small guide", "Other words")
    long = Image.open(io.BytesIO(shared(ROOT / FONT, "Small guide", "Many words " * 20))).convert("RGB")
    width, height = SHARED
    assert {long.getpixel((width - 20, y)) for y in range(height)} == {(11, 58, 85)}, "words run over the edge"


def test_the_feed_tells_each_month_once_and_nothing_else() -> None:
    text = atom(NEWS, name="Guide", address=AT, edition=dt.date(2026, 12, 3))
    feed = ET.fromstring(text.partition("\n")[2])
    told = [
        [e.findtext(f"{SPACE}{tag}") for tag in ("id", "title", "updated", "content")]
        for e in feed.iter(f"{SPACE}entry")
    ]
    page = f"{AT}about/whats-new.html"
    assert told == [
        [f"{page}#december-2026", "December 2026", "2026-12-03T00:00:00Z", "A & b\nc\n"],
        [f"{page}#november-2026", "November 2026", "2026-11-30T00:00:00Z", "First edition.\n"],
    ]
    assert feed.findtext(f"{SPACE}updated") == "2026-12-03T00:00:00Z" and feed.findtext(f"{SPACE}author/{SPACE}name")


def test_a_mistake_can_be_reported_where_no_address_was_set(small_pages: dict[str, BuiltPage]) -> None:
    for name, page in small_pages.items():
        if name != "404.html":
            words = find_class(page.root, "copied-whole")
            title = text_of(next(page.root.iter("h1")))
            assert words is not None and "edition of" in text_of(words) and title.split()[0] in text_of(words), name
