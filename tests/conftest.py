"""What tests share: the project, its facts, its builds, and one real Chromium."""

import datetime as dt
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Playwright, sync_playwright

from discguide.content import frontmatter
from discguide.data.load import load
from discguide.data.model import Guide
from discguide.data.rules import calendar as checks
from discguide.site.builder import ADDRESS, build_pages
from discguide.site.contents import Contents
from discguide.site.rules import BuiltPage, read_site
from tests.builds import ELSEWHERE, HERE, Built, finish, start
from tests.projects import LIVE, small_project

# A test says itself where its site stands.
os.environ.pop(ADDRESS, None)

DAY = dt.date(2026, 12, 1)
LONG = {"test_edits.py", "test_axe.py", "test_layout.py"}
OF_THE_CONTENT = {"guide", "built_pages", "two_builds"}
"""The fixtures that read the words and facts of editors; all others that do are made from them."""


@pytest.fixture
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge words written for a test on the day they were written for, so that none goes stale.

    The guide's own words move on: they are judged on the real day, and that they are overdue is no fault of a test.
    """
    for module in (checks, frontmatter):
        monkeypatch.setattr(module, "today", lambda: DAY)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of every module that opens a browser, and those that read what editors write.

    ``pytest -m browser`` runs the former, which ``make endure`` does often; ``-m live`` the latter, which
    tests/test_edits.py runs on an edited copy.
    """
    # What takes longest begins first, lest at the end one process works and the others wait.
    items.sort(key=lambda item: (item.path.name not in LONG, item.path.name != "test_edits.py"))
    opening = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    for item in items:
        if item.path in opening:
            item.add_marker("browser")
        module = vars(getattr(item, "module", None) or object)
        if OF_THE_CONTENT & {*getattr(item, "fixturenames", ())} or {"LIVE", "copy_project"} & module.keys():
            item.add_marker("live")


T = TypeVar("T")
Once = Callable[[str, Callable[[Path], T]], T]


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make something in a folder once for all processes that test at the same time, and say what came of it.

    Whoever asks first makes it, and the others wait; nobody changes what is shared.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if hasattr(request.config, "workerinput") else base

    def make_once(name: str, make: Callable[[Path], T]) -> T:
        made = shared / f"{name}.pickle"
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                (shared / name).mkdir()
                made.write_bytes(pickle.dumps(make(shared / name)))
        found: T = pickle.loads(made.read_bytes())
        return found

    return make_once


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The real facts."""
    return load(LIVE / "docs").guide


@pytest.fixture(scope="session")
def built_pages(once: Once[tuple[Path, Contents]]) -> tuple[Path, Contents]:
    """The real pages, built once (without PDF and offline copy), and their order."""

    def make(folder: Path) -> tuple[Path, Contents]:
        contents, _advice = build_pages(LIVE, folder / "site")
        return folder / "site", contents

    return once("pages", make)


@pytest.fixture(scope="session")
def site(built_pages: tuple[Path, Contents]) -> Path:
    """The folder of the real pages."""
    return built_pages[0]


@pytest.fixture(scope="session")
def contents(built_pages: tuple[Path, Contents]) -> Contents:
    """The order of the real pages."""
    return built_pages[1]


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BuiltPage]:
    """The built pages, read."""
    return read_site(site)


@pytest.fixture(scope="session")
def small(once: Once[Path]) -> Path:
    """A small project that no editor changes, with its pages in ``site/``; for the tests of the code."""

    def make(folder: Path) -> Path:
        project = small_project(folder / "project")
        build_pages(project, project / "site")
        return project

    return once("small", make)


@pytest.fixture(scope="session")
def small_pages(small: Path) -> dict[str, BuiltPage]:
    """The built pages of the small project, read."""
    return read_site(small / "site")


@pytest.fixture(scope="session")
def two_builds(once: Once[tuple[Built, Built]]) -> tuple[Built, Built]:
    """The project built in full, twice at the same time: another place, zone, language, mask, hash seed and line end."""

    def make(folder: Path) -> tuple[Built, Built]:
        started = [
            start(folder / "here", HERE, 0o022),
            start(folder / "elsewhere/a longer path", ELSEWHERE, 0o077, b"\r\n"),
        ]
        first, second = [finish(*one) for one in started]
        return first, second

    return once("two-builds", make)


@pytest.fixture(scope="session")
def built(two_builds: tuple[Built, Built]) -> Built:
    """The project built in full: pages, PDFs, offline copy."""
    return two_builds[0]


def tool(path: str | None, name: str, package: str) -> str:
    """Fail, not skip: a test that did not run shows nothing."""
    if not path or not Path(path).exists():
        pytest.fail(f"{name} was not found; install {package}", pytrace=False)
    return path


def launch(playwright: Playwright, *arguments: str) -> Browser:
    """Start the machine's Chromium."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    path = tool(found or shutil.which("google-chrome"), "Chromium", "the package chromium")
    # Root may not use Chromium's sandbox; the pages are our own.
    rights = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(
        executable_path=path, args=["--disable-background-networking", *rights, *arguments]
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = launch(playwright)
    yield started
    started.close()
