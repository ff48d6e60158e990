"""The editing guide is true: what it tells people to copy works, and it leaves nothing out that they can use."""

import re
import shutil
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from discguide.content.boxes import BOXES
from discguide.content.check import check_content
from discguide.content.frontmatter import FrontMatter
from discguide.content.pages import read_page
from discguide.content.rules import check_page
from discguide.data.grid import Cell
from discguide.data.load import FILES, load
from discguide.data.model import Evidence, Guide, LifeAfterwards
from discguide.data.rules.sources import SAMPLES, TERM_SAMPLES
from discguide.data.studies import Pointer, Study
from discguide.data.tables import Voice
from discguide.data.yaml.reader import parse_yaml
from tests.hostile_project import unknown_words
from tests.projects import LIVE, small_project

GUIDE = (LIVE / "docs/about/editing.md").read_text(encoding="utf-8")
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
    records = {"cite": guide.references, "figure": guide.figures, "people_picture": guide.findings}
    # An example may name a record that an editor has taken out since.
    text = re.sub(r'(\w+)\("[^"]*"\)', lambda call: f'{call[1]}("{next(iter(records[call[1]]))}")', text)
    page.write_text(FRONT + text, encoding="utf-8")
    assert check_page(read_page(page, "docs/about/examples.md", guide)) == []


def test_every_box_is_shown() -> None:
    shown = set(re.findall(r"^/// ([a-z]+)", "\n".join(PAGES), re.MULTILINE))
    assert shown == set(BOXES)


def test_records_to_copy_pass_the_check(tmp_path: Path) -> None:
    docs = small_project(tmp_path) / "docs"
    # The guide's own page is spelt by its own list of words.
    unknown_words(tmp_path, re.findall(r"[A-Za-z]+", "\n".join(RECORDS)))
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
        elif name == "docs/data/treatments.yml, grid":
            TypeAdapter(Cell).validate_python(record)
        elif name == "docs/data/treatments.yml, harms":
            TypeAdapter(Pointer).validate_python(record)
        elif name == "docs/data/treatments.yml, life_afterwards":
            TypeAdapter(LifeAfterwards).validate_python(record)
        elif name == "docs/data/guidelines.yml, advice":
            TypeAdapter(Voice).validate_python(record)
        else:
            path, (key,) = tmp_path / name, record
            for sample in (*SAMPLES.values(), *TERM_SAMPLES.values()):
                text = text.replace(f'"{sample}"', '"10.1000/mine"' if sample == SAMPLES["doi"] else '"Filled in"')
            # An example may show a record that is there already.
            others = re.sub(rf"^{key}:\n(?:  .*\n|\n(?=  ))*", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            path.write_text(f"{others}\n{text}", encoding="utf-8")
            if name == "docs/data/figures.yml":
                shutil.copy(docs / "figures/disc.svg", docs / f"figures/{key}.svg")
    check_content(docs)  # raises where anything is to mend


def test_a_record_that_nobody_filled_in_is_known() -> None:
    assert all(f'"{sample}"' in GUIDE for sample in (*SAMPLES.values(), *TERM_SAMPLES.values()))


def test_the_files_it_names_exist() -> None:
    named = set(re.findall(r"`(docs/[^`]*)`", GUIDE))
    assert named and all((LIVE / name).exists() for name in named)
    assert {f"docs/data/{name}.yml" for name in FILES} <= named


@pytest.mark.usefixtures("on_the_day")
def test_what_the_check_says_is_what_it_shows(tmp_path: Path, small: Path) -> None:
    (said,) = [text for language, text in EXAMPLES if language == "text"]
    name, line, _ = said.split(":", 2)
    page = tmp_path / "page.md"
    above = "".join("\n" if number % 2 else "Discs wear.\n" for number in range(int(line) - 1 - FRONT.count("\n")))
    page.write_text(FRONT + above + 'Discs wear. {{ cite("R1") }}\n', encoding="utf-8")
    faults = check_page(read_page(page, name, load(small / "docs").guide))
    assert [str(fault) for fault in faults] == [said.strip()]


def test_it_takes_five_minutes_to_read() -> None:
    prose = re.sub(r"^```.*?^```$|^---.*?^---$|^\{\{.*$", "", GUIDE, flags=re.DOTALL | re.MULTILINE)
    words = len(re.findall(r"[A-Za-z][\w’'-]*", prose))
    assert words <= 1100, f"docs/about/editing.md has {words} words; the goal is 1000: shorten it by {words - 1000}"
