"""What the columns of a batch show to a reader: in which unit, and with what words (§1, §4)."""

from typing import Literal

from scoring.arithmetic import POINTS_PER_LEVEL

Unit = Literal["word", "level", "index", "questions", "effort", "yes_no"]

TENTHS = 10
LAST: dict[str, Unit] = {
    "verdict": "word",
    "clause": "word",
    "effort": "effort",
    "breaks_floor": "yes_no",
}


def unit_of(name: str) -> Unit:
    """The unit of a column: a score and a gap are levels too, with three decimals."""
    node, _, last = name.rpartition(".")
    if last in LAST:
        return LAST[last]
    if node.endswith(".index"):
        return "index"
    return "questions" if node.rpartition(".")[2] == "counts" else "level"


def divisor_of(name: str) -> int:
    """By what a whole number is divided to be shown."""
    node, _, last = name.rpartition(".")
    if unit_of(name) == "index":
        return TENTHS
    is_points = last in {"value", "gain"} or (last in {"low", "high"} and not node.endswith(".level"))
    return POINTS_PER_LEVEL if is_points else 1
