"""Time: the project on days to come, with its pages as they are, and as editors will have renewed them."""

import datetime as dt
import re
from pathlib import Path

from tests.endure.parts import Failed, Tried, clone, need, part, run

LONG = 3600
"""Seconds; a test run takes ten minutes on a quiet machine with two cores."""


@part("check, site and test with the clock at 1 June 2027, its pages as they are now; needs faketime")
def clock_2027(work: Path) -> Tried:
    yield from _on(dt.date(2027, 6, 1), clone(work / "project"))


@part("check, site and test with the clock at 1 January 2029, its pages as they are now; needs faketime")
def clock_2029(work: Path) -> Tried:
    yield from _on(dt.date(2029, 1, 1), clone(work / "project"))


@part("check, site and test with the clock at 1 January 2029, every page checked a week before; needs faketime")
def clock_2029_renewed(work: Path) -> Tried:
    project, day = clone(work / "project"), dt.date(2029, 1, 1)
    for path in [*project.glob("docs/**/*.md"), project / "docs/data/treatments.yml"]:
        text = path.read_text(encoding="utf-8")
        for name, moved in (("checked", -7), ("next_check", 180)):
            text = re.sub(rf"^( *{name}: )20\S+$", rf"\g<1>{day + dt.timedelta(days=moved)}", text, flags=re.MULTILINE)
        path.write_text(text, encoding="utf-8")
    author = ("-c", "user.name=Editor", "-c", "user.email=editor@example.org")
    run("git", *author, "commit", "--quiet", "--all", "--message=Every page is checked anew", cwd=project)
    yield from _on(day, project, overdue=False)


def _on(day: dt.date, project: Path, *, overdue: bool = True) -> Tried:
    """Set up today, because certificates of a package's host do not last for years; then move the clock."""
    clock = (need("faketime", "faketime"), f"{day} 12:00:00")
    run("make", "site", "test-tools", cwd=project)
    today = _digest(project)
    said = run(*clock, "make", "check", cwd=project).splitlines()
    places = [line for line in said if re.match(r"\S+:\d+:\d+: ", line)]
    if [line for line in places if not overdue or " is overdue for a check; " not in line]:
        raise Failed("\n".join(said))
    yield f"make check: {len(places)} pages and options are overdue, as advice; nothing else is said"
    run(*clock, "make", "site", cwd=project)
    if _digest(project) != today:
        raise Failed("make site gives another digest than today")
    yield "make site: the same digest as today"
    yield f"make test: {run(*clock, 'make', 'test', cwd=project, limit=LONG).strip().splitlines()[-1]}"


def _digest(project: Path) -> str:
    return (project / ".build" / "digest.txt").read_text(encoding="utf-8").split()[0]
