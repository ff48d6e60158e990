"""The live preview, as an editor uses it: a slip is said, the last good pages stay, the mended page comes back."""

import errno
import functools
import http.client
import http.server
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
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from discguide.commands import serve as preview
from tests.projects import replace, small_project

LONGEST = 120
"""Seconds; only a machine that is very busy needs so long."""
BUILT = LONGEST * 1000
"""The same in milliseconds, for a page that loads itself again when it was built again."""


class Serving:
    """A preview that runs, and what it says in its terminal."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.said = ""
        self._heard = 0
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
        self.wait(lambda: words in self.said[self._heard :])
        self._heard = self.said.index(words, self._heard) + len(words)

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
    project = small_project(tmp_path_factory.mktemp("serving") / "project")
    replace(project / "docs/data/treatments.yml", "\n  kind: method\n", "\n  kind: methode\n")
    started = Serving(project)
    yield started
    if started.process.poll() is None:
        started.stop()


def test_a_fault_at_the_start_waits_to_be_mended(serving: Serving) -> None:
    serving.says("says 'methode'; did you mean 'method'?")
    assert "The pages appear here as soon as they are built." in serving.page("index.html")
    replace(serving.project / "docs/data/treatments.yml", "kind: methode", "kind: method")
    serving.says("All is well.")
    assert "<h1" in serving.page("")


def ask(serving: Serving, path: str, host: str | None = None, method: str = "GET", **headers: str) -> tuple[int, str]:
    """Ask as any program or page could; ``host`` is the name that stands in its address bar."""
    address = urlsplit(serving.address)
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=LONGEST)
    connection.putrequest(method, path, skip_host=True)
    for name in [host or address.netloc] if host != "" else []:
        connection.putheader("Host", name)
    for header, value in headers.items():
        connection.putheader(header.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    assert answer.status != 200 or answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    return answer.status, body


@pytest.mark.parametrize("path", ["/causes.html", "/~preview/news.json?seen=-1", "/~preview/preview.js", "/nowhere"])
@pytest.mark.parametrize(
    "name", ["evil.example:{port}", "evil.example", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""]
)
def test_a_name_that_a_stranger_gave_this_machine_is_refused(serving: Serving, path: str, name: str) -> None:
    port = str(urlsplit(serving.address).port)
    for method in ("GET", "HEAD"):
        status, body = ask(serving, path, name.format(port=port), method)
        assert status == 403 and "<" not in body


def test_this_machine_has_three_names(serving: Serving) -> None:
    port = urlsplit(serving.address).port
    for name in ("127.0.0.1", "localhost", "[::1]", "LOCALHOST"):
        assert ask(serving, "/~preview/preview.js", f"{name}:{port}")[0] == 200
    assert ask(serving, "/~preview/preview.js", method="HEAD") == (200, "")


@pytest.mark.parametrize(
    ("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)]
)
def test_pages_of_others_are_refused_where_the_browser_says_who_asks(serving: Serving, site: str, status: int) -> None:
    assert ask(serving, "/~preview/preview.js", Sec_Fetch_Site=site)[0] == status
    assert ask(serving, "/~preview/news.json?seen=-1", Sec_Fetch_Site=site)[0] == status


@pytest.mark.parametrize(
    "query", ["", "?", "?seen", "?seen=", "?seen=abc", "?seen=1.5", "?seen=%D9%A1", "?seen=" + "9" * 5000]
)
def test_a_turn_that_is_no_number_is_refused(serving: Serving, query: str) -> None:
    assert ask(serving, f"/~preview/news.json{query}") == (400, "Write ?seen= and the number of the turn.\n")


LISTENER = """<script>
  self.previewNews = (news) => { document.title = JSON.stringify(news); };
  const ask = (kind) => new Promise((done) => {
    const script = document.createElement("script");
    script.onload = script.onerror = done;
    script.src = `ADDRESS~preview/news.${kind}?seen=-1`;
    document.head.append(script);
  });
  Promise.all([ask("js"), ask("json"), fetch("ADDRESS~preview/news.json?seen=-1").catch(() => 0)
    .then((got) => got && got.text()).then((text) => { if (text) document.title = text; })])
    .then(() => { document.title ||= "heard nothing"; });
