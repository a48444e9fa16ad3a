"""Chart `frontier`: the index against the effort in points, for today, every stop and the plan."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.budgets import Budget, Kind, budgets
from app.reports.charts.text import lines_of
from app.reports.reading import Reading

TOP, BELOW, LEFT, LEAST_HEIGHT = 34, 46, 44, 250
NAME_SIZE, SAID_SIZE, LINE, GAP = 15, 13, 19, 12
LEADER, MOST_LINES = 20, 2
MOST_TICKS = 6


class Columns(NamedTuple):
    """How wide the chart is and its plot, in px, and where its labels begin."""

    width: int
    plot: int
    labels: int


SCREEN = Columns(972, 520, 620)
PAPER = Columns(800, 400, 494)  # letters are as large beside it as on a page of paper


class Tick(NamedTuple):
    """Where a number stands on an axis, in px."""

    at: float
    said: str


class Point(NamedTuple):
    """A budget in the chart, in px, and the top of its label with the lines of that."""

    kind: Kind
    x: float
    y: float
    top: float
    name: Sequence[str]
    said: Sequence[str]

    @property
    def height(self) -> int:
        """How high the label is, in px."""
        return LINE * (len(self.name) + len(self.said))


class FrontierChart(NamedTuple):
    """Both axes, the points, the line through the cheapest plans, and the way of the plan by its waves."""

    width: int
    height: float
    left: int
    right: int
    top: int
    bottom: float
    elbow: int
    labels: int
    costs: Sequence[Tick]
    indices: Sequence[Tick]
    points: Sequence[Point]
    cheapest: Sequence[Point]
    course: Sequence[Point]
    description: str


def frontier_chart(reading: Reading, columns: Columns = SCREEN) -> FrontierChart | None:
    """What each budget buys; `None` where there is no plan."""
    shown = budgets(reading)
    if not shown:
        return None
    labels = [_label(budget, reading, columns.width - columns.labels) for budget in shown]
    needed = sum(LINE * sum(map(len, label)) + GAP for label in labels) - GAP
    bottom = TOP + max(LEAST_HEIGHT, needed)
    marks = _index_marks([budget.least for budget in shown])
    most, right = max(budget.points for budget in shown), LEFT + columns.plot

    def x(cost: float) -> float:
        return round(LEFT + columns.plot * cost / most, 1)

    def y(index: float) -> float:
        return round(bottom - (bottom - TOP) * (index - marks[0]) / (marks[-1] - marks[0]), 1)

    points = [
        Point(budget.kind, x(budget.points), y(budget.least), 0, *label)
        for budget, label in zip(shown, labels, strict=True)
    ]
    return FrontierChart(
        columns.width,
        bottom + BELOW,
        LEFT,
        right,
        TOP,
        bottom,
        right + LEADER,
        columns.labels,
        [Tick(x(cost), reading.speech.number(cost, 0)) for cost in _cost_marks(most)],
        [Tick(y(index), reading.speech.number(index, 0)) for index in marks],
        _apart(points, bottom),
        [point for point in points if point.kind in {"today", "stop", "plan"}],
        [point for point in points if point.kind in {"today", "wave", "plan"}],
        _described(shown, reading),
    )


def _label(budget: Budget, reading: Reading, room: float) -> tuple[Sequence[str], Sequence[str]]:
    points, index = budget.figures(reading)
    said = reading.speech("budget_said", index=index, points=points)
    return lines_of(budget.name, room, NAME_SIZE, MOST_LINES), lines_of(said, room, SAID_SIZE, MOST_LINES)


def _cost_marks(most: int) -> range:
    """Few round numbers from nothing to the greatest cost."""
    steps = (factor * 10**power for power in range(20) for factor in (1, 2, 5))
    step = next(step for step in steps if most // step <= MOST_TICKS)
    return range(0, most + 1, step)


def _index_marks(indices: Sequence[float]) -> range:
    """Tens around the indices, wide enough that a small difference looks small."""
    least, most = int(min(indices) // 10) * 10, -int(-max(indices) // 10) * 10
    if most - least < 2 * 10:
        least, most = max(0, least - 10), min(100, most + 10)
    return range(least, most + 1, 10)


def _apart(points: Sequence[Point], bottom: float) -> Sequence[Point]:
    """The points from the top down, each label as near to its point as the others leave room."""
    ordered = sorted(points, key=lambda point: (point.y, -point.x))
    placed: list[Point] = []
    free = float(TOP)
    for point in ordered:
        top = max(free, point.y - LINE / 2)
        placed.append(point._replace(top=top))
        free = top + point.height + GAP
    limit = bottom + GAP
    for place in reversed(range(len(placed))):
        top = min(placed[place].top, limit - GAP - placed[place].height)
        placed[place] = placed[place]._replace(top=round(top, 1))
        limit = top
    return placed


def _described(shown: Sequence[Budget], reading: Reading) -> str:
    said = []
    for budget in shown:
        points, index = budget.figures(reading)
        said.append(reading.speech("budget_described", name=budget.name, points=points, index=index))
    return " ".join(said)
