"""How hard words are to read, and where a page's words stand."""

import pytest

from discguide.content.passages import grade, passages, plain, sentences, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("disc", 1), ("water", 2), ("herniation", 4), ("PLDD", 2), ("1986", 2), ("Discseel", 2), ("doctor’s", 2), ("follow-up", 3), ("blorptangle", 3)],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_grade_of_known_texts() -> None:
    easy = ["The cat sat on the mat. It was a fat cat."]
    hard = ["Percutaneous intradiscal interventions necessitate multidisciplinary consideration of contraindications."]
    assert grade(easy) < 1
    assert grade(hard) > 20
    assert grade([]) == 0


def test_sentences_keep_numbers_and_quotes_whole() -> None:
    assert sentences("It fell to 3.5 points. “Good,” she said. Was it?") == [
        "It fell to 3.5 points.",
        "“Good,” she said.",
        "Was it?",
    ]


def test_plain_leaves_what_people_read() -> None:
    assert plain('- **Walk**, a [little](a.md) and often {{ cite("R01") }}') == "Walk, a little and often"


def test_passages_know_their_line_and_box() -> None:
    body = "# Title\n\nOne line\nand a second.\n\n/// clinic\nThe article says so.\n///\n\n```\nnot words\n```\n- an item\n| a | row |\n"
    found = [(p.line, p.kind, p.block, p.text) for p in passages(body, first_line=10)]
    assert found == [
        (10, "heading", "", "Title"),
        (12, "paragraph", "", "One line and a second."),
        (16, "paragraph", "clinic", "The article says so."),
        (22, "item", "", "an item"),
        (23, "row", "", "| a | row |"),
    ]
