"""(IO) The live preview: what ``make check`` builds and says, shown again whenever a file is saved.

Each turn runs the check in a process of its own, so that a change of code counts as well. Pages take the place of
the pages before only when nothing is to mend; until then the browser keeps the last good ones, with the faults
above them. Pages carry the same policy as readers get, so news reach them as a script from this server.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from discguide.render.environment import environment

HOST = "127.0.0.1"
WATCHED = ("docs", "overrides", "hooks", "mkdocs.yml")
PAUSE = 0.2
"""Seconds between two looks at the files; one editor saves several at a time."""
PATIENCE = 25.0
"""Seconds that a browser waits for news before it asks again."""
_OWN = "/~preview/"
"""Where the preview's own files stand; no page can have such a name."""


class PortTaken(Exception):
    """Another program listens on the port; the text says what to do."""


class Preview:
    """The last good pages, and what the check said last."""

    def __init__(self, root: Path, work: Path) -> None:
        self.root = root
        self.files = root / "overrides" / "preview"
        self._work = work
        self._changed = threading.Condition()
        self.pages: Path | None = None
        self.turn = 0
        self.faults = "The pages are being built …"

    def renew(self) -> str:
        """Check and build; give back what there is to say."""
        folder = self._work / f"pages-{self.turn + 1}"
        command = [sys.executable, "-m", "discguide", "check", "--into", str(folder)]
        done = subprocess.run(
            command, cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        good = done.returncode == 0
        with self._changed:
            kept = {folder, self.pages} if good else {self.pages}
            self.pages = folder if good else self.pages
            self.faults = "" if good else done.stdout.partition("\n")[2].strip() or done.stdout
            self.turn += 1
            self._changed.notify_all()
        # A browser may still be reading the pages of the turn before.
        for old in set(self._work.iterdir()) - kept:
            shutil.rmtree(old, ignore_errors=True)
        return done.stdout.strip() + ("" if good else "\nThe pages stay as they were until this is mended.")

    def news(self, seen: int) -> dict[str, object]:
        """Wait until something happened after the turn ``seen``, or until patience ends."""
        with self._changed:
            self._changed.wait_for(lambda: self.turn > seen, PATIENCE)
            return {"turn": self.turn, "faults": self.faults}

    def with_news(self, page: bytes) -> bytes:
        """Let a page ask for news; while there are faults, it hears of them at once."""
        seen = self.turn - bool(self.faults)
        tag = environment(self.files).get_template("tag.html").render(own=_OWN, seen=seen)
        return page.replace(b"</body>", tag.encode() + b"</body>")

    def waiting(self) -> bytes:
        """The page that is shown while there are no good pages yet."""
        return self.with_news(environment(self.files).get_template("waiting.html").render().encode())


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away while it waited."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, preview: Preview, *arguments: object) -> None:
        self._preview = preview
        super().__init__(*arguments, directory=str(preview.pages or preview.files))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a page and its news, or with a file."""
        asked = urlsplit(self.path)
        file = Path(self.translate_path(asked.path))
        file = file / "index.html" if asked.path.endswith("/") else file
        if asked.path == f"{_OWN}news.js":
            news = self._preview.news(int(parse_qs(asked.query)["seen"][0]))
            self._send(f"previewNews({json.dumps(news)})".encode(), "text/javascript")
        elif asked.path in {f"{_OWN}preview.js", f"{_OWN}preview.css"}:
            own = self._preview.files / asked.path.removeprefix(_OWN)
            self._send(own.read_bytes(), self.guess_type(str(own)))
        elif self._preview.pages is None:
            self._send(self._preview.waiting(), "text/html", HTTPStatus.SERVICE_UNAVAILABLE)
        elif not file.is_file():
            self._page(Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND)
        elif file.suffix == ".html":
            self._page(file, HTTPStatus.OK)
        else:
            self._send(file.read_bytes(), self.guess_type(str(file)))

    def _page(self, file: Path, status: HTTPStatus) -> None:
        self._send(self._preview.with_news(file.read_bytes()), "text/html", status)

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for what there is to mend."""


def stamps(root: Path) -> dict[Path, tuple[int, int]]:
    """When each watched file was saved, and its size."""
    found = (path for name in WATCHED for path in (root / name, *(root / name).rglob("*")))
    return {
        path: ((told := path.lstat()).st_mtime_ns, told.st_size)
        for path in found
        if path.suffix not in {".pyc", ".egg-info"} and not path.is_dir()
    }


def saves(root: Path) -> Iterator[None]:
    """Yield once at the start, then each time after files were saved."""
    seen: dict[Path, tuple[int, int]] | None = None
    while True:
        try:
            now = stamps(root)
        except FileNotFoundError:
            continue  # an editor was just replacing it
        time.sleep(PAUSE)
        if now != seen and now == stamps(root):
            seen = now
            yield


def serve(root: Path, port: int, say: Callable[[str], None]) -> None:
    """Show the project at ``root`` until someone presses Ctrl+C; port 0 takes any free one.

    Raises:
        PortTaken: the port is in use.
    """
    with tempfile.TemporaryDirectory(prefix="discguide-preview-") as work:
        preview = Preview(root, Path(work))
        try:
            server = _Server((HOST, port), partial(_Handler, preview))
        except OSError:
            raise PortTaken(f"port {port} is in use; stop the other preview, or write PORT={port + 1}") from None
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, signal.default_int_handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"http://{HOST}:{server.server_port}/ shows the pages (stop with Ctrl+C).")
        try:
            for _ in saves(root):
                told = preview.renew()
                say(f"\n{time.strftime('%H:%M:%S')} {told}")
        except KeyboardInterrupt:
            say("\nStopped.")
        finally:
            server.shutdown()
            server.server_close()
