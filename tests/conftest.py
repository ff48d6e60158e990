"""What tests share: the project, its facts, and one strict build of its pages."""

from pathlib import Path

import pytest

from discguide.loading import load
from discguide.model import Guide
from discguide.pages_build import build_pages
from discguide.site_checks import BuiltPage, read_site

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The real facts."""
    return load(ROOT / "docs").guide


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real pages, built once (without PDF and offline copy)."""
    folder = tmp_path_factory.mktemp("pages") / "site"
    build_pages(ROOT, folder)
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, BuiltPage]:
    """The built pages, read."""
    return read_site(site)
