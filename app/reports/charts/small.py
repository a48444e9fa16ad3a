"""A function as a small strip by itself, for lists of companies."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.charts.dots import Dot, Scale, dots
from app.reports.charts.functions import why
from app.reports.reading import Reading
from app.reports.speech import figures
from scoring.method.verdict import ClauseStatus

WIDTH, EDGE, APART = 200, 10, 9.6


class SmallStrip(NamedTuple):
    """A function's dots on the scale, its level as a cell, and what the gate sees."""

    name: str
    scale: Scale
    line: float
    floor: float | None
    dots: Sequence[Dot]
    has_unknown: bool
    cell: str
    tone: int | None
    status: ClauseStatus
    why: Sequence[str]


def small_strips(reading: Reading) -> Sequence[SmallStrip]:
    """A strip for each scored function that applies."""
    scale = Scale(EDGE, WIDTH - 2 * EDGE, reading.max_level)
    floor = None if reading.floor == reading.line else scale.x(reading.floor)
    return [
        SmallStrip(
            reading.words.short_functions[standing.function["id"]],
            scale,
            scale.x(reading.line),
            floor,
            dots(standing, reading, scale, APART),
            bool(standing.unknown),
            figures(standing.function["level"]),
            reading.decided_tone(standing.function["level"]),
            standing.status,
            why(standing, reading),
        )
        for standing in reading.standings
    ]
