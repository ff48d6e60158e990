"""What the pages tell search engines, as schema.org data (https://schema.org/docs/meddocs.html).

Only the guide's own facts: never a claim of the clinic, never a clinic, and no review by a clinician
unless a named one has reviewed the page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from discguide.addresses import COMPARISON, GLOSSARY, QUESTIONS
from discguide.content.frontmatter import FrontMatter
from discguide.data.editions import newest
from discguide.data.export import LICENCE
from discguide.data.model import Guide, Treatment
from discguide.html_tree import has_class, parse, text_of
from discguide.text import without_citations

SITE = "Disc Guide"


@dataclass(frozen=True, slots=True)
class Subject:
    """A page as structured data sees it: where it is, what it says, how one gets there."""

    name: str
    address: str
    site_address: str
    meta: FrontMatter
    trail: Sequence[tuple[str, str]]
    """From the home page to this one: what each page is called, and its address."""
    content: str


def graph(subject: Subject, guide: Guide) -> str:
    """All that one page tells, as JSON that may stand inside a script element."""
    things = [_web_page(subject)]
    # Search engines want the address of each step; a trail without them counts as a fault.
    if subject.address and len(subject.trail) > 1:
        things.append(_breadcrumbs(subject))
    if subject.name == QUESTIONS:
        things.append(_questions(subject))
    elif subject.name == GLOSSARY:
        things.append(_terms(guide))
    elif subject.name == COMPARISON:
        things.append(_dataset(subject, last.version if (last := newest(guide.editions)) else ""))
    key = subject.name.removeprefix("treatments/").removesuffix(".html")
    if subject.name.startswith("treatments/") and key in guide.treatments:
        things.append(_procedure(guide.treatments[key]))
    document = {"@context": "https://schema.org", "@graph": things}
    # "<" inside a script element could end it.
    return json.dumps(document, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def _web_page(subject: Subject) -> dict[str, Any]:
    page: dict[str, Any] = {
        "@type": "MedicalWebPage",
        "name": subject.meta.title,
        "description": subject.meta.description,
        "inLanguage": "en",
        "dateModified": subject.meta.checked.isoformat(),
        "medicalAudience": {"@type": "MedicalAudience", "audienceType": "Patient"},
        "about": {"@type": "MedicalCondition", "name": "Lumbar disc degeneration and lumbar disc herniation"},
        "isPartOf": {"@type": "WebSite", "name": SITE},
        "license": LICENCE,
    }
    if subject.address:
        page |= {"@id": subject.address, "url": subject.address}
        page["isPartOf"] |= {"url": subject.site_address}
    review = subject.meta.clinically_reviewed
    if review:
        page["lastReviewed"] = review.on.isoformat()
        page["reviewedBy"] = {"@type": "Person", "name": review.by, "jobTitle": review.role}
    return page


def trail(steps: Sequence[tuple[str, str]], site_address: str) -> list[tuple[str, str]]:
    """Give each step its whole address; a page that stands for its section is one step, by its own name."""
    return [(name, urljoin(site_address, url)) for url, name in {url: name for name, url in steps}.items()]


def _breadcrumbs(subject: Subject) -> dict[str, Any]:
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(subject.trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _questions(subject: Subject) -> dict[str, Any]:
    """Each heading that asks, with the words up to the next heading."""
    answers: dict[str, list[str]] = {}
    question = ""
    body = next(parse(f"<!doctype html><body>{subject.content}").iter("body"), ET.Element("body"))
    for element in body:
        if element.tag == "h2":
            question = text_of(element)
        elif question.endswith("?") and element.tag in {"p", "ul", "ol"} and not has_class(element, "sources"):
            answers.setdefault(question, []).append(without_citations(text_of(element)))
    entries = [
        {"@type": "Question", "name": asked, "acceptedAnswer": {"@type": "Answer", "text": " ".join(paragraphs)}}
        for asked, paragraphs in answers.items()
    ]
    return {"@type": "FAQPage", "mainEntity": entries}


def _terms(guide: Guide) -> dict[str, Any]:
    terms = [
        {"@type": "DefinedTerm", "name": name, "description": f"{term.plain}. {term.meaning}"}
        for name, term in sorted(guide.glossary.items(), key=lambda pair: pair[0].casefold())
    ]
    return {"@type": "DefinedTermSet", "name": f"{SITE}: glossary", "hasDefinedTerm": terms}


def _procedure(treatment: Treatment) -> dict[str, Any]:
    made = {
        "@type": "MedicalProcedure",
        "name": treatment.names.short,
        "alternateName": treatment.names.plain,
        "procedureType": "https://schema.org/PercutaneousProcedure",
        "bodyLocation": "Intervertebral disc of the lower back",
        "howPerformed": without_citations(treatment.how_it_works),
    }
    if treatment.names.long_status == "verified":
        made["alternateName"] = treatment.names.long
    return made


def _dataset(subject: Subject, version: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Dataset",
        "name": f"{SITE}: options data",
        "description": "Options for worn and herniated lumbar discs, with evidence, harms and what is not known.",
        "license": LICENCE,
        "isAccessibleForFree": True,
        "version": version,
        "dateModified": subject.meta.checked.isoformat(),
        "creator": {"@type": "Organization", "name": SITE},
        "keywords": ["intervertebral disc degeneration", "lumbar disc herniation", "treatment comparison", "harms"],
        "variableMeasured": ["benefits", "further treatment", "harms", "time off", "cost", "approval"],
        "measurementTechnique": "Published studies and guidance, each with its reference",
    }
    if subject.site_address:
        base = subject.site_address.rstrip("/")
        data["distribution"] = [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{base}/data/treatments.{ending}",
            }
            for kind, ending in (("application/json", "json"), ("application/yaml", "yml"))
        ]
    return data
