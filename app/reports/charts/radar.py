"""Chart `radar`: the means of the functions, with what is still possible as a band."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

from app.reports.charts.text import lines_of
from app.reports.reading import Reading

LEAST_AXES, CROWDED = 3, 7
WIDTH, HEIGHT, RADIUS = 440, 330, 104
LABEL, LINE, POLE, SLOPE, CROWDED_SLOPE = 13, 16, 0.4, 0.4, 0.6

Point = tuple[float, float]


class Axis(NamedTuple):
    """A function's axis: its end, and its label with where that begins."""

    end: Point
    label_x: float
    label_y: float
    anchor: str
    lines: Sequence[str]
    value: str


class RadarChart(NamedTuple):
    """Rings for the levels, an axis for each function; polygons as the points of SVG."""

    width: int
    top: float
    height: float
    centre: Point
    rings: Sequence[str]
    gate: str
    axes: Sequence[Axis]
    low: str
    high: str
    value: str | None
    description: str


def radar_chart(reading: Reading) -> RadarChart | None:
    """The radar; `None` for fewer than three functions, which make no area."""
    functions = [(s.function, s.function["score"]) for s in reading.standings]
    scored = [(function, score) for function, score in functions if score is not None]
    if len(scored) < LEAST_AXES:
        return None
    count = len(scored)
    means = [reading.mean(score, function["counts"]) for function, score in scored]
    values = [score["value"] for _, score in scored]
    known = [value for value in values if value is not None]
    axes = [
        _axis(place, count, function["name"], text)
        for place, ((function, _), text) in enumerate(zip(scored, means, strict=True))
    ]
    top = min(axis.label_y for axis in axes) - LINE
    bottom = max(axis.label_y + LINE * len(axis.lines) for axis in axes) + LINE / 2
    return RadarChart(
        WIDTH,
        round(top, 1),
        round(bottom - top, 1),
        _at(0, 1, 0),
        [_polygon([level / reading.max_level] * count) for level in range(1, reading.max_level + 1)],
        _polygon([reading.line / reading.max_level] * count),
        axes,
        _polygon([score["low"] / reading.max_level for _, score in scored]),
        _polygon([score["high"] / reading.max_level for _, score in scored]),
        _polygon([value / reading.max_level for value in known]) if len(known) == count else None,
        "; ".join(f"{function['name']}: {text}" for (function, _), text in zip(scored, means, strict=True)),
    )


def _at(place: int, count: int, share: float) -> Point:
    """Where a share of an axis ends; the first axis points up."""
    angle = 2 * pi * place / count - pi / 2
    radius = RADIUS * share
    return round(WIDTH / 2 + radius * cos(angle), 1), round(HEIGHT / 2 + radius * sin(angle), 1)


def _polygon(shares: Sequence[float]) -> str:
    points = (_at(place, len(shares), share) for place, share in enumerate(shares))
    return " ".join(f"{x},{y}" for x, y in points)


def _axis(place: int, count: int, name: str, value: str) -> Axis:
    """An axis with its label outside of it: above or below at the poles, beside it elsewhere."""
    x, y = _at(place, count, 1.12)
    aside, down = (x - WIDTH / 2) / RADIUS, (y - HEIGHT / 2) / RADIUS
    anchor = "m" if abs(aside) < POLE else ("e" if aside < 0 else "")
    between = WIDTH / 2 if count < CROWDED else 2 * RADIUS * sin(2 * pi / count)  # its neighbours' labels
    room = {"m": between, "e": x, "": WIDTH - x}[anchor]
    lines = lines_of(name, room, LABEL, most=3 if count < CROWDED else 2)
    height, slope = LINE * len(lines), SLOPE if count < CROWDED else CROWDED_SLOPE
    first = y - height if down < -slope else (y + LINE if down > slope else y - height / 2 + LABEL)
    return Axis(_at(place, count, 1), x, round(first, 1), anchor, lines, value)
