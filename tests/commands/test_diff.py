"""What a reviewer is told of a change."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from discguide import history
from discguide.__main__ import main
from discguide.commands import diff as changes
from discguide.commands.diff import describe
from discguide.history import GitRefuses
from discguide.problems import ProblemsFound
from tests.projects import replace, small_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    small_project(tmp_path)
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for command in (["init", "-q"], ["add", "docs", "mkdocs.yml"], [*identity, "commit", "-q", "-m", "Before"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def test_no_change_says_so(project: Path) -> None:
    assert describe(project, "HEAD") == "Nothing changes for readers."


def test_a_fact_is_told_before_and_after(project: Path) -> None:
    replace(project / "docs/data/treatments.yml", "laser: 60 of 100", "laser: 59 of 100")
    assert describe(project, "HEAD").splitlines() == [
        "treatments: studies, ahn-2020.results.recovered.found.laser",
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


def test_the_menu_and_the_names_are_told(project: Path) -> None:
    replace(project / "mkdocs.yml", "  - faq: faq.md\n", "  - Extras: faq.md\n")
    replace(project / "mkdocs.yml", "site_name: Disc Guide", "site_name: Another Guide")
    said = describe(project, "HEAD")
    assert "menu and names: mkdocs.yml" in said
    assert "after:    - Extras: faq.md" in said and "after:  site_name: Another Guide" in said


def test_a_menu_that_is_a_link_is_not_followed(project: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret\n", encoding="utf-8")
    (project / "mkdocs.yml").unlink()
    (project / "mkdocs.yml").symlink_to(secret)
    assert "secret" not in describe(project, "HEAD")


def test_an_address_that_opens_nothing_any_more_is_told(project: Path) -> None:
    (project / "docs/outlook.md").rename(project / "docs/what-happens.md")
    assert "outlook.html opens nothing any more" in describe(project, "HEAD")


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


@pytest.mark.parametrize(
    "base",
    ["nowhere", "", "-1", "--help", "--output=PWNED", "HEAD:docs", ":/Before", "docs", "HEAD\nHEAD", "$(id>PWNED)"],
)
def test_what_names_no_commit_is_refused(base: str, project: Path) -> None:
    with pytest.raises(GitRefuses, match="git does not know"):
        describe(project, base)
    assert not (project / "PWNED").exists()


def test_why_git_does_not_answer_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, pytest.raises(GitRefuses, match=r"dubious ownership.*safe\.directory '/"):
        patched.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        describe(project, "HEAD")
    with monkeypatch.context() as patched, pytest.raises(GitRefuses, match="git is not installed"):
        patched.setenv("PATH", "/nowhere")
        describe(project, "HEAD")


def test_a_file_that_cannot_be_read_is_one_line(project: Path) -> None:
    """What the file gate lets through may be gone or closed a moment later."""
    program = (
        "import sys; from pathlib import Path; from discguide.__main__ import main\n"
        "def closed(path): raise PermissionError(13, 'Permission denied', 'docs/faq.md')\n"
        "Path.read_bytes = closed; sys.argv = ['discguide', 'diff', '--', 'HEAD']; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=project, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "docs/faq.md cannot be read (Permission denied); make it readable\n")


def test_a_branch_may_have_any_name(project: Path) -> None:
    subprocess.run(["git", "branch", "x;id>PWNED;#"], cwd=project, check=True)
    assert describe(project, "x;id>PWNED;#") == "Nothing changes for readers."
    assert not (project / "PWNED").exists()


def stored(project: Path, kind: str, content: bytes) -> str:
    """Write an object as it is, also one that git itself would never write."""
    command = ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"]
    return subprocess.run(command, cwd=project, input=content, capture_output=True, check=True).stdout.decode().strip()


def a_tree(project: Path, *entries: tuple[str, str, str]) -> str:
    lines = (f"{mode} {name}\0".encode() + bytes.fromhex(made) for mode, name, made in entries)
    return stored(project, "tree", b"".join(lines))


def a_commit(project: Path, docs: str) -> str:
    return stored(project, "commit", f"tree {a_tree(project, (FOLDER, 'docs', docs))}\n\nhostile\n".encode())


FILE, LINK, FOLDER = "100644", "120000", "40000"


@pytest.mark.parametrize("target", ["/etc/passwd", "../../outside", "nowhere", "linked.md", "a" * 5000])
def test_a_link_in_the_base_is_named_and_not_followed(target: str, project: Path) -> None:
    page, link = (stored(project, "blob", content) for content in (b"# A page\n", target.encode()))
    base = a_commit(project, a_tree(project, (FILE, "causes.md", page), (LINK, "linked.md", link)))
    said = describe(project, base).splitlines()
    assert [line for line in said if "linked.md" in line] == ["link: linked.md is taken out"]


def test_a_base_writes_nothing_anywhere(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that leads out behind a path longer than the system follows, and folders of the names of links."""
    outside = project.parent / f"{project.name}-elsewhere"
    outside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(outside))
    to = {name: stored(project, "blob", name.encode()) for name in ("d" * 240, "../" * 16, "# PWNED\n")}
    up, last = "../" * 16, "l" * 254
    levels = [a_tree(project, (FILE, "kept.md", to["# PWNED\n"]))]
    for _ in range(16):
        levels.append(a_tree(project, (LINK, "a", to["d" * 240]), (FOLDER, "d" * 240, levels[-1])))
    deep, out = (stored(project, "blob", path.encode()) for path in ("a/" * 16, f"s/{last}/../.."))
    hostile = a_tree(
        project,
        (LINK, "a", to["d" * 240]), (FOLDER, "d" * 240, levels[-2]),
        (LINK, "s", deep), (FOLDER, "s", a_tree(project, (LINK, last, to[up]))),
        (LINK, "zip", out), (FOLDER, "zip", a_tree(project, (FILE, "PWNED.md", to["# PWNED\n"]))),
    )  # fmt: skip
    said = describe(project, a_commit(project, hostile))
    assert list(outside.iterdir()) == []
    assert "link: zip is taken out" in said and "page: zip/PWNED.md is taken out" in said


