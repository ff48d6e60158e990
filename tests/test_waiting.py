"""A browser test that reads a state right after an act passes today and fails on a busy day: such a test is refused.

What an act brings about comes later, in another process. So between an act (a click, a key) and the next look at the
page or at what it was heard to do stands a wait: ``expect(…)``, ``wait_for_…`` or ``settled(page)``.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ACTS = {
    "blur", "check", "clear", "click", "dblclick", "dispatch_event", "drag_to", "fill", "focus", "hover", "move", "press",
    "press_sequentially", "select_option", "set_checked", "set_input_files", "tap", "type", "uncheck", "wheel",
}  # fmt: skip
READS = {
    "all", "all_inner_texts", "all_text_contents", "bounding_box", "cookies", "count", "eval_on_selector",
    "eval_on_selector_all", "evaluate", "evaluate_all", "evaluate_handle", "get_attribute", "inner_html", "inner_text",
    "input_value", "is_checked", "is_disabled", "is_editable", "is_enabled", "is_hidden", "is_visible", "query_selector",
    "query_selector_all", "screenshot", "text_content",
}  # fmt: skip
WAITS = {"expect", "settled"}
"""Beside all that begin with ``expect_`` or ``wait_for``."""
ARRIVALS = {"goto", "visit"}
"""They wait until the page is loaded; what it does then may not have been heard yet."""
NEVER = {"wait_for_timeout"}

Act = ast.Call | None
"""The act that nothing has waited for yet."""


def name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


class Reader:
    """Follows a test line by line, into its branches and into our own helpers, with the last act in mind."""

    def __init__(self, files: dict[str, ast.Module]) -> None:
        functions = [(n, file) for file, tree in files.items() for n in tree.body if isinstance(n, ast.FunctionDef)]
        self.tests = [pair for pair in functions if pair[0].name.startswith("test_")]
        self.helpers = {pair[0].name: pair for pair in functions if pair not in self.tests}
        self.faults: dict[str, str] = {}
        self._heard: set[str] = set()
        self._inside: list[tuple[ast.FunctionDef, str]] = []

    def read(self) -> dict[str, str]:
        """Where each fault is, and what it is."""
        for test in self.tests:
            self.function(test, None)
        return self.faults

    def function(self, function: tuple[ast.FunctionDef, str], act: Act) -> Act:
        if function in self._inside:
            return act
        self._inside.append(function)
        heard, self._heard = self._heard, set(heard_by(function[0]))
        act = self.block(function[0].body, act)
        self._heard = heard
        self._inside.pop()
        return act

    def block(self, lines: list[ast.stmt], act: Act) -> Act:
        for line in lines:
            act = self.follow(line, act)
        return act

    def follow(self, node: ast.AST, act: Act) -> Act:
        """What stands below a node, in the order in which Python does it."""
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            return act  # only defined here
        if isinstance(node, ast.If | ast.IfExp):
            act = self.follow(node.test, act)
            ways = [node.body, node.orelse]
            ends = [self.block(way, act) if isinstance(way, list) else self.follow(way, act) for way in ways]
            return ends[0] or ends[1]
        if isinstance(node, ast.For | ast.While):
            act = self.follow(node.iter if isinstance(node, ast.For) else node.test, act)
            # Twice: what the end of the body leaves open meets its beginning.
            return self.block(node.body, self.block(node.body, act) or act)
        for part in ast.iter_child_nodes(node):
            act = self.follow(part, act)
        return self.call(node, act) if isinstance(node, ast.Call) else self.look(node, act)

    def call(self, node: ast.Call, act: Act) -> Act:
        name = name_of(node.func)
        if name in NEVER:
            self.fault(node, f"{name} waits for a time")
        if (name in ACTS and isinstance(node.func, ast.Attribute)) or name in ARRIVALS:
            return node
        if name in WAITS or name.startswith(("expect_", "wait_for")):
            return None
        if name in READS and isinstance(node.func, ast.Attribute):
            self.refuse(node, f".{name}()", act)
        elif name in self.helpers and isinstance(node.func, ast.Name):
            return self.function(self.helpers[name], act)
        return act

    def look(self, node: ast.AST, act: Act) -> Act:
        if isinstance(node, ast.Attribute) and node.attr == "url":
            self.refuse(node, ".url", act)
        if isinstance(node, ast.Name) and node.id in self._heard and isinstance(node.ctx, ast.Load):
            self.refuse(node, node.id, act, after=ACTS | ARRIVALS)
        return act

    def refuse(self, node: ast.expr, message: str, act: Act, after: set[str] = ACTS) -> None:
        if act and name_of(act.func) in after:
            self.fault(node, f"{message} is read right after .{name_of(act.func)}() of line {act.lineno}")

    def fault(self, node: ast.expr, message: str) -> None:
        self.faults[f"{self._inside[-1][1]}:{node.lineno}"] = message


def heard_by(node: ast.FunctionDef) -> Iterator[str]:
    """The names of the lists that a page's events fill: ``page.on("request", asked.append)``."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and name_of(call.func) == "on":
            for part in (inner for argument in call.args[1:] for inner in ast.walk(argument)):
                if isinstance(part, ast.Attribute) and part.attr == "append" and isinstance(part.value, ast.Name):
                    yield part.value.id


