"""The facts as open data, with their schema: for editors that complete, and for anyone who reuses them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema

from discguide.data.editions import feed, newest
from discguide.data.grid import short_layer
from discguide.data.model import Guide, Option
from discguide.data.reviews import Reviews
from discguide.data.rules.tables import TABLES
from discguide.data.studies import Study

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
VERSION = 2
"""Of the form of the open data; a change that a program could trip over makes a new one, told in ``CHANGES``."""
CHANGES = {
    2: "Counts are numbers, too: count and comparison_count (n, of, per_hundred). Each study stands once, under "
    "studies; a benefit or harm names its own in study. Among benefits and further_treatment, results with a "
    "comparison group come first. All earlier names stay. In the YAML file benefits, further_treatment and harms "
    "point to a result; the JSON has them in full. An option's grid holds its short answers by question, filled in.",
    1: "The first form: treatments by id, and the references they cite.",
}


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """One field of a record, as the editing guide shows it."""

    name: str
    help: str
    words: tuple[str, ...]
    required: bool


def schema() -> dict[str, Any]:
    """The JSON Schema of the treatments file, made from the model."""
    kinds, made = models_json_schema([(Option, "validation"), (Study, "validation")])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Disc Guide: options for worn and herniated lumbar discs",
        "type": "object",
        "properties": {"studies": {"type": "object", "additionalProperties": kinds[Study, "validation"]}},
        "required": ["studies"],
        "additionalProperties": kinds[Option, "validation"],
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
        **_head(guide, edition),
        "changes": CHANGES,
        "reviewed_by_a_clinician": reviews.complete,
        "treatments": {
            key: record | {"grid": short_layer(guide.treatments[key])}
            for key, record in _written(guide.in_order()).items()
        },
        "studies": _written(guide.studies),
        **{name: _written(getattr(guide, name)) for name in TABLES},
        "references": _written(guide.references),
    }
    return _json(document)


def documents(guide: Guide, edition: str, reviews: Reviews, address: str) -> dict[str, str]:
    """Each option as a document of its own, with the studies and references it rests on; their index, schema and feed.

    Args:
        guide: the facts.
        edition: its day.
        reviews: how many pages a clinician has reviewed.
        address: where the site is published, or nothing.

    Returns:
        Each document's name in the site → its text. The folder is named by the form of the data, so that a program
        that reads one form is never given another.
    """
    folder = f"data/v{VERSION}"
    whole = json.loads(treatments_json(guide, edition, reviews))
    made, index = {}, []
    for key, record in whole["treatments"].items():
        studies = _named(r'"study": "([^".]+)\.', record)
        cited = _named(r"\b(R\d+b?)\b", record) | _named(r"\b(R\d+b?)\b", [whole["studies"][one] for one in studies])
        made[f"{folder}/{key}.json"] = _json({
            **_head(guide, edition),
            "id": key,
            "treatment": record,
            "studies": {one: study for one, study in whole["studies"].items() if one in studies},
            "references": {one: reference for one, reference in whole["references"].items() if one in cited},
        })  # fmt: skip
        index.append({
            "id": key,
            "name": record["names"]["short"],
            "checked": record["checked"],
            "data": f"{key}.json",
            "page": f"../../treatments/{key}.html",
        })  # fmt: skip
    made[f"{folder}/index.json"] = _json({**_head(guide, edition), "treatments": index})
    published = schema() | ({"$id": f"{address.rstrip('/')}/{folder}/schema.json"} if address else {})
    made[f"{folder}/schema.json"] = _json(published)
    names = {key: treatment.names.short for key, treatment in guide.treatments.items()}
    made[f"{folder}/changes.xml"] = feed(guide.editions, names)
    return made


def _head(guide: Guide, edition: str) -> dict[str, Any]:
    last = newest(guide.editions)
    return {
        "about": "Options for worn and herniated lumbar discs, with evidence, harms and unknowns",
        "licence": LICENCE,
        "cite_as": f"Disc Guide, options data, edition {edition}",
        "edition": edition,
        "version": VERSION,
        "data_version": last.version if last else f"{VERSION}.0.0",
    }


def _named(pattern: str, record: Any) -> set[str]:
    """The ids that a record names, wherever they stand in it."""
    return set(re.findall(pattern, json.dumps(record)))


def _json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def _written(records: Mapping[str, BaseModel]) -> dict[str, Any]:
    return {key: record.model_dump(mode="json", exclude_none=True) for key, record in records.items()}


def field_guide() -> list[FieldHelp]:
    """Every field of an option and of a study, flat, with nested names joined by dots."""
    told: list[FieldHelp] = []
    for kind, prefix in ((Option, ""), (Study, "studies.")):
        made = TypeAdapter(kind).json_schema()
        told += _fields(made, made.get("$defs", {}), prefix)
    return told


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
    """Follow a field to the object it holds: itself, one of several, or what a list or a name holds."""
    if "$ref" in rule:
        return dict(definitions[rule["$ref"].rsplit("/", 1)[-1]])
    for choice in rule.get("anyOf", []):
        if choice.get("type") != "null":
            return _resolve(choice, definitions)
    if rule.get("type") == "array":
        return _resolve(rule["items"], definitions)
    if isinstance(rule.get("additionalProperties"), dict):
        return _resolve(rule["additionalProperties"], definitions)
    return rule
