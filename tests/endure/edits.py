"""What editors do: each of their ordinary acts, ten at a time, as ``make test`` tries ten of them."""

from pathlib import Path

from discguide.commands.check import check
from discguide.problems import blocking
from tests.edits import EDITS
from tests.endure.parts import Failed, Tried, part, tail
from tests.test_edits import SEED, TEN, edited, run_live_tests


@part("what the check accepts of an editor's acts passes every test of the live content, all acts in turn")
def edits(work: Path) -> Tried:
    names = list(EDITS)
    for start in range(0, len(names), TEN):
        some = names[start : start + TEN]
        project = edited(work / str(start), some, SEED)
        if problems := blocking(check(project)):
            raise Failed(f"{', '.join(some)}: the check refuses\n{problems}")
        done = run_live_tests(project)
        if done.returncode:
            raise Failed(f"{', '.join(some)}:\n{tail(done.stdout)}")
        yield f"{len(some)} acts: {', '.join(some)}"
