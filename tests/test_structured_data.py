"""What the pages tell search engines: valid, and the guide's own facts alone."""

import json
from typing import Any

import pytest

from discguide.html import find_class, has_class, text_of, walk
from discguide.model import Guide
from discguide.site_checks import BuiltPage

# Types and their properties, as schema.org defines them (looked up November 2026).
VOCABULARY = {
    "MedicalWebPage": {"@id", "url", "name", "description", "inLanguage", "dateModified", "medicalAudience", "about", "isPartOf", "license", "lastReviewed", "reviewedBy"},
    "MedicalAudience": {"audienceType"},
    "MedicalCondition": {"name"},
    "WebSite": {"name", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
    "DefinedTermSet": {"name", "hasDefinedTerm"},
    "DefinedTerm": {"name", "description"},
    "MedicalProcedure": {"name", "alternateName", "procedureType", "bodyLocation", "howPerformed"},
    "Dataset": {"name", "description", "license", "isAccessibleForFree", "distribution"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "Person": {"name", "jobTitle"},
}  # fmt: skip


def told(page: BuiltPage) -> list[dict[str, Any]]:
    scripts = [e.text or "" for e in page.root.iter("script") if e.get("type") == "application/ld+json"]
    assert len(scripts) == 1, page.name
    document = json.loads(scripts[0])
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def things(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [thing for item in value for thing in things(item)]
    if isinstance(value, dict):
        return [value, *(thing for item in value.values() for thing in things(item))]
    return []


@pytest.fixture(scope="module")
def graphs(pages: dict[str, BuiltPage]) -> dict[str, list[dict[str, Any]]]:
    return {name: told(page) for name, page in pages.items() if name != "404.html"}


def test_only_words_of_the_vocabulary(graphs: dict[str, list[dict[str, Any]]]) -> None:
    for name, graph in graphs.items():
        for thing in things(graph):
            assert thing.keys() - {"@type"} <= VOCABULARY[thing["@type"]], name


def test_every_page_says_when_it_was_checked_and_claims_no_review(
    graphs: dict[str, list[dict[str, Any]]],
) -> None:
    for name, graph in graphs.items():
        page = graph[0]
        assert page["@type"] == "MedicalWebPage", name
        assert page["dateModified"] == "2026-11-23", name
        assert "lastReviewed" not in page, name


def test_the_answers_are_our_own(graphs: dict[str, list[dict[str, Any]]], pages: dict[str, BuiltPage]) -> None:
    faq = next(thing for thing in graphs["faq.html"] if thing["@type"] == "FAQPage")
    article = find_class(pages["faq.html"].root, "prose")
    assert article is not None
    asked = [text_of(e) for e in walk(article) if e.tag == "h2" and text_of(e).endswith("?")]
    assert [entry["name"] for entry in faq["mainEntity"]] == asked
    assert len(asked) == 13
    for entry in faq["mainEntity"]:
        assert len(entry["acceptedAnswer"]["text"]) > 60
        assert "[R" not in entry["acceptedAnswer"]["text"]


def test_no_claim_of_the_clinic(graphs: dict[str, list[dict[str, Any]]], pages: dict[str, BuiltPage]) -> None:
    boxes = {
        text_of(p)
        for page in pages.values()
        for box in page.root.iter()
        if has_class(box, "block--clinic")
        for p in box.iter("p")
    }
    for name, graph in graphs.items():
        said = json.dumps(graph, ensure_ascii=False)
        assert "MedicalClinic" not in said, name
        for claim in boxes:
            assert claim not in said, f"{name}: {claim}"


def test_methods_and_terms_come_from_the_facts(graphs: dict[str, list[dict[str, Any]]], guide: Guide) -> None:
    for key, treatment in guide.methods().items():
        procedure = graphs[f"treatments/{key}.html"][-1]
        assert (procedure["@type"], procedure["name"]) == ("MedicalProcedure", treatment.names.short)
    terms = next(thing for thing in graphs["glossary.html"] if thing["@type"] == "DefinedTermSet")
    assert {term["name"] for term in terms["hasDefinedTerm"]} == set(guide.glossary)
