"""What stands beside each other in the comparison was measured against something, and of one whole."""

from pathlib import Path

import pytest

from discguide.content.check import check_content
from discguide.problems import ProblemsFound
from discguide.render.environment import of_hundred
from tests.projects import replace, small_docs


@pytest.mark.usefixtures("on_the_day")
def test_operations_are_no_figure_without_a_comparison_group(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    small_docs(docs)
    facts = docs / "data" / "treatments.yml"
    replace(facts, "further_treatment: []", "further_treatment:\n    - result: carr-2021.disc-operated")
    replace(
        facts,
        "found: 3 of 309",
        "found: 3 of 309\n      disc-operated:\n        what: Had surgery\n        found: 9 of 309",
    )
    replace(
        facts,
        "further: {unknown: Unknown}",
        "further: {figure: [carr-2021.disc-operated], words: had surgery in a year}",
    )

    with pytest.raises(ProblemsFound) as found:
        check_content(docs)

    assert [f"{problem.message}; {problem.hint}" for problem in found.value.problems] == [
        "laser.grid.further.figure has no comparison group; leave the figure out; it stands on the option's page"
    ]


@pytest.mark.parametrize(
    ("result", "about"),
    [
        ("26 of 1,000", 3),
        ("12 in 1,000", 1),
        ("12 of 4,891", 0),
        ("19 of 80", 24),
        ("8 of 42", 19),
        ("52 of 100", None),
        ("9 of 15", None),
        ("0 of 598", None),
        ("about 1 in 1,000", None),
        ("Unknown", None),
    ],
)
def test_a_count_of_many_is_told_of_100_too(result: str, about: int | None) -> None:
    assert of_hundred(result) == about
