"""Where elements may stand so that a browser reads the tree that is written.

A browser mends what it thinks wrong: it ends a paragraph before a box, moves words out of a table, drops a cell
without a table. Whoever can bring that about can end what the page began. So each rule names what browsers mend
(https://html.spec.whatwg.org/multipage/parsing.html), and the page is refused instead.
"""

from __future__ import annotations

from collections.abc import Sequence

VOID = frozenset({"br", "col", "hr", "input", "link", "meta"})
"""Elements that have no end."""
_SHAPES = frozenset({"path", "circle", "ellipse", "rect", "line", "polyline", "polygon"})
"""Elements that may end with a slash; on others browsers do not see it."""
_ENDS_P = frozenset(
    {"article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
    | {"dd", "dt", "li", "summary"}
)
"""Elements before which a browser ends a paragraph on its own."""
_NEVER_IN_ITSELF = frozenset({"a", "button", "form", "li", "tr", "td", "th", "option", "main", "label"})
_ITS_LIST = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "tr": {"table"}, "td": {"table"}, "th": {"table"}}
"""Elements that may stand in themselves after all, within another list or table."""
_CHILDREN = {
    "table": {"caption", "thead", "tbody", "tfoot", "tr", "col"},
    "thead": {"tr"}, "tbody": {"tr"}, "tfoot": {"tr"}, "tr": {"td", "th"},
    "ul": {"li"}, "ol": {"li"}, "select": {"option"},
}  # fmt: skip
"""What may stand directly in a table or a list; a browser moves the rest out of a table."""
_PARENTS = {
    "tr": {"table", "thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"},
    "thead": {"table"}, "tbody": {"table"}, "tfoot": {"table"}, "caption": {"table"}, "col": {"table"},
    "dt": {"dl", "div"}, "dd": {"dl", "div"},
}  # fmt: skip
"""What a browser drops where its table is missing."""
_TERMS = frozenset({"dt", "dd"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TEXT_ONLY = frozenset({"title", "option", "text"})
NO_TEXT = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_DRAWN = _SHAPES | {"g", "text"}
"""Elements of drawings, which stand in drawings alone."""


def misplaced(name: str, opened: Sequence[str], *, slash: bool) -> bool:
    """Tell whether a browser would end another element before this one, or put this one elsewhere.

    Args:
        name: the element that begins.
        opened: the elements that are open around it, the nearest last.
        slash: whether it is written as one that ends at once.
    """
    inside = opened[-1] if opened else ""
    family = _TERMS if name in _TERMS else {name} & _NEVER_IN_ITSELF
    heading_in_heading = inside in _HEADINGS and name in _HEADINGS
    return bool(
        family & set(_since(opened, _ITS_LIST.get(name, set())))
        or (name in _ENDS_P and "p" in _since(opened, {"svg"}))
        or heading_in_heading
        or inside in _TEXT_ONLY | _SHAPES
        or name not in _CHILDREN.get(inside, {name})
        or inside not in _PARENTS.get(name, {inside})
        or (name in _DRAWN) != (inside in {"svg", "g"} and name not in {"svg", "title"})
        or (slash and name not in VOID | _SHAPES)
    )


def _since(opened: Sequence[str], bounds: set[str]) -> Sequence[str]:
    """The elements that are open, up to the nearest of some kinds."""
    for place in range(len(opened) - 1, -1, -1):
        if opened[place] in bounds:
            return opened[place + 1 :]
    return opened
