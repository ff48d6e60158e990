"""The menu: what an editor sees after a slip in ``mkdocs.yml``, and in what the pages are called."""

from pathlib import Path

import pytest

from discguide.commands.check import check
from discguide.problems import blocking
from tests.projects import replace, small_project

LINE = "  - faq: faq.md\n"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" - faq: faq.md\n", ":2: begins with 1 space, the item above with 2; begin it with 2 as well"),
        ("\t- faq: faq.md\n", ":1: has a tab; use spaces"),
        ("  - Why: discs wear: faq.md\n", ":20: has a colon inside its text; put the text in double quotes"),
        ("  - faq:faq.md\n", ":5: 'faq:faq.md' is not a name and a page; write '- faq: faq.md'"),
        ("  - faq.md\n", ":5: 'faq.md' is not a name and a page; write '- Its name: faq.md'"),
        ("  - *faq*: faq.md\n", ":9: uses & or * (a YAML shortcut); write the text out in quotes"),
    ],
)
def test_a_torn_menu_is_one_message(typed: str, said: str, tmp_path: Path) -> None:
    """Not one for each page that has the menu, and at its own line."""
    project = small_project(tmp_path / "project")
    text = (project / "mkdocs.yml").read_text(encoding="utf-8")
    line = text[: text.index(LINE)].count("\n") + 1
    replace(project / "mkdocs.yml", LINE, typed)
    assert [str(problem) for problem in check(project)] == [f"mkdocs.yml:{line}{said}"]


def test_a_page_stands_in_the_menu_once(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    replace(project / "mkdocs.yml", LINE, LINE + "  - Extras: faq.md\n")
    (said,) = blocking(check(project))
    assert said.message == "the menu has 'faq.md' as 'faq' already"


def test_a_name_in_the_menu_is_plain(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    replace(project / "mkdocs.yml", LINE, "  - A *faq*: faq.md\n")
    assert "'*faq*' is printed as it stands" in [problem.message for problem in check(project)]


def test_a_page_has_one_name(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    page = project / "docs/faq.md"
    title = next(line for line in page.read_text(encoding="utf-8").split("\n") if line.startswith("title:"))
    replace(page, title, "title: Something quite different")
    (said,) = blocking(check(project))
    assert said.path == "mkdocs.yml" and "its title says 'Something quite different'" in said.message


def test_a_copied_page_needs_words_of_its_own(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    (project / "docs/more.md").write_bytes((project / "docs/faq.md").read_bytes())
    replace(project / "mkdocs.yml", LINE, LINE + "  - more: more.md\n")
    said = {f"{problem.path}: {problem.message}" for problem in check(project)}
    assert {
        "docs/more.md: the title is that of docs/faq.md",
        "docs/more.md: the description is that of docs/faq.md",
    } <= said
