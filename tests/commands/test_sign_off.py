"""A clinician's form, filled in on the host, becomes a review that the check accepts and readers see."""

from pathlib import Path

import pytest
import yaml

from discguide.__main__ import main
from discguide.commands.check import check
from discguide.commands.sign_off import FIELDS, STATEMENT, NotSigned, read_form
from discguide.html_tree import text_of
from discguide.problems import blocking
from discguide.site.rules import read_site
from tests.projects import ROOT, small_project

ANSWERS = {
    "page": "laser",
    "by": 'Ann "Annie" O\'Hara',
    "role": "Surgeon",
    "interests": "Nothing to declare",
    "on": "2026-11-24",
}


def form(**changed: str) -> str:
    """A form as the host sends it: each label as a heading, its answer below."""
    parts = [f"### {FIELDS[name]}\n\n{answer}" for name, answer in (ANSWERS | changed).items()]
    return "\n\n".join([*parts, f"### Your statement\n\n- [X] {STATEMENT}, and what it says holds."])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = small_project(tmp_path / "project")
    monkeypatch.chdir(project)
    return project


def signed(project: Path, text: str) -> int:
    path = project.parent / "form.md"
    path.write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as given:
        given.setattr("sys.argv", ["discguide", "sign", str(path)])
        return main()


def test_the_form_asks_for_what_is_read() -> None:
    asked = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/clinical-review.yml").read_text(encoding="utf-8"))["body"]
    assert {str(one["id"]): one["attributes"]["label"] for one in asked[:-1]} == FIELDS
    assert all(one["validations"]["required"] for one in asked[:-1])
    (box,) = asked[-1]["attributes"]["options"]
    assert box["label"].startswith(STATEMENT) and box["required"]


def test_a_form_becomes_a_review_that_readers_see(project: Path) -> None:
    name = "treatments/laser"
    assert signed(project, form(page=name)) == 0
    assert blocking(check(project, project / "built")) == []
    page = read_site(project / "built", project)[f"{name}.html"]
    foot = text_of(next(one for one in page.root.iter("div") if one.get("class") == "review"))
    assert 'Reviewed by Ann "Annie" O\'Hara, Surgeon, on 24 November 2026. Interests: Nothing to declare' in foot
    once = (project / f"docs/{name}.md").read_text(encoding="utf-8")
    assert signed(project, form(page=f"docs/{name}.md", by="Bo Example")) == 0, "a second review replaces the first"
    twice = (project / f"docs/{name}.md").read_text(encoding="utf-8")
    assert "Bo Example" in twice and "Annie" not in twice and len(twice.split("\n")) == len(once.split("\n"))


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"page": "treatments/lazer"}, "treatments/lazer is not a page; did you mean 'treatments/laser'?"),
        ({"page": "../../etc/passwd"}, "is not a page"),
        ({"on": "24.11.2026"}, "on"),
        ({"on": "2099-01-01"}, "lies in the future"),
        ({"by": "<script>alert(1)</script>"}, "docs/treatments/laser.md"),
        ({"by": '{{ cite("R01") }}'}, "docs/treatments/laser.md"),
        ({"role": "Surgeon\n  words: aaaaaaaa"}, ""),
        ({"interests": "_No response_"}, "“Your interests” has no answer; fill it in."),
    ],
    ids=str,
)
def test_what_cannot_be_signed_is_said_and_changes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str], says: str
) -> None:
    files = {path: path.read_bytes() for path in (project / "docs").rglob("*") if path.is_file()}
    status = signed(project, form(**{"page": "treatments/laser"} | changed))
    if not says:
        # An answer is one line, so it cannot bring fields of its own.
        assert status == 0
        assert "\n  words: aaaaaaaa" not in (project / "docs/treatments/laser.md").read_text(encoding="utf-8")
        return
    assert status == 1 and says in capsys.readouterr().err
    assert files == {path: path.read_bytes() for path in (project / "docs").rglob("*") if path.is_file()}


def test_without_the_statement_nobody_has_signed() -> None:
    with pytest.raises(NotSigned, match="is not ticked; tick it"):
        read_form(form().replace("[X]", "[ ]"))
    with pytest.raises(NotSigned, match="more than"):
        read_form(form(by="x" * 6000))
