"""An edition says which facts changed since the last one, and the feed tells it to those who follow."""

import datetime as dt
import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from discguide.commands import edition as room
from discguide.commands.check import check
from discguide.commands.edition import NoEdition, begin_edition
from discguide.data.editions import ATOM
from discguide.data.load import load
from discguide.history import GitRefuses, files_at
from discguide.problems import blocking
from tests.projects import replace, small_project

FIRST, SECOND = dt.date(2026, 11, 25), dt.date(2027, 1, 10)
FACTS = "docs/data/treatments.yml"


def git(project: Path, *words: str) -> None:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A guide whose first edition is published: it has its tag."""
    project = small_project(tmp_path / "project")
    (project / room.FILE).write_text("# A note for editors.\n{}\n", encoding="utf-8")
    assert begin_edition(project, FIRST)[1].changed == {}
    for words in (["init", "-q"], ["add", "docs"], ["commit", "-q", "-m", "First"], ["tag", f"edition-{FIRST}"]):
        git(project, *words)
    return project


def test_two_editions_and_their_feed(project: Path) -> None:
    replace(project / FACTS, "laser: 60 of 100", "laser: 59 of 100")
    replace(project / FACTS, "\n  cost: ", "\n  cost: Once, ")
    name, edition = begin_edition(project, SECOND)
    assert name == f"edition-{SECOND}" and edition.version == "2.0.1"
    assert edition.changed == {"treatments.laser": ["cost"], "treatments.studies": ["ahn-2020"]}
    assert load(project / "docs").guide.editions[name] == edition
    assert (project / room.FILE).read_text(encoding="utf-8").startswith(f"# A note for editors.\n{name}:\n")

    assert blocking(check(project, project / "site")) == []
    feed = ET.parse(project / "site/data/v2/changes.xml").getroot()
    titles = {entry.findtext(f"{{{ATOM}}}title") for entry in feed.iter(f"{{{ATOM}}}entry")}
    assert titles == {"Laser: cost", "treatments.studies: ahn-2020"}
    assert feed.findtext(f"{{{ATOM}}}updated") == f"{SECOND}T00:00:00Z"
    (link,) = (link.get("href") for link in feed.iter(f"{{{ATOM}}}link"))
    assert (project / "site/data/v2" / str(link)).resolve().is_file()
    identities = [one.text for one in feed.iter(f"{{{ATOM}}}id")]
    assert len(identities) == len(set(identities)) == 3 and all(str(one).startswith("urn:uuid:") for one in identities)


def test_an_old_edition_still_opens(project: Path) -> None:
    replace(project / FACTS, "laser: 60 of 100", "laser: 59 of 100")
    old = files_at(project, f"edition-{FIRST}", "docs")["data/treatments.yml"]
    assert old and b"laser: 60 of 100" in old


def test_a_new_record_raises_the_second_number(project: Path) -> None:
    glossary = project / "docs/data/glossary.yml"
    glossary.write_text(
        glossary.read_text(encoding="utf-8") + "\nsacrum:\n  plain: tail bone\n  meaning: A bone.\n", encoding="utf-8"
    )
    edition = begin_edition(project, SECOND)[1]
    assert (edition.version, edition.changed) == ("2.1.0", {"glossary.sacrum": []})


def test_without_a_change_there_is_no_edition(project: Path) -> None:
    before = (project / room.FILE).read_bytes()
    with pytest.raises(NoEdition, match="No fact has changed since 2026-11-25"):
        begin_edition(project, SECOND)
    with pytest.raises(NoEdition, match="a day has one edition"):
        begin_edition(project, FIRST)
    git(project, "tag", "-d", f"edition-{FIRST}")
    with pytest.raises(GitRefuses, match="git does not know 'edition-2026-11-25'"):
        begin_edition(project, SECOND)
    assert (project / room.FILE).read_bytes() == before


def test_each_option_is_a_document_that_stands_alone(small: Path) -> None:
    folder = small / "site/data/v2"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    whole = json.loads((small / "site/data/treatments.json").read_text(encoding="utf-8"))
    assert [one["id"] for one in index["treatments"]] == list(whole["treatments"])
    for one in index["treatments"]:
        document = json.loads((folder / one["data"]).read_text(encoding="utf-8"))
        assert document["treatment"] == whole["treatments"][one["id"]]
        assert document["data_version"] == index["data_version"]
        assert (folder / one["page"]).resolve().is_file()
        text = json.dumps(document["treatment"])
        assert document["studies"] and all(f'"{study}.' in text for study in document["studies"])
        assert {ref for result in document["treatment"]["benefits"] for ref in result["refs"]} <= set(
            document["references"]
        )
    assert "$id" not in json.loads((folder / "schema.json").read_text(encoding="utf-8")), "no address was set"
