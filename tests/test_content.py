"""What the pages say: every fact of the article in its place, nothing copied, no claim in our own voice."""

import hashlib
import re

import pytest

from discguide import article
from discguide.article import RUN, check_article
from discguide.html import has_class, text_of, walk
from discguide.loading import Library
from discguide.model import Guide
from discguide.site_checks import BuiltPage
from discguide.source_checks import RESERVED

METHOD_HEADINGS = [
    "In short", "How it works", "Who it was studied in", "What the clinic says, what evidence says", "Benefits",
    "Harms", "What is not known", "Approval and cost", "Ask your doctor", "Sources",
]  # fmt: skip


def test_a_copied_sentence_is_found(pages: dict[str, BuiltPage], guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any eight words in a row of a page stand for words of the article, of which only figures are kept."""
    page = pages["index.html"]
    run = " ".join(re.findall(r"[a-z0-9]+", text_of(page.root).casefold())[:RUN])
    monkeypatch.setattr(article, "_known", lambda: {hashlib.sha256(run.encode()).hexdigest()[:10]})
    (problem,) = check_article({page.name: page}, Library(guide.model_copy(update={"article": {}}), {}, []))
    assert "stands in the clinic's article in the same words; say it in your own words" in str(problem)


def test_the_articles_own_title_is_no_copy() -> None:
    title = "what is the difference between disc degeneration and disc herniation"
    known = article._known()
    assert hashlib.sha256(title.partition(" ")[2].partition(" ")[2].encode()).hexdigest()[:10] in known
    assert not article.is_of_the_article(title.partition(" ")[2].partition(" ")[2])


def test_claims_stay_out_of_what_others_show_of_a_page(pages: dict[str, BuiltPage]) -> None:
    for page in pages.values():
        shown = [text_of(e) for e in page.root.iter() if str(e.tag) in {"title", "h1", "h2", "caption"}]
        shown += [e.get("content", "") for e in page.root.iter("meta")]
        shown += [text_of(e) for e in page.root.iter("script") if e.get("type") == "application/ld+json"]
        for phrase in RESERVED:
            assert phrase not in " ".join(shown).casefold(), f"{page.name}: {phrase}"


def test_every_clinic_box_has_evidence_beside_it(pages: dict[str, BuiltPage]) -> None:
    for page in pages.values():
        boxes = sum(has_class(e, "block--clinic") for e in page.root.iter())
        paired = [e for e in page.root.iter() if has_class(e, "claim-and-evidence")]
        for pair in paired:
            kinds = [child.get("class", "").split()[-1] for child in pair]
            assert kinds == ["block--clinic", "block--evidence"], page.name
        assert boxes == len(paired), page.name


def test_method_pages_share_one_template(pages: dict[str, BuiltPage], guide) -> None:
    for key in guide.methods():
        headings = [text_of(e) for e in walk(pages[f"treatments/{key}.html"].root) if e.tag == "h2"]
        assert [h for h in headings if h in METHOD_HEADINGS] == METHOD_HEADINGS, key


def test_danger_signs_are_complete(pages: dict[str, BuiltPage]) -> None:
    said = text_of(pages["urgent.html"].root)
    for sign in (
        "both legs", "genitals, back passage, buttocks or inner thighs", "cannot pee", "control of your bowel",
        "erection or sexual feeling", "quickly getting weaker", "foot that drops", "Chest pain", "serious accident or fall",
        "collapse or feeling faint", "Fever with new weakness", "Known cancer with new leg weakness", "After any needle or surgery in your back", "New weakness or numbness in one leg",
        "high temperature, shivering", "Weight loss", "lump or swelling", "much worse at night", "Past cancer",
        "weak immune system", "thin bones or take steroids", "after an injection into a disc", "no better after a few weeks",
        "working or sleeping", "stops you from walking", "under 20 or over 55", "which list you are in", "119 in Japan", "999", "112", "911", "Any one",
    ):  # fmt: skip
        assert sign in said, sign


def test_every_page_says_when_it_was_checked_and_by_whom(pages: dict[str, BuiltPage]) -> None:
    for name, page in pages.items():
        if name != "404.html":
            said = text_of(page.root)
            assert "No clinician has reviewed this page yet" in said, name
            assert "23 November 2026" in said, name


def test_the_danger_signs_are_one_tap_away(pages: dict[str, BuiltPage]) -> None:
    for name, page in pages.items():
        header = next(page.root.iter("header"))
        assert any("urgent.html" in (a.get("href") or "") for a in header.iter("a")), name


def test_week_of_rest_links_to_danger_signs(pages: dict[str, BuiltPage]) -> None:
    """The article's advice to wait a week is unsafe without them."""
    for page in pages.values():
        for pair in (e for e in page.root.iter() if has_class(e, "claim-and-evidence")):
            if "for about a week" in text_of(pair):
                assert any("urgent.html" in (a.get("href") or "") for a in pair.iter("a")), page.name
