"""The build: one at a time, whole or not at all, the same bytes everywhere, and plain about what went wrong."""

import datetime as dt
import errno
import gzip
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from ruamel.yaml import YAML

from discguide.pdf.engine import EngineMissing
from discguide.problems import Problem
from discguide.publish import build as module
from discguide.publish import swap as swapping
from discguide.publish.build import BuildFailed, build
from discguide.publish.compress import TEXTS, digest
from discguide.publish.swap import only_build, swap
from discguide.site.contents import Contents, Entry
from tests.builds import Built
from tests.projects import ROOT, copy_project

DOWNLOADS = (ROOT / "overrides" / "partials" / "downloads.html").read_text(encoding="utf-8")
LABELS = YAML(typ="safe").load(ROOT / "docs" / "data" / "labels.yml")
HOME = (Entry("index.html", "Home", ""),)
CONTENTS = Contents("Small", "A small site", "en", "", dt.date(2026, 11, 23), "", HOME, LABELS)


def small_pages(_root: Path, destination: Path) -> tuple[Contents, list[Problem]]:
    """A site of one page, as another builder might make it."""
    destination.mkdir(parents=True)
    destination.joinpath("index.html").write_text(f"<p>{'words ' * 100}</p>\n{DOWNLOADS}", encoding="utf-8")
    return CONTENTS, []


def failing(error: Exception) -> Callable[[Path, Path], tuple[Contents, list[Problem]]]:
    def pages(_root: Path, destination: Path) -> tuple[Contents, list[Problem]]:
        destination.mkdir(parents=True)
        (destination / "index.html").write_text("half", encoding="utf-8")
        raise error

    return pages


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was built before."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the old site", encoding="utf-8")
    shutil.copytree(ROOT / "overrides" / "components", tmp_path / "overrides" / "components")
    return tmp_path


def old_site_stands(project: Path) -> bool:
    return [p.name for p in (project / "site").iterdir()] == ["index.html"] and "the old site" in (
        project / "site" / "index.html"
    ).read_text(encoding="utf-8")


def tree(site: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(site).as_posix(): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_two_machines_give_the_same_bytes_and_modes(two_builds: tuple[Built, Built]) -> None:
    first, second = (tree(one.site) for one in two_builds)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_the_build_tells_what_it_made_and_its_digest(built: Built) -> None:
    name, listing = digest(built.site)
    assert name in built.said
    assert (built.project / ".build" / "digest.txt").read_text(encoding="utf-8") == f"{name}  the whole tree\n{listing}"
    assert "site/ is ready" in built.said and "kB" in built.said and "seconds" in built.said


def test_ready_compressed_files_hold_what_they_stand_for(built: Built) -> None:
    texts = [path for path in built.site.rglob("*") if path.suffix in TEXTS and path.stat().st_size >= 256]
    assert len(texts) > len(list(built.site.rglob("*.html")))
    for path in texts:
        assert brotli.decompress(path.with_name(path.name + ".br").read_bytes()) == path.read_bytes()
        packed = path.with_name(path.name + ".gz").read_bytes()
        assert gzip.decompress(packed) == path.read_bytes()
        assert packed[:10].hex(" ") == "1f 8b 08 00 00 00 00 00 02 ff", "no name, no time, the same system everywhere"


def test_every_page_links_to_the_downloads_with_size_and_date(built: Built) -> None:
    # The page for lost readers of a site whose address nobody has said links nowhere.
    for path in set(built.site.rglob("*.html")) - {built.site / "404.html"}:
        page = path.read_text(encoding="utf-8")
        for name in ("disc-guide.pdf", "visit-sheet.pdf", "disc-guide-offline.zip"):
            assert f'{name}"' in page, path
            kilobytes = round((built.site / name).stat().st_size / 1000)
            size = f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"
            assert size in page, path


def test_a_second_build_is_refused(project: Path) -> None:
    with only_build(project / ".build"), pytest.raises(BuildFailed, match="another build is running here"):
        build(project, with_pdf=False, pages=small_pages)
    assert old_site_stands(project)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "out.html"), "the disk is full while writing out.html"),
        (PermissionError(errno.EACCES, "Permission denied", "docs/faq.md"), "docs/faq.md cannot be read or written"),
        (FileNotFoundError(errno.ENOENT, "No such file", "docs/faq.md"), "docs/faq.md: No such file"),
    ],
)
def test_a_fault_of_the_machine_is_one_plain_line(project: Path, error: OSError, message: str) -> None:
    with pytest.raises(BuildFailed, match=message) as failed:
        build(project, with_pdf=False, pages=failing(error))
    assert "\n" not in str(failed.value)
    assert old_site_stands(project)


