"""The project's commands: ``python -m discguide check``."""

from __future__ import annotations

import argparse
import io
import resource
import sys
import tempfile
from pathlib import Path

from discguide.commands import proposal
from discguide.commands.check import check
from discguide.commands.diff import describe, shorten
from discguide.commands.edition import FILE, begin_edition
from discguide.commands.pack import NoSuchPage, make_pack
from discguide.commands.serve import PortTaken, port_of, serve
from discguide.commands.sign_off import NotSigned, read_form, sign
from discguide.commands.upkeep import save, upkeep
from discguide.data.edition import given_second
from discguide.data.export import schema_text
from discguide.data.rules.calendar import today
from discguide.pdf.engine import EngineMissing, PdfFault
from discguide.problems import ProblemsFound, blocking, report
from discguide.publish.build import BuildFailed, build, plainly
from discguide.site.addresses import LIST, note
from discguide.site.builder import build_pages
from discguide.site.rules import read_site

MEMORY = 700_000_000
"""Bytes that a build needs, with its libraries."""
_NO_MEMORY = "There is not enough memory: close other programs or allow more, and try again. 1 GB is enough."


def _check(root: Path, into: Path | None) -> int:
    print("Checking facts, words and built pages …", flush=True)
    problems = check(root, into)
    if blocking(problems):
        print(report(problems), file=sys.stderr)
        return 1
    print(report(problems))
    print("All is well.")
    return 0


def _serve(root: Path, port: str) -> int:
    try:
        serve(root, port_of(port), say=lambda line: print(line, flush=True))
    except PortTaken as taken:
        print(taken, file=sys.stderr)
        return 1
    return 0


def _build(root: Path, with_pdf: bool) -> int:
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    if with_pdf and allowed != resource.RLIM_INFINITY and allowed < MEMORY:
        # The PDF engine crashes without a word.
        print(
            f"This shell allows {allowed // 1_000_000} MB of memory (ulimit -v), too little for the PDF.",
            file=sys.stderr,
        )
        print(_NO_MEMORY, file=sys.stderr)
        return 1
    try:
        missing = build(root, with_pdf=with_pdf, say=lambda line: print(line, flush=True))
    except BuildFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    if missing:
        print(missing, file=sys.stderr)
    return int(bool(missing))


def _diff(root: Path, base: str) -> int:
    try:
        summary, cut = shorten(describe(root, base))
        print(summary)
        if cut:
            raise ValueError("The list of changes is too long to be trusted; part the change into smaller ones.")
    except (ValueError, ProblemsFound) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename} cannot be read ({error.strerror}); make it readable", file=sys.stderr)
        return 1
    return 0


def _pack(root: Path, page: str) -> int:
    try:
        path, pages = make_pack(root, page)
    except (EngineMissing, NoSuchPage, PdfFault, ProblemsFound) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote {path.relative_to(root)}, {pages} pages.")
    return 0


def _proposal(root: Path, base: str, head: str, into: Path) -> int:
    try:
        made = proposal.answer(root, base, head)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    proposal.save(into, made)
    print(f"Wrote {into}/comment.md, and {len(made.suggestions)} suggestions.")
    return 0


def _edition(root: Path) -> int:
    try:
        name, edition = begin_edition(root, today())
    except (ValueError, ProblemsFound) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote {name} into {FILE}: version {edition.version} of the data, {len(edition.changed)} records changed.")
    return 0


def _upkeep(root: Path, only: str) -> int:
    parts = frozenset(name for name in only.split(",") if name)
    try:
        duties = upkeep(root, parts, say=lambda line: print(line, flush=True))
    except (ValueError, ProblemsFound) as error:
        print(error, file=sys.stderr)
        return 1
    for duty in duties:
        print(f"{duty.title}: {len(duty.lines) or 'none'}")
        print("".join(f"  {line}\n" for line in duty.lines), end="")
    print(f"Wrote {save(root, duties).relative_to(root)}.")
    return 0


