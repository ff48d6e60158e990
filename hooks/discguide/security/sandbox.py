"""The environment in which pages are rendered: known macros run in it, and nothing else can.

This is the second layer behind ``macro_calls``. The gate reads a page's file; this reads the very text that is
about to run, after every other program has handled it, so that no disagreement about where a page begins can
carry code past the gate. And should code get in all the same, it finds nothing to work with: no variable, no
attribute, no filter, no file, no function but the macros.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from discguide.problems import Problem
from discguide.security.macro_calls import calls_in


class _Alone(Template):
    """A page that is given nothing: the plugin would hand it the configuration, the files and the machine."""

    def render(self, *_args: Any, **_variables: Any) -> str:
        return super().render()


def _only_from_macros(value: Any) -> Any:
    if isinstance(value, Markup):
        return value
    raise SecurityError("a page prints something that no macro made")


class SealedEnvironment(ImmutableSandboxedEnvironment):
    """Runs ``{{ macro("constant") }}`` and refuses the rest, at parsing, at calling and at printing."""

    template_class = _Alone

    def __init__(self, **options: Any) -> None:
        super().__init__(**(options | {"loader": None, "finalize": _only_from_macros, "extensions": ()}))
        self.seal({})

    def seal(self, macros: dict[str, Callable[..., Markup]]) -> None:
        """Forget every name; from now on only these macros exist."""
        for names in (self.globals, self.filters, self.tests):
            names.clear()
        self.globals |= macros

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for found in calls_in(tree, self.globals):
            if isinstance(found, Problem):
                raise TemplateSyntaxError(f"{found.message}; {found.hint}", found.line)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Refuse to look into anything."""
        raise SecurityError(f"a page reads '{attribute}' of something")

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Refuse to look into anything."""
        raise SecurityError(f"a page reads '{argument}' of something")

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the macros may be called."""
        return obj in self.globals.values()
