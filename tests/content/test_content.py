"""What must hold of the pages whatever editors write; what editors must keep to are rules of the check."""

import hashlib
import re
from pathlib import Path

import pytest

from discguide.content.frontmatter import read_meta, split
from discguide.content.rules import advertising
from discguide.data.load import Library, load
from discguide.data.model import Guide
from discguide.html_tree import has_class, text_of
from discguide.render.environment import day
from discguide.site import clinic_article as article
from discguide.site.clinic_article import RUN, check_article
from discguide.site.rules import BuiltPage
from tests.projects import LIVE

FAIR_ROWS = {"compare-benefits", "compare-further"}


def test_a_copied_sentence_is_found(
    small: Path, small_pages: dict[str, BuiltPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Any eight words in a row of a page stand for words of the article, of which only figures are kept."""
    page, guide = small_pages["index.html"], load(small / "docs").guide
    run = " ".join(re.findall(r"[a-z0-9]+", text_of(page.root).casefold())[:RUN])
    monkeypatch.setattr(article, "_known", lambda: {hashlib.sha256(run.encode()).hexdigest()[:10]})
    (problem,) = check_article({page.name: page}, Library(guide.model_copy(update={"article": {}}), {}, []))
    assert "stands in the clinic's article in the same words; say it in your own words" in str(problem)


def test_the_articles_own_title_is_no_copy() -> None:
    title = "what is the difference between disc degeneration and disc herniation"
    known = article._known()
    assert hashlib.sha256(title.partition(" ")[2].partition(" ")[2].encode()).hexdigest()[:10] in known
    assert not article.is_of_the_article(title.partition(" ")[2].partition(" ")[2])


def test_claims_stay_out_of_what_others_show_of_a_page(small_pages: dict[str, BuiltPage]) -> None:
    """The small project claims "the only treatment" in a box, and asks for "the best" in a question."""
    for page in small_pages.values():
        shown = [text_of(e) for e in page.root.iter() if str(e.tag) in {"title", "h1", "caption"}]
        shown += [e.get("content", "") for e in page.root.iter("meta")]
        shown += [text_of(e) for e in page.root.iter("script") if e.get("type") == "application/ld+json"]
        assert not list(advertising(" ".join(shown))), page.name


def test_every_clinic_box_has_evidence_beside_it(pages: dict[str, BuiltPage]) -> None:
    for page in pages.values():
        boxes = sum(has_class(e, "block--clinic") for e in page.root.iter())
        paired = [e for e in page.root.iter() if has_class(e, "claim-and-evidence")]
        for pair in paired:
            kinds = [child.get("class", "").split()[-1] for child in pair]
            assert kinds == ["block--clinic", "block--evidence"], page.name
        assert boxes == len(paired), page.name


def test_every_page_says_when_it_was_checked_and_by_whom(pages: dict[str, BuiltPage]) -> None:
    for name, page in pages.items():
        if name != "404.html":
            front, _, _ = split((LIVE / "docs" / page.source).read_text(encoding="utf-8"), page.source)
            meta, said = read_meta(front.content), text_of(page.root)
            assert f"An editor checked this page against its sources on {day(meta.checked)}." in said, name
            review = meta.clinically_reviewed
            assert (f"Reviewed by {review.by}" if review else "No clinician has reviewed this page yet.") in said, name


def test_the_danger_signs_are_one_tap_away(pages: dict[str, BuiltPage]) -> None:
    for name, page in pages.items():
        if name == "404.html":
            continue  # it may not know where the others are, and has the signs themselves
        header = next(page.root.iter("header"))
        assert any("urgent.html" in (a.get("href") or "") for a in header.iter("a")), name


def test_a_citation_says_to_the_ear_whose_work_it_is(pages: dict[str, BuiltPage], guide: Guide) -> None:
    """A number alone is noise, many times a page; speech control still finds the link by the number that is shown."""
    cited = [
        (text_of(a)[1:-1], a.get("aria-label", ""))
        for page in pages.values()
        for a in page.root.iter("a")
        if has_class(a, "cite")
    ]
    assert cited and [(key, said) for key, said in cited if said != f"{key}, {guide.references[key].said}"] == []
