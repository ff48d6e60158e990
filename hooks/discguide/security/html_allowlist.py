"""What a built page may hold: known elements, attributes and addresses, written in one strict way.

The last look before a page goes out, whatever way its words took. Nothing is cleaned: a cleaner and a browser
may disagree, and an editor would never learn why words went missing. So the page is read by a grammar stricter
than HTML, in which a browser has no choice: every ``<`` begins a known tag with quoted attributes, or the page
is refused, and every element ends where it began, so that a browser has nothing to mend. Elements whose content
browsers read by other rules (style, iframe, textarea …) do not exist in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from discguide.addresses import LOST, REFERENCES
from discguide.problems import Problem
from discguide.security.content_model import NO_TEXT, VOID, misplaced
from discguide.security.csp import PINNED, PINNED_STYLE, pin
from discguide.security.markdown import INSIDE, OUTSIDE, TELEPHONE
from discguide.text import NAMES, hidden_characters

GLOBAL = frozenset(
    {"class", "id", "role", "title", "lang", "aria-hidden", "aria-label", "aria-labelledby", "aria-current"}
)
_SHAPE = "class fill fill-opacity fill-rule opacity stroke stroke-dasharray stroke-linecap stroke-linejoin \
stroke-opacity stroke-width transform vector-effect"
_PLAIN = (
    "html head body title main header footer nav section article aside div span p h1 h2 h3 h4 h5 h6 ul li dl dt dd \
strong em b i cite abbr sub sup small mark br hr blockquote pre code kbd table caption thead tbody tfoot tr figure \
figcaption fieldset legend summary output"
)
_OWN = {
    "a": "href rel download",
    "button": "type aria-haspopup aria-keyshortcuts aria-expanded aria-controls aria-pressed value name popovertarget",
    "col": "span",
    "details": "name",
    "dialog": "",
    "div": "popover",
    "form": "action method",
    "input": "type name value checked autocomplete autofocus spellcheck placeholder",
    "label": "for",
    "link": "href rel type sizes",
    "main": "tabindex",
    "meta": "charset name property content http-equiv",
    "ol": "start",
    "option": "value selected",
    "script": "src type defer data-search data-index data-marks data-wide",
    "select": "name",
    "svg": f"viewBox width height focusable {_SHAPE}",
    "table": "tabindex",
    "td": "colspan rowspan headers",
    "th": "scope colspan rowspan headers",
    "time": "datetime",
    "g": _SHAPE,
    "path": f"d {_SHAPE}",
    "circle": f"cx cy r {_SHAPE}",
    "ellipse": f"cx cy rx ry {_SHAPE}",
    "rect": f"x y width height rx ry {_SHAPE}",
    "line": f"x1 y1 x2 y2 {_SHAPE}",
    "polyline": f"points {_SHAPE}",
    "polygon": f"points {_SHAPE}",
    "text": f"x y text-anchor dominant-baseline font-size font-family font-weight {_SHAPE}",
}
ELEMENTS = {name: GLOBAL for name in _PLAIN.split()} | {
    name: GLOBAL | frozenset(attributes.split()) for name, attributes in _OWN.items()
}
"""Every element that pages hold, with its attributes."""

_ADDRESSES = {"href", "src", "action", "data-search", "data-index", "data-marks", "data-wide"}
_VALUES = {
    ("form", "method"): "dialog",
    ("button", "type"): "button|reset|submit",
    ("div", "popover"): "auto",
    ("button", "popovertarget"): "term-[a-z0-9-]+",
    ("button", "aria-keyshortcuts"): r"Control\+K",
    ("input", "type"): "radio|checkbox|search|text",
    ("meta", "http-equiv"): "Content-Security-Policy|refresh",
    ("meta", "name"): "description|viewport|theme-color|twitter:card",
    ("script", "type"): r"application/ld\+json",
    ("link", "rel"): "stylesheet|icon|apple-touch-icon|canonical|alternate|manifest",
    ("a", "rel"): "external|license|external license",
}
"""Where an attribute's value decides what a browser does, the values that pages need."""

