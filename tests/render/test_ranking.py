"""What the search ranks, asked in node with a small index: no browser, and no page that an editor could change."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from discguide.content.spelling import WordList
from discguide.data.model import Term
from discguide.render.assets import SCRIPTS
from discguide.render.search_index import _IDLE, Index
from tests.conftest import tool
from tests.projects import ROOT

PAGES = {
    "urgent.html": ("Get help now", '<h2 id="legs">In your legs</h2><p>Numbness between the legs.</p>'),
    "pregnancy.html": ("If you are pregnant", "<p>Some medicines do not suit pregnant women.</p>"),
    "self-care.html": (
        "Looking after yourself",
        "<p>Moving may prevent stiffness. The gel pillow is a local habit.</p>",
    ),
    "treatments/podd.html": (
        "PODD",
        '<h2 id="harms">What can go wrong</h2><p>Gas is injected. A stroke was reported.</p>',
    ),
    "scans.html": (
        "Words of a report",
        '<h2 id="words">Words</h2><table><tr><th>Bulge</th><td>The disc stands out all round.</td></tr>'
        "<tr><th>Modic</th><td>A change in the bone beside it.</td></tr></table>",
    ),
}
NAMES = {"treatments/podd.html": ["ozone", "オゾン"], "guide.pdf": ["pdf", "print"]}
FILES = [["guide.pdf", "The whole guide on paper"]]


@pytest.fixture(scope="module")
def index() -> str:
    glossary = {
        "nucleus": Term(plain="soft core of a local gel", meaning="The soft core.", also=["core"], search=["jelly"])
    }
    words = WordList(frozenset(), {}, {"squishy": "nucleus"}, NAMES, ("numb", "cannot pee/wee"))
    made = Index(glossary, words)
    for url, (title, content) in PAGES.items():
        made.add(url, title, content)
    made.add("glossary.html", "Words", '<dl><dt id="nucleus">nucleus</dt><dd>The soft core of a disc.</dd></dl>')
    return made.script()


def ask(index: str, *questions: str) -> dict[str, Any]:
    """What the search answers: whether the red line shows, and the places of each page, best first."""
    given = {
        "ranking": "\n".join((ROOT / "overrides/assets" / part).read_text(encoding="utf-8") for part in SCRIPTS["search.js"][:2]),
        "index": index,
        "files": FILES, "questions": questions,
    }  # fmt: skip
    node = tool(shutil.which("node"), "Node.js", "the package nodejs")
    command = [node, str(ROOT / "tests/render/ask.mjs")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def first(index: str, question: str) -> str:
    pages = ask(index, question)[question]["pages"]
    return pages[0][0] if pages else ""


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("modic", "scans.html#words"),
        ("pregnent", "pregnancy.html"),
        ("preventing stifness", "self-care.html"),
        ("ozone", "treatments/podd.html"),
        ("オゾン", "treatments/podd.html"),
        ("jelly", "glossary.html#nucleus"),
        ("squishy", "glossary.html#nucleus"),
        ("pdf", "guide.pdf"),
        ("xyzzy", ""),
    ],
)
def test_the_place_that_answers_comes_first(index: str, question: str, place: str) -> None:
    assert first(index, question).startswith(place) and bool(first(index, question)) == bool(place)


def test_a_slip_is_no_wilder_than_a_persons(index: str) -> None:
    pages = {place for group in ask(index, "pregnent")["pregnent"]["pages"] for place in group}
    assert "self-care.html" not in pages, "prevent is another word"


def test_a_terms_plain_sentence_is_no_synonym(index: str) -> None:
    """Its words would lead to the term from anywhere: local anaesthetic, for one who typed numb."""
    assert first(index, "local gel").startswith("self-care.html")


@pytest.mark.parametrize("question", ["numb", "numbness", "ozone numb", "can't pee", "couldnt wee at night"])
def test_danger_words_show_the_red_line_and_the_signs_first(index: str, question: str) -> None:
    assert ask(index, question)[question]["red"] and first(index, question).startswith("urgent.html")


def test_other_words_do_not(index: str) -> None:
    assert not any(answer["red"] for answer in ask(index, "ozone", "modic", "pee", "pdf", "number").values())


def test_one_page_is_one_group(index: str) -> None:
    groups = ask(index, "words")["words"]["pages"]
    pages = [{place.partition("#")[0] for place in group} for group in groups]
    assert all(len(page) == 1 for page in pages) and len(set(map(tuple, pages))) == len(pages)


def test_what_the_index_leaves_out_as_idle_is_idle_here_too(index: str) -> None:
    """The two lists stand in two languages; a word in the first alone would be asked for and never found."""
    answers = ask(index, "stroke", *(f"{word} stroke" for word in sorted(_IDLE)))
    assert {str(answer["pages"]) for answer in answers.values()} == {str(answers["stroke"]["pages"])}