def test_no_test_reads_before_it_has_waited() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in TESTS.rglob("*.py") if path != Path(__file__)}
    files = {
        path.relative_to(TESTS).as_posix(): ast.parse(text)
        for path, text in texts.items()
        if "bench" not in path.parts and re.search(r"playwright|\bVisit\b", text)
    }
    assert len(files) >= 8
    assert Reader(files).read() == {}


MENU = """
def test_menu(visit):
    page = visit("treatments/dst.html")
    button = page.get_by_role("button", name="Menu")
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
"""
"""As it stood when it failed in four of eight runs."""


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (MENU, 7, ".get_attribute() is read right after .press() of line 6"),
        ('def test_a(page):\n    page.click("a")\n    assert page.url.endswith("#b")', 3, ".url is read"),
        ('def test_a(page):\n    page.click("a")\n    page.wait_for_timeout(500)', 3, "waits for a time"),
        ('def test_a(page):\n    page.click("a")\n    page.fill("b", page.input_value("c"))', 3, ".input_value() is read"),
        ("def test_a(page):\n    for _ in 'ab':\n        page.evaluate('1')\n        page.click('a')", 3, "of line 4"),
        ("def go(page):\n    page.click('a')\ndef test_a(page):\n    go(page)\n    page.evaluate('1')", 5, "of line 2"),
        ("def see(page):\n    page.evaluate('1')\ndef test_a(page):\n    page.click('a')\n    see(page)", 2, "of line 4"),
        (
            "def test_a(page):\n    said = []\n    page.on('dialog', lambda d: said.append(d))\n    page.click('a')\n    assert said == []",
            5,
            "said is read right after .click()",
        ),
        (
            "def test_a(page):\n    said = []\n    page.on('console', said.append)\n    page.goto('a')\n    assert not said",
            5,
            "said is read right after .goto()",
        ),
        ("def test_a(page, b):\n    if b:\n        page.click('a')\n    assert page.is_visible('b')", 4, "of line 3"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, line: int, says: str) -> None:
    found = Reader({"a.py": ast.parse(text)}).read()
    assert list(found) == [f"a.py:{line}"] and says in found[f"a.py:{line}"]


@pytest.mark.parametrize(
    "text",
    [
        MENU.replace('    assert button.get_attribute("aria-expanded") == "false"\n', '    expect(button).to_have_attribute("aria-expanded", "false")\n'),
        "def test_a(page):\n    page.click('a')\n    settled(page)\n    assert page.evaluate('1')",
        "def test_a(page):\n    page.click('a')\n    page.wait_for_url('b')\n    assert page.url",
        "def test_a(page, b):\n    if b:\n        page.click('a')\n    else:\n        assert page.url",
        "def test_a(page):\n    with page.expect_event('load'):\n        page.click('a')\n    expect(page).to_have_url('b')\n    assert page.url",
    ],
)  # fmt: skip
def test_what_is_taken(text: str) -> None:
    assert Reader({"a.py": ast.parse(text)}).read() == {}
