"""The usual course is told by one option, and stands beside the results of every other, of the same illness."""

import shutil
from pathlib import Path

from discguide.data.load import load
from discguide.data.model import Guide
from discguide.problems import ProblemsFound
from tests.projects import CASES, copied_option

COURSE = """  course:
    herniation: {text: "Half are better after a year.", refs: [R01]}
    degeneration: {text: "Pain falls by a third in a year.", refs: [R01]}
"""


def test_two_options_cannot_both_tell_it(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(CASES / "docs", docs)
    path = docs / "data/treatments.yml"
    record = path.read_text(encoding="utf-8").replace("  benefits:\n", COURSE + "  benefits:\n")
    path.write_text(record + copied_option(record, "laser", "warmth"), encoding="utf-8")
    try:
        said = [str(problem) for problem in load(docs, "docs").advice]
    except ProblemsFound as found:
        said = [str(problem) for problem in found.problems]
    (fault,) = [line for line in said if "warmth.course" in line]
    assert fault.endswith("warmth.course stands in laser too; keep it with one of them")


def test_each_option_is_set_beside_the_illness_it_was_studied_in(guide: Guide) -> None:
    for key, treatment in guide.treatments.items():
        for use in ("herniation", "degeneration"):
            judged = getattr(treatment.evidence, use).certainty not in {"no studies found", "not searched"}
            assert not judged or use in treatment.studied_uses, key
        assert treatment.studied_uses, key
    assert guide.course() is not None
