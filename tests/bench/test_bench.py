"""What the bench prints is what it measured; its measuring needs no tests."""

from tests.bench.table import Table, spread


def test_noise_shows_as_a_range() -> None:
    assert spread([3.0, 1.0, 2.04], "s") == "2.0 [1.0–3.0] s"
    assert spread([100.0, 100.0], digits=0) == "100"


def test_who_was_not_measured_is_named() -> None:
    table = Table({"ours": "ours", "stock": "Material", "hand": "hand-written"}, absent={"stock"})
    table.put("requests", "ours", "4")
    assert table.markdown().splitlines() == [
        "| what | ours | Material | hand-written |",
        "| --- | --- | --- | --- |",
        "| requests | 4 | not installed | – |",
    ]
