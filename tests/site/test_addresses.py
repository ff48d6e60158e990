"""Addresses that were published last, or lead on."""

from pathlib import Path

import pytest

from discguide.commands.check import check
from discguide.html_tree import find_class, parse_file
from discguide.problems import Problem
from discguide.site.addresses import LIST, check_addresses, note
from discguide.site.rules import BuiltPage, read_site
from tests.projects import LIVE, replace, small_project

HEADING = "## Will it come back?"


@pytest.fixture
def project(tmp_path: Path, small: Path) -> Path:
    """A small project whose addresses are noted."""
    made = small_project(tmp_path / "project")
    outlook = made / "docs" / "outlook.md"
    outlook.write_text(outlook.read_text(encoding="utf-8") + f"\n{HEADING}\n\nNobody knows.\n", encoding="utf-8")
    (made / LIST).parent.mkdir()
    (made / LIST).write_text("outlook.html#will-it-come-back\n", encoding="utf-8")
    note(made, read_site(small / "site"))
    return made


def said(project: Path) -> list[Problem]:
    return [problem for problem in check(project) if problem.severity == "error"]


def settings(project: Path, moved: str) -> None:
    replace(project / "mkdocs.yml", "  moved: {}", f"  moved:\n    {moved}")


def test_no_address_of_the_guide_is_lost(pages: dict[str, BuiltPage]) -> None:
    assert [problem for problem in check_addresses(pages, LIVE) if problem.severity == "error"] == []


def test_a_heading_in_other_words_keeps_its_address_by_its_id(project: Path) -> None:
    assert said(project) == []
    replace(project / "docs" / "outlook.md", HEADING, "## Does pain return?")
    (found,) = said(project)
    assert found.message.startswith("the address outlook.html#will-it-come-back is gone")
    assert found.path == "docs/outlook.md" and "{#will-it-come-back}" in found.hint
    replace(project / "docs" / "outlook.md", "## Does pain return?", "## Does pain return? {#will-it-come-back}")
    assert said(project) == []


def test_a_place_that_moved_to_another_page_leads_on(project: Path, tmp_path: Path) -> None:
    replace(project / "docs" / "outlook.md", HEADING, "## Other words")
    settings(project, '"outlook.html#will-it-come-back": self-care.html')
    assert [p for p in check(project, tmp_path / "built") if p.severity == "error"] == []
    (left,) = [e for e in parse_file(tmp_path / "built" / "outlook.html").iter() if e.get("id") == "will-it-come-back"]
    link = find_class(left, "moved")
    assert link is not None and link.get("href") == "self-care.html"


def test_a_page_that_is_gone_leads_on(project: Path, tmp_path: Path) -> None:
    old = "treatments/old-name.html"
    with (project / LIST).open("a", encoding="utf-8") as listed:
        listed.write(f"{old}\n{old}#harms\n")
    assert {problem.message.split(" is gone")[0] for problem in said(project)} == {
        f"the address {old}",
        f"the address {old}#harms",
    }
    assert all(f"'{old}" in problem.hint for problem in said(project))
    settings(project, f"{old}: outlook.html#will-it-come-back")
    assert [p for p in check(project, tmp_path / "built") if p.severity == "error"] == []
    page = parse_file(tmp_path / "built" / old)
    assert [e.get("content") for e in page.iter("meta") if e.get("http-equiv") == "refresh"] == [
        "0; url=../outlook.html#will-it-come-back"
    ]
    assert [a.get("href") for a in page.iter("a")] == ["../outlook.html#will-it-come-back", "../urgent.html"]


@pytest.mark.parametrize("goal", ["gone.html", "outlook.html#gone", "https://example.org/x.html"])
def test_what_moved_to_nowhere_is_told_at_its_line(project: Path, goal: str) -> None:
    settings(project, f'"old.html": {goal}')
    found = said(project)
    lines = (project / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    assert goal in lines[found[0].line - 1] and found[0].path == "mkdocs.yml"
    assert f"'{goal}', which is not there" in found[0].message


def test_new_addresses_are_advice_until_they_are_noted(project: Path) -> None:
    replace(project / "docs" / "outlook.md", HEADING, f"## One more\n\nYes.\n\n{HEADING}")
    assert [p.message for p in check(project) if p.path == LIST] == [
        "1 addresses are not noted yet (outlook.html#one-more)"
    ]
