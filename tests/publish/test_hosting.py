"""The host's contract, asked of a real nginx on this machine with the settings that are shipped."""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import pytest

from discguide.html_tree import parse_file
from discguide.publish.compress import compress
from discguide.security.csp import PINNED_STYLE, header_policy, policy
from discguide.security.headers import FRESH, HEADERS, KEPT, header_file
from tests.projects import ROOT

HOSTING = ROOT / ".github" / "hosting"
STARTED = 20
"""Seconds that a server may take to answer at all; not a measure of anything."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    port: int
    site: Path

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=STARTED)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        got = connection.getresponse()
        answer = Answer(got.status, {k.casefold(): v for k, v in got.getheaders()}, got.read())
        connection.close()
        return answer


@pytest.fixture(scope="module")
def server(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        pytest.fail("nginx was not found; install the package nginx-light", pytrace=False)
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(small / "site", folder / "site")
    compress(folder / "site")
    shutil.copytree(HOSTING, folder / "hosting")
    prefix = folder / "run" / "nginx"
    prefix.mkdir(parents=True)
    settings = folder / "hosting" / "nginx.conf"
    text = settings.read_text(encoding="utf-8")
    assert "listen 127.0.0.1:8080;" in text
    rights = ["-g", "user root;"] if os.geteuid() == 0 else []
    # The port is never let go, so nobody can take it meanwhile: nginx takes over sockets that NGINX names.
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        settings.write_text(text.replace("127.0.0.1:8080", f"127.0.0.1:{port}"), encoding="utf-8")
        process = subprocess.Popen(
            [program, "-p", f"{prefix}/", "-c", str(settings), *rights],
            pass_fds=[held.fileno()], env=os.environ | {"NGINX": f"{held.fileno()};"}, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    server = Server(port, folder / "site")
    try:
        server.ask("/")
    except OSError:
        process.terminate()
        pytest.fail(f"nginx did not answer: {process.communicate()[1]}")
    yield server
    process.terminate()
    process.communicate()


def served(site: Path, pattern: str) -> str:
    return "/" + next(site.glob(pattern)).relative_to(site).as_posix()


def assert_headers(answer: Answer, cache: str = FRESH) -> None:
    for name, value in HEADERS.items():
        assert answer.headers.get(name.casefold()) == value, name
    assert answer.headers["cache-control"] == cache
    assert answer.headers["server"] == "nginx"
    assert "set-cookie" not in answer.headers


def test_every_page_is_served_with_the_headers(server: Server) -> None:
    pages = sorted(server.site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        address = "/" + page.relative_to(server.site).as_posix()
        answer = server.ask(address)
        assert answer.status == 200 and answer.body == page.read_bytes(), address
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert_headers(answer)


@pytest.mark.parametrize(
    ("path", "file"), [("/", "index.html"), ("/outlook", "outlook.html"), ("/about/", "about/index.html")]
)
def test_short_addresses(path: str, file: str, server: Server) -> None:
    answer = server.ask(path)
    assert (answer.status, answer.body) == (200, (server.site / file).read_bytes())
    assert_headers(answer)


@pytest.mark.parametrize("path", ["/about", "/about?q=pain"])
def test_a_folder_is_sent_on_to_the_address_where_its_links_are_right(path: str, server: Server) -> None:
    folder, _, query = path.partition("?")
    answer = server.ask(path)
    assert (answer.status, answer.headers["location"]) == (301, f"{folder}/{'?' * bool(query)}{query}")
    assert_headers(answer)


def test_every_link_of_every_short_address_arrives(server: Server) -> None:
    found = 0
    for page in sorted(server.site.rglob("*.html")):
        name = "/" + page.relative_to(server.site).as_posix()
        for short in {name, name.removesuffix(".html"), name.removesuffix("index.html")} - {"/404"}:
            asked, answer = short, server.ask(short)
            if answer.status == 301:
                asked = answer.headers["location"]
                answer = server.ask(asked)
            assert answer.status == 200, short
            for link in re.findall(r'href="([^"#:]+)["#]', answer.body.decode()):
                found += 1
                assert server.ask(urljoin(asked, link)).status == 200, (short, link)
    assert found > 1000


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/nowhere.html", "/a/b/c", "/assets/", "/data/", "/assets", "/_headers", "/.git/config",
     "/index.html.gz", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2f..%2fetc/passwd"],
)  # fmt: skip
def test_lost_readers_get_the_page_for_them(path: str, server: Server) -> None:
    answer = server.ask(path)
    assert answer.status in {400, 404}
    assert b"root:" not in answer.body and b"Index of" not in answer.body
    if answer.status == 404:
        assert answer.body == (server.site / "404.html").read_bytes()
        assert_headers(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent(method: str, server: Server) -> None:
    assert server.ask("/index.html", method, Content_Length="0").status == 405


@pytest.mark.parametrize("pattern", ["assets/guide.*.css", "assets/search-index.*.js", "assets/favicon.*.svg"])
def test_hashed_files_are_kept(pattern: str, server: Server) -> None:
    assert_headers(server.ask(served(server.site, pattern)), KEPT)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/data/treatments.json", "application/json; charset=utf-8"),
        ("/data/treatments.yml", "application/yaml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_the_rest_is_asked_for_again(path: str, kind: str, server: Server) -> None:
    answer = server.ask(path)
    assert answer.headers["content-type"] == kind
    assert_headers(answer)


def test_compressed_files_are_sent_as_they_lie(server: Server) -> None:
    answer = server.ask("/index.html", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.body == (server.site / "index.html.gz").read_bytes()
    assert gzip.decompress(answer.body) == (server.site / "index.html").read_bytes()
    assert "accept-encoding" in answer.headers["vary"].casefold()


def test_an_unchanged_page_is_not_sent_twice(server: Server) -> None:
    first = server.ask("/index.html")
    again = server.ask("/index.html", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_every_page_carries_the_policy(site: Path) -> None:
    for path in site.rglob("*.html"):
        head = next(parse_file(path).iter("head"))
        names = [e.get("http-equiv") or e.get("charset") or e.tag for e in head]
        assert names[:2] == ["utf-8", "Content-Security-Policy"], "the policy must stand before what it governs"
        assert [e.get("content") for e in head.iter("meta") if e.get("http-equiv")] == [
            policy(lost=path.name == "404.html")
        ]


def test_the_policy_is_strict() -> None:
    directives = dict(part.split(" ", 1) for part in header_policy().split("; "))
    assert directives.pop("script-src").startswith("'self' 'sha256-")
    assert directives == {
        "default-src": "'none'", "style-src": f"'self' '{PINNED_STYLE}'", "font-src": "'self'",
        "img-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'",
        "base-uri": "'none'", "form-action": "'none'", "frame-ancestors": "'none'",
    }  # fmt: skip
    assert "unsafe" not in header_policy()


def test_other_hosts_read_the_same_headers(site: Path) -> None:
    assert (site / "_headers").read_text(encoding="utf-8") == header_file()
    rules: dict[str, list[str]] = {}
    for line in header_file().splitlines():
        if line.startswith("/"):
            rules[line] = rule = []
        else:
            rule.append(line.strip())
    assert rules.pop("/*") == [*(f"{name}: {value}" for name, value in HEADERS.items()), f"Cache-Control: {FRESH}"]
    hashed = [f"/{path.relative_to(site).as_posix()}" for path in (site / "assets").iterdir()]
    kept = [name for name in hashed if any(re.fullmatch(r.replace(".", r"\.").replace("*", ".*"), name) for r in rules)]
    assert kept == hashed and all(re.fullmatch(r"/assets/[\w-]+\.[0-9a-f]{8}\.\w+", name) for name in hashed)
