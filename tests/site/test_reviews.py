"""A clinician's review: it holds for the words that were read, and the guide says how many pages have one."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from discguide.commands.check import check
from discguide.data.load import load
from discguide.data.reviews import Reviews, count_reviews
from discguide.html_tree import text_of
from discguide.problems import blocking
from discguide.render.macros import Macros
from discguide.site.rules import read_site
from tests.projects import replace, small_project

CHANGES = {
    "a word of the page": ("docs/treatments/laser.md", "Through a needle.", "With a needle."),
    "its title": ("docs/treatments/laser.md", "title: Laser treatment", "title: Laser therapy"),
    "a citation": ("docs/treatments/laser.md", 'Less pain for some. {{ cite("R01") }}', 'Less pain for some. {{ cite("R02") }}'),
    "a fact that it shows": ("docs/data/treatments.yml", "3 of 309", "4 of 309"),
    "the words of a template": ("overrides/components/treatment-not-for.html", "</", " Words.</"),
}  # fmt: skip
HARMLESS = {
    "a fact checked again": ("docs/data/treatments.yml", "\n  checked: 2026-11-23", "\n  checked: 2026-11-24"),
    "the page checked again": ("docs/treatments/laser.md", "checked: 2026-11-23", "checked: 2026-11-24"),
    "a source's title": ("docs/data/references.yml", "Laser against waiting", "Laser or waiting"),
    "another page": ("docs/outlook.md", "Discs wear with age.", "Discs wear with age, and that is all."),
}


def sign(project: Path, name: str) -> None:
    """Do what the editing guide says: write who reviewed the page, ask the check, and add what it answers."""
    page = project / "docs" / name
    review = '\nclinically_reviewed:\n  by: "Ann O\'Hara"\n  role: "Surgeon"\n  on: 2026-11-24\n'
    page.write_text(re.sub(r"(\nnext_check: .*)\n", rf"\1{review}", page.read_text(encoding="utf-8")), encoding="utf-8")
    (told,) = [str(problem) for problem in check(project) if problem.path == f"docs/{name}"]
    words = re.search(r"add '(  words: [a-p]{8})' below 'on'", told)
    assert words
    replace(page, "  on: 2026-11-24\n", f"  on: 2026-11-24\n{words[1]}\n")


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("signed") / "project")
    sign(project, "treatments/laser.md")
    return project


def test_a_signed_page_passes_and_is_counted(signed: Path) -> None:
    assert check(signed, signed / "site") == []
    pages = read_site(signed / "site", signed)
    foot = text_of(next(e for e in pages["treatments/laser.html"].root.iter("div") if e.get("class") == "review"))
    assert "Reviewed by Ann O'Hara, Surgeon, on 24 November 2026." in foot
    (told,) = [
        json.loads(e.text or "")["@graph"][0]
        for e in pages["treatments/laser.html"].root.iter("script")
        if e.get("type") == "application/ld+json"
    ]
    assert told["lastReviewed"] == str(dt.date(2026, 11, 24)) and told["reviewedBy"]["jobTitle"] == "Surgeon"
    assert json.loads((signed / "site/data/treatments.json").read_text())["reviewed_by_a_clinician"] is False
    said = f"A clinician has reviewed 1 of the guide’s {len(list((signed / 'docs').rglob('*.md')))} pages;"
    assert said in text_of(pages["treatments/laser.html"].root)


@pytest.mark.parametrize("change", [*CHANGES, *HARMLESS])
def test_a_change_of_words_ends_the_review(change: str, signed: Path) -> None:
    name, old, new = (CHANGES | HARMLESS)[change]
    before = (signed / name).read_text(encoding="utf-8")
    try:
        replace(signed / name, old, new)
        found = [problem for problem in blocking(check(signed)) if "changed since the review" in problem.message]
    finally:
        (signed / name).write_text(before, encoding="utf-8")
    assert [problem.path for problem in found] == (["docs/treatments/laser.md"] if change in CHANGES else [])


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        (Reviews(29, 0), "No clinician has reviewed this guide yet."),
        (Reviews(29, 3), "A clinician has reviewed 3 of the guide’s 29 pages; the foot of each page says whether it is one of them."),
        (Reviews(29, 29), "A clinician has reviewed every page; its foot says who, and when."),
    ],
)  # fmt: skip
def test_the_guide_says_how_many_pages_are_reviewed(reviews: Reviews, said: str, small: Path) -> None:
    macros = Macros(load(small / "docs").guide, small / "overrides" / "components", reviews)
    assert macros.review_status().striptags() == said


def test_only_the_top_of_a_page_counts(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nclinically_reviewed:\n  by: B\n---\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: B\n---\nclinically_reviewed:\n", encoding="utf-8")
    assert count_reviews(tmp_path) == Reviews(2, 1)