def test_an_interrupted_build_leaves_the_site_alone(project: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build(project, with_pdf=False, pages=failing(KeyboardInterrupt()))  # type: ignore[arg-type]
    assert old_site_stands(project)
    build(project, with_pdf=False, pages=small_pages)
    assert "words" in (project / "site" / "index.html").read_text(encoding="utf-8")


def test_an_interrupted_swap_mends_itself(project: Path) -> None:
    (project / ".build").mkdir()
    (project / "site").rename(project / ".build" / "site-old")
    said: list[str] = []
    with pytest.raises(BuildFailed):
        build(project, with_pdf=False, say=said.append, pages=failing(OSError(errno.EIO, "Input/output error")))
    assert old_site_stands(project)
    assert "the old site is back" in said[0]


def edition(style: str) -> Callable[[Path, Path], tuple[Contents, list[Problem]]]:
    def pages(root: Path, destination: Path) -> tuple[Contents, list[Problem]]:
        told = small_pages(root, destination)
        (destination / "assets").mkdir()
        (destination / "assets" / f"guide.{style}.css").write_text("p { color: red }" * 20, encoding="utf-8")
        return told

    return pages


def test_scripts_and_styles_of_the_edition_before_stay_for_pages_that_are_open(project: Path) -> None:
    assets = project / "site" / "assets"
    for style, others in (("11111111", []), ("22222222", ["11111111"]), ("33333333", ["22222222"])):
        build(project, with_pdf=False, pages=edition(style))
        names = {f"guide.{one}.css{end}" for one in (style, *others) for end in ("", ".br", ".gz")}
        assert {path.name for path in assets.iterdir()} == names
        noted = (project / ".build" / "digest.txt").read_text(encoding="utf-8")
        assert style in noted and not [one for one in others if one in noted], "the digest is this edition's alone"


def test_readers_never_meet_a_site_that_is_not_there(tmp_path: Path) -> None:
    """Two editions change places a thousand times while someone reads."""
    for name in ("site", "one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name, encoding="utf-8")
    done, missed, read = threading.Event(), 0, 0

    def reads() -> None:
        nonlocal missed, read
        while not done.is_set():
            read += 1
            missed += not os.access(tmp_path / "site" / "index.html", os.R_OK)

    reader = threading.Thread(target=reads)
    reader.start()
    for number in range(1000):
        new = tmp_path / "new"
        new.mkdir()
        (new / "index.html").write_text(str(number), encoding="utf-8")
        swap(new, tmp_path / "site", tmp_path)
    done.set()
    reader.join()
    assert read and missed == 0
    assert (tmp_path / "site" / "index.html").read_text(encoding="utf-8") == "999"


def test_a_system_that_cannot_exchange_folders_still_swaps(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swapping, "_exchange", lambda *_: False)
    build(project, with_pdf=False, pages=small_pages)
    assert "words" in (project / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("leads", ["to a folder", "nowhere"])
def test_a_site_that_is_a_link_is_left_alone(leads: str, project: Path) -> None:
    """What it leads to may be what readers get: a folder in the link's place would leave them the old pages, unseen."""
    (project / "site").rename(project / "published")
    (project / "site").symlink_to("published" if leads == "to a folder" else "gone")
    with pytest.raises(BuildFailed, match=r"^site is a link to [^\n]*; take the link away [^\n]*$"):
        build(project, with_pdf=False, pages=small_pages)
    assert (project / "site").is_symlink() and (project / "published" / "index.html").read_text(
        encoding="utf-8"
    ) == "the old site"
    (project / "site").unlink()
    for _ in range(2):
        build(project, with_pdf=False, pages=small_pages)
    assert [path.name for path in project.iterdir() if "site" in path.name] == ["site"]


def test_a_site_that_is_a_file_is_left_alone(project: Path) -> None:
    shutil.rmtree(project / "site")
    (project / "site").write_text("notes", encoding="utf-8")
    with pytest.raises(BuildFailed, match=r"^site is a file, not a folder; move it away, then build again$"):
        build(project, with_pdf=False, pages=small_pages)
    assert (project / "site").read_text(encoding="utf-8") == "notes"


@pytest.mark.parametrize("name", ["site-old", "site-new"])
@pytest.mark.parametrize("kind", ["link", "dangling link", "file"])
@pytest.mark.parametrize("before", [True, False], ids=["with a site", "without"])
def test_what_has_taken_the_name_of_a_working_folder_goes(name: str, kind: str, before: bool, project: Path) -> None:
    (project / ".build").mkdir()
    kept = project / "kept"
    kept.mkdir()
    (kept / "words.txt").write_text("kept", encoding="utf-8")
    if not before:
        shutil.rmtree(project / "site")
    if kind == "file":
        (project / ".build" / name).write_text("left", encoding="utf-8")
    else:
        (project / ".build" / name).symlink_to(kept if kind == "link" else project / "gone")
    for _ in range(2):
        build(project, with_pdf=False, pages=small_pages)
    assert "words" in (project / "site" / "index.html").read_text(encoding="utf-8")
    assert not (project / "site").is_symlink() and sorted(p.name for p in kept.iterdir()) == ["words.txt"]
    assert not [path for path in (project / ".build").iterdir() if "site" in path.name]


def test_without_pdf_no_page_offers_one(project: Path) -> None:
    assert build(project, with_pdf=False, pages=small_pages) == ""
    page = (project / "site" / "index.html").read_text(encoding="utf-8")
    assert "disc-guide-offline.zip" in page and ".pdf" not in page


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the library of the PDF."""

    def document(*_: object) -> None:
        raise EngineMissing("libpango is missing")

    for name in ("book", "booklet", "danger_signs", "visit_sheet"):
        monkeypatch.setattr(module, name, document)


@pytest.mark.usefixtures("no_engine")
def test_without_the_library_the_site_is_built_and_the_fault_named(project: Path) -> None:
    assert build(project, pages=small_pages) == "libpango is missing"
    assert ".pdf" not in (project / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("no_engine")
@pytest.mark.parametrize("name", ["disc-guide.pdf", "visit-sheet.pdf"])
def test_without_the_library_a_site_with_pdfs_stands(name: str, project: Path) -> None:
    (project / "site" / name).write_bytes(b"%PDF")
    with pytest.raises(BuildFailed, match=r"^libpango is missing\. site/ is as it was: the new one would have no PDF$"):
        build(project, pages=small_pages)
    assert sorted(p.name for p in (project / "site").iterdir()) == sorted([name, "index.html"])
    assert build(project, with_pdf=False, pages=small_pages) == "", "left out on purpose"
    assert not (project / "site" / name).exists()


def test_a_missing_library_names_its_packages() -> None:
    program = (
        "import cffi\n"
        "def refuse(self, name, flags=0): raise OSError(f\"cannot load library '{name}': not found\")\n"
        "cffi.FFI.dlopen = refuse\n"
        "from discguide.pdf.engine import EngineMissing, _engine\n"
        "try: _engine()\n"
        "except EngineMissing as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("\n") == 1
    assert "libpango-1.0-0" in done.stdout and "--skip-pdf" in done.stdout


def test_the_date_comes_from_the_data_where_there_is_no_commit(built: Built) -> None:
    page = (built.site / "index.html").read_text(encoding="utf-8")
    newest = max(line.split(": ")[1] for line in _data(built).splitlines() if line.startswith("  checked: "))
    assert str(int(newest[-2:])) in page


def _data(built: Built) -> str:
    return (built.project / "docs" / "data" / "treatments.yml").read_text(encoding="utf-8")


def git(project: Path, *command: str) -> None:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *command], cwd=project, check=True, capture_output=True)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's files without a repository, as in an archive of them; none is made around them by chance."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return copy_project(tmp_path)


def said_of_the_date(project: Path) -> str:
    said: list[str] = []
    build(project, with_pdf=False, pages=small_pages, say=said.append)
    return said[-1].splitlines()[1]


def test_the_summary_says_what_gave_the_date(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the newest check of an option; these files are in no commit" in said_of_the_date(sources)
    git(sources, "init", "-q")
    (sources / "other.txt").write_text("not ours", encoding="utf-8")
    git(sources, "add", "other.txt")
    git(sources, "commit", "-qm", "Something else")
    assert "these files are in no commit" in said_of_the_date(sources), "a repository of something else"
    git(sources, "add", ".")
    git(sources, "commit", "-qm", "First")
    assert said_of_the_date(sources) == "Edition 2026-11-23: the day of the last commit."
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    assert said_of_the_date(sources) == "Edition 2026-11-23: the day that SOURCE_DATE_EPOCH gives."


@pytest.mark.parametrize(
    "obstacle", ["the files are somebody else's", "no commit yet", "no git", "a broken repository"]
)
def test_a_date_that_git_keeps_to_itself_stops_the_build(
    obstacle: str, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another date would give another digest for the same commit, and nobody would know why."""
    (sources / "site").mkdir()
    (sources / "site" / "index.html").write_text("the old site", encoding="utf-8")
    git(sources, "init", "-q")
    git(sources, "add", ".")
    if obstacle == "no commit yet":
        says = "does not have any commits yet"
    else:
        git(sources, "commit", "-qm", "First")
    if obstacle == "the files are somebody else's":
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        says = r"dubious ownership.*safe\.directory"
    elif obstacle == "no git":
        monkeypatch.setenv("PATH", "/nowhere")
        says = "git is not installed"
    elif obstacle == "a broken repository":
        (sources / ".git" / "HEAD").write_text("broken", encoding="utf-8")
        says = "git refuses"
    with pytest.raises(BuildFailed, match=says) as failed:
        build(sources, with_pdf=False, pages=small_pages)
    assert "\n" not in str(failed.value)
    assert old_site_stands(sources)
