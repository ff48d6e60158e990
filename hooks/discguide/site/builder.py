"""(IO) Words and facts → built pages. The site builder, MkDocs, is named here and in the hooks alone.

It runs in a process of its own, ``python -m discguide.site.builder ROOT SITE ANSWER``, and answers in the
file ANSWER with the order of the pages and every fault as a ``Problem``. Only what MkDocs itself complains about is
known by its words.
"""

from __future__ import annotations

import json
import logging
import os
import posixpath
import re
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from discguide.content.pages import page_hint
from discguide.problems import Problem, ProblemsFound, blocking, did_you_mean
from discguide.site.contents import Contents
from discguide.site.source_map import anchors, place_of
from discguide.site.state import SITE, Site

_PACKAGES = Path(__file__).parents[2]
"""The folder that holds this package."""
ADDRESS = "GUIDE_ADDRESS"
"""The variable by which whoever publishes says where the site will stand, as https://example.org/discs/."""
_LINK = re.compile(r"^Doc file '(?P<page>[^']+)' contains a link '(?P<link>[^']*)'")
_IN_MENU = re.compile(r"^A reference to '(?P<page>[^']+)' is included in the 'nav'")
_NOT_IN_MENU = re.compile(r"^  - (?P<page>\S+\.md)$", re.MULTILINE)
_NOT_IN_MENU_TITLE = "pages exist in the docs directory, but are not included"


def build_pages(root: Path, destination: Path) -> tuple[Contents, list[Problem]]:
    """Build the pages of the project at ``root`` into ``destination``.

    Returns:
        The order of the pages, and the advice that stops nothing.

    Raises:
        ProblemsFound: the build was refused; each complaint as a problem.
        OSError: the machine refused, for example because the disk is full.
        MemoryError: it has too little memory.
    """
    with tempfile.TemporaryDirectory(prefix="discguide-answer-") as folder:
        answer = Path(folder) / "answer.json"
        command = [sys.executable, "-m", "discguide.site.builder", str(root), str(destination), str(answer)]
        # The same code as this, wherever it was called from.
        path = os.pathsep.join(filter(None, [str(_PACKAGES), os.environ.get("PYTHONPATH")]))
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore", "PYTHONPATH": path}
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        if done.returncode < 0:
            message = f"the site builder was killed ({signal.strsignal(-done.returncode)})"
            raise ProblemsFound(
                [Problem("mkdocs.yml", 1, 1, message, "see that there is memory enough, and build again")]
            )
        if not answer.is_file():
            last = (done.stderr.strip() or f"the site builder ended with {done.returncode}").splitlines()[-1]
            if last.startswith("MemoryError"):
                raise MemoryError
            raise ProblemsFound([Problem("mkdocs.yml", 1, 1, f"the build stopped ({last})", "mend what it names")])
        values = json.loads(answer.read_text(encoding="utf-8"))
    if refused := values.pop("machine", None):
        raise OSError(*refused)
    problems = [Problem(**problem) for problem in values.pop("problems")]
    if not values or blocking(problems):
        raise ProblemsFound(problems)
    return Contents.from_json(values), problems


class _Warnings(logging.Handler):
    """Keeps what MkDocs complains about; in a strict build each complaint is a fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.messages.append(record.getMessage())


def _build(root: Path, destination: Path) -> tuple[Contents | None, list[Problem]]:
    """Run the builder in this process."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    warnings = _Warnings()
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(destination), site_url=_address() or None)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    except (Exception, SystemExit) as error:
        first = _first(error)
        # A template that is missing is an OSError too, but none of the system's.
        if isinstance(first, MemoryError) or (isinstance(first, OSError) and first.errno):
            raise first from None
        if isinstance(first, ProblemsFound):
            return None, [*_complaints(root, warnings.messages), *first.problems]
        return None, list(_complaints(root, warnings.messages)) or [_stopped(root, first)]
    site: Site = config.extra[SITE]
    return site.contents, site.problems


