"""The site with and without the settings that nobody has given yet."""

import json
from pathlib import Path

import pytest

from discguide.site.builder import build_pages
from discguide.site.rules import BuiltPage, check_site, read_site
from tests.projects import replace, small_project

ADDRESS = "https://example.org/discs/"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("settled") / "project")
    config = project / "mkdocs.yml"
    replace(config, "# site_url: https://…", f"site_url: {ADDRESS}")
    replace(config, "# repo_url: https://github.com/owner/name", "repo_url: https://git.example/o/n")
    replace(config, "# edit_uri: ", "edit_uri: ")
    replace(config, 'issue_url: ""', 'issue_url: "https://git.example/o/n/issues/new?page={page}&title={title}"')
    replace(config, 'contact: ""', 'contact: "editors@example.org"')
    build_pages(project, project / "site")
    return project / "site"


@pytest.fixture(scope="module")
def settled_pages(settled: Path) -> dict[str, BuiltPage]:
    return read_site(settled)


def links(page: BuiltPage) -> dict[str, str]:
    return {" ".join("".join(a.itertext()).split()): a.get("href", "") for a in page.root.iter("a")}


def test_unset_nothing_leads_nowhere(small_pages: dict[str, BuiltPage]) -> None:
    for page in small_pages.values():
        assert not {"Suggest a change to this page", "Something is wrong or unclear"} & links(page).keys(), page.name
        assert not [e for e in page.root.iter("link") if e.get("rel") == "canonical"], page.name
        assert not [e for e in page.root.iter("meta") if e.get("property") == "og:url"], page.name


def test_set_every_page_can_be_mended(settled_pages: dict[str, BuiltPage]) -> None:
    found = links(settled_pages["outlook.html"])
    assert found["Suggest a change to this page"] == "https://git.example/o/n/edit/main/docs/outlook.md"
    assert found["Something is wrong or unclear"].endswith("?page=outlook.md&title=What%20usually%20happens")
    assert found["Write to the editors"] == "mailto:editors@example.org?subject=What%20usually%20happens"
    assert "Suggest a change to these facts" not in found


def test_set_facts_open_at_their_record(settled: Path, settled_pages: dict[str, BuiltPage]) -> None:
    address = links(settled_pages["treatments/laser.html"])["Suggest a change to these facts"]
    path, _, line = address.removeprefix("https://git.example/o/n/edit/main/").partition("#L")
    record = (settled.parent / path).read_text(encoding="utf-8").split("\n")[int(line) - 1]
    assert record == "laser:"


def test_set_every_page_has_its_address(settled_pages: dict[str, BuiltPage]) -> None:
    for name, page in settled_pages.items():
        if name == "404.html":
            continue
        canonical = [e.get("href") for e in page.root.iter("link") if e.get("rel") == "canonical"]
        assert canonical == [ADDRESS + name], name


def trails(pages: dict[str, BuiltPage]) -> dict[str, list[dict[str, object]]]:
    told = {
        name: json.loads(e.text or "")
        for name, page in pages.items()
        for e in page.root.iter("script")
        if e.get("type")
    }
    return {
        name: one["itemListElement"]
        for name, document in told.items()
        for one in document["@graph"]
        if one["@type"] == "BreadcrumbList"
    }


def test_search_engines_get_the_way_to_a_page_with_every_address_or_not_at_all(
    settled_pages: dict[str, BuiltPage], small_pages: dict[str, BuiltPage]
) -> None:
    assert trails(small_pages) == {}
    found = trails(settled_pages)
    assert found.keys() == settled_pages.keys() - {"404.html", "index.html"}
    for name, steps in found.items():
        assert [step["position"] for step in steps] == [*range(1, len(steps) + 1)]
        assert (steps[0]["item"], steps[-1]["item"]) == (f"{ADDRESS}index.html", ADDRESS + name)


def test_set_the_site_passes_every_check(settled: Path) -> None:
    assert check_site(settled) == []
