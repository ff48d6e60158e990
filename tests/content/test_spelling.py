"""Spelling: common slips are refused, and the guide's own words are not."""

import pytest

from discguide.content.spelling import WordList
from tests.projects import CASES

SLIPS = [line for line in (CASES / "misspellings.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]


@pytest.fixture
def words() -> WordList:
    return WordList(frozenset({"pldd", "colour"}), {"disk": "disc"}, {}, {}, ())


def test_common_slips_are_refused(words: WordList) -> None:
    missed = [slip for slip in SLIPS if not list(words.faults(slip))]
    assert len(SLIPS) >= 80 and len(missed) <= 0.05 * len(SLIPS), missed


@pytest.mark.parametrize(
    "text", ["The patient’s colour didn’t change.", "Physiotherapists don't treat herniation.", "PLDD"]
)
def test_right_words_are_left_alone(text: str, words: WordList) -> None:
    assert list(words.faults(text)) == []


def test_the_nearest_word_is_offered(words: WordList) -> None:
    assert next(hint for _word, hint in words.faults("goverment")).startswith("did you mean 'government'?")
    assert list(words.faults("a disk")) == [("disk", "write 'disc'")]
