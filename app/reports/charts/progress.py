"""Chart `progress`: each function's mean from the result before to now, with the line at "integrated"."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.reports.about import Figures
from app.reports.charts.dots import LABEL, LABEL_GAP, Scale
from app.reports.charts.text import lines_of, width_of
from app.reports.reading import Reading
from app.reports.speech import figures
from app.reports.trend import Move, moves

TOP, NAME_SIZE, NAME_LINE, SAID_SIZE, LEAST_HEIGHT = 58, 17, 20, 15, 78
BEFORE_Y, NOW_Y = 30, 58  # px below the top of a row
SMALL_WIDTH, SMALL_NAMES, SMALL_SCALE, SMALL_TOP, SMALL_ROW = 500, 184, 190, 28, 32


class Columns(NamedTuple):
    """Where the columns of the chart stand, in px: names, scale, and what changed."""

    width: int
    names: int
    scale_left: int
    scale_width: int
    said: int


SCREEN = Columns(972, 186, 240, 480, 780)
PAPER = Columns(800, 146, 192, 400, 648)  # letters are as large beside it as on a page of paper


class Mark(NamedTuple):
    """A mean with its whisker and its label, in px; without `x` only the range is known well enough."""

    x: float | None
    low: float
    high: float
    tone: int
    label: str
    label_x: float
    anchor: Literal["start", "middle", "end"]


class ProgressRow(NamedTuple):
    """A function in the chart: where it stands, in px, and what is said of it."""

    top: int
    height: int
    name: Sequence[str]
    cells: tuple[str, str]
    tones: tuple[int | None, int | None]
    before: Mark
    now: Mark
    change: str
    possible: Sequence[str]
    levels: Sequence[str]

    @property
    def bottom(self) -> int:
        """Where the next one begins."""
        return self.top + self.height


class ProgressChart(NamedTuple):
    """The scale, and a row for each function that both have."""

    width: int
    height: int
    scale: Scale
    level_names: Sequence[str] | None
    line: int
    rows: Sequence[ProgressRow]
    said_x: int
    description: str


def progress_chart(reading: Reading, columns: Columns = SCREEN) -> ProgressChart | None:
    """All functions below one scale; `None` where there is no result before, or none that both have."""
    scale = Scale(columns.scale_left, columns.scale_width, reading.max_level)
    rows: list[ProgressRow] = []
    for move in moves(reading):
        rows.append(_row(move, reading, scale, columns, rows[-1].bottom if rows else TOP))
    spacing = columns.scale_width / reading.max_level
    names = reading.words.levels
    fits = all(width_of(name, LABEL) < spacing for name in names)
    if not rows:
        return None
    return ProgressChart(
        columns.width,
        rows[-1].bottom,
        scale,
        names if fits else None,
        reading.line,
        rows,
        columns.said,
        _described(reading),
    )


def small_progress(reading: Reading) -> ProgressChart | None:
    """The same in a line each, with short names."""
    scale = Scale(SMALL_NAMES, SMALL_SCALE, reading.max_level)
    rows = [
        _small_row(move, reading, scale, SMALL_TOP + SMALL_ROW * place)
        for place, move in enumerate(moves(reading))
    ]
    if not rows:
        return None
    height = rows[-1].bottom
    return ProgressChart(
        SMALL_WIDTH, height, scale, None, reading.line, rows, SMALL_WIDTH, _described(reading)
    )


def _described(reading: Reading) -> str:
    return " ".join(
        reading.speech(
            "move_described",
            name=move.standing.function["name"],
            before=move.said_before,
            now=move.said_now,
            levels=move.levels,
        )
        for move in moves(reading)
    )


def _row(move: Move, reading: Reading, scale: Scale, columns: Columns, top: int) -> ProgressRow:
    speech, is_first = reading.speech, top == TOP
    said = [
        speech(key, value=value) if is_first else value
        for key, value in (("before_value", move.said_before), ("now_value", move.said_now))
    ]
    right, room = columns.said - LABEL, columns.width - columns.said
    before = _mark(move.before, reading, scale, (said[0], None), right)
    now = _mark(move.now, reading, scale, (said[1], before.x), right)
    name = lines_of(move.standing.function["name"], columns.names, NAME_SIZE)
    possible = lines_of(move.possible, room, SAID_SIZE) if move.possible else []
    levels = lines_of(move.levels, room, SAID_SIZE)
    needed = max(len(name) * NAME_LINE + 50, (1 + len(possible) + len(levels)) * NAME_LINE + 26)
    return ProgressRow(
        top,
        max(LEAST_HEIGHT, needed),
        name,
        (figures(move.before.level), figures(move.now.level)),
        (reading.decided_tone(move.before.level), reading.decided_tone(move.now.level)),
        before,
        now,
        move.change,
        possible,
        levels,
    )


def _small_row(move: Move, reading: Reading, scale: Scale, top: int) -> ProgressRow:
    short = reading.words.short_functions[move.standing.function["id"]]
    return ProgressRow(
        top,
        SMALL_ROW,
        lines_of(short, SMALL_NAMES - 16, SAID_SIZE, 1),
        (figures(move.before.level), figures(move.now.level)),
        (None, None),
        _mark(move.before, reading, scale, ("", None), SMALL_WIDTH),
        _mark(move.now, reading, scale, ("", None), SMALL_WIDTH),
        move.change,
        [],
        [],
    )


def _mark(
    shown: Figures, reading: Reading, scale: Scale, label: tuple[str, float | None], right: float
) -> Mark:
    """A mean, with a label right of it and of where the way to it begins, else left, else upon it."""
    said, begins = label
    score = shown.score or {"value": None, "low": 0, "high": 0}
    value = score["value"] if shown.is_mostly_known else None
    low, high = scale.x(score["low"]), scale.x(score["high"])
    at = None if value is None else scale.x(value)
    tone = reading.tone(score["low"] if value is None else value)
    ends = [low, high] if begins is None or at is None else [low, high, begins]
    room = LABEL_GAP + 2 + width_of(said, LABEL)
    if max(ends) + room <= right:
        return Mark(at, low, high, tone, said, max(ends) + LABEL_GAP + 2, "start")
    if min(ends) - room >= scale.left:
        return Mark(at, low, high, tone, said, min(ends) - LABEL_GAP - 2, "end")
    return Mark(at, low, high, tone, said, round((low + high) / 2, 1), "middle")
