"""Made-up pages and data, thousands of them: the gates never let code through and never fall over."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError, nodes
from markdown import Markdown

from discguide.content.passages import passages
from discguide.content.rules import Page, boxes_are_whole, claims_stay_in_their_boxes, headings_make_an_outline
from discguide.data.load import load
from discguide.data.yaml.reader import Document, parse_yaml
from discguide.html_tree import parse
from discguide.problems import Problem, ProblemsFound
from discguide.security import macro_calls as jinja_gate
from discguide.security.html_allowlist import check_page
from discguide.security.macro_calls import Call, read_calls
from discguide.security.markdown import check_markup, check_size
from discguide.security.sandbox import SealedEnvironment
from tests.projects import CASES

DATA = CASES / "docs" / "data"
SEEN: list[str] = []
KNOWN = {"cite": lambda key: SEEN.append(key) or _markup(), "sources": lambda: _markup()}
FIXED = settings(
    derandomize=True, database=None, deadline=None, max_examples=600, suppress_health_check=list(HealthCheck)
)
FEWER = settings(FIXED, max_examples=120)

PIECES = st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "[[#", "#]]", "{{-", "-}}", "{%-", "-%}", "{%+", "raw", "endraw", " ", "\n", "\r\n",
     "cite", "sources", "(", ")", "'R01'", '"R01"', "'", '"', "\\", ".", "[", "]", "|", "upper", "~", "+", "*", "**", ",", "=", ":",
     "__class__", "config", "cycler", "self", "set", "for", "in", "if", "else", "include", "import", "call", "macro", "block",
     "1", "0x1", "true", "none", "not", "is", "x", "é", "ｃite", "\u200b", "<", ">", "/", "///", "-", "#", "{", "}", "%", "`", "```"]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=25).map("".join)
MUTATED = st.builds(
    lambda call, at, cut, piece: call[:at] + piece + call[at + cut :],
    st.sampled_from(['{{ cite("R01") }}', "{{ sources() }}", '{% raw %}{{ cite("R01") }}{% endraw %}']),
    st.integers(0, 30), st.integers(0, 3), PIECES,
)  # fmt: skip
CALLS = st.lists(st.one_of(PAGES, st.just('{{ cite("R01") }}'), st.just("{{ sources() }}"), MUTATED), max_size=5).map(
    "".join
)


def _markup() -> object:
    from markupsafe import Markup

    return Markup("made")


@FIXED
@given(st.one_of(PAGES, CALLS))
def test_what_the_gate_accepts_is_macros_and_words(page: str) -> None:
    found = list(read_calls(page, KNOWN))
    if any(isinstance(one, Problem) for one in found):
        return
    # Read again without the gate: there is nothing in it but text and calls of known names with words.
    for node in jinja_gate.parser().parse(page).find_all(nodes.Node):
        assert isinstance(
            node, nodes.Template | nodes.Output | nodes.TemplateData | nodes.Call | nodes.Name | nodes.Const
        )
        assert not isinstance(node, nodes.Name) or node.name in KNOWN
        assert not isinstance(node, nodes.Const) or isinstance(node.value, str)
    assert all(isinstance(one, Call) and one.name in KNOWN for one in found)
    assert "[[#" not in page and ("{%" not in page or "{% raw %}{{" in page)


@FIXED
@given(st.one_of(PAGES, CALLS))
def test_what_runs_is_what_the_gate_named(page: str) -> None:
    environment = SealedEnvironment(comment_start_string="[[#", comment_end_string="#]]")
    environment.seal(KNOWN)
    SEEN.clear()
    calls = [one for one in read_calls(page, KNOWN) if isinstance(one, Call)]
    with contextlib.suppress(TemplateError, TypeError, ValueError):
        environment.from_string(page).render(config="secret")
        assert [call.arguments[0] for call in calls if call.name == "cite"] == SEEN


@FIXED
@given(PAGES)
def test_the_checks_of_pages_never_fall_over(page: str) -> None:
    list(check_size("page.md", page, 1))
    lines = page.count("\n") + 1
    assert all(1 <= fault.line <= lines for fault in check_markup("page.md", page, 1))
    list(passages(page))


CLAIM = "cures"
PAIR = f"/// clinic\nIt {CLAIM} all.\n///\n\n/// evidence\nNobody has shown that.\n///"
MADE = {
    '{{ cite("R01") }}': '<a class="cite" href="references.html#r01" title="Name 2026">[R01]</a>',
    "{{ sources() }}": '<ul class="sources">\n<li><a href="references.html#r01">R01</a>: words</li>\n</ul>',
}
SPOKEN = st.sampled_from(
    [*MADE, PAIR, CLAIM, f"It {CLAIM} all.", f"Is it {CLAIM}?", f"| a | b |\n| - | - |\n| {CLAIM} | b? |", "words", " ", "    ", "- ", "* ", "1. ", "> ",
     ":   ", "# ", "## ", "```", "```yaml", "~~~", "`", "/// clinic", "/// evidence", "/// note | Words", "///", "|", "---", "===", "**", "_",
     "[words](page.md)", "[", "](https://a.example/)", "]", "(", ")", "!", "\\", "{#own}", "{ .values }", "&", "&amp", "[^1]", "[TOC]", ":", "?", "."]
)  # fmt: skip
SPEECH = st.lists(st.tuples(SPOKEN, st.sampled_from(["", "", "\n", "\n\n"])).map("".join), max_size=14).map("".join)
MARKDOWN = Markdown(extensions=["attr_list", "def_list", "discguide.render.blocks", "tables", "toc", "fenced_code"])


def claims_outside(element: Element) -> Iterator[str]:
    """Words outside boxes and code samples, as a browser shows them, a bar where a block begins or ends."""
    if element.tag == "pre" or {"block--clinic", "block--evidence"} & set(element.get("class", "").split()):
        return
    bar = "" if element.tag in {"a", "strong", "em", "code"} else "|"
    yield bar + (element.text or "")
    for child in element:
        yield from claims_outside(child)
        yield child.tail or ""
    yield bar


@settings(FIXED, max_examples=1500)
@given(SPEECH)
def test_markdown_reads_a_page_as_the_checks_do(speech: str) -> None:
    """What the checks of a page let pass: its claims stand in boxes that end, its headings are the ones they saw."""
    body = f"# Title\n\n{speech}\n"
    page = Page("docs/page.md", Document("docs/page.md", {}), body, 1, None, tuple(passages(body)))  # type: ignore[arg-type]
    checks = (boxes_are_whole, claims_stay_in_their_boxes, headings_make_an_outline)
    refused = [*check_size("page.md", body, 1), *check_markup("page.md", body, 1)]
    refused += [fault for check in checks for fault in check(page)]
    if refused or any(isinstance(one, Problem) for one in read_calls(body, KNOWN)):
        return
    for call, made in MADE.items():
        body = body.replace(call, made)
    root = parse(f"<!doctype html><article>{MARKDOWN.reset().convert(body)}</article>")
    assert not re.search(rf"\b{CLAIM}\b", re.sub(r"[^.!?:;|]*\?", "", "".join(claims_outside(root))))
    for parent in root.iter():
        for place, child in enumerate(parent):
            if "block--clinic" in child.get("class", ""):
                assert "block--evidence" in parent[place + 1].get("class", "")
    headings = [
        e for e in root.iter() if re.fullmatch("h[1-6]", str(e.tag)) and "block__title" not in e.get("class", "")
    ]
    assert len(headings) <= len([p for p in page.passages if p.kind == "heading" and p.source.startswith("#")])


EMPTY = ("br", "hr", "col", "input")
TAGS = st.sampled_from(
    [
        "p",
        "a",
        "ul",
        "li",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "dl",
        "dt",
        "dd",
        "div",
        "span",
        "section",
        "svg",
        "title",
        "g",
        "text",
        "path",
        "button",
        "form",
        "select",
        "option",
        "h2",
        "h3",
        "figure",
        "figcaption",
        "label",
        "details",
        "summary",
        "caption",
        "strong",
        "pre",
        "fieldset",
        "legend",
        "blockquote",
        "nav",
        "main",
    ]
)
TREES = st.recursive(
    st.sampled_from(["words", " ", *(f"<{name}>" for name in EMPTY), "</p>", "<p>", "<b>", "</div>", "<div/>", "<path/>"]),
    lambda inner: st.builds(lambda tag, kids: f"<{tag}>{''.join(kids)}</{tag}>", TAGS, st.lists(inner, max_size=4)),
    max_leaves=10,
)  # fmt: skip


def tree(element: Element) -> tuple[object, ...]:
    """An element with all that is in it; the body that browsers add to a table is left out."""
    kids: list[object] = [(element.text or "").strip()]
    for child in element:
        kids += tree(child)[1:] if child.tag in {"tbody", "colgroup"} else [tree(child)]
        kids.append((child.tail or "").strip())
    return str(element.tag).split("}")[-1], *(kid for kid in kids if kid)


def told(message: str, needle: str, hint: str) -> Problem:
    """Where a fault was written does not matter here."""
    return Problem(needle, 1, 1, message, hint)


@settings(FIXED, max_examples=1500)
@given(TREES)
def test_browsers_read_the_tree_that_is_written(written: str) -> None:
    """What the last gate lets out leaves a browser nothing to mend: nothing ends early, nothing moves."""
    page = f"<!doctype html>\n<html><head><title>x</title></head><body>{written}</body></html>"
    if list(check_page("page.html", page, told)):
        return
    as_xml = re.sub(rf"<({'|'.join(EMPTY)})/?>", r"<\1/>", written)
    (body,) = parse(page).iter("body")
    assert tree(body) == tree(fromstring(f"<body>{as_xml}</body>"))


MARKUP = st.sampled_from(
    ["<", ">", "/", "a", " href=", '"', "'", "javascript:", "&#106;avascript:", "script", "!--", "-->", "\n", "=", " onclick=", "svg",
     " title=", "</p>", "<p>", "<a", '">', "<![CDATA[", "]]>", "img", " src=", "https://a.example", "//a.example", "x", "<script>", "</script>"]
)  # fmt: skip


@FIXED
@given(st.lists(MARKUP, max_size=14).map("".join))
def test_a_browser_finds_nothing_in_what_the_last_gate_lets_out(middle: str) -> None:
    """The gate reads by a grammar of its own; here the rules by which browsers read must find the same."""
    page = f"<!doctype html>\n<p>{middle}</p>"
    if list(check_page("page.html", page, told)):
        return
    for element in parse(page).iter():
        assert element.tag in {"html", "head", "body", "p", "a", "svg"}
        assert set(element.attrib) <= {"href", "title"}
        assert "script" not in element.get("href", "") and not element.get("href", "").startswith("//")


@pytest.mark.parametrize("name", ["glossary", "findings", "references", "treatments"])
def test_changed_data_never_falls_over(name: str, tmp_path: Path) -> None:
    """Any change of a data file ends in facts or in faults that each name the file and a line."""
    sound = (DATA / f"{name}.yml").read_text(encoding="utf-8")
    for other in DATA.iterdir():
        (tmp_path / "data").mkdir(exist_ok=True)
        (tmp_path / "data" / other.name).write_bytes(other.read_bytes())
    (tmp_path / "figures").mkdir()
    figure = DATA.parent / "figures" / "disc.svg"
    (tmp_path / "figures" / "disc.svg").write_bytes(figure.read_bytes())
    load(tmp_path)
    noise = st.sampled_from(
        ["\n", " ", "  ", ": ", "- ", "'", '"', "[", "]", "{", "}", "&a ", "*a", "!", "!!python/name:os ", "|", ">", "%", "@", "`", "#",
         "---\n", "...\n", "\t", "\x00", "\u202e", "0x1F", "1e999", ".inf", "-", "no", "~", "<<: ", "? ", "\\x00", "9" * 5000, "2026-99-99", ","]
    )  # fmt: skip

    @FEWER
    @given(st.lists(st.tuples(st.integers(0, len(sound)), st.integers(0, 12), noise), min_size=1, max_size=4))
    def change(changes: list[tuple[int, int, str]]) -> None:
        text = sound
        for at, cut, put in changes:
            text = text[:at] + put + text[at + cut :]
        (tmp_path / "data" / f"{name}.yml").write_text(text, encoding="utf-8")
        try:
            load(tmp_path)
        except ProblemsFound as found:
            assert found.problems
            for problem in found.problems:
                assert problem.path.startswith("docs/") and problem.line >= 1 and problem.hint
                assert "\n" not in str(problem)

    change()


@FIXED
@given(st.text(alphabet="ab:-[]{}!&*#|>'\"%@`,? \n\\0x.~<=", max_size=60))
def test_the_reader_never_falls_over(text: str) -> None:
    with contextlib.suppress(ProblemsFound):
        parse_yaml(text, "docs/data/x.yml")
