"""Firefox and WebKit as the machine's package manager brings them, driven by the standards that each speaks.

The tests drive Chromium through Playwright, which brings its own builds of the others: no reader has those. Here a page
is asked to act by scripts, as both engines can; that a finger can hit what it acts on is tested in Chromium.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeVar

import websocket
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.webkitgtk.options import Options

from tests.conftest import tool

WAIT = 15
"""Seconds until a state that does not come is a failure."""
PHONE = (390, 844)


class Engine(Protocol):
    """What a journey needs of a browser."""

    def go(self, url: str) -> None: ...

    def run(self, script: str) -> Any:
        """Evaluate an expression in the page, and return what JSON can say of it."""


T = TypeVar("T")


def soon(ask: Callable[[], T | None]) -> T:
    """Ask until there is an answer; what cannot be asked yet may be asked a moment later."""
    end = time.monotonic() + WAIT
    while True:
        answer: T | None = None
        try:
            answer = ask()
        except (OSError, AssertionError, WebDriverException):
            if time.monotonic() > end:
                raise
        if answer:
            return answer
        assert time.monotonic() < end, "no answer came"
        time.sleep(0.1)


def until(engine: Engine, expression: str) -> None:
    """Wait until an expression is true in the page, which may just be on its way to another."""
    soon(lambda: engine.run(f"Boolean({expression})"))


class _Firefox:
    """WebDriver BiDi, which Firefox speaks without a program between."""

    def __init__(self, address: str) -> None:
        # Firefox refuses what says that it comes from a page.
        self._socket = websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self._last = 0
        self._ask("session.new", capabilities={})
        self._context = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        size = dict(zip(("width", "height"), PHONE, strict=True))
        self._ask("browsingContext.setViewport", context=self._context, viewport=size)

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("id") == self._last:
                assert said["type"] == "success", said
                result: dict[str, Any] = said["result"]
                return result

    def close(self) -> None:
        self._socket.close()

    def go(self, url: str) -> None:
        self._ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def run(self, script: str) -> Any:
        expression = f"JSON.stringify({script}) ?? 'null'"
        target = {"context": self._context}
        said = self._ask("script.evaluate", expression=expression, target=target, awaitPromise=True)
        assert said["type"] == "success", said
        return json.loads(said["result"]["value"])


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    program = tool(shutil.which("firefox-esr") or shutil.which("firefox"), "Firefox", "the package firefox-esr")
    command = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port=0"]
    said = folder / "said.txt"
    with said.open("wb") as log:  # a pipe that nobody empties would stop it
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        found = soon(lambda: re.search(r"listening on (ws://\S+)", said.read_text(encoding="utf-8", errors="replace")))
        engine = _Firefox(found[1])
        yield engine
        engine.close()
    finally:
        process.terminate()
        process.wait()


class _WebKit:
    """WebDriver, which WebKit's own program speaks."""

    def __init__(self, driver: webdriver.Remote) -> None:
        self._driver = driver

    def go(self, url: str) -> None:
        self._driver.get(url)

    def run(self, script: str) -> Any:
        return json.loads(self._driver.execute_script(f"return JSON.stringify({script}) ?? 'null'"))


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    package = "the package webkit2gtk-driver"
    program = tool(shutil.which("WebKitWebDriver"), "WebKitWebDriver", package)
    browsers = [str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser")]
    options = Options()
    options.binary_location = tool(max(browsers, default=None), "WebKit's small browser", package)
    options.add_argument("--automation")
    screen = subprocess.Popen(
        [tool(shutil.which("Xvfb"), "Xvfb", "the package xvfb"), "-displayfd", "1", "-screen", "0", "800x1000x24"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with screen:
        assert screen.stdout
        shown = {"DISPLAY": f":{screen.stdout.readline().strip()}", "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)}
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        speaker = subprocess.Popen([program, f"--port={port}"], env=os.environ | shown)
        try:
            soon(lambda: socket.create_connection(("127.0.0.1", port), timeout=1)).close()
            driver = webdriver.Remote(f"http://127.0.0.1:{port}", options=options)
            driver.set_window_size(*PHONE)
            yield _WebKit(driver)
            driver.quit()
        finally:
            for process in (speaker, screen):
                process.terminate()
                process.wait()
