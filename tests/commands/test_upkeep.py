"""What falls due is found with its place, told on the host once, and taken off when it is done."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from discguide.commands import upkeep as room
from discguide.commands.upkeep import Duty, save, upkeep
from tests.projects import ROOT, replace, small_project

DUE = frozenset({"due"})
GH = '''#!{python}
"""What the host does, as far as the script asks it."""
import json, sys
from pathlib import Path
path = Path("{state}")
issues = json.loads(path.read_text()) if path.exists() else []
words = sys.argv[1:]
if words[:2] == ["issue", "list"]:
    print(json.dumps([one for one in issues if one["open"]]))
elif words[:2] == ["issue", "create"]:
    issues.append({{"number": len(issues) + 1, "title": words[words.index("--title") + 1], "body": sys.stdin.read(), "open": True}})
elif words[:2] == ["issue", "edit"]:
    issues[int(words[2]) - 1]["body"] = sys.stdin.read()
elif words[:2] == ["issue", "close"]:
    issues[int(words[2]) - 1]["open"] = False
elif words[0] != "label":
    sys.exit("unknown: " + words[0])
path.write_text(json.dumps(issues))
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "project")


def found(project: Path, day: dt.date, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, ...]]:
    monkeypatch.setattr(room, "today", lambda: day)
    return {duty.key: duty.lines for duty in upkeep(project, DUE, say=print)}


def test_a_check_is_announced_and_then_overdue(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = project / "docs" / "outlook.md"
    lines = page.read_text(encoding="utf-8").split("\n")
    number, line = next((n, one) for n, one in enumerate(lines, start=1) if one.startswith("next_check: "))
    day = dt.date.fromisoformat(line.removeprefix("next_check: "))
    place = f"docs/outlook.md:{number}: the page"
    for before, key in ((31, None), (30, "due-soon"), (0, "due-soon"), (-1, "overdue")):
        told = found(project, day - dt.timedelta(days=before), monkeypatch)
        assert [name for name, said in told.items() if any(one.startswith(place) for one in said)] == [key] * bool(key)


def test_a_record_is_named_at_its_line(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (late,) = (line for line in found(project, dt.date(2099, 1, 1), monkeypatch)["overdue"] if ": laser was" in line)
    path, number, _ = late.split(":", 2)
    assert "next_check: " in (project / path).read_text(encoding="utf-8").split("\n")[int(number) - 1]


def test_sources_that_are_gone_or_moved(project: Path) -> None:
    asked: list[str] = []

    def ask(address: str) -> tuple[int, str]:
        asked.append(address)
        answers = [(404, ""), (301, "https://elsewhere.example/"), (403, ""), (0, ""), (302, "https://x.example/")]
        return answers[(len(asked) - 1) % len(answers)]

    told = {duty.key: duty.lines for duty in upkeep(project, frozenset({"sources"}), say=print, ask=ask)}
    assert len(asked) == len(set(asked)) > 2
    assert asked[0] in told["sources-gone"][0] and "404" in told["sources-gone"][0]
    assert all(asked[2] not in line for line in (*told["sources-gone"], *told["sources-moved"])), "403 is not gone"
    doi = asked[1].startswith("https://doi.org/")
    assert any(asked[1] in line for line in told["sources-moved"]) != doi, "a DOI always leads on"


def test_newer_packages(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pip, python = tmp_path / "pip", sys.executable
    pip.write_text(f'#!{python}\nprint(\'[{{"name": "b", "version": "1", "latest_version": "2"}}]\')\n')
    pip.chmod(0o755)
    monkeypatch.setattr(room.sys, "executable", str(pip))
    (duty,) = upkeep(project, frozenset({"packages"}), say=print)
    assert duty.lines == ("b 1 → 2",)
    pip.write_text(f"#!{python}\nimport sys\nsys.exit('no network')\n")
    with pytest.raises(ValueError, match=r"no network.*connect to a network"):
        upkeep(project, frozenset({"packages"}), say=print)


def test_an_unknown_part_is_named(project: Path) -> None:
    with pytest.raises(ValueError, match="There is no part dew"):
        upkeep(project, frozenset({"dew"}), say=print)


def keep(folder: Path, path: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
    return subprocess.run([ROOT / ".ci/issues", path], env=env, capture_output=True, text=True, check=False)


def test_one_issue_once_and_closed_when_mended(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gh, state = tmp_path / "gh", tmp_path / "state.json"
    gh.write_text(GH.format(python=sys.executable, state=state), encoding="utf-8")
    gh.chmod(0o755)

    def week() -> list[dict[str, object]]:
        monkeypatch.setattr(room, "today", lambda: dt.date(2099, 1, 1))
        duties = [duty for duty in upkeep(project, DUE, say=print) if duty.key == "overdue"]
        done = keep(tmp_path, save(project, duties))
        assert done.returncode == 0, done.stderr
        issues: list[dict[str, object]] = json.loads(state.read_text())
        return issues

    assert [issue["open"] for issue in week()] == [True]
    (issue,) = week()
    assert issue["open"] and "docs/outlook.md" in str(issue["body"])
    for path in (project / "docs").rglob("*.md"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("next_check: "):
                replace(path, line, "next_check: 2099-06-01")
    assert "docs/outlook.md" not in str(week()[0]["body"])
    assert keep(tmp_path, save(project, [Duty("overdue", "Checks are overdue", ())])).returncode == 0
    assert [one["open"] for one in json.loads(state.read_text())] == [False]


def test_what_a_line_holds_is_shown_as_text(tmp_path: Path, project: Path) -> None:
    gh, state = tmp_path / "gh", tmp_path / "state.json"
    gh.write_text(GH.format(python=sys.executable, state=state), encoding="utf-8")
    gh.chmod(0o755)
    hostile = "x\n<!-- upkeep: other -->\n@everyone [a](https://b.example)"
    assert keep(tmp_path, save(project, [Duty("sources-gone", "Sources are gone", (hostile,))])).returncode == 0
    body = json.loads(state.read_text())[0]["body"].split("\n")
    assert [line for line in body if "everyone" in line] == [
        "    x <!-- upkeep: other --> @everyone [a](https://b.example)"
    ]


def test_without_the_host_it_is_said(tmp_path: Path, project: Path) -> None:
    path = save(project, [Duty("overdue", "Checks are overdue", ("x",))])
    python = Path(sys.executable).resolve()
    env = os.environ | {"PATH": str(tmp_path)}
    done = subprocess.run([python, ROOT / ".ci/issues", path], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "gh is not installed: the issues stay as they are" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1
