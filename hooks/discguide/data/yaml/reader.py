"""(IO) YAML files → plain data, with the line and column of every value.

YAML has traps that an editor cannot see: ``no`` may become false, a repeated key may silently win, an
alias may grow without end. This reader keeps to YAML 1.2, refuses what a data file never needs, and
remembers where each value stands so that a later message can point at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from discguide.data.yaml.hints import curly_value, cut_off, explain, strange_name
from discguide.problems import Problem, ProblemsFound, Severity
from discguide.text import hidden_characters, long_gaps, read_text

Location = tuple[str | int, ...]

MAX_EVENTS = 30_000
"""Ten times what the longest data file holds."""
MAX_LINES = 10_000
"""Twice what the longest data file has; a reviewer reads every line that a change brings."""
MAX_DEPTH = 12
"""Twice the depth of the deepest record."""

_PLAIN: tuple[tuple[re.Pattern[str], Callable[[str], Any]], ...] = (
    (re.compile(r"~|null|Null|NULL|"), lambda _text: None),
    (re.compile(r"true|True|TRUE|false|False|FALSE"), lambda text: text.lower() == "true"),
    (re.compile(r"[-+]?(?:0|[1-9][0-9]*)"), int),
    (re.compile(r"[-+]?(\.[0-9]+|(?:0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
)
"""What words without quotes may mean in YAML 1.2; all others are text, also those that YAML 1.1 read as yes or no."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Parts a file into nodes, in C where that is there; what a value means is decided here, not by the library."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Document:
    """A data file: its plain content and where each part stands."""

    path: str
    content: Any
    places: dict[Location, tuple[int, int]] = field(default_factory=dict)
    text: str = ""
    first_line: int = 1
    letters: str = ""
    """Letters that may stand in it beside our own."""

    def problem(
        self, location: Location, message: str, hint: str, *, severity: Severity = "error", inside: int | None = None
    ) -> Problem:
        """Make a problem that points at a value, or at the nearest parent that exists.

        ``inside`` is a place in the value's text, counted from 0.
        """
        at = location
        while at and at not in self.places:
            at = at[:-1]
        line, column = self.places.get(at, (1, 1))
        if inside is not None and self.text:
            written = self.text.split("\n")[line - self.first_line : line - self.first_line + 1]
            column += inside + (written != [] and written[0][column - 1 : column] in {'"', "'"})
        return Problem(self.path, line, column, message, hint, severity)


def read_yaml(path: Path, shown: str, letters: str = "") -> Document:
    """Read one YAML file that must hold a mapping; ``letters`` may stand in it beside our own.

    Raises:
        ProblemsFound: with every fault found before the content could be understood.
    """
    text = read_text(path, shown, letters)
    faults = list(long_gaps(text, shown))
    if (lines := text.count("\n")) > MAX_LINES:
        faults.append(Problem(shown, MAX_LINES, 1, f"has {lines} lines", f"keep it below {MAX_LINES}"))
    if faults:
        raise ProblemsFound(faults)
    return parse_yaml(text, shown, letters=letters)


def parse_yaml(text: str, shown: str, *, first_line: int = 1, letters: str = "") -> Document:
    """Read YAML text that must hold a mapping; ``first_line`` is where it starts in its file."""
    try:
        _refuse_tricks(text, shown, first_line)
        root = yaml.compose(text, Loader=_Loader)
    except MarkedYAMLError as error:
        raise ProblemsFound([_syntax_problem(error, text, shown, first_line)]) from None
    except (YAMLError, ValueError, RecursionError, AttributeError, TypeError, LookupError, AssertionError) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0]
        message = f"is not YAML that can be read ({reason})"
        raise ProblemsFound([Problem(shown, first_line, 1, message, "compare it with a record that works")]) from None
    if not isinstance(root, MappingNode):
        message = "is empty or is not a list of named records"
        raise ProblemsFound([Problem(shown, first_line, 1, message, "start each record with its id and a colon")])
    faults: list[Problem] = []
    document = Document(shown, {}, text=text, first_line=first_line, letters=letters)
    document.content.update(_value(root, (), document, faults, first_line))
    if faults:
        raise ProblemsFound(faults)
    return document


