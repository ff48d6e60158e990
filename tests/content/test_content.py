"""What the pages say: every fact of the article in its place, nothing copied, no claim in our own voice."""

import datetime as dt
import hashlib
import re

import pytest
from ruamel.yaml import YAML

from discguide.content.rules import RESERVED
from discguide.data.fields import LEFT_OUT, USES
from discguide.html_tree import find_class, has_class, text_of, walk
from discguide.render.environment import day
from discguide.site.rules import BuiltPage
from tests.projects import CASES, ROOT

FACTS = YAML(typ="safe").load(CASES / "article-facts.yml")
METHOD_HEADINGS = [
    "In short", "How it works", "Who it was studied in", "What the clinic says, what evidence says", "Benefits",
    "Harms", "What is not known", "Approval and cost", "Ask your doctor", "Sources",
]  # fmt: skip


def squeezed(text: str) -> str:
    return " ".join(text.split())


def in_clinic_boxes(page: BuiltPage) -> str:
    return " ".join(text_of(e) for e in page.root.iter() if has_class(e, "block--clinic"))


def outside_clinic_boxes(page: BuiltPage) -> str:
    article = find_class(page.root, "prose")
    assert article is not None
    said = [
        text_of(e) for e in walk(article, frozenset({"block--clinic"})) if e.tag in {"p", "li", "dd", "td", "h2", "h3"}
    ]
    return " ".join(said)


def test_all_facts_of_the_article_are_listed() -> None:
    assert list(FACTS) == [f"F{number:02d}" for number in range(1, 76)]


@pytest.mark.parametrize("fact", FACTS)
def test_fact_stands_on_its_page(fact: str, pages: dict[str, BuiltPage]) -> None:
    place = FACTS[fact]
    page = pages[f"{place['page']}.html"]
    article = find_class(page.root, "prose")
    assert article is not None
    assert place["words"] in text_of(article)
    if place.get("box") == "clinic":
        assert place["words"] in in_clinic_boxes(page)
        assert place["words"] not in outside_clinic_boxes(page)


def test_no_sentence_of_the_article_is_copied(pages: dict[str, BuiltPage]) -> None:
    known = {line for line in (CASES / "article-runs.txt").read_text().splitlines() if not line.startswith("#")}
    copied = []
    for page in pages.values():
        words = re.findall(r"[a-z0-9]+", text_of(page.root).casefold().replace("’", "'"))
        for start in range(len(words) - 7):
            run = " ".join(words[start : start + 8])
            if hashlib.sha256(run.encode()).hexdigest()[:10] in known:
                copied.append(f"{page.name}: {run}")
    # The article's own title and the name of its facility are named, not copied.
    allowed = ("what is the difference between disc degeneration and", "is the difference between disc degeneration and disc",
               "the difference between disc degeneration and disc herniation")  # fmt: skip
    assert [run for run in copied if not run.endswith(allowed)] == []


def test_the_guard_against_copying_can_fail() -> None:
    known = (CASES / "article-runs.txt").read_text()
    run = "the difference between disc degeneration and disc herniation"
    assert hashlib.sha256(run.encode()).hexdigest()[:10] in known


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
        "with or without pain", "both legs", "give way or feel heavy", "unsteady walk", "wiping that feels different",
        "stop or control it", "newly need pads", "bladder or bowel is full", "do not feel pee or poo pass", "tummy that pulses",
        "cold, clammy skin", "confusion, slurred speech, blotchy skin", "trouble speaking or seeing", "weakness on one side",
        "Numbness in one leg that is new and spreads", "even without a fall", "calf or thigh", "worse upright", "more than 30 languages",
        "numb or tingling patch", "genitals, back passage, buttocks or inner thighs", "cannot pee", "control of your bowel",
        "erection or sexual feeling", "quickly getting weaker", "foot that drops", "Chest pain", "serious accident or fall",
        "collapse or feeling faint", "Fever with new weakness", "Known cancer with new leg weakness", "After any needle or surgery in your back", "New weakness in one leg",
        "high temperature, shivering", "Weight loss", "lump or swelling", "much worse at night", "Past cancer",
        "weak immune system", "thin bones or take steroids", "after an injection into a disc", "no better after a few weeks",
        "working or sleeping", "stops you from walking", "under 20 or over 55", "which list you are in", "119 in Japan", "999", "112", "911", "Any one",
    ):  # fmt: skip
        assert sign in said, sign


def test_what_to_watch_for_after_a_needle_is_the_same_everywhere(pages: dict[str, BuiltPage], guide) -> None:
    """A stroke after a gas or a clot shows in speech, sight or one side of the body."""
    invasive = guide.treatments.keys() - {"exercise", "time-and-activity"}
    for name in ["treatments/after", *(f"treatments/{key}" for key in sorted(invasive))]:
        said = text_of(pages[f"{name}.html"].root)
        for sign in (
            "trouble breathing",
            "trouble speaking or seeing",
            "confusion",
            "fainting",
            "weakness on one side",
        ):
            assert sign in said, (name, sign)


def test_a_numb_leg_is_as_urgent_on_one_page_as_on_another(pages: dict[str, BuiltPage]) -> None:
    for name in ("urgent", "self-care", "symptoms", "degeneration-or-herniation", "treatments/time-and-activity"):
        said = text_of(pages[f"{name}.html"].root)
        assert "weakness or numbness is different" not in said and "spread" in said, name
    assert "new weakness in one leg: see a doctor today" in text_of(pages["index.html"].root)


def test_each_choice_names_what_it_leaves_out(pages: dict[str, BuiltPage], guide) -> None:
    root = pages["treatments/compare.html"].root
    for use in USES:
        line = find_class(root, f"narrowing__count--{use.replace('_', '-')}")
        assert line is not None
        gone = [item for item in guide.treatments.values() if getattr(item.studied_for, use) in LEFT_OUT]
        assert text_of(line).startswith(f"{len(guide.treatments) - len(gone)} of ")
        left_out = text_of(line).partition("These stay")[0]
        assert all(item.names.short in left_out for item in gone), use
        assert ("does not judge the evidence" in text_of(line)) == (
            use not in type(guide.treatments["pldd"].evidence).model_fields
        )


def test_every_page_says_when_it_was_checked_and_by_whom(pages: dict[str, BuiltPage]) -> None:
    for name, page in pages.items():
        if name != "404.html":
            said = text_of(page.root)
            assert "No clinician has reviewed this page yet" in said, name
            source = (ROOT / "docs" / name).with_suffix(".md").read_text(encoding="utf-8")
            checked = re.findall(r"^checked: (\S+)$", source, re.MULTILINE)[0]
            assert day(dt.date.fromisoformat(checked)) in said, name


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
