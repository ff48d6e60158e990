"""Files that strangers might send: none runs anything, none tells anything, each is refused by name or does nothing.

``hostile/index.yml`` says of every file in one line what it tries. They go through what a real change goes
through: the gate of files, the reading of facts, the checks of pages, and, if they pass, a real build.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import TemplateError

from discguide.commands.check import check
from discguide.content.check import check_content
from discguide.data.load import load
from discguide.html_tree import parse_file, text_of
from discguide.problems import Problem, ProblemsFound
from discguide.render.macros import Macros
from discguide.security.sandbox import SealedEnvironment
from discguide.site.builder import build_pages
from discguide.site.output import check_output
from tests.hostile_project import FIRST_LINE, ROOT, make_project, place, read_index, read_names, show_all, unknown_words

SECRET = "canary-6f1d2c-of-the-environment"
COMPONENTS = ROOT / "overrides" / "components"
INDEX = read_index()
REFUSED = [(area, name, case) for area, name, case in INDEX if area != "markup" and "says" in case]
INERT = [(area, name, case) for area, name, case in INDEX if area != "markup" and case.get("inert")]


pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture(autouse=True)
def a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CANARY", SECRET)


@pytest.fixture
def words(tmp_path: Path) -> Iterator[Path]:
    """A folder with a few words and facts, a secret beside it; afterwards nothing has run."""
    (tmp_path / "canary.txt").write_text(SECRET, encoding="utf-8")
    shutil.copytree(ROOT / "tests" / "cases" / "docs", tmp_path / "project" / "docs")
    yield tmp_path / "project"
    assert not (tmp_path / "executed").exists()


@pytest.fixture
def project(words: Path) -> Path:
    """The same as a whole project that can be built."""
    shutil.rmtree(words)
    return make_project(words)


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    build_pages(make_project(folder / "project"), folder / "site")
    return folder / "site"


def messages(project: Path) -> list[Problem]:
    """What the editor's check says before anything is built."""
    try:
        _library, advice = check_content(project / "docs")
    except ProblemsFound as found:
        return found.problems
    return advice


def test_the_corpus_is_complete() -> None:
    files = {p for p in (ROOT / "tests/hostile").rglob("*") if p.is_file() and p.parent.name != "hostile"}
    assert files == {ROOT / "tests/hostile" / area / name for area, name, _ in INDEX}
    assert len(INDEX) >= 440
    assert all(len(case["tries"]) >= 5 for _, _, case in INDEX)


def test_the_small_project_is_sound(words: Path) -> None:
    assert messages(words) == []


@pytest.mark.parametrize(("area", "name", "case"), REFUSED, ids=[f"{a}/{n}" for a, n, _ in REFUSED])
def test_refused(area: str, name: str, case: dict[str, str], words: Path) -> None:
    target = place(area, name, words)
    said = [problem for problem in messages(words) if not problem.message.endswith("is not a word we know")]

    fitting = [problem for problem in said if case["says"] in str(problem)]
    assert fitting, [str(problem) for problem in said]
    assert all(problem.path == target.relative_to(words).as_posix() for problem in fitting)
    lines = target.read_bytes().count(b"\n") + 1
    first = FIRST_LINE if area == "bodies" else 1
    assert all(first <= problem.line <= lines for problem in fitting)
    assert all(SECRET not in str(problem) and "\n" not in str(problem) for problem in said)


