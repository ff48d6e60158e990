"""(IO) The data files → one ``Guide``, or every fault in them at once."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Union

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from discguide.data.editions import Edition
from discguide.data.fields import FORMS, Labels
from discguide.data.model import Figure, Finding, Guide, Option, Term, Treatment
from discguide.data.references import ArticleFact, Reference
from discguide.data.resolve import Facts, resolve_option, resolve_picture
from discguide.data.rules.calendar import doubt_clock
from discguide.data.rules.records import check_guide
from discguide.data.rules.tables import check_tables
from discguide.data.studies import Picture, Study
from discguide.data.tables import NO_NOTICE, Injection, Measure, Medicine, Notice
from discguide.data.yaml.reader import Document, Location, read_yaml
from discguide.problems import Problem, ProblemsFound, at_most, blocking, did_you_mean, one_of
from discguide.security.files import files_below
from discguide.security.svg import check_drawing
from discguide.security.svg_clean import cleaned
from discguide.text import NAMES, read_text

FILES: dict[str, Any] = {
    "treatments": Option,
    "references": Reference,
    "glossary": Term,
    "figures": Figure,
    "findings": Picture,
    "article": ArticleFact,
    "medicines": Medicine,
    "guidelines": Measure,
    "injections": Injection,
    "labels": Labels,
    "notice": Notice,
    "editions": Edition,
}
"""Each data file and the kind of record it holds."""
STUDIES = "studies"
"""The part of the treatments file that holds no option but every study, by its id."""


@dataclass(frozen=True, slots=True)
class Library:
    """The guide with what is needed to point into its files."""

    guide: Guide
    documents: dict[str, Document]
    advice: list[Problem]

    def places(self) -> dict[str, tuple[str, int]]:
        """The page of each treatment → the file and line of its record, for links that open it."""
        document = self.documents["treatments"]
        return {f"treatments/{key}.md": (document.path, document.places[(key,)][0]) for key in self.guide.treatments}


def load(docs: Path, shown: str = "docs") -> Library:
    """Read, validate and cross-check the data files below ``docs``.

    ``shown`` is how the folder is called in messages.

    Raises:
        ProblemsFound: with every fault in every file.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    records: dict[str, dict[str, Any]] = {}
    for name, kind in FILES.items():
        try:
            letters = NAMES if name == "references" else ""
            document = read_yaml(docs / "data" / f"{name}.yml", f"{shown}/data/{name}.yml", letters)
        except ProblemsFound as found:
            problems += found.problems
            continue
        documents[name] = document
        parts = {
            key: value
            for key, value in document.content.items()
            if (name, key) != ("treatments", STUDIES) and (name, value) != ("notice", NO_NOTICE)
        }
        records[name] = {}
        problems += at_most(_validate(document, (), kind, parts, records[name]))
        if name == "treatments":
            records[STUDIES] = {}
            problems += at_most(_validate_studies(document, records[STUDIES]))
    drawings: dict[str, str] = {}
    for path in files_below(docs / "figures", "*.svg"):
        try:
            drawn = read_text(path, f"{shown}/figures/{path.name}", "\t")
            drawings[path.stem] = cleaned(drawn)
            problems += check_drawing(drawings[path.stem], f"{shown}/figures/{path.name}", drawn)
        except ProblemsFound as found:
            problems += found.problems
    if len(documents) < len(FILES):
        raise ProblemsFound(problems)
    # Links between files are checked even when a record is wrong, so that one run shows all faults.
    treatments, findings, faults = _resolve(records, documents)
    guide = Guide.model_construct(
        None,
        options=records.pop("treatments"),
        pictures=records.pop("findings"),
        treatments=treatments,
        findings=findings,
        drawings=drawings,
        **records,
    )
    problems += doubt_clock([*faults, *check_guide(guide, documents), *check_tables(guide, documents)])
    if blocking(problems):
        raise ProblemsFound(problems)
    return Library(guide, documents, problems)


def _validate(
    document: Document, at: Location, kind: Any, parts: dict[str, Any], records: dict[str, Any]
) -> Iterator[Problem]:
    """Read records one by one, and yield what is wrong with them."""
    for key, content in parts.items():
        try:
            records[key] = TypeAdapter(kind).validate_python(content)
        except ValidationError as error:
            yield from (problem_of(document, (*at, key), kind, details) for details in error.errors())


