"""Golden cases: a slip, and the exact words an editor sees after it."""

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discguide.commands.check import check
from discguide.content import frontmatter
from discguide.content.check import check_sources
from discguide.data import rules as checks
from discguide.data.load import load
from discguide.problems import Problem, ProblemsFound
from discguide.render.macros import Macros
from tests.projects import CASES, ROOT, replace, small_project

COMPONENTS = ROOT / "overrides" / "components"


def read_cases() -> list[tuple[str, dict[str, str]]]:
    found = []
    for path in sorted(CASES.glob("slips-*.yml")):
        found += [(f"{path.stem}: {what}", case) for what, case in YAML(typ="safe").load(path).items()]
    return found


def messages(docs: Path) -> list[Problem]:
    """What the check says of a folder of facts and pages."""
    try:
        library = load(docs)
    except ProblemsFound as found:
        return found.problems
    return check_sources(docs, library, Macros(library.guide, COMPONENTS))


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases are written for one day, so that none goes stale."""
    for module in (checks, frontmatter):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 12, 1))


def test_the_cases_start_from_what_is_right() -> None:
    assert messages(CASES / "docs") == []


@pytest.mark.parametrize(("name", "case"), [pytest.param(*pair, id=pair[0]) for pair in read_cases()])
def test_slip(name: str, case: dict[str, str], tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(CASES / "docs", docs)
    path = docs / case["file"]
    text = path.read_text(encoding="utf-8")
    if "find" in case:
        assert case["find"] in text, "the case no longer finds its words"
        text = text.replace(case["find"], case["type"], 1)
    else:
        text = case["type"]
    path.write_text(text, encoding="utf-8")

    # What stands for a page's words changes with every template that it uses.
    said = [re.sub(r"words: [a-p]{8}\b", "words: XXXXXXXX", str(problem)) for problem in messages(docs)]

    assert said == case["expect"]
    assert all(line.count("\n") < 3 for line in said)


@pytest.mark.parametrize("group", ["before they are built", "while they are built", "on the finished pages"])
def test_slips_that_show_when_built(group: str, tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    cases = YAML(typ="safe").load(CASES / "built-pages.yml")[group]
    for case in cases:
        replace(project / case["file"], case["find"], case["type"])

    said = [re.sub(r"grade \d+\.\d", "grade N", str(problem)) for problem in check(project)]

    assert sorted(said) == sorted(line.replace("{}", place(project, case)) for case in cases for line in case["expect"])


def place(project: Path, case: dict[str, str]) -> str:
    """Line and column of a case's words, wherever the page has them today."""
    text = (project / case["file"]).read_text(encoding="utf-8")
    if "at" not in case:
        return ""
    before = text[: text.index(case["at"])].split("\n")
    return f"{len(before)}:{len(before[-1]) + 1}"


def test_a_page_that_others_count_on_is_told(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    for name in ("treatments/laser.md", "faq.md"):
        (project / "docs" / name).unlink()
    said = [f"{problem.path}: {problem.what}" for problem in check(project)]
    assert "docs/data/treatments.yml: laser has no page" in said
    assert "docs/faq.md: is not there, and other parts of the guide lead to it" in said
