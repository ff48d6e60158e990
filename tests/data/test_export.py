"""The facts as open data: the same as in the data file, with licence, edition and references."""

import json
import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from discguide.content.check import check_schema
from discguide.data.export import field_guide, schema
from discguide.data.load import load
from discguide.data.rules.tables import TABLES
from tests.projects import CASES, ROOT, copied_option, replace


def test_json_says_what_the_data_file_says(small: Path) -> None:
    guide = load(small / "docs").guide
    published = json.loads((small / "site/data/treatments.json").read_text(encoding="utf-8"))
    written = YAML(typ="safe").load(small / "site/data/treatments.yml")
    studies = written.pop("studies")
    assert set(published["treatments"]) == set(written)
    assert set(published["studies"]) == set(studies)
    for key, record in written.items():
        assert [harm["study"] for harm in published["treatments"][key]["harms"]] == [
            pointer["result"] for pointer in record["harms"]
        ]
        for harm in published["treatments"][key]["harms"]:
            study, _, result = harm["study"].partition(".")
            assert harm["text"] and harm["how_often"] and harm["design"].startswith(studies[study]["design"])
            assert result in published["studies"][study]["results"]
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


def test_counts_are_numbers_and_earlier_names_stay(small: Path) -> None:
    record = json.loads((small / "site/data/treatments.json").read_text(encoding="utf-8"))["treatments"]["laser"]
    assert record["harms"] == [
        {
            "study": "carr-2021.infected-disc",
            "count": {"n": 3, "of": 309, "per_hundred": 0.9709},
            "comparison": "nobody",
            "follow_up": "1 year",
            "people": 309,
            "design": "case series",
            "run_by": "independent",
            "refs": ["R03"],
            "text": "An infected disc",
            "how_often": "3 of 309",
        }
    ]
    (benefit,) = record["benefits"]
    assert (benefit["outcome"], benefit["here"], benefit["comparison"]) == (
        "Recovered after a year",
        "60 of 100",
        "58 of 100",
    )
    assert (benefit["measure"], benefit["comparison_with"]) == ("people", "waiting")
    assert benefit["comparison_count"] == {"n": 58, "of": 100, "per_hundred": 58.0}


def test_the_studies_are_open_data_too(small: Path) -> None:
    document = json.loads((small / "site/data/treatments.json").read_text(encoding="utf-8"))
    found = document["studies"]["ahn-2020"]["results"]["recovered"]["found"]
    assert found["waiting"] == {"text": "58 of 100", "shown": {"n": 58, "of": 100, "per_hundred": 58.0}}
    assert document["studies"]["dunn-2022"]["results"]["better"]["found"]["all"]["shown"]["n"] == 55
    assert str(document["version"]) == max(document["changes"])


def test_both_sides_of_a_comparison_read_one_number(tmp_path: Path) -> None:
    shutil.copytree(CASES / "docs", tmp_path / "docs")
    data = tmp_path / "docs/data/treatments.yml"
    text = data.read_text(encoding="utf-8")
    data.write_text(text + copied_option(text, "laser", "waiting"), encoding="utf-8")
    replace(data, "      arm: laser\n", "")
    replace(data, "waiting: 58 of 100", "waiting: 57 of 100 (34 of 60)")
    (one,), (other,) = (load(tmp_path / "docs").guide.treatments[key].benefits for key in ("laser", "waiting"))
    assert (one.comparison, other.here) == ("57 of 100", "57 of 100")
    assert other.count and (other.count.n, other.count.of) == (34, 60)
    assert other.comparison_with == "laser" and other.comparison == one.here


def test_the_schema_is_not_stale() -> None:
    assert check_schema(ROOT / "docs") == []


def test_a_stale_schema_is_told(tmp_path: Path) -> None:
    (problem,) = check_schema(tmp_path)
    assert "make schema" in problem.hint


def test_the_schema_refuses_unknown_fields() -> None:
    kinds = schema()["$defs"]
    assert kinds["Option"]["additionalProperties"] is False
    assert kinds["Study"]["additionalProperties"] is False
    assert "harms" in kinds["Option"]["required"]


def test_every_field_is_explained() -> None:
    for field in field_guide():
        nested = any(other.name.startswith(f"{field.name}.") for other in field_guide())
        assert field.help or field.words or nested, field.name