def put(case: dict[str, str], docs: Path) -> None:
    path = docs / case["name"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if "link" in case:
        path.symlink_to(case["link"])
    else:
        path.write_text("# Words\n\n{{ config }}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "case", [case for case in read_names() if "says" in case], ids=lambda case: ascii(case["name"])
)
def test_refused_by_name(case: dict[str, str], words: Path) -> None:
    put(case, words / "docs")

    said = [str(problem) for problem in messages(words)]

    assert len(said) == 1 and case["says"] in said[0] and "\n" not in said[0]
    assert SECRET not in said[0]


def test_editors_own_files_are_left_out(project: Path, small_site: Path, tmp_path: Path) -> None:
    """They lie beside a page while somebody writes it; check and build go on as if they were not there."""
    own = [case for case in read_names() if case.get("own")]
    assert len(own) > 10
    for case in own:
        put(case, project / "docs")
    for folder in ("overrides/assets", "overrides/partials", "overrides/preview", "hooks", "."):
        (project / folder / ".strange.swp").write_text("x", encoding="utf-8")
        (project / folder / "strange.js~").write_text("x", encoding="utf-8")
    assert messages(project) == []

    build_pages(project, tmp_path / "site")

    assert contents(tmp_path / "site") == contents(small_site)


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_inert_ones_do_nothing(project: Path, tmp_path: Path) -> None:
    for number, (area, name, _) in enumerate(INERT):
        place(area, name, project, f"inert{number}")
    show_all(project)
    strange = [problem.message for problem in messages(project) if "is not a word we know" in problem.message]
    unknown_words(project, [message.split("'")[1] for message in strange])
    assert messages(project) == []

    build_pages(project, tmp_path / "site")

    pages = sorted((tmp_path / "site").rglob("*.html"))
    everything = text_of(parse_file(tmp_path / "site" / "everything.html"))
    assert "Has <script>alert(1)</script> in it." in everything and "javascript:alert(1)" in everything
    assert len(pages) > len([1 for area, _, _ in INERT if area == "bodies"])
    for path in (tmp_path / "site").rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()
    for path in pages:
        for element in parse_file(path).iter():
            kind = (element.get("type"), "src" in element.attrib, "localStorage" in (element.text or ""))
            assert element.tag != "script" or any(kind), text_of(element)
            assert element.tag not in {"img", "iframe", "object", "embed", "base"}
            assert element.tag != "style" or path.name == "404.html"
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert not (element.get("href") or "").casefold().strip().startswith(("javascript", "data:"))


@pytest.mark.parametrize(
    ("name", "folder"),
    [(name, area) for area, name, _ in INDEX if area in {"bodies", "pages"} and "giant" not in name],
)
def test_second_layer_runs_nothing(name: str, folder: str, words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendered without any gate before it, a page still reaches nothing."""
    monkeypatch.chdir(words)
    library = load(words / "docs")
    environment = SealedEnvironment(comment_start_string="[[#", comment_end_string="#]]")
    environment.seal(Macros(library.guide, COMPONENTS).table())
    text = (ROOT / "tests/hostile" / folder / name).read_bytes().decode("utf-8", "replace")
    try:
        made = environment.from_string(text).render(config=os.environ, environment=os.environ, cycler=os)
    except (TemplateError, ValueError, LookupError):
        made = ""
    assert SECRET not in made and "environ" not in made.replace(text, "")


MARKUP = [(name, case) for area, name, case in INDEX if area == "markup"]


@pytest.mark.parametrize(("name", "case"), MARKUP, ids=[name for name, _ in MARKUP])
def test_last_layer_refuses_markup(name: str, case: dict[str, str], small_site: Path) -> None:
    """Should markup ever get as far as a built page, the page does not go out."""
    docs = ROOT / "docs"
    page = (small_site / "laser.html").read_text(encoding="utf-8")
    assert not check_output(docs, "laser.md", "laser.html", page)
    hostile = (ROOT / "tests/hostile/markup" / name).read_text(encoding="utf-8")

    faults = check_output(docs, "laser.md", "laser.html", page.replace("</article>", f"{hostile}\n</article>"))

    assert [fault for fault in faults if case["says"] in fault.message], faults


def test_a_fault_in_a_built_page_is_found_in_its_source(words: Path) -> None:
    page = '<!doctype html>\n<a href="https://a@b.example/">x</a>'
    source = words / "docs" / "laser.md"
    source.write_text(source.read_text(encoding="utf-8") + "https://a@b.example/\n", encoding="utf-8")
    said = check_output(words / "docs", "laser.md", "laser.html", page)
    assert [(problem.path, problem.line) for problem in said] == [("docs/laser.md", 29)]
    assert check_output(words / "docs", "404.html", "404.html", page)[0].path == "overrides/404.html"


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("bodies", "jinja-popen.md"),
        ("pages", "front-ends-early.md"),
        ("glossary", "python-tag.yml"),
        ("figures", "script.svg"),
    ],
)
def test_a_build_says_the_same(area: str, name: str, project: Path, tmp_path: Path) -> None:
    target = place(area, name, project)
    with pytest.raises(ProblemsFound) as found:
        build_pages(project, tmp_path / "site")
    assert {problem.path for problem in found.value.problems} >= {target.relative_to(project).as_posix()}


def test_a_build_stops_before_a_link_is_read(project: Path, tmp_path: Path) -> None:
    (project / "docs" / "linked.md").symlink_to("../../canary.txt")
    with pytest.raises(ProblemsFound, match=r"docs/linked\.md:1:1: is a link to another file"):
        build_pages(project, tmp_path / "site")
    assert not list((tmp_path / "site").rglob("*.html"))


def change(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("overrides/partials/scheme.html", 'add("js")', 'add("js"),fetch("//example.org")', "holds a script of its own"),
        ("overrides/main.html", "base.html\" %}", "base.html\" %}{% block scripts %}<img src=\"a.png\">{% endblock %}", "holds <img>"),
        ("overrides/components/cite.html", "<a ", "<a onclick=\"alert(1)\" ", "'onclick'"),
    ],
)  # fmt: skip
def test_a_build_refuses_what_templates_add(
    name: str, old: str, new: str, says: str, project: Path, tmp_path: Path
) -> None:
    change(project, name, old, new)
    with pytest.raises(ProblemsFound, match=says):
        build_pages(project, tmp_path / "site")


def test_a_build_stops_when_the_plugin_takes_another_environment(project: Path, tmp_path: Path) -> None:
    change(project, "hooks/content.py", "plugin._env = SealedEnvironment(**marks)", "")
    with pytest.raises(ProblemsFound, match="does not run in our environment"):
        build_pages(project, tmp_path / "site")


def test_code_past_the_first_gate_meets_the_second(project: Path, tmp_path: Path) -> None:
    """With the checks of pages taken out, a build still runs nothing and publishes nothing."""
    change(project, "hooks/discguide/content/rules.py", "    macros_are_known,\n", "")
    place("bodies", "jinja-popen.md", project)
    with pytest.raises(ProblemsFound):
        build_pages(project, tmp_path / "site")
    assert not any((tmp_path / "site").rglob("strange.html"))


def test_a_file_that_is_not_plain_is_refused(words: Path) -> None:
    os.mkfifo(words / "docs" / "strange.md")
    assert "is not a plain file" in str(messages(words)[0])


def test_too_many_files_are_refused(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discguide.security.files.MAX_FILES", 3)
    assert "keep it below 3" in str(messages(words)[0])


def test_a_missing_folder_is_refused(words: Path) -> None:
    shutil.rmtree(words / "docs")
    assert str(messages(words)[0]).startswith("docs:1:1: is not a folder")


def test_a_clinicians_review_is_shown_and_cannot_break_out(project: Path, tmp_path: Path) -> None:
    """Other programs take the field's name, on, for yes; the page must still say who reviewed it and when."""
    review = """clinically_reviewed:
  by: "Dr Ann O'Hara & others"
  role: "Spine \\" onclick=alert(1) surgeon"
  on: 2026-11-23
"""
    change(project, "docs/laser.md", "next_check: 2027-05-23\n", f"next_check: 2027-05-23\n{review}")
    words = re.search("  words: [a-p]{8}", "\n".join(map(str, check(project))))
    assert words
    change(project, "docs/laser.md", "  on: 2026-11-23\n", f"  on: 2026-11-23\n{words[0]}\n")
    build_pages(project, tmp_path / "site")
    said = text_of(parse_file(tmp_path / "site" / "laser.html"))
    assert "Reviewed by Dr Ann O'Hara & others, Spine \" onclick=alert(1) surgeon, on 23 November 2026." in said
