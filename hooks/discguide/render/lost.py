"""What a lost reader is shown whatever the address: the danger signs and the numbers to call, without links.

A host answers any unknown address with one page, at any depth. While a build does not know where the site will stand,
no link of that page can be right, so it carries the words themselves: those of the home page's box.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from discguide.html_tree import find_class, has_class, parse, text_of


def help_now(home: str, urgent: str) -> str:
    """Take the danger signs and the numbers from the pages that keep them.

    Args:
        home: the content of the home page; its box of danger signs is short.
        urgent: the content of the page of danger signs, with the numbers, and the box when the home page has none.

    Returns:
        HTML whose only links are numbers to call.
    """
    box = find_class(_body(home), "block--emergency")
    body = _body(urgent)
    box = find_class(body, "block--emergency") if box is None else box
    numbers = [one for one in body.iter("ul") if any(has_class(item, "numbers") for item in one)]
    shown = [one for one in (box, *numbers[:1]) if one is not None]
    for one in shown:
        _unlink(one)
        for element in one.iter():
            element.attrib.pop("id", None)
    return "\n".join(ET.tostring(one, "unicode", method="html") for one in shown)


def _body(content: str) -> ET.Element:
    return next(parse(f"<!doctype html><body>{content}").iter("body"))


def _unlink(parent: ET.Element) -> None:
    """Leave the words of links; nothing of a source, nor of the way to all signs at the end of a sentence."""
    for child in reversed(list(parent)):
        _unlink(child)
        address = child.get("href", "")
        if child.tag != "a" or address.startswith("tel:"):
            continue
        at = list(parent).index(child)
        onwards = address.startswith("urgent.html") and not (child.tail or "").strip()
        words = "" if onwards or has_class(child, "cite") else text_of(child)
        words += child.tail or ""
        parent.remove(child)
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words
