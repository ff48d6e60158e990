"""A new option is one record, one page and one line of the navigation: no code changes."""

import json
from pathlib import Path

import pytest

from discguide.data.load import load
from discguide.html_tree import has_class, text_of
from discguide.problems import ProblemsFound
from discguide.site.builder import build_pages
from discguide.site.rules import BuiltPage, check_site, read_site
from tests.projects import copied_option, replace, small_project


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("grown") / "project")
    data = project / "docs/data/treatments.yml"
    text = data.read_text(encoding="utf-8")
    record = copied_option(text, "laser", "warm-water")
    data.write_text(text + record, encoding="utf-8")
    page = (project / "docs/treatments/laser.md").read_text(encoding="utf-8")
    page = page.replace('("laser")', '("warm-water")').replace("Laser treatment", "Warm water")
    (project / "docs/treatments/warm-water.md").write_text(page, encoding="utf-8")
    old = "  - treatments/laser: treatments/laser.md\n"
    replace(project / "mkdocs.yml", old, old + "  - Warm water: treatments/warm-water.md\n")
    build_pages(project, project / "site")
    return project / "site"


@pytest.fixture(scope="module")
def grown_pages(grown: Path) -> dict[str, BuiltPage]:
    return read_site(grown)


def test_a_copy_whose_lines_nobody_changed_is_refused(tmp_path: Path) -> None:
    docs = small_project(tmp_path / "project") / "docs"
    data = docs / "data/treatments.yml"
    text = data.read_text(encoding="utf-8")
    copy = copied_option(text, "laser", "warm-water").replace('"Warm water"', '"Laser"')
    data.write_text(text + copy, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load(docs)
    (said,) = [problem for problem in found.value.problems if "names" in problem.message]
    assert said.message == "warm-water.names.short says 'Laser', as laser does"


def test_it_stands_in_the_table(grown_pages: dict[str, BuiltPage]) -> None:
    table = next(
        e for e in grown_pages["treatments/compare.html"].root.iter("table") if has_class(e, "treatment-table")
    )
    heads = [text_of(e) for e in table.iter("th") if e.get("scope") == "col"]
    assert any(head.startswith("Warm water") for head in heads)
    names = [head for head in heads[1:]]
    assert names == sorted(names, key=str.casefold)
    assert all(len(list(row)) == len(heads) for row in table.iter("tr"))


def test_it_has_its_panel_and_its_place_in_time(grown_pages: dict[str, BuiltPage]) -> None:
    page = grown_pages["treatments/warm-water.html"]
    assert any(has_class(e, "treatment-facts") for e in page.root.iter("dl"))
    timeline = next(e for e in grown_pages["treatments/compare.html"].root.iter("ol") if has_class(e, "timeline"))
    assert "Warm water" in text_of(timeline)


def test_it_is_open_data_and_structured_data(grown: Path, grown_pages: dict[str, BuiltPage]) -> None:
    assert "warm-water" in json.loads((grown / "data/treatments.json").read_text())["treatments"]
    script = next(grown_pages["treatments/warm-water.html"].root.iter("script"), None)
    scripts = [
        e.text
        for e in grown_pages["treatments/warm-water.html"].root.iter("script")
        if e.get("type") == "application/ld+json"
    ]
    assert script is not None
    assert '"name": "Warm water"' in (scripts[0] or "")


def test_the_grown_site_passes_every_check(grown: Path) -> None:
    assert check_site(grown) == []