_TOKEN = re.compile(
    r"""<!doctype[ ]html>
    | <script(?P<script>(?:[ ][a-z-]+(?:="[^"<>]*")?)*)>(?P<code>[^<]*)</script>
    | <style>(?P<style>[^<]*)</style>
    | </(?P<end>[A-Za-z][A-Za-z0-9]*)>
    | <(?P<start>[A-Za-z][A-Za-z0-9]*)(?P<attributes>(?:\s+[A-Za-z][A-Za-z-]*(?:="[^"<>]*")?)*)\s*(?P<slash>/?)>
    | <(?P<other>.{0,40})""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r'([A-Za-z][A-Za-z-]*)(?:="([^"<>]*)")?')
_PICKED = r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.html#[a-z0-9-]+(?:,[a-z0-9-]+)+"
"""An address of the comparison that picks options."""
_RELATIVE = re.compile(rf"(?:\.\./)*(?:{INSIDE}|{_PICKED}|(?:data|assets)/[A-Za-z0-9._-]+|[a-z-]+\.(?:pdf|zip)|\.?)")
_FROM_ROOT = re.compile(rf"/(?:[A-Za-z0-9.-]+/)*(?:{_RELATIVE.pattern})")
"""An address that starts at the host's root, with the folder where the site stands there."""
_SCRIPT = re.compile(r"(?:(?:\.\./)*|/(?:[A-Za-z0-9.-]+/)*)assets/[a-z-]+\.[0-9a-f]{8}\.js")
_ABSOLUTE = re.compile(OUTSIDE)
_LOADED = re.compile(r"(?:(?:\.\./)*|/(?:[A-Za-z0-9.-]+/)*)assets/[a-z-]+\.[0-9a-f]{8}\.(?:css|svg|png|json)")
_PLAIN_HTTP = re.compile(OUTSIDE.replace("https", "http", 1))
_TELEPHONE = re.compile(TELEPHONE)
_MAIL = re.compile(r"mailto:[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:\?subject=[\w%.~-]*)?", re.ASCII)
_MEANING = re.compile(r' id="term-[a-z0-9-]+"')
"""Of what opens over a page, the meaning of a term alone."""
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(?<!__)")


Locate = Callable[[str, str, str], Problem]
"""Makes a problem of a message, the words to look for in what editors wrote, and the hint."""

_NO_HTML = "write it in Markdown or with a macro of the editing guide"


def check_page(name: str, text: str, at: Locate) -> Iterator[Problem]:
    """Check one built page; ``name`` is its address in the site, ``at`` finds where its words were written."""
    ids: set[str] = set()
    opened: list[str] = []
    yield from _hidden(text, at)
    if not text.startswith("<!doctype html>"):
        yield at("does not start as a page", "", "keep <!doctype html> in overrides/base.html")
    read = 0
    for token in _TOKEN.finditer(text):
        if opened and opened[-1] in NO_TEXT and text[read : token.start()].strip():
            yield _misplaced(f"words in <{opened[-1]}>", at)
        read = token.end()
        if token["other"] is not None:
            start = " ".join(token["other"].split())[:30]
            yield at(f"holds '<{start}'", token["other"][:12].strip(), _NO_HTML)
        elif token["script"] is not None:
            yield from _script(token["script"], token["code"], at)
        elif token["style"] is not None:
            yield from _style(name, token["style"], at)
        elif token["end"] is not None:
            if not opened or opened.pop() != token["end"]:
                yield _misplaced(f"</{token['end']}>", at)
                return
        elif token["start"] is not None:
            yield from _element(name, token["start"], token["attributes"], ids, at)
            if misplaced(token["start"], opened, slash=bool(token["slash"])):
                yield _misplaced(f"<{token['start']}>", at)
            if token["start"] not in VOID and not token["slash"]:
                opened.append(token["start"])
    if opened:
        yield _misplaced(f"<{opened[-1]}>", at)


def _hidden(text: str, at: Locate) -> Iterator[Problem]:
    for found in hidden_characters(html.unescape(text).replace("\t", " "), "", NAMES):
        yield at(found.message, "", found.hint)
        return


def _misplaced(shown: str, at: Locate) -> Problem:
    hint = "put each macro on a line of its own, with a blank line before and after; keep templates well formed"
    return at(f"holds {shown} where browsers read something else", "", hint)


def _script(attributes: str, code: str, at: Locate) -> Iterator[Problem]:
    given = dict(_ATTRIBUTE.findall(attributes))
    hint = "scripts come from overrides/assets; the one inside pages is pinned in hooks/discguide/security/csp.py"
    wanted = [address for name, address in given.items() if name in _ADDRESSES and not _SCRIPT.fullmatch(address)]
    if not set(given) <= ELEMENTS["script"]:
        yield at("holds a script with unknown attributes", "<script", hint)
    elif "src" in given:
        for address in wanted or [given["src"]] * bool(code):
            yield at(f"loads the script '{address[:60]}'", address, hint)
    elif given.get("type") != "application/ld+json" and pin(code) not in PINNED:
        message = f"holds a script of its own ({pin(code)})"
        yield at(message, code[:20], f"{hint}; a reviewer may add this hash there")


def _style(page: str, text: str, at: Locate) -> Iterator[Problem]:
    if page != LOST or pin(text) != PINNED_STYLE:
        hint = (
            "styles come from overrides/assets; that of overrides/404.html is pinned in hooks/discguide/security/csp.py"
        )
        yield at(f"holds <style> ({pin(text)})", "<style", hint)


def _element(page: str, name: str, attributes: str, ids: set[str], at: Locate) -> Iterator[Problem]:
    if name == "script" or name not in ELEMENTS:
        yield at(f"holds <{name}>", f"<{name}", _NO_HTML)
        return
    seen: set[str] = set()
    for attribute, written in _ATTRIBUTE.findall(attributes):
        value = html.unescape(written)
        strange = attribute == "popover" and not _MEANING.search(attributes)
        if attribute in seen or attribute not in ELEMENTS[name] or strange:
            yield at(f"holds <{name}> with '{attribute}'", attribute, "take the attribute out")
            continue
        seen.add(attribute)
        allowed = _VALUES.get((name, attribute))
        if allowed and not re.fullmatch(allowed, value):
            yield at(f"holds <{name}> with {attribute} '{value[:40]}'", value, f"allowed is: {allowed}")
        elif attribute == "content" and not _stays_or_leads_on(attributes, value):
            yield at(f"goes on to '{value[:60]}'", written[:40], "lead on to a page of the guide, at once")
        elif name == "link" and attribute == "href" and not _link_is_safe(attributes, value):
            yield at(f"loads '{value[:60]}'", written[:40], "style sheets and icons come from overrides/assets")
        elif attribute in _ADDRESSES and not _leads_somewhere_safe(page, name, value):
            hint = "link to a page of the guide (page.md), to https://… or to a number (tel:119)"
            yield at(f"leads to '{value[:60]}'", written[:40], hint)
        elif attribute == "id":
            yield from _identity(value, ids, at)


def _identity(value: str, ids: set[str], at: Locate) -> Iterator[Problem]:
    if not _ID.fullmatch(value):
        yield at(f"has the id '{value[:40]}'", value, "use small letters, digits and hyphens")
    elif value in ids:
        yield at(f"has the id '{value}' twice", value, "give the heading other words, or its own {#id}")
    ids.add(value)


def _stays_or_leads_on(attributes: str, value: str) -> bool:
    """An old address may lead on to a page of the guide, at once: a reader has no page to lose yet."""
    if html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("http-equiv", "")) != "refresh":
        return True
    at_once, _, address = value.partition("; url=")
    return at_once == "0" and bool(address) and bool(_RELATIVE.fullmatch(address))


def _link_is_safe(attributes: str, value: str) -> bool:
    """What a browser loads comes from the site; what it only notes may stand elsewhere."""
    kind = dict(_ATTRIBUTE.findall(attributes)).get("rel", "")
    return kind in {"canonical", "alternate"} or bool(_LOADED.fullmatch(value))


def _leads_somewhere_safe(page: str, name: str, value: str) -> bool:
    # A host answers any address with the page for lost readers, so that page's links start at the root.
    if _RELATIVE.fullmatch(value) or (page == LOST and _FROM_ROOT.fullmatch(value)):
        return True
    if name == "link":
        return bool(_ABSOLUTE.fullmatch(value))
    if name != "a":
        return False
    # Some publishers' pages exist only without encryption; none but the list of references leads there.
    plain = page == REFERENCES and _PLAIN_HTTP.fullmatch(value)
    return bool(_ABSOLUTE.fullmatch(value) or _TELEPHONE.fullmatch(value) or _MAIL.fullmatch(value) or plain)
