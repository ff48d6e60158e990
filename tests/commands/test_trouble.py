"""What the machine, a template or a hook breaks is told in one line that says why."""

import datetime as dt
import errno
import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from discguide import __main__ as commands
from discguide.content import frontmatter
from discguide.content.check import check_content
from discguide.data.edition import edition
from discguide.data.load import load
from discguide.data.model import Guide
from discguide.data.rules import calendar as checks
from discguide.pdf.engine import PdfFault
from discguide.pdf.paper import check_letters
from discguide.problems import Problem, ProblemsFound
from discguide.publish.build import plainly
from discguide.site.builder import build_pages
from tests.hostile_project import make_project
from tests.projects import ROOT, replace


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def breaks(project: Path, code: str) -> None:
    """Let a hook run this when the build of the pages begins."""
    replace(project / "hooks/content.py", "    root = Path(", f"    {code}\n    root = Path(")


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must fail, and return the line that says why."""
    monkeypatch.setattr("sys.argv", ["discguide", *arguments])
    assert commands.main() == 1
    return capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise RuntimeError('no such luck')", "hooks/content.py:N:1: the build stopped (RuntimeError: no such luck); mend what it names"),
        ("import os; os.kill(os.getpid(), 9)", "mkdocs.yml:1:1: the site builder was killed (Killed); see that there is memory enough, and build again"),
    ],
)  # fmt: skip
def test_a_hook_that_stops_says_why(code: str, says: str, project: Path, tmp_path: Path) -> None:
    breaks(project, code)
    with pytest.raises(ProblemsFound) as found:
        build_pages(project, tmp_path / "site")
    assert [re.sub(r"py:\d+:", "py:N:", str(problem)) for problem in found.value.problems] == [says]


def test_a_component_that_is_missing_is_named(project: Path, tmp_path: Path) -> None:
    (project / "overrides/components/cite.html").unlink()
    with pytest.raises(ProblemsFound) as found:
        build_pages(project, tmp_path / "site")
    (problem,) = found.value.problems
    assert "TemplateNotFound: 'cite.html' not found in search path: 'overrides/components'" in problem.message
    assert problem.path == "hooks/discguide/render/macros.py"


@pytest.mark.parametrize(
    ("code", "number", "names"),
    [
        ("raise OSError(28, 'No space left on device')", errno.ENOSPC, ("the built pages", None)),
        ("raise OSError(28, 'No space left on device', 'a', None, 'b')", errno.ENOSPC, ("a", "b")),
        ("raise PermissionError(13, 'Permission denied', 'docs/x.md')", errno.EACCES, ("docs/x.md", None)),
    ],
)
def test_a_fault_of_the_machine_comes_through(
    code: str, number: int, names: tuple[str, str | None], project: Path, tmp_path: Path
) -> None:
    breaks(project, code)
    with pytest.raises(OSError) as found:
        build_pages(project, tmp_path / "site")
    assert (found.value.errno, found.value.filename, found.value.filename2) == (number, *names)


def test_too_little_memory_comes_through(project: Path, tmp_path: Path) -> None:
    breaks(project, "raise MemoryError")
    with pytest.raises(MemoryError):
        build_pages(project, tmp_path / "site")


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(13, "Permission denied", "docs/treatments"), "docs/treatments cannot be read or written (permission denied)"),
        (MemoryError(), "There is not enough memory"),
        (OSError(28, "No space left on device", "a", None, "b"), "the disk is full while writing b"),
    ],
)  # fmt: skip
def test_every_command_says_it_in_one_line(
    error: Exception, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "check", fails)
    said = run(monkeypatch, capsys, "check")
    assert said.startswith(says) and "\n" not in said


def test_both_names_of_a_move_are_told() -> None:
    error = PermissionError(errno.EACCES, "Permission denied", "/p/site", None, "/p/.build/site-old")
    assert plainly(error, Path("/p")).startswith("site or .build/site-old cannot be read or written")


@pytest.mark.parametrize("given", ["abc", "-5", "0", "99999999999999", "7258118400", "1e9", "\u0661" * 10])
def test_a_date_that_no_build_can_have_is_refused_at_once(
    given: str, guide: Guide, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    said = run(monkeypatch, capsys, "build")
    assert f"is '{given}'; unset it, or write seconds since 1970, of the years 1980 to 2107" in said
    with pytest.raises(ValueError, match="SOURCE_DATE_EPOCH, or the last commit"):
        edition(guide)


def test_too_little_memory_for_the_pdf_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _kind: (400_000_000, resource.RLIM_INFINITY))
    assert run(monkeypatch, capsys, "build").startswith("This shell allows 400 MB of memory")


@pytest.mark.parametrize(
    ("surroundings", "says"),
    [
        ({"PYTHONOPTIMIZE": "2"}, "Python was told to drop the help texts of our fields (PYTHONOPTIMIZE=2)"),
        ({"PYTHONIOENCODING": "ascii"}, "mkdocs.yml:1:1: cannot be read"),
        ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, "mkdocs.yml:1:1: cannot be read"),
    ],
)  # fmt: skip
def test_strange_surroundings_leave_a_plain_line(surroundings: dict[str, str], says: str, tmp_path: Path) -> None:
    (tmp_path / "docs/data").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "discguide", "check"],
        cwd=tmp_path,
        env=os.environ | surroundings,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1 and says in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"no font"])
def test_a_font_that_is_none_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "SourceSans3-Regular.ttf").write_bytes(content)
    with pytest.raises(PdfFault, match=r"SourceSans3-Regular\.ttf in overrides/print/fonts is not a font"):
        check_letters("a", tmp_path)


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (checks, frontmatter):
        monkeypatch.setattr(module, "today", lambda: dt.date(2026, 1, 1))
        monkeypatch.setattr(module, "tomorrow", lambda: dt.date(2026, 1, 2))


ASKED = r"\d+ days lie in the future; is this machine's clock right\? It says 2026-01-01; if that is the day, write the days of reading"


@pytest.mark.usefixtures("long_ago")
def test_a_wrong_clock_is_asked_about_once_for_data(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "tests/cases/docs", docs)
    references = docs / "data/references.yml"
    text = references.read_text(encoding="utf-8")
    record = text[text.index("R02:") : text.index("R03:")]
    others = (record.replace("R02:", f"R9{n}:").replace("guidance", f"guidance {n}") for n in range(3))
    references.write_text(text + "".join(others).replace("/back-pain", "/other"), encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        load(docs)
    (asked,) = (f"{problem.message}; {problem.hint}" for problem in found.value.problems)
    assert re.fullmatch(ASKED, asked)


@pytest.mark.usefixtures("long_ago")
def test_a_wrong_clock_is_asked_about_once_for_pages(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "tests/cases/docs", docs)
    for path in sorted((docs / "data").glob("*.yml")):
        path.write_text(
            path.read_text(encoding="utf-8").replace("2026-11-23", "2025-11-23").replace("2027-05-23", "2026-05-23"),
            encoding="utf-8",
        )
    for number in range(4):
        page = (docs / "laser.md").read_text(encoding="utf-8")
        page = page.replace("title: ", f"title: {number} ", 1).replace("description: ", f"description: {number} ", 1)
        (docs / f"laser{number}.md").write_text(page, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        check_content(docs)
    (asked,) = (f"{problem.message}; {problem.hint}" for problem in found.value.problems)
    assert re.fullmatch(ASKED, asked)


def test_a_few_days_in_the_future_are_slips() -> None:
    slips = [Problem("a", line, 1, "checked lies in the future", "write the day it was read") for line in range(4)]
    assert checks.doubt_clock(slips) == slips


@pytest.mark.parametrize("command", ["addresses", "edition"])
def test_a_slip_stops_every_command_in_its_own_words(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.chdir(project)
    path = project / "docs/data/treatments.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("\n  cost: ", "\n  costs: ", 1), encoding="utf-8")
    said = run(monkeypatch, capsys, command)
    assert "docs/data/treatments.yml" in said and "Traceback" not in said
