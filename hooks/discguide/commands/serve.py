"""(IO) The live preview: what ``make check`` builds and says, shown again whenever a file is saved.

Each turn runs the check in a process of its own, so that a change of code counts as well. Pages take the place of
the pages before only when nothing is to mend; until then the browser keeps the last good ones, with the faults
above them.

Drafts are nobody else's business. Any page in the editor's browser can send requests to this server, so it answers
only under this machine's own names and, where the browser says who asks, only its own pages.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
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
from discguide.security.files import is_editors_own

HOST = "127.0.0.1"
WATCHED = ("docs", "overrides", "hooks")
"""The folders whose files are looked at, beside mkdocs.yml."""
HTTP_PORT, FREE_PORT, LAST_PORT = 80, 1024, 65_535
PAUSE = 0.2
"""Seconds between two looks at the files; one editor saves several at a time."""
PATIENCE = 25.0
"""Seconds that a browser waits for news before it asks again."""
_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""What the address bar may say; under another name a stranger's page could read the drafts (DNS rebinding)."""
_OWN = "/~preview/"
"""Where the preview's own files stand; no page can have such a name."""


class PortTaken(Exception):
    """The port cannot be had; the text says what to do."""


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
    server: _Server

    def __init__(self, preview: Preview, *arguments: object) -> None:
        self._preview = preview
        super().__init__(*arguments, directory=str(preview.pages or preview.files))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a page and its news, or with a file; nothing but a refusal for who is not at this machine."""
        if refusal := self._refusal():
            self._send(refusal.encode(), "text/plain", HTTPStatus.FORBIDDEN)
            return
        asked = urlsplit(self.path)
        file = Path(self.translate_path(asked.path))
        file = file / "index.html" if asked.path.endswith("/") else file
        if asked.path == f"{_OWN}news.json":
            self._news(parse_qs(asked.query).get("seen", [""])[0])
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

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def _refusal(self) -> str:
        port = self.server.server_port
        ours = [f"{name}:{port}" for name in _NAMES] + [name for name in _NAMES if port == HTTP_PORT]
        if [host.casefold() for host in self.headers.get_all("Host", [])] not in [[name] for name in ours]:
            return f"The preview answers to http://{HOST}:{port}/ only.\n"
        if self.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            return f"The preview answers its own pages only; write http://{HOST}:{port}/ in the address bar.\n"
        return ""

    def _news(self, seen: str) -> None:
        if not re.fullmatch(r"-?[0-9]{1,9}", seen):
            self._send(b"Write ?seen= and the number of the turn.\n", "text/plain", HTTPStatus.BAD_REQUEST)
            return
        self._send(json.dumps(self._preview.news(int(seen))).encode(), "application/json")

    def _page(self, file: Path, status: HTTPStatus) -> None:
        self._send(self._preview.with_news(file.read_bytes()), "text/html", status)

    def _send(self, body: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for what there is to mend."""


def stamps(root: Path) -> dict[Path, tuple[int, int]]:
    """When each watched file was saved, and its size; a file that is just being replaced is not there."""
    found: dict[Path, tuple[int, int]] = {}
    inside = (Path(place, name) for top in WATCHED for place, _, names in os.walk(root / top) for name in names)
    for path in (root / "mkdocs.yml", *inside):
        if path.suffix != ".pyc" and not is_editors_own(path.name):
            with contextlib.suppress(FileNotFoundError):
                status = path.lstat()
                found[path] = (status.st_mtime_ns, status.st_size)
    return found


def saves(root: Path) -> Iterator[None]:
    """Yield once at the start, then each time after files were saved."""
    seen: dict[Path, tuple[int, int]] | None = None
    while True:
        now = stamps(root)
        time.sleep(PAUSE)
        if now != seen and now == stamps(root):
            seen = now
            yield


def port_of(written: str) -> int:
    """Read the port that someone wrote; 0 stands for any free one.

    Raises:
        PortTaken: there is no such port.
    """
    if not re.fullmatch(r"[0-9]{1,5}", written) or int(written) > LAST_PORT:
        raise PortTaken(f"'{written}' is not a port; write PORT= and a number from {FREE_PORT} to {LAST_PORT}")
    return int(written)


def serve(root: Path, port: int, say: Callable[[str], None]) -> None:
    """Show the project at ``root`` until someone presses Ctrl+C; port 0 takes any free one.

    Raises:
        PortTaken: the port is in use, or kept for the system.
    """
    with tempfile.TemporaryDirectory(prefix="discguide-preview-") as work:
        preview = Preview(root, Path(work))
        try:
            server = _Server((HOST, port), partial(_Handler, preview))
        except OSError as error:
            other = f"PORT={port + 1 if FREE_PORT <= port < LAST_PORT else FREE_PORT}"
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(f"port {port} is in use; stop the other preview, or write {other}") from None
            raise PortTaken(f"port {port} cannot be used ({error.strerror}); write {other}") from None
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, signal.default_int_handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"http://{HOST}:{server.server_port}/ shows the pages (stop with Ctrl+C).")
        try:
            for _ in saves(root):
                message = preview.renew()
                say(f"\n{time.strftime('%H:%M:%S')} {message}")
        except KeyboardInterrupt:
            say("\nStopped.")
        finally:
            server.shutdown()
            server.server_close()
