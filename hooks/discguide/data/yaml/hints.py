"""Why a line of a data file cannot be read, in an editor's words: quotes, colons and spaces, not YAML's grammar."""

from __future__ import annotations

import itertools
import re

_FIELD = re.compile(r"(?P<indent> *(?:- +)?)(?P<name>[\w-]+): *(?P<value>.*)")
_NO_COLON = re.compile(r" *(?:- +)?(?P<name>\w[\w-]*) +[\"“].*")
_STRAIGHT = re.compile(r'(?<!\\)"')
_FEW = 2
"""Words of a value behind which a note may stand."""
CURLY = "“”„‟‘’‚‛«»"
LOOK_BACK = 12
"""Lines above the place where reading stopped; a quote that does not end is noticed only further down."""
_SIGN = ("begins with a sign that has a meaning of its own", "put the text in double quotes")
_CURLY = 'write straight quotes around the text: "…"'
_ITEM_SLIPS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"[ \u00a0]*(?:- ?)?[ \u00a0]*\u00a0.*"),
        "begins with a fixed space (as Word makes them)",
        "delete the spaces at its beginning and type them anew",
    ),
    (re.compile(r" *[–—−] ?\S.*"), "begins with a long dash", "write a hyphen and a space: - "),
    (re.compile(r" *-[a-z_]+:.*"), "has no space after its dash", "write a space after the dash"),
)
_OTHERS = {
    "mapping values are not allowed": ("has a colon inside its text", "put the text in double quotes"),
    "found character": _SIGN,
    "could not find expected ':'": ("has no colon", "end the field's name with a colon and a space"),
    "did not find expected alphabetic": ("uses & or * (a YAML shortcut)", "write the text out in quotes"),
    "while scanning": ("has a quote that does not end", "close the quotes"),
    "did not find expected comment": _SIGN,
    "mapping keys are not allowed": _SIGN,
    "block sequence entries are not allowed": _SIGN,
    "did not find expected node content": _SIGN,
    "found unknown escape": ("has a \\ inside its quotes", "take it out"),
}
_MISPLACED = re.compile(
    r"did not find expected (?:block end|key|'-' indicator|<block end>|<document start>)|.*indicator$"
)


def explain(lines: list[str], stopped: int, reason: str) -> tuple[int, str, str]:
    """Find the line to mend at or above the one (counted from 0) where reading stopped, with message and hint."""
    stopped = min(stopped, len(lines) - 1)
    open_bracket = "or ']'" in reason or "or '}'" in reason
    for number in range(stopped, max(-1, stopped - LOOK_BACK), -1):
        found = _item(lines[number]) or _quotes(lines[number]) or _brackets(lines[number], open_bracket)
        if found:
            return number, *found
    for number in (stopped, stopped - 1):
        if number >= 0 and (missing := _NO_COLON.fullmatch(lines[number])):
            return number, f"has no colon after '{missing['name']}'", f'write {missing["name"]}: "…"'
    if _MISPLACED.match(reason) and (found_at := _misplaced(lines, stopped)):
        return found_at
    other = next((explained for start, explained in _OTHERS.items() if reason.startswith(start)), None)
    reason = reason.split(",")[0]
    return stopped, *(other or (f"is not YAML that can be read ({reason})", "compare it with a record that works"))


def _item(line: str) -> tuple[str, str] | None:
    return next(((message, hint) for pattern, message, hint in _ITEM_SLIPS if pattern.fullmatch(line)), None)


def _misplaced(lines: list[str], stopped: int) -> tuple[int, str, str] | None:
    """Tell a field from its neighbours: without its dash, too far to the left, or too far to the right."""
    line, indent = lines[stopped], _indent(lines[stopped])
    above = [number for number in range(stopped - 1, -1, -1) if lines[number].strip()]
    beside = [number for number in above if _indent(lines[number]) == indent]
    if line.lstrip().startswith("- "):
        fields = list(itertools.takewhile(lambda number: _indent(lines[number]) == indent, above))
        if fields and all(not lines[number].lstrip().startswith("-") for number in fields):
            first = fields[-1]
            return first, *_no_dash(lines[first])
        items = [number for number in above if lines[number].lstrip().startswith("- ")]
        if items and _indent(lines[items[0]]) != indent:
            right = _indent(lines[items[0]])
            return (
                stopped,
                f"begins with {_spaces(indent)}, the item above with {right}",
                f"begin it with {right} as well",
            )
        opened = next((number for number in above if lines[number].rstrip().endswith(":")), None)
        if opened is not None and _indent(lines[opened]) >= indent:
            right = _indent(lines[opened]) + 2
            hint = f"begin it with {right} spaces, below '{lines[opened].strip()}'"
            return stopped, f"begins with {_spaces(indent)}, where no item can stand", hint
    elif _FIELD.fullmatch(line) and beside and lines[beside[0]].lstrip().startswith("- "):
        return stopped, *_no_dash(line)
    if above and re.match(r' *- +"', lines[above[0]]) and _FIELD.fullmatch(line) and indent > _indent(lines[above[0]]):
        return above[0], "has text where a field’s name belongs", "write the name and a colon before it, as its like do"
    edge = _FIELD.fullmatch(lines[above[0]]) if above else None
    if edge and edge["value"] and not _indent(lines[above[0]]) and indent and beside:
        hint = f"begin it with {indent} spaces, as the fields of its record"
        return above[0], "begins at the edge, where only a record’s name stands", hint
    right = max((_indent(text) for text in lines[:stopped] if text.strip() and _indent(text) < indent), default=0)
    if right == indent:
        return None
    message = f"begins with {_spaces(indent)}, where no field can stand"
    return stopped, message, f"begin it with {_spaces(right)}, as the field that it stands beside"


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def _no_dash(line: str) -> tuple[str, str]:
    name = line.strip().partition(":")[0]
    return "begins without a dash, among items that have one", f"write '- {name}:'"


def _brackets(line: str, is_open: bool) -> tuple[str, str] | None:
    field = _FIELD.fullmatch(line)
    value = field["value"].strip() if field else line.strip().removeprefix("- ").strip()
    for begin, end in ("[]", "{}"):
        if value.startswith(begin):
            if value.count(begin) > value.count(end):
                return (f"has a {begin} that is not closed", f"close it with {end}") if is_open else None
            if not re.match(r" *(?:#.*|,)?$", value.rpartition(end)[2]):
                return f"begins with {begin} and goes on behind {end}", "put the whole text in double quotes"
    return None


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
    if value.startswith('"') and not re.search(r'"(?: *#.*|,)?$', value):
        hint = "put the double quotes around all of it, and write the inner ones as ‘ and ’"
        return "has words outside its quotes", hint
    if value.startswith("'") and value.replace("''", "").count("'") != len("''"):
        return "has an apostrophe inside single quotes", "put the text in double quotes"
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
