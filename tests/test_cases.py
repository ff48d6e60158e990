"""Golden cases: a slip, and the exact words an editor sees after it."""

import re
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discguide.commands.check import check
from discguide.content.check import check_content
from discguide.problems import Problem, ProblemsFound, blocking
from tests.projects import CASES, ROOT, replace, small_project

COMPONENTS = ROOT / "overrides" / "components"


def read_cases() -> list[tuple[str, dict[str, str]]]:
    found = []
    for path in sorted(CASES.glob("slips-*.yml")):
        found += [(f"{path.stem}: {message}", case) for message, case in YAML(typ="safe").load(path).items()]
    return found


def messages(docs: Path) -> list[Problem]:
    """What the check says of a folder of facts and pages."""
    try:
        _library, advice = check_content(docs)
    except ProblemsFound as found:
        return found.problems
    return advice


@pytest.mark.usefixtures("on_the_day")
def test_the_cases_start_from_what_is_right() -> None:
    assert messages(CASES / "docs") == []


@pytest.mark.usefixtures("on_the_day")
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
    said = [str(problem) for problem in messages(docs)]

    assert sorted(said) == sorted(case["expect"])
    assert all(line.count("\n") < 3 for line in said)


@pytest.mark.parametrize(
    "group", ["before they are built", "beside the templates", "while they are built", "on the finished pages"]
)
def test_slips_that_show_when_built(group: str, tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    cases = YAML(typ="safe").load(CASES / "built-pages.yml")[group]
    for case in cases:
        replace(project / case["file"], case["find"], case["type"])

    said = [re.sub(r"grade \d+\.\d", "grade N", str(problem)) for problem in blocking(check(project))]
    said = [re.sub(r"words: [a-p]{8}\b", "words: XXXXXXXX", line) for line in said]
    said = [re.sub(r"(?<=\.html):\d+", ":N", line) for line in said]

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
    said = [f"{problem.path}: {problem.message}" for problem in check(project)]
    assert "docs/data/treatments.yml: laser has no page" in said
    assert "docs/faq.md: is not there, and other parts of the guide lead to it" in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - Get help now: urgent.md\n", "  - Extras: urgent.md\n"),
        ("  - Get help now: urgent.md\n", ""),
        ("  - Home: index.md\n  - Get help now: urgent.md\n", "  - Home: index.md\n  - Sources: references.md\n  - Get help now: urgent.md\n"),
        ("  - Get help now: urgent.md\n", "  - Get help now: faq.md\n"),
    ],
    ids=["renamed", "taken out", "moved down", "leads elsewhere"],
)  # fmt: skip
def test_the_way_to_the_danger_signs_stays(old: str, new: str, tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    replace(project / "mkdocs.yml", old, new)
    (said,) = [str(problem) for problem in check(project) if "does not begin" in problem.message]
    assert re.fullmatch(
        r"mkdocs\.yml:\d+:1: the menu does not begin with 'Get help now: urgent\.md', below the home page; put "
        r"'- Get help now: urgent\.md' back there; for another name change 'menu' in docs/data/danger-signs\.yml too",
        said,
    )


@pytest.mark.usefixtures("on_the_day")
def test_a_page_of_danger_signs_does_not_go_unseen(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(CASES / "docs", docs)
    (docs / "urgent.md").unlink()
    assert [problem.message for problem in messages(docs)] == ["docs/urgent.md is gone"]
    (docs / "data/danger-signs.yml").unlink()
    assert [problem.path for problem in messages(docs)] == ["docs/data/danger-signs.yml"]
