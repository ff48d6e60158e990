"""What a reviewer is told of a change."""

import subprocess
from pathlib import Path

import pytest

from discguide.commands.diff import describe
from discguide.problems import ProblemsFound
from tests.projects import replace, small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    small_project(tmp_path)
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "docs"], [*identity, "commit", "-q", "-m", "Before"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_no_change_says_so(project: Path) -> None:
    assert describe(project, "HEAD") == "Nothing changes for readers."


def test_a_fact_is_told_before_and_after(project: Path) -> None:
    replace(project / "docs/data/treatments.yml", 'here: "60 of 100"', 'here: "59 of 100"')
    assert describe(project, "HEAD").splitlines() == [
        "treatments: laser, benefits.0.here",
        "    before: 60 of 100",
        "    after:  59 of 100",
    ]


def test_words_and_new_references_are_told(project: Path) -> None:
    replace(project / "docs/outlook.md", "That is **not your fault**.", "That is **nobody’s fault**.")
    references = project / "docs/data/references.yml"
    record = references.read_text(encoding="utf-8")
    first = record[record.index("R01:") : record.index("R02:")]
    references.write_text(record + "\n" + first.replace("R01:", "R999:"), encoding="utf-8")
    said = describe(project, "HEAD")
    assert "references: R999 is new" in said
    assert "page: outlook.md" in said
    assert "line 11 before: Discs wear with age. That is **not" in said
    assert "nobody’s fault" in said


CHANGES = [
    ("docs/outlook.md", "next_check: 2027-05-23", "next_check: 2027-11-23", "next_check: 2027-11-23"),
    ("docs/outlook.md", "next_check:", "clinically_reviewed: {by: Dr X, role: Surgeon}\nnext_check:", "Dr X"),
    ("docs/urgent.md", "/// emergency", "/// note", "after:  /// note"),
    ("docs/index.md", '{{ cite("R01") }}', '{{ cite("R02") }}', 'cite("R02")'),
    ("docs/outlook.md", "](", "](https://example.org/?", "https://example.org/?"),
    ("docs/treatments/laser.md", '{{ treatment_harms("laser") }}', "", 'before: {{ treatment_harms("laser") }}'),
    ("docs/self-care.md", "/// clinic", "/// note", "after:  /// note"),
    ("docs/self-care.md", "## ", "\n## ", "after:  (an empty line)"),
    ("docs/data/words.yml", "fibers: fibres", "fibers: threads", "after:    fibers: threads"),
    ("docs/data/treatments.yml", "laser:", "# a note\nlaser:", "treatments: only its notes, its order or its quotes change"),
    ("docs/figures/disc.svg", "fill=", "opacity=\"0\" fill=", "figures/disc.svg is drawn differently"),
    ("docs/data/treatments.schema.json", "{", "{ ", "file: data/treatments.schema.json is changed"),
]  # fmt: skip


def test_nothing_changes_unseen(project: Path) -> None:
    for name, old, new, _ in CHANGES:
        replace(project / name, old, new)
    said = describe(project, "HEAD")
    assert [told for *_, told in CHANGES if told not in said] == []


def test_a_link_is_not_followed(project: Path) -> None:
    (project / "docs/linked.md").symlink_to("/etc/hostname")
    with pytest.raises(ProblemsFound, match="is a link to another file"):
        describe(project, "HEAD")


def test_a_change_forges_no_line(project: Path) -> None:
    replace(project / "docs/outlook.md", "# ", "# \x1b[2J\u2028Nothing changes for readers.\u202e")
    assert not set(describe(project, "HEAD")) & {"\x1b", "\u2028", "\u202e"}


def test_a_new_page_is_told(project: Path) -> None:
    (project / "docs/new.md").write_text("---\ntitle: New\n---\n\n# New\n", encoding="utf-8")
    assert "page: new.md is new" in describe(project, "HEAD")


def test_an_unknown_commit_is_refused(project: Path) -> None:
    with pytest.raises(ValueError, match="git does not know 'nowhere'"):
        describe(project, "nowhere")
