"""The editing guide is true: what it tells people to copy works, and it leaves nothing out that they can use."""

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from discguide.content.boxes import BOXES
from discguide.content.check import check_content
from discguide.content.frontmatter import FrontMatter
from discguide.content.pages import read_page
from discguide.content.rules import check_page
from discguide.data.load import FILES
from discguide.data.model import Evidence, Guide
from discguide.data.studies import Pointer, Study
from discguide.data.yaml_reader import parse_yaml
from discguide.problems import blocking
from tests.projects import ROOT, copy_project

GUIDE = (ROOT / "docs/about/editing.md").read_text(encoding="utf-8")
EXAMPLES = [
    (language, re.sub(r"\{% (?:end)?raw %\}", "", text))
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
]
PAGES = [text for language, text in EXAMPLES if language == "markdown"]
RECORDS = [text for language, text in EXAMPLES if language == "yaml"]
TOP = {
    "title": "Examples",
    "description": "What the editing guide tells people to copy, all of it on one page here.",
    "checked": "2026-11-23",
    "next_check": "2027-05-23",
}
FRONT = "---\n" + "".join(f"{name}: {value}\n" for name, value in TOP.items()) + "---\n\n# Examples\n\n"


def test_every_example_is_of_a_known_kind() -> None:
    assert {language for language, _ in EXAMPLES} == {"markdown", "yaml", "text"}
    assert len(PAGES) >= 7 and len(RECORDS) >= 6


@pytest.mark.usefixtures("on_the_day")
@pytest.mark.parametrize("text", PAGES, ids=lambda text: text.split("\n")[0][:30])
def test_words_to_copy_pass_the_check(text: str, tmp_path: Path, guide: Guide) -> None:
    page = tmp_path / "examples.md"
    page.write_text(FRONT + text, encoding="utf-8")
    assert check_page(read_page(page, "docs/about/examples.md", guide)) == []


def test_every_box_is_shown() -> None:
    shown = set(re.findall(r"^/// ([a-z]+)", "\n".join(PAGES), re.MULTILINE))
    assert shown == set(BOXES)


def test_records_to_copy_pass_the_check(tmp_path: Path) -> None:
    docs = copy_project(tmp_path) / "docs"
    for text in RECORDS:
        name = text.partition("\n")[0].removeprefix("# ")
        record = parse_yaml(text, name).content
        if name == "the top of a page":
            TypeAdapter(FrontMatter).validate_python(TOP | record)
        elif name == "docs/data/treatments.yml":
            TypeAdapter(Evidence).validate_python(record)
        elif name == "docs/data/treatments.yml, studies":
            (study,) = record.values()
            TypeAdapter(Study).validate_python(study)
        elif name == "docs/data/treatments.yml, harms":
            TypeAdapter(Pointer).validate_python(record)
        else:
            path, (key,) = tmp_path / name, record
            # An example may show a record that is there already.
            others = re.sub(rf"^{key}:\n(?:  .*\n|\n(?=  ))*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            path.write_text(f"{others}\n{text}", encoding="utf-8")
    check_content(docs)  # raises where anything is to mend


def test_the_files_it_names_exist() -> None:
    named = set(re.findall(r"`(docs/[^`]*)`", GUIDE))
    assert named and all((ROOT / name).exists() for name in named)
    assert {f"docs/data/{name}.yml" for name in FILES} <= named


def test_what_the_check_says_is_what_it_shows(tmp_path: Path, guide: Guide) -> None:
    (said,) = [text for language, text in EXAMPLES if language == "text"]
    source = (ROOT / "docs/causes.md").read_text(encoding="utf-8")
    page = tmp_path / "causes.md"
    page.write_text(source.replace('{{ cite("R01") }}', '{{ cite("R1") }}', 1), encoding="utf-8")
    faults = check_page(read_page(page, "docs/causes.md", guide))
    assert [str(fault) for fault in blocking(faults)] == [said.strip()]


def test_it_takes_five_minutes_to_read() -> None:
    prose = re.sub(r"^```.*?^```$|^---.*?^---$|^\{\{.*$", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
    assert len(re.findall(r"[A-Za-z][\w’'-]*", prose)) <= 1000
