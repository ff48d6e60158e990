"""What's new as an Atom feed, for who follows the guide without coming back to look (RFC 4287)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from xml.etree import ElementTree as ET

from discguide.html_tree import parse, text_of

PAGE = "about/whats-new.html"
_MONTH = re.compile(rf"({'|'.join(calendar.month_name[1:])}) ([0-9]{{4}})")


def atom(content: str, *, name: str, address: str, edition: dt.date) -> str:
    """Write the feed.

    Args:
        content: the page's HTML; each heading that names a month begins an entry.
        name: what the guide is called.
        address: where it stands; an entry is known by its address there.
        edition: the day of this edition: no entry is newer.
    """
    feed = ET.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    for tag, text in (("id", address + PAGE), ("title", name), ("updated", _second(edition))):
        ET.SubElement(feed, tag).text = text
    ET.SubElement(feed, "link", href=address + PAGE)
    ET.SubElement(feed, "link", href=f"{address}feed.xml", rel="self")
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = name
    told: ET.Element | None = None
    for element in next(parse(f"<!doctype html><body>{content}").iter("body")):
        month = _MONTH.fullmatch(text_of(element)) if element.tag == "h2" else None
        if element.tag == "h2":
            told = _entry(feed, element, month, address, edition) if month else None
        elif told is not None:
            told.text = (told.text or "") + "".join(f"{text_of(item)}\n" for item in element.iter("li"))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, "unicode") + "\n"


def _entry(feed: ET.Element, heading: ET.Element, month: re.Match[str], address: str, edition: dt.date) -> ET.Element:
    number, year = list(calendar.month_name).index(month[1]), int(month[2])
    last = dt.date(year, number, calendar.monthrange(year, number)[1])
    place = f"{address}{PAGE}#{heading.get('id', '')}"
    entry = ET.SubElement(feed, "entry")
    for tag, text in (("id", place), ("title", month[0]), ("updated", _second(min(last, edition)))):
        ET.SubElement(entry, tag).text = text
    ET.SubElement(entry, "link", href=place)
    return ET.SubElement(entry, "content", type="text")


def _second(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
