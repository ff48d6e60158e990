"""(IO) The whole build: pages, PDFs, offline copy, compressed files, digest; then everything swaps into ``site/``.

Each step reads only what the steps before it made. All of them work in ``.build/``, so whatever goes wrong,
``site/`` stays as it was.
"""

from __future__ import annotations

import datetime as dt
import errno
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from discguide.data.load import load
from discguide.history import GitRefuses, last_commit
from discguide.pdf.book import book
from discguide.pdf.booklet import booklet, too_long
from discguide.pdf.engine import EngineMissing, Made, PdfFault
from discguide.pdf.leaflets import danger_signs, visit_sheet
from discguide.problems import Problem, ProblemsFound
from discguide.publish.compress import compress, digest, size_of
from discguide.publish.downloads import FILES, OFFLINE, put_into_pages
from discguide.publish.offline_zip import make_zip
from discguide.publish.phone import make_worker
from discguide.publish.swap import Busy, InTheWay, keep_hashed, mend, only_build, remove, swap
from discguide.site.builder import build_pages
from discguide.site.contents import Contents

Pages = Callable[[Path, Path], tuple[Contents, list[Problem]]]
"""What builds the pages of a project into a folder."""


class BuildFailed(Exception):
    """The build stopped and ``site/`` is as it was; the text is what a person must know."""


@dataclass(slots=True)
class _Run:
    """One build and what it has to say."""

    root: Path
    say: Callable[[str], None]
    started: float = field(default_factory=time.monotonic)
    missing: str = ""
    made: dict[str, int] = field(default_factory=dict)
    """Each file to take along → its pages."""
    dated_by: str = ""

    @property
    def work(self) -> Path:
        return self.root / ".build"

    @property
    def new(self) -> Path:
        return self.work / "site-new"

    @property
    def site(self) -> Path:
        return self.root / "site"


def build(root: Path, *, with_pdf: bool = True, say: Callable[[str], None] = print, pages: Pages = build_pages) -> str:
    """Build the project at ``root`` into ``root/site``.

    Args:
        root: the project.
        with_pdf: False leaves the two PDFs out on purpose.
        say: where progress goes, one line at a time.
        pages: what builds the pages; another site builder may stand here.

    Returns:
        What is missing from the finished site although it was asked for; empty when all is well.

    Raises:
        BuildFailed: when nothing was published.
    """
    run = _Run(root, say)
    try:
        with only_build(run.work), _same_everywhere(root) as run.dated_by:
            if mend(run.site, run.work):
                say("An earlier build was cut short while it swapped; the old site is back.")
            _make(run, with_pdf, pages)
    except (Busy, GitRefuses, InTheWay, PdfFault, ProblemsFound) as error:
        raise BuildFailed(str(error)) from None
    except OSError as error:
        raise BuildFailed(plainly(error, root)) from None
    return run.missing


def _make(run: _Run, with_pdf: bool, pages: Pages) -> None:
    remove(run.new)
    run.say("Pages …")
    contents, _advice = pages(run.root, run.new)
    if with_pdf:
        _pdfs(run, contents)
    run.say("Offline copy …")
    components = run.root / "overrides" / "components"
    make_zip(run.new, contents, run.made, components)
    run.made[OFFLINE] = 0
    put_into_pages(run.new, components, run.made, contents)
    make_worker(run.new, components, contents)
    run.say("Compressed files …")
    compress(run.new)
    name, listing = digest(run.new)
    # After the digest: it names what this edition is made of.
    noted = run.work / "digest.txt"
    keep_hashed(run.site, run.new, noted.read_text(encoding="utf-8") if noted.is_file() else "")
    noted.write_text(f"{name}  the whole tree\n{listing}", encoding="utf-8")
    summary = _summary(run, contents, name)
    swap(run.new, run.site, run.work)
    run.say(summary)


