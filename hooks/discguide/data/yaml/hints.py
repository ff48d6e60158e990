"""Why a line of a data file cannot be read, in an editor's words: quotes, colons and spaces, not YAML's grammar."""

from __future__ import annotations

import re

_FIELD = re.compile(r"(?P<indent> *(?:- +)?)(?P<name>[\w-]+): *(?P<value>.*)")
_NO_COLON = re.compile(r" *(?:- +)?(?P<name>\w[\w-]*) +[\"“].*")
_STRAIGHT = re.compile(r'(?<!\\)"')
_FEW = 2
"""Words of a value behind which a note may stand."""
CURLY = "“”„‟‘’‚‛«»"
LOOK_BACK = 12
"""Lines above the place where reading stopped; a quote that does not end is noticed only further down."""
_CURLY = 'write straight quotes around the text: "…"'
_OTHERS = {
    "mapping values are not allowed": ("has a colon inside its text", "put the text in double quotes"),
    "found character": ("begins with a sign that has a meaning of its own", "put the text in double quotes"),
    "could not find expected ':'": ("has no colon", "end the field's name with a colon and a space"),
    "did not find expected alphabetic": ("uses & or * (a YAML shortcut)", "write the text out in quotes"),
    "while scanning": ("has a quote that does not end", "close the quotes"),
}


def explain(lines: list[str], stopped: int, reason: str) -> tuple[int, str, str]:
    """Find the line to mend at or above the one (counted from 0) where reading stopped, with message and hint."""
    stopped = min(stopped, len(lines) - 1)
    for number in range(stopped, max(-1, stopped - LOOK_BACK), -1):
        found = _quotes(lines[number])
        if found:
            return number, *found
    for number in (stopped, stopped - 1):
        if number >= 0 and (missing := _NO_COLON.fullmatch(lines[number])):
            return number, f"has no colon after '{missing['name']}'", f'write {missing["name"]}: "…"'
    indent = _indent(lines[stopped])
    beside = max((_indent(text) for text in lines[:stopped] if text.strip() and _indent(text) < indent), default=0)
    above = next((text for text in reversed(lines[:stopped]) if text.strip()), "")
    if _FIELD.fullmatch(lines[stopped]) and re.match(r' *- +"', above) and indent > _indent(above):
        return (
            stopped - 1,
            "has text where a field’s name belongs",
            "write the name and a colon before it, as its like do",
        )
    if (
        reason.startswith("did not find expected")
        and beside != indent
        and reason.endswith(("block end", "key", "indicator"))
    ):
        message = f"begins with {indent} spaces, where no field can stand"
        return stopped, message, f"begin it with {beside} spaces, as the field that it stands beside"
    other = next((explained for start, explained in _OTHERS.items() if reason.startswith(start)), None)
    return stopped, *(other or (f"is not YAML that can be read ({reason})", "compare it with a record that works"))


def _quotes(line: str) -> tuple[str, str] | None:
    field = _FIELD.fullmatch(line)
    value = field["value"].strip() if field else line.strip().removeprefix("- ").strip()
    if value[:1] and value[0] in CURLY:
        return f"has a curly quote ({value[0]}) before its text", _CURLY
    count = len(_STRAIGHT.findall(value))
    if value.startswith('"') and count == 1:
        return "has a quote that does not end", 'end the text with "'
    if value.startswith('"') and count > 2:
        return "has straight quotes inside quotes", "write the inner ones as ‘ and ’"
    return None


def strange_name(name: str) -> tuple[str, str] | None:
    """Tell when what stands before a colon is a text, not a field's name."""
    missing = _NO_COLON.fullmatch(name)
    if missing:
        return f"has no colon after '{missing['name']}'", f'write {missing["name"]}: "…"'
    if len(name) > 60:
        return f"has a name of {len(name)} characters ('{name[:20]}…')", "write the field's name, then a colon"
    return None


def curly_value(value: str) -> tuple[str, str] | None:
    """Tell when the quotes around a text are part of the text."""
    if value[:1] and value[0] in "“”„‟" and value[-1] in "“”„‟":
        return f"has curly quotes ({value[0]} {value[-1]}) around its text", _CURLY
    return None


def cut_off(value: str, after: str) -> tuple[str, str] | None:
    """Tell when a # ends a text that goes on behind it: what follows would be a note that nobody sees."""
    note = re.match(r"(?P<space> +)#(?P<next>\S?)", after)
    if note and (note["next"] or (len(note["space"]) == 1 and len(value.split()) > _FEW)):
        return "has a # inside its text, which cuts off what follows", "put the whole text in double quotes"
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
