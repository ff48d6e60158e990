"""(IO) The words and facts → built pages, by the site builder in a process of its own."""

from __future__ import annotations

import os
import posixpath
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from discguide.problems import Problem, ProblemsFound, did_you_mean
from discguide.site.source_map import anchors, page_hint, place_of

_NOISE = re.compile(r"^(INFO|DEBUG)\s+-|^\s*$|^Aborted with|\[macros\]|need mending:$|^\d+ to mend")
_PROBLEM = re.compile(r"^(?P<path>(?:docs|overrides)/[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<what>.*)$")
_LINK = re.compile(r"^WARNING\s+-\s+Doc file '(?P<page>[^']+)' contains a link '(?P<link>[^']*)'")
_IN_MENU = re.compile(r"^WARNING\s+-\s+A reference to '(?P<page>[^']+)' is included in the 'nav'")
_NOT_IN_MENU = re.compile(r"^  - (?P<page>\S+\.md)$")
_NOT_IN_MENU_TITLE = "pages exist in the docs directory, but are not included"
_WARNING = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(?P<what>.*)$")
_TRACE = "Traceback (most recent call last):"
_PLACE = re.compile(r'File "(?:[^"]*/)?(?P<path>(?:overrides|hooks)/[^"]+)", line (?P<line>\d+)')
_OF_THE_MACHINE = re.compile(
    r"^(?:ERROR +-|\w*Error:).*\[Errno (?P<number>\d+)\] (?P<why>[^:]+)(?:: '(?P<file>.+?)')?(?: -> '(?P<to>.+?)')?$"
)


def build_pages(root: Path, destination: Path) -> None:
    """Build the pages of the project at ``root`` into ``destination``.

    Raises:
        ProblemsFound: the builder refused; each of its complaints as a problem.
        OSError: the machine did, for example because the disk is full.
        MemoryError: it has too little memory.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(destination)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if done.returncode < 0:
        what = f"the site builder was killed ({signal.strsignal(-done.returncode)})"
        raise ProblemsFound([Problem("mkdocs.yml", 1, 1, what, "see that there is memory enough, and build again")])
    if done.returncode:
        said = (done.stdout + done.stderr).splitlines()
        _raise_faults_of_the_machine(said)
        stopped = Problem("mkdocs.yml", 1, 1, "the build stopped", "run .venv/bin/mkdocs build to see why")
        raise ProblemsFound(list(_problems(root, said)) or [stopped])


def _problems(root: Path, said: list[str]) -> Iterator[Problem]:
    """Turn what the builder says into our own words; of what it does not know, only the first line counts."""
    if _TRACE in said:
        yield _stopped(root, "\n".join(said).rpartition(_TRACE)[2])
        return
    understood = False
    for line in said:
        if known := _PROBLEM.match(line):
            what, _, cure = known["what"].partition("; ")
            yield Problem(known["path"], int(known["line"]), int(known["column"]), what, cure)
        elif link := _LINK.match(line):
            yield _dead_link(root, link["page"], link["link"])
        elif menu := _IN_MENU.match(line):
            yield _menu(root, menu["page"])
        elif page := _NOT_IN_MENU.match(line):
            cure = f"add '- Its short name: {page['page']}' to nav in mkdocs.yml"
            yield Problem(f"docs/{page['page']}", 1, 1, "the page is not in the menu", cure)
        elif _NOT_IN_MENU_TITLE in line:
            continue
        elif warning := _WARNING.match(line):
            yield Problem("mkdocs.yml", 1, 1, warning["what"], "mend what it names")
        elif not _NOISE.search(line) and not understood:
            yield Problem("mkdocs.yml", 1, 1, line.strip(), "mend what it names")
        else:
            continue
        understood = True


def _raise_faults_of_the_machine(said: list[str]) -> None:
    for found in filter(None, map(_OF_THE_MACHINE.match, said)):
        raise OSError(int(found["number"]), found["why"], found["file"] or "the built pages", None, found["to"])
    if "MemoryError" in said:
        raise MemoryError


def _stopped(root: Path, trace: str) -> Problem:
    """Say why code stopped, which stands in the first line after a trace that is not set in, and where in our files."""
    why = next(
        (line for line in trace.splitlines() if line.strip() and not line.startswith(" ")), "for no reason given"
    )
    why = why.replace(f"{root.resolve()}/", "")
    places = [place for place in _PLACE.finditer(trace) if "site-packages" not in place[0]]
    template = [place for place in places if place["path"].startswith("overrides/")]
    if template:
        return Problem(
            template[-1]["path"], int(template[-1]["line"]), 1, f"the template stopped ({why})", "mend this line"
        )
    path, line = (places[-1]["path"], int(places[-1]["line"])) if places else ("mkdocs.yml", 1)
    return Problem(path, line, 1, f"the build stopped ({why})", "mend what it names")


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
    what = f"the menu names '{page}', which is not in docs/"
    return Problem("mkdocs.yml", number, lines[number - 1].find(page) + 1 or 1, what, page_hint(root / "docs", page))