</script>"""


def test_another_page_in_the_browser_hears_nothing_of_the_drafts(
    serving: Serving, browser: Browser, tmp_path: Path
) -> None:
    """A page from another place of the same machine: browsers let it ask, so the answer must not come."""
    (tmp_path / "index.html").write_text(LISTENER.replace("ADDRESS", serving.address), encoding="utf-8")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://evil.localhost:{other.server_port}/")
        expect(page).to_have_title("heard nothing")
        page.close()
        other.shutdown()


def test_slips_are_said_and_the_last_good_pages_stay(serving: Serving, browser: Browser) -> None:
    data, words = serving.project / "docs/data/treatments.yml", serving.project / "docs/outlook.md"
    page = browser.new_page()
    page.goto(f"{serving.address}outlook.html")
    expect(page.locator("article")).to_contain_text("55 of 100")

    replace(data, "found: 55 of 100", "found: 550 of 100")
    serving.says("found says '550 of 100'")
    serving.says("The pages stay as they were until this is mended.")
    expect(page.locator(".preview-faults")).to_contain_text("says '550 of 100'")
    assert "55 of 100" in serving.page("outlook.html")

    replace(data, "found: 550 of 100", "found: 51 of 100")
    replace(words, "/// short", "/// shart")
    serving.says("unknown box 'shart'; did you mean 'short'?")
    assert "block--short" in serving.page("outlook.html")
    expect(page.locator("article")).to_contain_text("55 of 100")

    replace(words, "/// shart", "/// short")
    replace(words, "That is **not your fault**.", "That is nobody’s fault.")
    replace(serving.project / "overrides/partials/footer.html", "<footer", '<footer title="Changed"')
    replace(serving.project / "overrides/assets/tokens.css", ":root {", ":root { --changed: 1;")
    serving.says("All is well.")
    expect(page.locator("article")).to_contain_text("51 of 100", timeout=BUILT)
    expect(page.locator(".preview-faults")).to_have_count(0)
    page.close()
    assert "nobody’s fault" in serving.page("outlook.html")
    assert '<footer title="Changed"' in serving.page("outlook.html")
    sheet = re.search(r"assets/guide\.\w+\.css", serving.page("index.html"))
    assert sheet and "--changed:1" in serving.page(sheet[0]).replace(" ", "")


def test_a_settings_file_that_is_away_for_a_moment_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while git changes to another branch: look, sleep, look again; never look without a pause."""
    for name in preview.WATCHED:
        (tmp_path / name).mkdir()
    looks: list[str] = []
    real = preview.stamps

    def stamps(root: Path) -> dict[Path, tuple[int, int]]:
        looks.append("look")
        assert looks.count("look") < 20, "it looks again and again without a pause"
        return real(root)

    monkeypatch.setattr(preview, "stamps", stamps)
    monkeypatch.setattr(preview.time, "sleep", lambda _: looks.append("pause"))
    saved = preview.saves(tmp_path)
    next(saved)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    next(saved)
    assert looks == ["look", "pause", "look"] * 2


def test_what_an_editor_keeps_beside_a_page_is_no_save(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    before = preview.stamps(tmp_path)
    for name in (".causes.md.swp", "causes.md~", "#causes.md#", ".DS_Store"):
        (tmp_path / "docs" / name).write_text("x", encoding="utf-8")
    (tmp_path / "docs" / ".#causes.md").symlink_to("somebody@here.1234:1764032400")
    assert preview.stamps(tmp_path) == before
    (tmp_path / "docs" / "causes.md").write_text("x", encoding="utf-8")
    assert preview.stamps(tmp_path) != before


@pytest.mark.parametrize("port", ["99999", "65536", "-1", "abc", "8000;id", "١"])
def test_what_is_no_port_is_said_in_one_line(port: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "discguide", "serve", f"--port={port}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=LONGEST)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"'{port}' is not a port; write PORT= and a number from 1024 to 65535\n"


@pytest.mark.parametrize(
    ("number", "port", "says"),
    [
        (errno.EADDRINUSE, 8000, "port 8000 is in use; stop the other preview, or write PORT=8001"),
        (errno.EADDRINUSE, 65535, "port 65535 is in use; stop the other preview, or write PORT=1024"),
        (errno.EACCES, 80, "port 80 cannot be used (Permission denied); write PORT=1024"),
    ],
)
def test_a_port_that_cannot_be_had_names_one_that_may(
    number: int, port: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(preview, "_Server", refuse)
    with pytest.raises(preview.PortTaken, match=f"^{re.escape(says)}$"):
        preview.serve(tmp_path, port, print)


def test_it_ends_when_it_is_asked_and_says_nothing_strange(serving: Serving) -> None:
    other = [sys.executable, "-m", "discguide", "serve", "--port", serving.address.rstrip("/").rpartition(":")[2]]
    taken = subprocess.run(other, cwd=serving.project, capture_output=True, text=True, check=False, timeout=LONGEST)
    assert taken.returncode == 1
    assert "is in use; stop the other preview, or write PORT=" in taken.stderr
    assert "Stopped." in serving.stop()
    assert serving.process.returncode == 0
    assert "Traceback" not in serving.said
