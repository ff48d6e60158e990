"""What a reviewer is told of a change."""

import subprocess
from pathlib import Path

import pytest

from discguide.changes import describe

from .projects import copy_project, replace


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copy_project(tmp_path)
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "docs"], [*identity, "commit", "-q", "-m", "Before"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_no_change_says_so(project: Path) -> None:
    assert describe(project, "HEAD") == "Nothing changes for readers."


def test_a_fact_is_told_before_and_after(project: Path) -> None:
    replace(project / "docs/data/treatments.yml", 'here: "52 of 100"', 'here: "51 of 100"')
    assert describe(project, "HEAD").splitlines() == [
        "treatments: pldd, further_treatment.0.here",
        "    before: 52 of 100",
        "    after:  51 of 100",
    ]


def test_words_and_new_references_are_told(project: Path) -> None:
    replace(project / "docs/causes.md", "A worn disc is not your fault.", "A worn disc is nobody’s fault.")
    references = project / "docs/data/references.yml"
    record = references.read_text(encoding="utf-8")
    first = record[record.index("R01:") : record.index("R02:")]
    references.write_text(record + "\n" + first.replace("R01:", "R999:"), encoding="utf-8")
    said = describe(project, "HEAD")
    assert "references: R999 is new" in said
    assert "page: causes.md" in said
    assert "before: Discs wear mostly because of age" in said
    assert "nobody’s fault" in said


def test_a_new_page_is_told(project: Path) -> None:
    (project / "docs/new.md").write_text("---\ntitle: New\n---\n\n# New\n", encoding="utf-8")
    assert "page: new.md is new" in describe(project, "HEAD")


def test_an_unknown_commit_is_refused(project: Path) -> None:
    with pytest.raises(ValueError, match="git does not know 'nowhere'"):
        describe(project, "nowhere")