def _pdfs(run: _Run, contents: Contents) -> None:
    templates = run.root / "overrides" / "print"
    given = (run.new, contents, templates)
    makers = {"danger": danger_signs, "sheet": visit_sheet, "booklet": booklet}
    run.say(f"{', '.join(FILES[key] for key in (*makers, 'book'))} …")
    try:
        with _apart(lambda: book(*given)) as the_book:
            made = {key: make(*given) for key, make in makers.items()} | {"book": the_book()}
        for key, document in made.items():
            (run.new / FILES[key]).write_bytes(document.data)
            run.made[FILES[key]] = document.pages
        if advice := too_long(run.new, contents, made["booklet"]):
            run.say(advice)
    except EngineMissing as error:
        if any((run.site / name).exists() for name in FILES.values() if name != OFFLINE):
            raise BuildFailed(f"{error}. site/ is as it was: the new one would have no PDF") from None
        run.missing = str(error)


@contextmanager
def _apart(make: Callable[[], Made]) -> Iterator[Callable[[], Made]]:
    """Set a long document in a process of its own, while the short ones are set in this one."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, make), daemon=True)
    process.start()
    there.close()

    def made() -> Made:
        try:
            answer = here.recv()
        except EOFError:
            raise BuildFailed(
                "the PDF engine was killed; see that there is memory enough, and build again. site/ is as it was"
            ) from None
        if isinstance(answer, BaseException):
            raise answer
        return cast("Made", answer)

    try:
        yield made
    finally:
        process.kill()
        process.join()
        here.close()


def _answer(to: Connection, make: Callable[[], Made]) -> None:
    try:
        to.send(make())
    except Exception as error:
        to.send(error)


def _summary(run: _Run, contents: Contents, name: str) -> str:
    sizes = ", ".join(f"{made} {(run.new / made).stat().st_size / 1000:,.0f} kB" for made in run.made)
    return (
        f"site/ is ready: {len(contents.pages)} pages, {size_of(run.new) / 1000:,.0f} kB in all ({sizes}), "
        f"{sum(run.made.values())} pages of PDF, {time.monotonic() - run.started:.0f} seconds.\n"
        f"Edition {contents.edition}: {run.dated_by}.\n"
        f"Digest {name} (each file's in .build/digest.txt)."
    )


@contextmanager
def _same_everywhere(root: Path) -> Iterator[str]:
    """Give every step the same date and file modes; tell what gives the date."""
    before = dict(os.environ)
    mask = os.umask(0o022)
    try:
        dated_by = "the day that SOURCE_DATE_EPOCH gives"
        if not os.environ.get("SOURCE_DATE_EPOCH"):
            second, dated_by = _date(root)
            os.environ["SOURCE_DATE_EPOCH"] = str(second)
        yield dated_by
    finally:
        os.umask(mask)
        os.environ.clear()
        os.environ.update(before)


def _date(root: Path) -> tuple[int, str]:
    """The second that dates this build, and what gives it."""
    if (second := last_commit(root)) is not None:
        return second, "the day of the last commit"
    newest = max(treatment.checked for treatment in load(root / "docs").guide.treatments.values())
    second = int(dt.datetime.combine(newest, dt.time(), dt.UTC).timestamp())
    return second, "the newest check of an option; these files are in no commit, so the digest may not be a commit's"


def plainly(error: OSError, root: Path) -> str:
    """Say in one line what the system refused."""
    # The second name is where something was to be moved to, and may be what stood in the way.
    names = [str(name).removeprefix(f"{root}/") for name in (error.filename, error.filename2) if name]
    shown = " or ".join(names) or "a file"
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        written = names[-1] if names else shown
        return f"the disk is full while writing {written}; free some space and build again. site/ is as it was"
    if error.errno == errno.EACCES:
        return f"{shown} cannot be read or written (permission denied); mend its permissions. site/ is as it was"
    return f"{shown}: {error.strerror or error}; mend it and build again. site/ is as it was"
