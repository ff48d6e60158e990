"""The build: one at a time, whole or not at all, the same bytes everywhere, and plain about what went wrong."""

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from discguide.pdf.engine import EngineMissing
from discguide.publish import build as module
from discguide.publish.build import BuildFailed, build
from discguide.publish.compress import TEXTS, digest
from discguide.publish.swap import only_build
from tests.builds import Built
from tests.projects import ROOT

DOWNLOADS = (ROOT / "overrides" / "partials" / "downloads.html").read_text(encoding="utf-8")
CONTENTS = {
    "name": "Small", "description": "A small site", "language": "en", "address": "", "edition": "2026-11-23", "review": "",
    "pages": [{"url": "index.html", "title": "Home", "section": ""}],
}  # fmt: skip


def small_pages(_root: Path, destination: Path) -> None:
    """A site of one page, as another builder might make it."""
    destination.mkdir(parents=True)
    destination.joinpath("index.html").write_text(f"<p>{'words ' * 100}</p>\n{DOWNLOADS}", encoding="utf-8")
    Path(os.environ["DISCGUIDE_CONTENTS"]).write_text(json.dumps(CONTENTS), encoding="utf-8")


def failing(error: Exception) -> Callable[[Path, Path], None]:
    def pages(_root: Path, destination: Path) -> None:
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


def test_every_page_links_to_the_downloads_with_size_and_date(built: Built) -> None:
    for path in built.site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        for name in ("disc-guide.pdf", "visit-sheet.pdf", "disc-guide-offline.zip"):
            assert f'{name}"' in page, path
            kilobytes = round((built.site / name).stat().st_size / 1000)
            size = f"{kilobytes} kB" if kilobytes < 1000 else f"{kilobytes / 1000:.1f} MB"
            assert size in page, path
        assert "<!--d" not in page and "<!--about" not in page, path


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


def test_without_pdf_no_page_offers_one(project: Path) -> None:
    assert build(project, with_pdf=False, pages=small_pages) == ""
    page = (project / "site" / "index.html").read_text(encoding="utf-8")
    assert "disc-guide-offline.zip" in page and ".pdf" not in page


def test_without_the_library_the_site_is_built_and_the_fault_named(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_engine(*_: object) -> None:
        raise EngineMissing("libpango is missing")

    monkeypatch.setattr(module, "book", no_engine)
    assert build(project, pages=small_pages) == "libpango is missing"
    assert ".pdf" not in (project / "site" / "index.html").read_text(encoding="utf-8")


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
    assert newest == json.loads((built.project / ".build" / "contents.json").read_text(encoding="utf-8"))["edition"]
    assert str(int(newest[-2:])) in page


def _data(built: Built) -> str:
    return (built.project / "docs" / "data" / "treatments.yml").read_text(encoding="utf-8")
