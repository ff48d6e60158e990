"""(IO) What to answer to a proposal: each slip at its line, and what readers would see. The proposal's code never runs.

The proposal's ``docs/`` are read from git and checked by the code that lies here, with the menu that lies here, in a
folder that is thrown away. So it can be done where the right to comment is at hand.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from discguide.commands.check import check
from discguide.commands.diff import describe, shorten
from discguide.history import changed_files, files_at
from discguide.problems import Problem, ProblemsFound, blocking
from discguide.security.files import may_lie

MARK = "<!-- disc-guide: proposal -->"
"""By this and by its author the comment is found again; what a proposal says never stands at the start of a line."""
MOST = 60_000
"""Characters of a comment; the host refuses more than 65,536."""
_QUOTED = re.compile(r"'([^']{1,80})'")
_INSTEAD = re.compile(r"did you mean '([^']{1,80})'\?|write '([^']{1,80})'")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line as it would be mended, for an editor to accept."""

    path: str
    line: int
    message: str
    instead: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said of a proposal."""

    comment: str
    suggestions: tuple[Suggestion, ...]


def answer(root: Path, base: str, head: str) -> Answer:
    """Look at the proposal ``head`` against ``base``, both commits that git knows here.

    Raises:
        GitRefuses: git does not know one of them.
    """
    files = files_at(root, head, "docs")
    others = [name for name in changed_files(root, base, head) if not name.startswith("docs/")]
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        project = Path(folder) / "project"
        problems = _lay_out(root, project, files)
        if not problems:
            problems = check(project)
        try:
            told, cut = shorten(describe(project, base, root), MOST // 2)
        except ProblemsFound as stopped:
            problems = problems or stopped.problems
            told, cut = "The facts cannot be read, so they are not compared.", False
    lines = {name: (text or b"").decode("utf-8", "replace").split("\n") for name, text in files.items()}
    found = [made for problem in problems if (made := suggest(problem, lines))]
    return Answer(_comment(problems, found, told, cut, others), tuple(found))


def save(folder: Path, made: Answer) -> None:
    """Write what ``.ci/comment`` posts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "comment.md").write_text(made.comment, encoding="utf-8")
    suggestions = [asdict(one) for one in made.suggestions]
    (folder / "suggestions.json").write_text(json.dumps(suggestions, ensure_ascii=False), encoding="utf-8")


def _lay_out(root: Path, project: Path, files: Mapping[str, bytes | None]) -> list[Problem]:
    """Put the proposal's files beside our code, unless one may not lie there: its name could lead anywhere."""
    problems = [problem for name, text in files.items() if (problem := may_lie(name, text))]
    project.mkdir()
    for name in ("hooks", "overrides", ".github"):
        (project / name).symlink_to(root.resolve() / name)
    shutil.copy(root / "mkdocs.yml", project)
    for name, text in files.items():
        if not problems and text is not None:
            path = project / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    return problems


def suggest(problem: Problem, lines: Mapping[str, list[str]]) -> Suggestion | None:
    """Mend a line where message and hint leave no choice: the word that is wrong stands once, with one word for it."""
    text = lines.get(problem.path.removeprefix("docs/"), [])
    line = text[problem.line - 1] if 0 < problem.line <= len(text) else ""
    wrong, instead = _QUOTED.search(problem.message), _INSTEAD.findall(problem.hint)
    if not wrong or len(instead) != 1 or problem.severity == "advice":
        return None
    whole = re.compile(rf"(?<!\w){re.escape(wrong[1])}(?!\w)")
    if len(whole.findall(line)) != 1:
        return None
    word = next(filter(None, instead[0]))
    mended = whole.sub(lambda _: word, line)
    return Suggestion(problem.path, problem.line, f"{problem.message}; {problem.hint}", mended)


def _comment(
    problems: Iterable[Problem], suggestions: list[Suggestion], told: str, cut: bool, others: list[str]
) -> str:
    """Words of ours as Markdown; whatever a proposal could have written set in by four blanks, as text."""
    stops = blocking(problems)
    parts = [MARK, "## What the check says", ""]
    if stops:
        parts += [f"{len(stops)} to mend before this can be merged:", "", *_as_text(map(str, stops)), ""]
    else:
        parts += ["Nothing is to be mended.", ""]
    if suggestions:
        parts += [f"{len(suggestions)} can be accepted at their lines, under “Files changed”.", ""]
    parts += ["## What readers would see", ""]
    if cut:
        parts += ["**The list is too long to be trusted whole; part the proposal into smaller ones.**", ""]
    parts += [*_as_text(told.split("\n")), ""]
    if others:
        parts += ["## What else changes", ""]
        parts += [
            "These files are no words or facts. A maintainer reads them; nothing above took them into account.",
            "",
        ]
        parts += [*_as_text(others[:50]), ""]
    comment = "\n".join(parts)
    return comment if len(comment) <= MOST else comment[:MOST] + "\n    … cut here\n"


def _as_text(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
