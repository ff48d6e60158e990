"""The facts as open data, with their schema: for editors that complete, and for anyone who reuses them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter

from discguide.data.model import Guide, Treatment
from discguide.data.reviews import Reviews
from discguide.data.table_rules import TABLES

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """One field of a record, as the editing guide shows it."""

    name: str
    help: str
    words: tuple[str, ...]
    required: bool


def schema() -> dict[str, Any]:
    """The JSON Schema of the treatments file, made from the model."""
    made = TypeAdapter(dict[str, Treatment]).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Disc Guide: options for worn and herniated lumbar discs",
        **made,
    }


def schema_text() -> str:
    """The schema as the file that editors complete from."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def treatments_json(guide: Guide, edition: str, reviews: Reviews) -> str:
    """The treatments and the tables beside them with the references they cite, as one JSON document.

    Unlike the YAML file it stands alone: who made it, under which licence, how to cite it.
    """
    document = {
        "about": "Options for worn and herniated lumbar discs, with evidence, harms and unknowns",
        "licence": LICENCE,
        "cite_as": f"Disc Guide, options data, edition {edition}",
        "edition": edition,
        "reviewed_by_a_clinician": reviews.complete,
        "treatments": _written(guide.in_order()),
        **{name: _written(getattr(guide, name)) for name in TABLES},
        "references": _written(guide.references),
    }
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def _written(records: Mapping[str, BaseModel]) -> dict[str, Any]:
    return {key: record.model_dump(mode="json", exclude_none=True) for key, record in records.items()}


def field_guide() -> list[FieldHelp]:
    """Every field of a treatment, flat, with nested names joined by dots."""
    made = TypeAdapter(Treatment).json_schema()
    return list(_fields(made, made.get("$defs", {}), ""))


def _fields(node: dict[str, Any], definitions: dict[str, Any], prefix: str) -> list[FieldHelp]:
    found: list[FieldHelp] = []
    required = set(node.get("required", []))
    for name, rule in node.get("properties", {}).items():
        inner = _resolve(rule, definitions)
        words = tuple(inner.get("enum", ()))
        found.append(FieldHelp(prefix + name, rule.get("description", ""), words, name in required))
        if "properties" in inner:
            found += _fields(inner, definitions, f"{prefix}{name}.")
    return found


def _resolve(rule: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Follow a field to the object it holds: itself, one of several, or the items of a list."""
    if "$ref" in rule:
        return dict(definitions[rule["$ref"].rsplit("/", 1)[-1]])
    for choice in rule.get("anyOf", []):
        if choice.get("type") != "null":
            return _resolve(choice, definitions)
    if rule.get("type") == "array":
        return _resolve(rule["items"], definitions)
    return rule