def _refuse_tricks(text: str, shown: str, first_line: int) -> None:
    """Refuse aliases, anchors, tags and deep nesting before anything is built from them."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if count > MAX_EVENTS:
            line = event.start_mark.line + first_line
            raise ProblemsFound([Problem(shown, line, 1, "holds too many values", "part it, or take some out")])
        if isinstance(event, CollectionEndEvent):
            depth -= 1
        if not isinstance(event, NodeEvent):
            continue
        line, column = event.start_mark.line + first_line, event.start_mark.column + 1
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                problem = Problem(shown, line, column, "is nested too deeply", "use the fields of the record only")
                raise ProblemsFound([problem])
        if isinstance(event, AliasEvent) or event.anchor:
            problem = Problem(shown, line, column, "uses & or * (a YAML shortcut)", "write the text out in quotes")
            raise ProblemsFound([problem])
        if getattr(event, "tag", None):
            problem = Problem(shown, line, column, "uses ! (a YAML tag)", "write the text in quotes")
            raise ProblemsFound([problem])


def _syntax_problem(error: MarkedYAMLError, text: str, shown: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    stopped = mark.line if mark else 0
    number, message, hint = explain(text.split("\n"), stopped, error.problem or "unknown")
    lines = text.split("\n")
    column = mark.column + 1 if mark and number == stopped else len(lines[number]) - len(lines[number].lstrip(" ")) + 1
    return Problem(shown, number + first_line, column, message, hint)


def _scalar(node: ScalarNode) -> Any:
    """Read a value as YAML 1.2 does; what is quoted is text, and so is a number that Python finds too long."""
    meaning = next((read for form, read in _PLAIN if form.fullmatch(node.value)), str) if not node.style else str
    try:
        return meaning(node.value)
    except ValueError:
        return node.value


def _refuse_escapes(node: Node, document: Document, faults: list[Problem], first_line: int) -> None:
    """Refuse what the text itself may not hold and an escape would bring in, such as "\\u202e", and line breaks.

    A value stands inside a line of a page: a line break in it could begin a heading or a box there.
    """
    if not isinstance(node, ScalarNode):
        return
    line, column = node.start_mark.line + first_line, node.start_mark.column + 1
    if "\n" in str(node.value).strip():
        message = "has a line break inside a value"
        faults.append(Problem(document.path, line, column, message, "write one paragraph, in double quotes"))
    elif node.style == '"' and any(hidden_characters(str(node.value).strip("\n"), "", document.letters)):
        message = "has an escape that makes a hidden character"
        faults.append(Problem(document.path, line, column, message, "take the escape out and type the text again"))


def _value(node: Node, at: Location, document: Document, faults: list[Problem], first_line: int) -> Any:
    document.places[at] = (node.start_mark.line + first_line, node.start_mark.column + 1)
    if isinstance(node, ScalarNode):
        _refuse_escapes(node, document, faults, first_line)
        after = document.text[node.end_mark.index : document.text.find("\n", node.end_mark.index)]
        if not node.style and (curly := curly_value(node.value)):
            faults.append(Problem(document.path, *document.places[at], *curly))
        elif cut := cut_off(node.value, after):
            column = node.end_mark.column + 1 + after.index("#")
            faults.append(Problem(document.path, node.end_mark.line + first_line, column, *cut))
        return _scalar(node)
    if isinstance(node, SequenceNode):
        return [_value(item, (*at, i), document, faults, first_line) for i, item in enumerate(node.value)]
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        _refuse_escapes(key_node, document, faults, first_line)
        key = str(key_node.value)
        line, column = key_node.start_mark.line + first_line, key_node.start_mark.column + 1
        if strange := strange_name(key):
            faults.append(Problem(document.path, line, column, *strange))
            continue
        if key in content:
            message = f"'{key}' stands here a second time"
            faults.append(Problem(document.path, line, column, message, "keep one of the two"))
            continue
        content[key] = _value(value_node, (*at, key), document, faults, first_line)
        if isinstance(value_node, MappingNode | SequenceNode) or not value_node.value:
            document.places[(*at, key)] = (line, column)
    return content
