"""Chart `gaps`: from where each capability stands to its target, in the order to close them (§7)."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.charts.dots import Scale
from app.reports.charts.text import lines_of
from app.reports.reading import Reading
from scoring.presentation.shapes import GapDocument

WIDTH, NAMES, EFFORT = 972, 320, 900
ROW, LINE, TOP, NAME_SIZE, FUNCTION_SIZE = 36, 19, 40, 15, 13
STEP_WIDTH, STEP_EDGE = 176, 8


class Step(NamedTuple):
    """A capability's way to its target, in px along the scale."""

    start: float
    end: float
    tone: int
    is_under: bool


class GapRow(NamedTuple):
    """A gap as drawn."""

    top: int
    height: int
    name: Sequence[str]
    function: Sequence[str]
    step: Step
    effort: str


class GapsChart(NamedTuple):
    """All gaps below one scale, in px."""

    width: int
    height: int
    scale: Scale
    line: int
    floor: int
    rows: Sequence[GapRow]
    description: str


def step(gap: GapDocument, reading: Reading, scale: Scale) -> Step:
    """The way of one gap."""
    value = gap["target"] - (gap["gap"]["value"] or 0)
    is_under = gap["level"] < reading.floor
    return Step(scale.x(value), scale.x(gap["target"]), reading.tone(gap["level"]), is_under)


def gaps_chart(reading: Reading) -> GapsChart | None:
    """All gaps of the profile; `None` where there are none."""
    if not reading.document["gaps"]:
        return None
    scale = Scale(NAMES, EFFORT - NAMES - 90, reading.max_level)
    rows: list[GapRow] = []
    top = TOP
    for gap in reading.document["gaps"]:
        name = lines_of(gap["name"], NAMES - 24, NAME_SIZE)
        function = lines_of(reading.function[gap["function"]]["name"], NAMES - 24, FUNCTION_SIZE)
        height = max(ROW, LINE * (len(name) + len(function)) + 8)
        effort = reading.speech("effort_points", n=gap["effort"])
        rows.append(GapRow(top, height, name, function, step(gap, reading, scale), effort))
        top += height
    described = (
        reading.speech("gap_described", name=gap["name"], level=gap["level"], target=gap["target"])
        for gap in reading.document["gaps"]
    )
    return GapsChart(WIDTH, top, scale, reading.line, reading.floor, rows, "; ".join(described))


def step_scale(reading: Reading) -> Scale:
    """The scale of a gap by itself, in a line of a table."""
    return Scale(STEP_EDGE, STEP_WIDTH - 2 * STEP_EDGE, reading.max_level)
