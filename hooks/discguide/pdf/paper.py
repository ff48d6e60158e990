"""What all documents have in common: where their words are read, and how they are set."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from fontTools.ttLib import TTFont, TTLibError

from discguide.addresses import DANGER_SIGNS
from discguide.html_tree import find_class, parse_file
from discguide.pdf.engine import Made, PdfFault, make_pdf
from discguide.render.environment import environment
from discguide.site.contents import Contents

TEXT_FONT = "Source Sans 3"
FAMILIES = frozenset({TEXT_FONT, "Source Serif 4 Subhead"})
"""The families in overrides/print/fonts."""
FIRST = DANGER_SIGNS
"""The danger signs: the first pages after the cover, wherever the navigation has them."""


def set_document(templates: Path, name: str, contents: Contents, **values: object) -> Made:
    """Fill a template of overrides/print and set it in type."""
    html = environment(templates, contents.labels).get_template(name).render(contents=contents, **values)
    check_letters(html, templates / "fonts")
    return make_pdf(html, templates, FAMILIES)


def read_article(site: Path, url: str) -> ET.Element:
    """(IO) Read the words of a built page."""
    article = find_class(parse_file(site / url), "prose")
    if article is None:
        raise PdfFault(f"{url} has no article; keep the class 'prose' on it in overrides/base.html")
    return article


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