def test_a_base_that_leads_nowhere_near_the_guide_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = stored(project, "blob", b"# A page\n")
    twice = a_tree(project, (FILE, "a.md", page), (FILE, "a.md", stored(project, "blob", b"# Another\n")))
    with pytest.raises(GitRefuses, match=r"holds docs/a\.md twice"):
        describe(project, a_commit(project, twice))
    with pytest.raises(GitRefuses, match=r"has no files in docs/"):
        describe(project, stored(project, "commit", f"tree {a_tree(project, (LINK, 'docs', page))}\n\nx\n".encode()))
    endless = a_tree(project)
    for _ in range(12):
        endless = a_tree(project, *((FOLDER, name, endless) for name in "abcdefghij"))
    with pytest.raises(GitRefuses, match="holds too many files"):
        describe(project, a_commit(project, endless))
    monkeypatch.setattr(history, "MOST_BYTES", 5)
    with pytest.raises(GitRefuses, match="holds 9 bytes"):
        describe(project, a_commit(project, a_tree(project, (FILE, "a.md", page))))


def test_line_ends_are_no_change(project: Path) -> None:
    """They are folded in all that is published."""
    for path in (project / "docs").rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert describe(project, "HEAD") == "Nothing changes for readers."


def test_an_unknown_commit_is_refused(project: Path) -> None:
    with pytest.raises(ValueError, match="git does not know 'nowhere'"):
        describe(project, "nowhere")


def test_a_line_repeated_many_times_is_told_once(project: Path) -> None:
    replace(project / "docs/self-care.md", "\n## ", "\n" * 5000 + "## ")
    told = [line for line in describe(project, "HEAD").splitlines() if "empty line" in line]
    assert len(told) == 1 and re.fullmatch(r"    lines (\d+) to (\d+) after:  \(an empty line\)", told[0])


@pytest.mark.parametrize(
    ("old", "new", "count", "last"),
    [
        (["same"] * 8000, [*["same"] * 7000, "new"], 2, "    line 7002 after:  new"),
        ([f"line {n}" for n in range(9000)], [f"line {n ^ 1}" for n in range(9000)], 18000, "    line 9001 after:  line 8998"),
        (["", "a"] * 500, ["", "b"] * 500, 1998, "    line 1001 after:  b"),
    ],
    ids=["one line", "lines in pairs", "every other line"],
)  # fmt: skip
def test_a_change_that_would_take_minutes_is_told_in_one_piece(
    old: list[str], new: list[str], count: int, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To match these lines would take billions of steps."""
    monkeypatch.setattr(changes, "SequenceMatcher", None)
    told = list(changes._changed_lines("\n".join(["top", *old, "end"]), "\n".join(["top", *new, "end"])))
    assert (len(told), told[-1]) == (count, last)


def test_a_list_too_long_to_be_shown_says_so_first(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / "docs/outlook.md"
    page.write_text("".join(f"{line} {'words ' * 10}\n" for line in range(400)), encoding="utf-8")
    monkeypatch.setattr(changes, "MOST_TOLD", 10_000)
    monkeypatch.chdir(project)
    monkeypatch.setattr("sys.argv", ["discguide", "diff", "HEAD"])
    assert main() == 1
    told, said = capsys.readouterr()
    first, *rest = told.splitlines()
    left_out, whole = map(int, re.findall(r"\d+", first.replace(",", "")))
    assert first.startswith("NOT WHOLE: ") and left_out + len(rest) == whole
    assert abs(changes.MOST_TOLD - len(told.encode())) < 500
    assert "part the change into smaller ones" in said
