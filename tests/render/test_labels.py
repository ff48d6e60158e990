"""Words for readers stand in docs/data/labels.yml, and templates hold structure."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup
from pydantic import TypeAdapter

from discguide.data.load import FILES
from discguide.render.labels import sayer
from tests.projects import ROOT

OVERRIDES = ROOT / "overrides"
TEMPLATES = sorted(OVERRIDES.rglob("*.html"))
NOT_YET = {"preview/waiting.html"}
"""Templates that still hold words of their own. The live preview stands outside the guide."""
_VALUES = {
    word for kind in FILES.values() for word in re.findall(r"'([a-z][^']*)'", str(TypeAdapter(kind).json_schema()))
}
"""Words that records hold, to which a template may compare."""
_READ_ALOUD = re.compile(r'(?:aria-label|title|alt|placeholder|label)="([^"{}]*[A-Za-z]{2}[^"{}]*)"')


def words_in(source: str) -> list[str]:
    """What a reader would read of a template: its text, its labels, and texts that its expressions print."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    plain = re.sub(r"<(script|style|pre|code)\b.*?</\1>", "", plain, flags=re.DOTALL)
    text = re.sub(r"<[^<>]*>|&\w+;", "\n", plain)
    found = [line.strip() for line in text.split("\n") if re.search(r"[A-Za-z]{2}", line)]
    found += _READ_ALOUD.findall(plain)
    return found + list(_printed(Environment().parse(source)))


def _printed(node: nodes.Node) -> Iterator[str]:
    """Texts in expressions that look like words: with a space, or with a capital letter first."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Compare | nodes.Filter | nodes.Include | nodes.FromImport):
            continue
        if isinstance(child, nodes.Call) and isinstance(child.node, nodes.Getattr):
            continue
        said = child.value if isinstance(child, nodes.Const) else None
        if isinstance(said, str) and said not in _VALUES and re.match(r"[A-Z][a-z]|[a-z’]+ [a-z]", said):
            yield said
        yield from _printed(child)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(OVERRIDES).as_posix())
def test_templates_hold_no_words(path: Path) -> None:
    found = words_in(path.read_text(encoding="utf-8"))
    if path.relative_to(OVERRIDES).as_posix() in NOT_YET:
        assert found, "its words have moved: take it out of NOT_YET"
    else:
        assert found == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Words</p>", ["Words"]),
        ('<nav aria-label="Terms by letter">{{ terms }}</nav>', ["Terms by letter"]),
        ("{{ 'No comparison group' if alone else say('study.with') }}", ["No comparison group"]),
        ("{% set names = ('What is offered', 'x') %}", ["What is offered"]),
        ("{# A note #}<p class='hint'>{{ say('study.with', result=item.here) }} × {{ 2 }}</p>", []),
        ("{% if item.says == 'may be offered' %}<b>{{ item.text }}</b>{% endif %}", []),
    ],
)
def test_words_are_found_in_a_template(source: str, words: list[str]) -> None:
    assert words_in(source) == words


def test_words_and_values_are_escaped() -> None:
    say = sayer({"page": {"more": "See {where} & <b>{what}</b>"}})
    said = say("page.more", where=Markup("<i>x</i>"), what="<i>")
    assert said == "See <i>x</i> &amp; &lt;b&gt;&lt;i&gt;&lt;/b&gt;"
