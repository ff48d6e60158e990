"""The built pages → the book and the visit sheet, through the templates in overrides/print."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from fontTools.ttLib import TTFont, TTLibError
from markupsafe import Markup

from discguide.addresses import COMPARISON, DANGER_SIGNS
from discguide.html_tree import find_class, has_class, parse_file, text_of
from discguide.pdf.article import for_paper, places, to_html
from discguide.pdf.engine import Made, PdfFault, make_pdf
from discguide.pdf.links import slug_of
from discguide.render.environment import environment
from discguide.site.contents import Contents, Entry

TEXT_FONT = "Source Sans 3"
FAMILIES = frozenset({TEXT_FONT, "Source Serif 4 Subhead"})
"""The families in overrides/print/fonts."""
FIRST = DANGER_SIGNS
"""The first pages after the cover, wherever the navigation has them."""
SHEET_PAGES = 2
SHEET_ROOMS = ("ample", "tight", "none")
"""How much room the visit sheet leaves to write in."""
PLAIN = frozenset({"cite"})
"""What the visit sheet leaves out: it has no references to point at."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the site as it stands in the book."""

    entry: Entry
    heading: str
    body: ET.Element
    opens_section: bool

    @property
    def slug(self) -> str:
        """Its id in the book."""
        return slug_of(self.entry.url)

    @property
    def html(self) -> Markup:
        """Its words; they were checked when the site was built."""
        return Markup(to_html(self.body))


def book(site: Path, contents: Contents, templates: Path) -> Made:
    """Make the whole guide as one PDF."""
    chapters = read_chapters(site, contents)
    check_links(chapters)
    return _set(
        templates,
        "book.html",
        contents,
        chapters=chapters,
        groups=[list(group) for _, group in itertools.groupby(chapters, lambda chapter: chapter.entry.section)],
        urgent=[chapter for chapter in chapters if chapter.entry.url == FIRST],
        cover=_drawing(chapters[0].body),
    )


def visit_sheet(site: Path, contents: Contents, templates: Path) -> Made:
    """Make the two pages to take to a visit: questions, values, room for notes, danger signs."""
    urgent, compare = (_article(site, url) for url in (FIRST, COMPARISON))
    fields = {
        "questions": items_of(compare, "questions"),
        "values": items_of(compare, "values"),
        "emergency": _part(urgent, "block--emergency"),
        "today": _part(urgent, "block--urgent"),
    }
    # More words leave less room to write, before they need a third page.
    made = _set(templates, "sheet.html", contents, room=SHEET_ROOMS[0], **fields)
    for room in SHEET_ROOMS[1:]:
        if made.pages > SHEET_PAGES:
            made = _set(templates, "sheet.html", contents, room=room, **fields)
    return made


def _set(templates: Path, name: str, contents: Contents, **values: object) -> Made:
    html = environment(templates).get_template(name).render(contents=contents, **values)
    check_letters(html, templates / "fonts")
    return make_pdf(html, templates, FAMILIES, contents.tops())


def read_chapters(site: Path, contents: Contents) -> list[Chapter]:
    """(IO) Read every page of the navigation, in its order, ready for paper."""
    urls = {entry.url for entry in contents.pages}
    chapters: list[Chapter] = []
    seen: set[str] = set()
    for entry in contents.pages:
        body = for_paper(_article(site, entry.url), entry.url, urls.__contains__, TEXT_FONT)
        title = next(body.iter("h1"), None)
        if title is None:
            raise PdfFault(f"{entry.url} has no h1; start its page with one line '# Title'")
        title.set("data-title", entry.title)
        opens = bool(entry.section) and entry.section not in seen
        seen.add(entry.section)
        chapters.append(Chapter(entry, text_of(title), body, opens))
    return chapters


def _drawing(body: ET.Element) -> Markup:
    """The first drawing of a page, once more: the home page's stands on the cover."""
    return Markup("").join(Markup(to_html(svg)) for svg in itertools.islice(body.iter("svg"), 1))


def _article(site: Path, url: str) -> ET.Element:
    article = find_class(parse_file(site / url), "prose")
    if article is None:
        raise PdfFault(f"{url} has no article; keep the class 'prose' on it in overrides/base.html")
    return article


def check_links(chapters: Iterable[Chapter]) -> None:
    """Refuse a book in which a link leads nowhere."""
    chapters = list(chapters)
    known = places(chapter.body for chapter in chapters) | {chapter.slug for chapter in chapters}
    for chapter in chapters:
        for link in chapter.body.iter("a"):
            to = link.get("href", "")
            if to.startswith("#") and to[1:] not in known:
                raise PdfFault(f"{chapter.entry.url} links to a place that is not in the book ({to[1:]})")


def check_letters(html: str, fonts: Path) -> None:
    """Refuse letters that one of the fonts lacks: they would come out as empty boxes."""
    letters = {letter for letter in html if letter.isprintable() and not letter.isspace()}
    for path in sorted(fonts.glob("SourceSans3-*.ttf")):
        try:
            with path.open("rb") as file, TTFont(file, lazy=True) as font:
                lacking = sorted(letters - {chr(code) for code in font.getBestCmap()})
        except (TTLibError, KeyError, AssertionError) as error:
            raise PdfFault(f"{path.name} in overrides/print/fonts is not a font ({error}); put the file back") from None
        if lacking:
            signs = ", ".join(f"'{letter}' (U+{ord(letter):04X})" for letter in lacking[:5])
            raise PdfFault(f"the print font {path.stem} has no {signs}; write it in words")


def items_of(article: ET.Element, name: str) -> list[Markup]:
    """Read the items of the list with the given class, which Markdown may have put on its last item."""
    for parent in article.iter():
        if parent.tag in {"ul", "ol"} and (has_class(parent, name) or any(has_class(item, name) for item in parent)):
            return [_inner(item) for item in parent if item.tag == "li"]
    raise PdfFault(f"{COMPARISON} has no list marked .{name}; keep the mark after the list")


def _inner(element: ET.Element) -> Markup:
    """The inside of an element as plain words with its emphasis."""
    plain = for_paper(element, COMPARISON, lambda _: False, TEXT_FONT, PLAIN)
    for inner in plain.iter():
        inner.attrib.clear()
    plain.tag, plain.tail = "span", None
    return Markup(to_html(plain))


def _part(article: ET.Element, name: str) -> Markup:
    """One box of the danger signs, without citations: the sheet has no list of sources."""
    part = find_class(article, name)
    if part is None:
        raise PdfFault(f"{FIRST} has no box {name}; keep it, the visit sheet prints it")
    paper = for_paper(part, FIRST, lambda _: False, TEXT_FONT, PLAIN)
    paper.tag = "section"
    return Markup(to_html(paper))
