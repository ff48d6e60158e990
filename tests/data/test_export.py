"""The facts as open data: the same as in the data file, with licence, edition and references."""

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discguide.content.check import check_schema
from discguide.data.export import field_guide, schema
from discguide.data.load import load
from discguide.data.table_rules import TABLES
from tests.projects import ROOT


def test_json_says_what_the_data_file_says(small: Path) -> None:
    guide = load(small / "docs").guide
    published = json.loads((small / "site/data/treatments.json").read_text(encoding="utf-8"))
    written = YAML(typ="safe").load(small / "site/data/treatments.yml")
    assert set(published["treatments"]) == set(written)
    for key, record in written.items():
        assert published["treatments"][key]["harms"] == [{"refs": [], **harm} for harm in record["harms"]]
        assert published["treatments"][key]["unknowns"] == record["unknowns"]
    assert published["references"].keys() == guide.references.keys()
    assert published["licence"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert published["reviewed_by_a_clinician"] is False
    assert published["edition"] in published["cite_as"]


@pytest.mark.parametrize("table", TABLES)
def test_json_holds_each_table_with_its_harms(table: str, site: Path) -> None:
    published = json.loads((site / "data/treatments.json").read_text(encoding="utf-8"))
    written = YAML(typ="safe").load(site / f"data/{table}.yml")
    assert published[table].keys() == written.keys()
    for key, record in written.items():
        assert published[table][key]["harms"] == [{"refs": [], **harm} for harm in record["harms"]]


def test_the_schema_is_not_stale() -> None:
    assert check_schema(ROOT / "docs") == []


def test_a_stale_schema_is_told(tmp_path: Path) -> None:
    (problem,) = check_schema(tmp_path)
    assert "make schema" in problem.hint


def test_the_schema_refuses_unknown_fields() -> None:
    treatment = schema()["$defs"]["Treatment"]
    assert treatment["additionalProperties"] is False
    assert "harms" in treatment["required"]


def test_every_field_is_explained() -> None:
    for field in field_guide():
        nested = any(other.name.startswith(f"{field.name}.") for other in field_guide())
        assert field.help or field.words or nested, field.name