def _first(error: BaseException) -> BaseException:
    """What was raised first: what came of it says less."""
    while before := error.__cause__ or error.__context__:
        error = before
    return error


def _stopped(root: Path, error: BaseException) -> Problem:
    """Name the template that stopped, else the line of ours, else say what was raised."""
    reason = traceback.format_exception_only(error)[-1].strip().replace(f"{root.resolve()}/", "")
    frames = [(Path(frame.filename), frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    # The hooks may be those of a project while the package is the one that runs.
    homes = (root.resolve(), _PACKAGES.parent)
    ours = [
        (path.relative_to(home).as_posix(), line)
        for path, line in frames
        for home in homes
        if any(path.is_relative_to(home / folder) for folder in ("overrides", "hooks"))
    ]
    for path, line in reversed(ours):
        if path.startswith("overrides/"):
            return Problem(path, line, 1, f"the template stopped ({reason})", "mend this line")
    mark = getattr(error, "problem_mark", None)
    if mark:
        message = f"is not YAML that can be read ({getattr(error, 'problem', reason)})"
        return Problem("mkdocs.yml", mark.line + 1, mark.column + 1, message, "mend this line or the one above it")
    path, line = ours[-1] if ours else ("mkdocs.yml", 1)
    return Problem(path, line, 1, f"the build stopped ({reason})", "mend what it names")


def _complaints(root: Path, messages: Iterable[str]) -> Iterator[Problem]:
    """Turn what MkDocs says into our own words."""
    for message in messages:
        if link := _LINK.match(message):
            yield _dead_link(root, link["page"], link["link"])
        elif menu := _IN_MENU.match(message):
            yield _menu(root, menu["page"])
        elif _NOT_IN_MENU_TITLE in message:
            for page in _NOT_IN_MENU.finditer(message):
                hint = f"add '- Its short name: {page['page']}' to nav in mkdocs.yml"
                yield Problem(f"docs/{page['page']}", 1, 1, "the page is not in the menu", hint)
        elif not message.startswith("[macros]"):
            yield Problem("mkdocs.yml", 1, 1, message.splitlines()[0], "mend what it names")


def _address() -> str:
    """Where the site will stand, when whoever publishes says so; else what mkdocs.yml says holds."""
    given = os.environ.get(ADDRESS, "")
    if given and not re.fullmatch(r"https?://[a-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~-]+)*/?", given):
        message = f"{ADDRESS} is '{given[:80]}', which is no address of a site"
        raise ProblemsFound([Problem("mkdocs.yml", 1, 1, message, "write https://, the host and the folder")])
    return given and f"{given.rstrip('/')}/"


def _dead_link(root: Path, page: str, link: str) -> Problem:
    at = place_of(root, page, f"]({link})", link)
    path, _, anchor = link.partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if (root / "docs" / target).is_file():
        hint = did_you_mean(anchor, anchors(root, target)) or f"write the id of a heading of {target}"
        return Problem(at.path, at.line, at.column, f"a link leads to '{link}', but no such place is there", hint)
    return Problem(
        at.path, at.line, at.column, f"a link leads to '{link}', which is not a page", page_hint(root / "docs", target)
    )


def _menu(root: Path, page: str) -> Problem:
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    number = next((number for number, line in enumerate(lines, start=1) if page in line), 1)
    message = f"the menu names '{page}', which is not in docs/"
    return Problem("mkdocs.yml", number, lines[number - 1].find(page) + 1 or 1, message, page_hint(root / "docs", page))


def main(root: Path, destination: Path, answer: Path) -> int:
    """Build and write the answer; the exit status says whether there are pages."""
    try:
        contents, problems = _build(root, destination)
    except OSError as error:
        refused = (
            error.errno,
            error.strerror or str(error),
            error.filename or "the built pages",
            None,
            error.filename2,
        )
        answer.write_text(json.dumps({"machine": refused}), encoding="utf-8")
        return 1
    values = (contents.to_json() if contents else {}) | {"problems": [asdict(problem) for problem in problems]}
    answer.write_text(json.dumps(values, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(contents is None)


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
