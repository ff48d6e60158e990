"""The only template code a page may hold: ``{{ name("constant") }}`` for the macros of the guide.

A page is written by strangers, and the macros plugin would run any Jinja in it, which can reach the
machine. So the grammar is allow-listed: the page is parsed, and every node that is not a known macro called
with constants is refused. There is then no attribute, filter, loop or include left to misuse.

What Jinja drops without a trace (comments, ``{% raw %}`` marks, the dash that eats spaces) is refused as well,
because it could join two harmless halves into something that no other check has seen.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from discguide.problems import Problem, did_you_mean

COMMENT = ("[[#", "#]]")
"""Comment marks nobody writes by chance; Jinja's own, {#, starts a heading's id."""
_RAW = re.compile(r"\{% raw %\}\{\{ [a-z_]+\((?:\"[A-Za-z0-9-]*\")?\) \}\}\{% endraw %\}")
"""The one way to show a macro without running it. It wraps exactly one call: Markdown, which reads after the
macros, would take other words in these braces for attributes of what stands before them."""
_VANISHING = re.compile(r"\{%|%\}|\[\[#|#\]\]|\{\{[-+]|[-+]\}\}")
_NOT_WRITTEN = 'write {{ name("id") }} with straight quotes and both brackets closed'


@dataclass(frozen=True, slots=True)
class Call:
    """One macro call: its name, its constants, and the line in the page's body."""

    name: str
    arguments: tuple[object, ...]
    line: int


def parser() -> Environment:
    """Make the environment that parses (never runs) a page, with the plugin's comment marks."""
    start, end = COMMENT
    return ImmutableSandboxedEnvironment(comment_start_string=start, comment_end_string=end)


def read_calls(body: str, known: Collection[str]) -> Iterator[Call | Problem]:
    """Yield each macro call of a page's body, or what is wrong with it."""
    try:
        tree = parser().parse(body)
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError) as error:
        line = getattr(error, "lineno", 1)
        reason = (str(error) or "cannot be read").splitlines()[0]
        if re.search("'[“”‘’]'", reason):
            yield _problem(line, "a macro has curly quotes", 'write straight ones: {{ cite("R12") }}')
        else:
            yield _problem(line, f"a macro is not written correctly ({reason})", _NOT_WRITTEN)
        return
    yield from vanishing_marks(body)
    yield from calls_in(tree, known)


def vanishing_marks(body: str) -> Iterator[Problem]:
    """Find the marks that leave nothing behind, and so could hide what they join."""
    for number, line in enumerate(_RAW.sub("", body).split("\n"), start=1):
        found = _VANISHING.search(line)
        if found:
            hint = 'use only {{ name("id") }}; to show it as text, write {% raw %}{{ name("id") }}{% endraw %}'
            yield _problem(number, f"template code in a page ({found[0]})", hint)


def calls_in(tree: nodes.Template, known: Collection[str]) -> Iterator[Call | Problem]:
    """Walk a parsed page: text may stand in it, and known macros called with constants."""
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            # Some statements do not know their line.
            yield _problem(node.lineno or 1, "template code in a page", 'use only {{ name("id") }}')
            continue
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                yield _call(part, known)


def _problem(line: int, message: str, hint: str) -> Problem:
    """A body knows its lines, but not of which file they are."""
    return Problem("", line, 1, message, hint)


def _call(node: nodes.Expr, known: Collection[str]) -> Call | Problem:
    allowed = 'use only {{ name("id") }} with a macro of the editing guide'
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        name = node.name if isinstance(node, nodes.Name) else ""
        hint = f"write {{{{ {name}() }}}}" if name in known else did_you_mean(name, known) or allowed
        return _problem(node.lineno, f"'{name}' is not a macro call" if name else "template code in a page", hint)
    name = node.node.name
    if name not in known:
        return _problem(node.lineno, f"unknown macro '{name}'", did_you_mean(name, known) or allowed)
    constants = [arg.value for arg in node.args if isinstance(arg, nodes.Const) and isinstance(arg.value, str)]
    if len(constants) != len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return _problem(
            node.lineno, f"{name} is given something other than words in quotes", f'write {{{{ {name}("id") }}}}'
        )
    return Call(name, tuple(constants), node.lineno)
