"""(IO) The words and facts → built pages, by the site builder in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from .problems import Problem, ProblemsFound

_NOISE = re.compile(r"^(INFO|DEBUG)\s+-|^\s*$|^Aborted with|\[macros\]|need mending:$|^\d+ to mend")
_WARNING = re.compile(r"^(?:WARNING|ERROR)\s+-\s+(?:Doc file '(?P<page>[^']+)' )?(?P<what>.*)$")
_PROBLEM = re.compile(r"^(?P<path>(?:docs|overrides)/[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<what>.*)$")

_TEMPLATE = re.compile(r'File "[^"]*/(?P<path>overrides/[^"]+)", line (?P<line>\d+)')
_RAISED = re.compile(r"^\w+(?:\.\w+)*(?:Error|Exception): .+$", re.MULTILINE)


def build_pages(root: Path, destination: Path) -> None:
    """Build the pages of the project at ``root`` into ``destination``.

    Raises:
        ProblemsFound: the builder refused; each of its complaints as a problem.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(destination)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).splitlines()
        raise ProblemsFound(
            _problems(said) or [Problem("mkdocs.yml", 1, 1, "the build stopped", "run make serve to see why")]
        )


def _problems(said: list[str]) -> list[Problem]:
    text = "\n".join(said)
    templates, raised = _TEMPLATE.findall(text), _RAISED.findall(text)
    if templates and raised:
        path, line = templates[-1]
        return [Problem(path, int(line), 1, f"the template stopped ({raised[-1]})", "mend this line")]
    problems = []
    for line in said:
        known, warning = _PROBLEM.match(line), _WARNING.match(line)
        if known:
            what, _, cure = known["what"].partition("; ")
            problems.append(Problem(known["path"], int(known["line"]), int(known["column"]), what, cure))
        elif warning:
            path = f"docs/{warning['page']}" if warning["page"] else "mkdocs.yml"
            problems.append(Problem(path, 1, 1, warning["what"], "write the name of a page or anchor that exists"))
        elif not _NOISE.search(line) and not problems:
            problems.append(Problem("mkdocs.yml", 1, 1, line.strip(), "mend what it names"))
    return problems
