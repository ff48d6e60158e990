"""What tests share: the project, its facts, its builds, and one real Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from discguide.data.load import load
from discguide.data.model import Guide
from discguide.site.builder import build_pages
from discguide.site.rules import BuiltPage, read_site
from tests.builds import ELSEWHERE, HERE, Built, finish, start
from tests.projects import LIVE, small_project


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The real facts."""
    return load(LIVE / "docs").guide


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real pages, built once (without PDF and offline copy)."""
    folder = tmp_path_factory.mktemp("pages") / "site"
    build_pages(LIVE, folder)
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BuiltPage]:
    """The built pages, read."""
    return read_site(site)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project that no editor changes, with its pages in ``site/``; for the tests of the code."""
    project = small_project(tmp_path_factory.mktemp("small") / "project")
    build_pages(project, project / "site")
    return project


@pytest.fixture(scope="session")
def small_pages(small: Path) -> dict[str, BuiltPage]:
    """The built pages of the small project, read."""
    return read_site(small / "site")


@pytest.fixture(scope="session")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Built]:
    """The project built in full, twice at the same time: another place, zone, language, mask and hash seed."""
    started = [
        start(tmp_path_factory.mktemp("here"), HERE, 0o022),
        start(tmp_path_factory.mktemp("elsewhere") / "a longer path", ELSEWHERE, 0o077),
    ]
    first, second = [finish(*one) for one in started]
    return first, second


@pytest.fixture(scope="session")
def built(two_builds: tuple[Built, Built]) -> Built:
    """The project built in full: pages, PDFs, offline copy."""
    return two_builds[0]


def tool(path: str | None, name: str, package: str) -> str:
    """Fail, not skip: a test that did not run shows nothing."""
    if not path or not Path(path).exists():
        pytest.fail(f"{name} was not found; install {package}", pytrace=False)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    path = tool(found or shutil.which("google-chrome"), "Chromium", "the package chromium")
    with sync_playwright() as playwright:
        # Root may not use Chromium's sandbox; the pages are our own.
        arguments = ["--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
