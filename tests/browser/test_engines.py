"""Five journeys of readers in Firefox and WebKit; `make audit` alone collects this file."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.browser.engines import Engine, firefox, until, webkit

# Selenium warns of what it does itself.
pytestmark = pytest.mark.filterwarnings("ignore:setting remote_server_addr")

SEEN = "(one => one && one.getClientRects().length > 0 && getComputedStyle(one).visibility === 'visible')"


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    start: Callable[[Path], AbstractContextManager[Engine]] = request.param
    with start(tmp_path_factory.mktemp("profile")) as started:
        yield started


def press(engine: Engine, selector: str) -> None:
    until(engine, f"document.querySelector({selector!r})")
    engine.run(f"document.querySelector({selector!r}).click()")


def ask(engine: Engine, words: str) -> None:
    """Open the search and type; what stands first is told by its address."""
    press(engine, ".header__search")
    field = "document.querySelector('#search-words')"
    until(engine, f"{SEEN}({field})")
    engine.run(f"({field}.value = {words!r}, {field}.dispatchEvent(new Event('input', {{bubbles: true}})))")
    until(engine, "document.querySelector('#search ol[aria-busy=false] a')")


def test_the_menu_opens_and_leads_on(engine: Engine, address: str) -> None:
    engine.go(f"{address}/index.html")
    press(engine, ".header__menu")
    until(engine, f"{SEEN}(document.querySelector('#menu nav a[href^=\"outlook\"]'))")
    press(engine, "#menu nav a[href^='outlook']")
    until(engine, "location.pathname.endsWith('/outlook.html') && document.querySelector('h1')")
    assert engine.run(f"{SEEN}(document.querySelector('article svg'))")


def test_the_search_answers_and_warns(engine: Engine, address: str) -> None:
    engine.go(f"{address}/faq.html")
    ask(engine, "numb groin")
    until(engine, f"{SEEN}(document.querySelector('.search__danger a'))")
    press(engine, ".search__danger a")
    until(engine, "location.pathname.endsWith('/urgent.html')")


def test_three_options_stand_beside_each_other(engine: Engine, address: str) -> None:
    engine.go(f"{address}/treatments/compare.html")
    for key in ("dst", "pldd", "discectomy"):
        press(engine, f"label[for=show-{key}]")
    shown = f"[...document.querySelectorAll('.row-harms td')].filter({SEEN}).length"
    until(engine, f"{shown} === 3")
    until(engine, "location.hash.slice(1).split(',').length === 3")
    press(engine, "label[for=have-herniation]")
    until(engine, f"!{SEEN}(document.querySelector('.row-degeneration'))")


def test_the_danger_signs_are_one_tap_away_with_numbers(engine: Engine, address: str) -> None:
    engine.go(f"{address}/treatments/dst.html")
    press(engine, ".header__urgent")
    until(engine, "location.pathname.endsWith('/urgent.html')")
    until(engine, f"{SEEN}(document.querySelector('a[href=\"tel:112\"]'))")


def test_a_copy_on_a_disk_reads_and_searches(engine: Engine, site: Path) -> None:
    engine.go((site / "index.html").as_uri())
    ask(engine, "slipped disc")
    press(engine, "#search ol a")
    until(engine, "location.protocol === 'file:' && !location.pathname.endsWith('/index.html')")
    until(engine, f"{SEEN}(document.querySelector('h1'))")
    assert engine.run("document.documentElement.scrollWidth <= innerWidth")
