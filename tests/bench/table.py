"""What was measured → Markdown tables."""

import statistics
from collections.abc import Iterable

Numbers = list[float]


def spread(values: Iterable[float], unit: str = "", digits: int = 1) -> str:
    """Median with its range, so that noise shows; one number when there is no range to show."""
    numbers = list(values)
    low, middle, high = (f"{f(numbers):.{digits}f}" for f in (min, statistics.median, max))
    shown = middle if low == high else f"{middle} [{low}–{high}]"
    return f"{shown} {unit}".strip()


class Table:
    """Rows of what was measured, columns of who; a cell that nobody filled says so."""

    def __init__(self, columns: dict[str, str], absent: Iterable[str] = ()) -> None:
        self._columns = columns
        self._absent = set(absent)
        self._rows: dict[str, dict[str, str]] = {}

    def put(self, row: str, column: str, said: str) -> None:
        """Fill one cell."""
        self._rows.setdefault(row, {})[column] = said

    def markdown(self) -> str:
        """Write the table."""
        lines = [["what", *self._columns.values()], ["---"] * (len(self._columns) + 1)]
        for row, cells in self._rows.items():
            lines.append([row, *(cells.get(c, "not installed" if c in self._absent else "–") for c in self._columns)])
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)
