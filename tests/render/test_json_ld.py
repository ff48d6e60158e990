"""What the pages tell search engines: valid, and the guide's own facts alone."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from discguide.data.load import load
from discguide.html_tree import has_class, text_of
from discguide.site.rules import BuiltPage
from tests.conftest import tool
from tests.projects import ROOT

NODE_MODULES = ROOT / "tests/node_modules"


def told(page: BuiltPage) -> list[dict[str, Any]]:
    scripts = [e.text or "" for e in page.root.iter("script") if e.get("type") == "application/ld+json"]
    assert len(scripts) == 1, page.name
    document = json.loads(scripts[0])
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


@pytest.fixture(scope="module")
def graphs(small_pages: dict[str, BuiltPage]) -> dict[str, list[dict[str, Any]]]:
    return {name: told(page) for name, page in small_pages.items() if name != "404.html"}


def outside_the_vocabulary(documents: dict[str, Any], folder: Path) -> str:
    """What the types that Google keeps of schema.org's vocabulary say against our structured data."""
    node = tool(shutil.which("node"), "Node.js", "the package nodejs")
    compiler = tool(str(NODE_MODULES / "typescript/bin/tsc"), "TypeScript", "the npm packages: npm ci --prefix tests")
    typed = [
        f"export const of{number}: Graph = {json.dumps(document)}; // {name}"
        for number, (name, document) in enumerate(documents.items())
    ]
    (folder / "told.ts").write_text("\n".join(['import type { Graph } from "schema-dts";', *typed]), encoding="utf-8")
    options = {"strict": True, "noEmit": True, "skipLibCheck": True, "types": [], "moduleResolution": "bundler"} | {
        "module": "esnext", "target": "esnext", "paths": {"schema-dts": [str(NODE_MODULES / "schema-dts/dist/schema.d.ts")]}
    }  # fmt: skip
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "files": ["told.ts"]}))
    done = subprocess.run([node, compiler, "--project", str(folder)], capture_output=True, text=True, check=False)
    return done.stdout


def test_only_words_of_the_vocabulary(graphs: dict[str, list[dict[str, Any]]], tmp_path: Path) -> None:
    told = {name: {"@context": "https://schema.org", "@graph": graph} for name, graph in graphs.items()}
    assert outside_the_vocabulary(told, tmp_path) == ""


def test_the_vocabulary_can_be_missed(tmp_path: Path) -> None:
    wrong = {"@context": "https://schema.org", "@graph": [{"@type": "MedicalProcedure", "howItsDone": "by hand"}]}
    assert "howItsDone" in outside_the_vocabulary({"wrong": wrong}, tmp_path)


def test_every_page_says_when_it_was_checked_and_claims_no_review(
    graphs: dict[str, list[dict[str, Any]]],
) -> None:
    for name, graph in graphs.items():
        page = graph[0]
        assert page["@type"] == "MedicalWebPage", name
        assert page["dateModified"] == ("2026-11-20" if name == "faq.html" else "2026-11-23"), name
        assert "lastReviewed" not in page, name


def test_the_answers_are_our_own(graphs: dict[str, list[dict[str, Any]]]) -> None:
    faq = next(thing for thing in graphs["faq.html"] if thing["@type"] == "FAQPage")
    assert {entry["name"]: entry["acceptedAnswer"]["text"] for entry in faq["mainEntity"]} == {
        "Does it go away?": "It often does. Not always, and nobody can tell for whom.",
        "Is that “the best” treatment?": "Nobody knows.",
    }


def test_no_claim_of_the_clinic(graphs: dict[str, list[dict[str, Any]]], small_pages: dict[str, BuiltPage]) -> None:
    boxes = {
        text_of(p)
        for page in small_pages.values()
        for box in page.root.iter()
        if has_class(box, "block--clinic")
        for p in box.iter("p")
    }
    assert len(boxes) >= 3
    for name, graph in graphs.items():
        said = json.dumps(graph, ensure_ascii=False)
        assert "MedicalClinic" not in said, name
        for claim in boxes:
            assert claim not in said, f"{name}: {claim}"


def test_methods_and_terms_come_from_the_facts(graphs: dict[str, list[dict[str, Any]]], small: Path) -> None:
    guide = load(small / "docs").guide
    for key, treatment in guide.methods().items():
        procedure = graphs[f"treatments/{key}.html"][-1]
        assert (procedure["@type"], procedure["name"]) == ("MedicalProcedure", treatment.names.short)
    terms = next(thing for thing in graphs["glossary.html"] if thing["@type"] == "DefinedTermSet")
    assert {term["name"] for term in terms["hasDefinedTerm"]} == set(guide.glossary)
