"""The live preview, as an editor uses it: a slip is said, the last good pages stay, the mended page comes back."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.projects import copy_project, replace

LONGEST = 120
"""Seconds; only a machine that is very busy needs so long."""


class Serving:
    """A preview that runs, and what it says in its terminal."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.said = ""
        command = [sys.executable, "-u", "-m", "discguide", "serve", "--port", "0"]
        self.process = subprocess.Popen(
            command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=dict(os.environ)
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.address = self.wait(lambda: re.search(r"http://[\d.:]+/", self.said))[0]

    def _listen(self) -> None:
        assert self.process.stdout
        with self.process.stdout:
            for line in self.process.stdout:
                self.said += line

    def wait(self, look: Callable[[], Any]) -> Any:
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            if found := look():
                return found
            assert self.process.poll() is None, f"the preview ended:\n{self.said}"
            time.sleep(0.05)
        raise AssertionError(f"waited in vain:\n{self.said}")

    def says(self, words: str) -> None:
        """Wait for words said after the last words that were waited for."""
        self.wait(lambda: words in self.said)
        self.said = self.said.partition(words)[2]

    def page(self, name: str) -> str:
        try:
            with urllib.request.urlopen(self.address + name) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return str(error.read().decode())

    def stop(self) -> str:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(LONGEST)
        self._listener.join(LONGEST)
        return self.said


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    project = copy_project(tmp_path_factory.mktemp("serving"))
    replace(project / "docs/data/treatments.yml", "\n  kind: method\n", "\n  kind: methode\n")
    preview = Serving(project)
    yield preview
    if preview.process.poll() is None:
        preview.stop()


def test_a_fault_at_the_start_waits_to_be_mended(serving: Serving) -> None:
    serving.says("says 'methode'; did you mean 'method'?")
    assert "The pages appear here as soon as they are built." in serving.page("index.html")
    replace(serving.project / "docs/data/treatments.yml", "kind: methode", "kind: method")
    serving.says("All is well.")
    assert "<h1" in serving.page("")


def test_slips_are_said_and_the_last_good_pages_stay(serving: Serving, browser: Browser) -> None:
    data, words = serving.project / "docs/data/treatments.yml", serving.project / "docs/causes.md"
    page = browser.new_page()
    page.goto(f"{serving.address}treatments/pldd.html")
    expect(page.locator("article")).to_contain_text("52 of 100")

    replace(data, "pldd: 52 of 100", "pldd: 520 of 100")
    serving.says("found.pldd says '520 of 100'")
    serving.says("The pages stay as they were until this is mended.")
    expect(page.locator(".preview-faults")).to_contain_text("says '520 of 100'")
    assert "52 of 100" in serving.page("treatments/pldd.html")

    replace(data, "pldd: 520 of 100", "pldd: 51 of 100")
    replace(words, "/// clinic", "/// clinik")
    serving.says("unknown box 'clinik'; did you mean 'clinic'?")
    assert "block--clinic" in serving.page("causes.html")
    expect(page.locator("article")).to_contain_text("52 of 100")

    replace(words, "/// clinik", "/// clinic")
    replace(words, "A worn disc is not your fault.", "A worn disc is nobody’s fault.")
    replace(serving.project / "overrides/partials/footer.html", "<footer", '<footer title="Changed"')
    replace(serving.project / "overrides/assets/tokens.css", ":root {", ":root { --changed: 1;")
    serving.says("All is well.")
    expect(page.locator("article")).to_contain_text("51 of 100")
    expect(page.locator(".preview-faults")).to_have_count(0)
    page.close()
    assert "nobody’s fault" in serving.page("causes.html")
    assert '<footer title="Changed"' in serving.page("causes.html")
    sheet = re.search(r"assets/guide\.\w+\.css", serving.page("index.html"))
    assert sheet and "--changed:1" in serving.page(sheet[0]).replace(" ", "")


def test_it_ends_when_it_is_asked_and_says_nothing_strange(serving: Serving) -> None:
    other = [sys.executable, "-m", "discguide", "serve", "--port", serving.address.rstrip("/").rpartition(":")[2]]
    taken = subprocess.run(other, cwd=serving.project, capture_output=True, text=True, check=False, timeout=LONGEST)
    assert taken.returncode == 1
    assert "is in use; stop the other preview, or write PORT=" in taken.stderr
    assert "Stopped." in serving.stop()
    assert serving.process.returncode == 0
    assert "Traceback" not in serving.said
