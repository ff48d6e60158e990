"""A folder on the bench's own server, and every answer it gave."""

import json
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.installing import CACHE, node

HERE = Path(__file__).parent


@dataclass
class Served:
    """Where it stands, and what it answered since ``clear``."""

    address: str
    browser_flags: list[str]
    answers: list[dict] = field(default_factory=list)

    def clear(self) -> None:
        self.answers.clear()

    def kilobytes(self) -> float:
        return sum(answer["bytes"] for answer in self.answers) / 1000


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Serve until the block ends."""
    key, certificate = _certificate()
    command = [node(), str(HERE / "server.mjs"), str(folder), str(key), str(certificate), str(CACHE / "node_modules")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        where = json.loads(process.stdout.readline())
        port = where["port"]
        fonts = ",".join(f"MAP {host}:443 127.0.0.1:{port}" for host in ("fonts.googleapis.com", "fonts.gstatic.com"))
        flags = [f"--ignore-certificate-errors-spki-list={where['key']}", f"--host-resolver-rules={fonts}"]
        served = Served(f"https://localhost:{port}", flags)
        threading.Thread(
            target=lambda: [served.answers.append(json.loads(line)) for line in process.stdout], daemon=True
        ).start()
        yield served
    finally:
        process.terminate()
        process.wait()


def _certificate() -> tuple[Path, Path]:
    key, certificate = CACHE / "key.pem", CACHE / "certificate.pem"
    if not certificate.exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,DNS:fonts.googleapis.com,DNS:fonts.gstatic.com",
             "-keyout", str(key), "-out", str(certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
    return key, certificate
