"""(IO) A page as its editor sees it: front matter, body, and the passages that every rule reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from discguide.content.frontmatter import split
from discguide.content.passages import Passage, passages
from discguide.data.model import Guide
from discguide.data.yaml.reader import Document
from discguide.problems import Problem, ProblemsFound, Severity, did_you_mean
from discguide.security.files import files_below
from discguide.security.markdown import check_size
from discguide.text import read_text


@dataclass(frozen=True, slots=True)
class Page:
    """One page as its editor sees it."""

    path: str
    front: Document
    body: str
    first_line: int
    guide: Guide
    passages: tuple[Passage, ...]

    def problem(self, line: int, message: str, hint: str, *, severity: Severity = "error", at: str = "") -> Problem:
        """Make a problem on a line of the file, or where the words ``at`` stand in its paragraph."""
        column = 1
        for number, text in enumerate(self.body.split("\n")[line - self.first_line :] if at else (), start=line):
            if found := re.search(rf"(?<!\w){re.escape(at)}(?!\w)", text) or re.search(re.escape(at), text):
                line, column = number, found.start() + 1
                break
            if not text.strip():
                break
        return Problem(self.path, line, column, message, hint, severity)


def read_page(path: Path, shown: str, guide: Guide) -> Page:
    """(IO) Read one page.

    Raises:
        ProblemsFound: the file or its front matter cannot be read.
    """
    front, body, first_line = split(read_text(path, shown), shown)
    if faults := list(check_size(shown, body, first_line)):
        raise ProblemsFound(faults)
    return Page(shown, front, body, first_line, guide, tuple(passages(body, first_line)))


def page_hint(docs: Path, page: str) -> str:
    """What to write instead of the name of a page that is not there."""
    known = [path.relative_to(docs).as_posix() for path in files_below(docs, "*.md")]
    return did_you_mean(page, known) or "write the name of a page in docs/"
