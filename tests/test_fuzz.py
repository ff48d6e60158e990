"""Made-up pages and data, thousands of them: the gates never let code through and never fall over."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateError, nodes

from discguide import jinja_gate
from discguide.html import parse
from discguide.html_gate import check_page
from discguide.jinja_gate import Call, Refusal, read_calls
from discguide.loading import load
from discguide.page_gate import check_markup, check_size
from discguide.problems import ProblemsFound
from discguide.prose import passages
from discguide.reading import parse_yaml
from discguide.sealed import SealedEnvironment

DATA = Path(__file__).parent / "cases" / "docs" / "data"
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
CALLS = st.lists(st.one_of(PAGES, st.just('{{ cite("R01") }}'), st.just("{{ sources() }}")), max_size=5).map("".join)


def _markup() -> object:
    from markupsafe import Markup

    return Markup("made")


@FIXED
@given(st.one_of(PAGES, CALLS))
def test_what_the_gate_accepts_is_macros_and_words(page: str) -> None:
    found = list(read_calls(page, KNOWN))
    if any(isinstance(one, Refusal) for one in found):
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


MARKUP = st.sampled_from(
    ["<", ">", "/", "a", " href=", '"', "'", "javascript:", "&#106;avascript:", "script", "!--", "-->", "\n", "=", " onclick=", "svg",
     " title=", "</p>", "<p>", "<a", '">', "<![CDATA[", "]]>", "img", " src=", "https://a.example", "//a.example", "x", "<script>", "</script>"]
)  # fmt: skip


@FIXED
@given(st.lists(MARKUP, max_size=14).map("".join))
def test_a_browser_finds_nothing_in_what_the_last_gate_lets_out(middle: str) -> None:
    """The gate reads by a grammar of its own; here the rules by which browsers read must find the same."""
    page = f"<!doctype html>\n<p>{middle}</p>"
    if list(check_page("page.html", page)):
        return
    for element in parse(page).iter():
        assert element.tag in {"html", "head", "body", "p", "a", "svg"}
        assert set(element.attrib) <= {"href", "title"}
        assert "script" not in element.get("href", "") and not element.get("href", "").startswith("//")


@pytest.mark.parametrize("name", ["glossary", "findings", "references"])
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
                assert problem.path.startswith("docs/") and problem.line >= 1 and problem.cure
                assert "\n" not in str(problem)

    change()


@FIXED
@given(st.text(alphabet="ab:-[]{}!&*#|>'\"%@`,? \n\\0x.~<=", max_size=60))
def test_the_reader_never_falls_over(text: str) -> None:
    with contextlib.suppress(ProblemsFound):
        parse_yaml(text, "docs/data/x.yml")
