"""Authors whose names paper cannot show: as they write themselves on screen, in Latin letters on paper."""

from pathlib import Path

from discguide.html_tree import find_class, parse_file, text_of
from discguide.pdf.article import for_paper
from discguide.site.builder import build_pages
from tests.projects import replace, small_project


def test_names_stand_on_screen_as_they_are_and_on_paper_in_latin_letters(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    own = '"中村 A, Trương T"\n  authors_latin: "Nakamura A, Trương T"'
    replace(project / "docs/data/references.yml", 'authors: "Ahn A, Berg B, et al."', f"authors: {own}")
    build_pages(project, project / "site")

    article = find_class(parse_file(project / "site/references.html"), "prose")
    assert article is not None
    screen = text_of(article)
    paper = text_of(for_paper(article, "references.html", lambda _page: True, "Source Sans 3"))

    assert "中村 A, Trương T (Nakamura A, Trương T)" in screen
    assert "Nakamura A, Trương T" in paper and "中村" not in paper and "(Nakamura" not in paper
    assert 'aria-label="R01, Nakamura 2020"' in (project / "site/index.html").read_text(encoding="utf-8")