def _sign(root: Path, form: Path) -> int:
    try:
        path = sign(root, read_form(form.read_text(encoding="utf-8")))
    except (NotSigned, ProblemsFound) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote the review into {path.relative_to(root)}.")
    return 0


def _schema(root: Path) -> int:
    path = root / "docs" / "data" / "treatments.schema.json"
    path.write_text(schema_text(), encoding="utf-8")
    print(f"Wrote {path.relative_to(root)}.")
    return 0


def _addresses(root: Path) -> int:
    with tempfile.TemporaryDirectory(prefix="discguide-") as folder:
        build_pages(root, Path(folder))
        print(f"{LIST} holds {note(root, read_site(Path(folder)))} addresses.")
    return 0


def _fault_of_surroundings() -> str:
    """Say what would make every command fail later, with a message that hides why."""
    if sys.flags.optimize > 1:
        return "Python was told to drop the help texts of our fields (PYTHONOPTIMIZE=2); unset PYTHONOPTIMIZE."
    try:
        given_second()
    except ValueError as error:
        return f"{error}."
    return ""


def main() -> int:
    """Run one command from the project's root."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a sign still shows the rest
    parser = argparse.ArgumentParser(prog="discguide", description=__doc__)
    commands = parser.add_subparsers(required=True)
    checker = commands.add_parser("check", help="check facts, words and built pages")
    checker.add_argument("--into", type=Path, help="keep the built pages in this folder")
    checker.set_defaults(run=lambda given: _check(Path.cwd(), given.into))
    server = commands.add_parser("serve", help="show the pages while they are written")
    server.add_argument("--port", default="8000")
    server.set_defaults(run=lambda given: _serve(Path.cwd(), given.port))
    builder = commands.add_parser("build", help="build everything into site/")
    builder.add_argument("--skip-pdf", action="store_true", help="leave the two PDFs out")
    builder.set_defaults(run=lambda given: _build(Path.cwd(), not given.skip_pdf))
    differ = commands.add_parser("diff", help="say what a change does to what readers see")
    differ.add_argument("base", help="the commit or branch to compare with")
    differ.set_defaults(run=lambda given: _diff(Path.cwd(), given.base))
    packer = commands.add_parser("pack", help="make the paper on which a clinician reviews a page")
    packer.add_argument("page", help="the page, like treatments/pldd")
    packer.set_defaults(run=lambda given: _pack(Path.cwd(), given.page))
    keeper = commands.add_parser("upkeep", help="say what falls due: checks, sources, packages")
    keeper.add_argument("only", nargs="?", default="", help="parts, like due,sources")
    keeper.set_defaults(run=lambda given: _upkeep(Path.cwd(), given.only))
    editor = commands.add_parser("edition", help="write down which facts changed since the last edition")
    editor.set_defaults(run=lambda _: _edition(Path.cwd()))
    answerer = commands.add_parser("proposal", help="write what to answer to a proposal, without running its code")
    for name in ("base", "head"):
        answerer.add_argument(name, help="a commit")
    answerer.add_argument("into", type=Path, help="the folder of the answer")
    answerer.set_defaults(run=lambda given: _proposal(Path.cwd(), given.base, given.head, given.into))
    signer = commands.add_parser("sign", help="write a clinician's sign-off into its page")
    signer.add_argument("form", type=Path, help="the filled-in form")
    signer.set_defaults(run=lambda given: _sign(Path.cwd(), given.form))
    lister = commands.add_parser("addresses", help="note new addresses, so that they last")
    lister.set_defaults(run=lambda _: _addresses(Path.cwd()))
    commands.add_parser("schema", help="write the data file's schema").set_defaults(run=lambda _: _schema(Path.cwd()))
    arguments = parser.parse_args()
    if fault := _fault_of_surroundings():
        print(fault, file=sys.stderr)
        return 1
    try:
        return int(arguments.run(arguments))
    except ProblemsFound as found:
        print(*found.problems, sep="\n", file=sys.stderr)
    except MemoryError:
        print(_NO_MEMORY, file=sys.stderr)
    except OSError as error:
        print(plainly(error, Path.cwd()), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
