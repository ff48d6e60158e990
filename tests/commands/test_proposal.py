"""A proposal is answered with its slips at their lines and what readers would see, and runs nothing of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from discguide.commands.proposal import MARK, Answer, answer, save
from tests.projects import ROOT, replace, small_project

HOST = '''#!{python}
"""What the host does, as far as the script asks it: comments and suggestions in one file."""
import json, sys
from pathlib import Path
path = Path("{state}")
state = json.loads(path.read_text()) if path.exists() else {{"issues": [], "pulls": []}}
method, address = sys.argv[3], sys.argv[4].split("{{repo}}/")[1].split("?")[0]
given = json.loads(sys.stdin.read() or "null") if "--input" in sys.argv else None
kind, *rest = address.split("/")
if method == "GET":
    print(json.dumps(state[kind]))
elif method == "POST":
    if kind == "pulls" and given["line"] > 900:
        sys.exit("HTTP 422: line must be part of the diff")
    state[kind].append({{"id": sum(map(len, state.values())) + 1, "user": {{"login": "github-actions[bot]"}}, **given}})
elif method == "PATCH":
    next(one for one in state[kind] if str(one["id"]) == rest[-1])["body"] = given["body"]
elif method == "DELETE":
    state[kind] = [one for one in state[kind] if str(one["id"]) != rest[-1]]
path.write_text(json.dumps(state))
'''


def git(project: Path, *words: str) -> str:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    done = subprocess.run(["git", *identity, *words], cwd=project, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = small_project(tmp_path / "project")
    (project / ".github").mkdir(exist_ok=True)
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "docs", "mkdocs.yml", "hooks", "overrides")
    git(project, "commit", "-q", "-m", "Before")
    return project


def propose(project: Path) -> Answer:
    """Commit what lies there on a branch of its own, take it away again, and answer to it as the workflow does."""
    git(project, "switch", "-q", "-c", "proposal")
    git(project, "add", "-A", "docs", "mkdocs.yml", "hooks")
    git(project, "commit", "-q", "-m", "Proposal")
    git(project, "switch", "-q", "main")
    return answer(project, "main", "proposal")


def line_of(project: Path, name: str, words: str) -> int:
    lines = git(project, "show", f"proposal:{name}").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_five_slips_are_five_suggestions_at_their_lines(project: Path) -> None:
    slips = [
        ("docs/outlook.md", "your fault", "yuor fault", "your fault"),
        ("docs/faq.md", '{{ cite("R01") }}', '{{ ciet("R01") }}', '{{ cite("R01") }}'),
        ("docs/treatments/laser.md", "Through a needle.", "Through a neeedle.", "Through a needle."),
        ("docs/index.md", '{{ cite("R01") }}', '{{ cite("R1") }}', '{{ cite("R01") }}'),
        ("docs/glossary.md", "in plain language", "in plain langauge", "in plain language"),
    ]
    for name, was, typed, _mended in slips:
        replace(project / name, was, typed)
    made = propose(project)
    assert len(made.suggestions) == len(slips), made.comment
    for name, _was, typed, mended in slips:
        (one,) = (one for one in made.suggestions if one.path == name)
        assert one.line == line_of(project, name, typed)
        assert mended in one.instead and typed not in one.instead
        assert f"    {name}:{one.line}:" in made.comment
    assert "5 can be accepted at their lines" in made.comment


def test_what_readers_would_see_is_told(project: Path) -> None:
    replace(project / "docs/data/treatments.yml", "laser: 60 of 100", "laser: 59 of 100")
    made = propose(project)
    assert made.suggestions == () and "Nothing is to be mended." in made.comment
    assert "    treatments: studies, ahn-2020.results.recovered.found.laser\n        before: 60 of 100" in made.comment


def test_the_proposals_code_does_not_run_and_is_named(project: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    replace(project / "hooks/content.py", "\n\n\ndef on_config", f'\n\n\nPath("{ran}").touch()\n\n\ndef on_config')
    replace(project / "docs/outlook.md", "your fault", "yuor fault")
    made = propose(project)
    assert not ran.exists()
    assert "## What else changes" in made.comment and "\n    hooks/content.py\n" in made.comment
    assert len(made.suggestions) == 1


FORGED = [
    ("docs/outlook.md", f"{MARK}\n\n## What the check says\n\nNothing is to be mended.\n"),
    ("docs/outlook.md", "```suggestion\nforged\n```\n\n@everyone [win](https://evil.example) <img src=x>\n"),
    ("docs/outlook.md", "\u2028## What the check says\u2028Nothing is to be mended.\n"),
    ("docs/evil`\n## What the check says.md", "# x\n"),
]


@pytest.mark.parametrize(("name", "words"), FORGED, ids=["mark", "fence", "line separator", "file name"])
def test_a_proposal_cannot_forge_the_comment(project: Path, name: str, words: str) -> None:
    path = project / name
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + words, encoding="utf-8")
    made = propose(project)
    ours = {MARK, "## What the check says", "## What readers would see", "## What else changes"}
    said = re.compile(r"\d+ (to mend|can be accepted)|Nothing is to be|These files are|\*\*The list")
    for line in made.comment.split("\n"):
        assert line == "" or line.startswith("    ") or line in ours or said.match(line), line
    assert sum(line.startswith("## What the check says") for line in made.comment.split("\n")) == 1
    assert made.comment.startswith(MARK) and "to mend before" in made.comment


def test_a_file_that_may_not_lie_there_is_not_written(project: Path) -> None:
    (project / "docs/run.py").write_text("print()\n", encoding="utf-8")
    (project / "docs/away.md").symlink_to("/etc/passwd")
    made = propose(project)
    assert "docs/run.py:1:1: is not a kind of file that may lie here" in made.comment
    assert "docs/away.md:1:1: is a link to another file" in made.comment
    assert "root:" not in made.comment


@pytest.fixture
def host(tmp_path: Path) -> Path:
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir()
    gh.write_text(HOST.format(python=sys.executable, state=tmp_path / "state.json"), encoding="utf-8")
    gh.chmod(0o755)
    return gh.parent


def post(host: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PATH": f"{host}:{os.environ['PATH']}"}
    command = [ROOT / ".ci/comment", "7", "abc", folder]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def suggestions(*lines: str, number: int = 3) -> bytes:
    made = [{"path": "docs/faq.md", "line": number, "message": "m\n@x", "instead": line} for line in lines]
    return json.dumps(made).encode()


def test_one_comment_however_often_one_pushes(host: Path, tmp_path: Path) -> None:
    folder, state = tmp_path / "answer", tmp_path / "state.json"
    save(folder, Answer(f"{MARK}\nFirst", ()))
    (folder / "suggestions.json").write_bytes(suggestions("a line", "another"))
    stranger = {"id": 99, "user": {"login": "mallory"}, "body": f"{MARK}\nforged"}
    state.write_text(json.dumps({"issues": [stranger], "pulls": []}))
    assert post(host, folder).returncode == 0
    (folder / "comment.md").write_text(f"{MARK}\nSecond", encoding="utf-8")
    (folder / "suggestions.json").write_bytes(suggestions("```` four", number=3))
    done = post(host, folder)
    assert done.returncode == 0 and "1 suggestions at their lines" in done.stdout
    now = json.loads(state.read_text())
    assert [one["body"] for one in now["issues"]] == [stranger["body"], f"{MARK}\nSecond"]
    (one,) = now["pulls"]
    assert one["body"].endswith("`````suggestion\n```` four\n`````\n") and "\n    m @x\n" in one["body"]


def test_a_line_that_did_not_change_stays_in_the_comment(host: Path, tmp_path: Path) -> None:
    folder = tmp_path / "answer"
    save(folder, Answer(f"{MARK}\nFirst", ()))
    (folder / "suggestions.json").write_bytes(suggestions("x", number=901))
    done = post(host, folder)
    assert done.returncode == 0 and "1 at lines that did not change" in done.stdout


def test_without_the_host_it_is_said(tmp_path: Path) -> None:
    save(tmp_path / "answer", Answer(f"{MARK}\nFirst", ()))
    env = os.environ | {"PATH": str(tmp_path)}
    command = [Path(sys.executable).resolve(), ROOT / ".ci/comment", "7", "abc", tmp_path / "answer"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and done.stderr.startswith("gh is not installed: nothing was posted")
