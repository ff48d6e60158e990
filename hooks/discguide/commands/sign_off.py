"""(IO) A clinician's sign-off, from the form they filled in to the lines at the top of the page."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from discguide.commands.check import check
from discguide.problems import ProblemsFound, at_most, blocking, did_you_mean, one_of
from discguide.security.files import files_below
from discguide.site.builder import build_pages
from discguide.site.reviews import fingerprint
from discguide.site.rules import read_site

FIELDS = {
    "page": "Which page?", "by": "Your name", "role": "Your role", "interests": "Your interests", "on": "The day",
}  # fmt: skip
"""What the form asks (.github/ISSUE_TEMPLATE/clinical-review.yml), under the headings by which its answers come."""
STATEMENT = "I have read the whole page against its sources"
MOST = 5_000
"""Characters of a form; a longer one is not a sign-off."""


class NotSigned(Exception):
    """The form is not one that can be signed with; the text says what to change in it."""


def read_form(text: str) -> dict[str, str]:
    """Read the answers of a filled-in form, as the host sends it.

    Raises:
        NotSigned: an answer is missing, or the statement is not ticked.
    """
    if len(text) > MOST:
        raise NotSigned(f"The form has more than {MOST} characters; write short answers.")
    parts = re.split(r"^### (.+?)\s*$", text.replace("\r\n", "\n"), flags=re.MULTILINE)
    answers = {head: " ".join(answer.split()) for head, answer in zip(parts[1::2], parts[2::2], strict=True)}
    given = {name: answers.get(head, "") for name, head in FIELDS.items()}
    for name, head in FIELDS.items():
        if given[name] in {"", "_No response_"}:
            raise NotSigned(f"“{head}” has no answer; fill it in.")
    if not re.search(rf"- \[[xX]\] {re.escape(STATEMENT)}", text):
        raise NotSigned(f"The box “{STATEMENT}” is not ticked; tick it, or leave the page unsigned.")
    return given


def sign(root: Path, form: Mapping[str, str]) -> Path:
    """Write a review at the top of its page; a review that stood there goes.

    Returns:
        The page's file.

    Raises:
        NotSigned: there is no such page.
        ProblemsFound: the check does not accept the lines, or the project; the file is as it was.
    """
    docs = root / "docs"
    name = form["page"].removeprefix("docs/").removesuffix(".md").removesuffix(".html")
    known = {path.relative_to(docs).as_posix().removesuffix(".md"): path for path in files_below(docs, "*.md")}
    if name not in known:
        raise NotSigned(f"{name[:80]} is not a page; {did_you_mean(name, known) or one_of(sorted(known))}.")
    path = known[name]
    before = path.read_bytes()
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        build_pages(root, Path(folder))
        words = fingerprint(read_site(Path(folder), root)[f"{name}.html"])
    lines = {key: json.dumps(form[key], ensure_ascii=False) for key in ("by", "role", "interests")}
    lines |= {"on": form["on"], "words": words}
    review = "clinically_reviewed:\n" + "".join(f"  {key}: {value}\n" for key, value in lines.items())
    head, mark, body = before.decode().replace("\r\n", "\n").removeprefix("---\n").partition("\n---\n")
    head = re.sub(r"^clinically_reviewed:\n(?:  .*\n?)*", "", f"{head}\n", flags=re.MULTILINE)
    path.write_text(f"---\n{head}{review.rstrip()}{mark}{body}", encoding="utf-8")
    try:
        problems = blocking(check(root))
    except BaseException:
        path.write_bytes(before)
        raise
    if problems:
        path.write_bytes(before)
        raise ProblemsFound(list(at_most(problems)))
    return path