def _validate_studies(document: Document, records: dict[str, Any]) -> Iterator[Problem]:
    parts = document.content.get(STUDIES, {})
    if isinstance(parts, dict):
        yield from _validate(document, (STUDIES,), Study, parts, records)
        return
    hint = "start each study with its id and a colon, indented below studies:"
    yield document.problem((STUDIES,), "studies is not a list of named studies", hint)


def _resolve(
    records: dict[str, dict[str, Any]], documents: dict[str, Document]
) -> tuple[dict[str, Treatment], dict[str, Finding], list[Problem]]:
    """Bring every result to the options and pictures that point to it."""
    written = documents["treatments"].content.get(STUDIES, {})
    facts = Facts(records[STUDIES], records["references"], written if isinstance(written, dict) else {})
    treatments: dict[str, Treatment] = {}
    findings: dict[str, Finding] = {}
    problems: list[Problem] = []
    for key, option in records["treatments"].items():
        made = resolve_option(key, option, facts, documents["treatments"])
        if isinstance(made, list):
            problems += made
        else:
            treatments[key] = made
    for key, picture in records["findings"].items():
        drawn = resolve_picture(key, picture, facts, documents["findings"])
        if isinstance(drawn, list):
            problems += drawn
        else:
            findings[key] = drawn
    return treatments, findings, problems


def problem_of(document: Document, at: Location, kind: Any, details: ErrorDetails) -> Problem:
    """Turn pydantic's finding into one plain sentence with its cure."""
    location = (*at, *(part for part in details["loc"] if part != "[key]"))
    where, name = ".".join(map(str, location)), str(location[-1])
    error, context = details["type"], details.get("ctx", {})
    fields = _fields_at(kind, details["loc"][:-1])
    if error == "missing":
        help_text = fields[name].description if name in fields else ""
        return document.problem(location[:-1], f"{where} is missing", f"add '{name}:'. {help_text or ''}".strip())
    if error == "extra_forbidden":
        hint = did_you_mean(name, fields) or one_of(fields)
        return document.problem(location, f"{where}: unknown field '{name}'", hint)
    value = details["input"]
    written = f"'{value}'" if isinstance(value, str | int | float | bool) else "nothing" if value is None else "a list"
    if error == "literal_error":
        words = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        hint = did_you_mean(str(value), words.split(", "))
        return document.problem(location, f"{where} says {written}", f"{hint} {one_of(words.split(', '))}".strip())
    return document.problem(location, f"{where} says {written}", _hint(error, context))


def _hint(error: str, context: dict[str, Any]) -> str:
    hints = {
        "string_type": "write words in double quotes",
        "no_answer": "write Unknown where nobody knows, else say it in words",
        "nobody": "write nobody",
        "string_too_short": "write words, or Unknown",
        "string_too_long": f"write at most {context.get('max_length')} letters",
        "int_type": "write a whole number without quotes",
        "date_type": "write a day as 2026-11-23",
        "date_from_datetime_parsing": "write a day as 2026-11-23",
        "list_type": "write a list: one '- ' line for each item",
        "model_type": "write named fields below it, indented",
        "model_attributes_type": "write named fields below it, indented",
        "dict_type": "write named fields below it, indented",
        "too_short": f"write {context.get('min_length')} or more, each on a line that starts with '- '",
        "too_long": f"write at most {context.get('max_length')} items",
        "string_pattern_mismatch": f"write it like {FORMS.get(str(context.get('pattern')), 'the others')}",
        "value_error": "write a day that exists, as 2026-11-23",
        "found": "write a count like 52 of 100, words, or Unknown; with arms one for each arm: {pldd: 52 of 100}",
        "people_number": "write a whole number without quotes, or unknown",
        "greater_than_equal": f"write a number of at least {context.get('ge')}",
        "less_than_equal": f"write a number of at most {context.get('le')}",
    }
    return hints.get(error, "compare it with a record that works")


def _fields_at(kind: Any, path: Location) -> dict[str, Any]:
    """Find which fields may stand at a place of a record, for hints and help."""
    model = next(_models_in(kind), None)
    for part in path:
        if isinstance(part, str) and model and part in model.model_fields:
            model = next(_models_in(model.model_fields[part].annotation), None)
    return dict(model.model_fields) if model else {}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif typing.get_origin(annotation) in {list, dict, Union, types.UnionType}:
        for inner in typing.get_args(annotation):
            yield from _models_in(inner)
