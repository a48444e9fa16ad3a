"""Chart `functions`: each function's capabilities as dots, with the gate's line and floor (§5, §6)."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.charts.dots import Dot, Mean, Scale, dots, mean
from app.reports.charts.text import lines_of, width_of
from app.reports.reading import Reading, Standing
from app.reports.speech import figures
from scoring.method.verdict import ClauseStatus

NARROW, NARROW_EDGE = 324, 32
TOP, NAME_SIZE, NAME_LINE, LABEL = 58, 17, 20, 13
LEAST_HEIGHT, OPEN_HEIGHT = 76, 20


class Columns(NamedTuple):
    """Where the columns of the chart stand, in px: names, scale, and what the gate sees."""

    width: int
    names: int
    scale_left: int
    scale_width: int
    why: int


# Half a level and a dot go beside either end of the scale: so wide are the dots of one level at most.
SCREEN = Columns(972, 186, 240, 480, 780)
PAPER = Columns(800, 146, 192, 392, 634)  # letters are as large beside it as on a page of paper


class Row(NamedTuple):
    """A function in the chart: where it stands, in px, and what is said of it."""

    top: int
    height: int
    id: str
    name: Sequence[str]
    cell: str
    tone: int | None
    level_words: Sequence[str]
    status: ClauseStatus
    dots: Sequence[Dot]
    mean: Mean | None
    open_label: str | None
    why: Sequence[str]

    @property
    def bottom(self) -> int:
        """Where the next one begins."""
        return self.top + self.height


class FunctionsChart(NamedTuple):
    """The scale, and a row for each scored function that applies."""

    width: int
    height: int
    scale: Scale
    level_names: Sequence[str] | None
    line: int
    floor: int
    rows: Sequence[Row]
    why_x: int
    description: str


def functions_chart(reading: Reading, columns: Columns = SCREEN) -> FunctionsChart:
    """All functions below one scale, for wide screens or for paper."""
    scale = Scale(columns.scale_left, columns.scale_width, reading.max_level)
    rows: list[Row] = []
    for standing in reading.standings:
        rows.append(_row(standing, reading, scale, columns, rows[-1].bottom if rows else TOP))
    spacing = columns.scale_width / reading.max_level
    names = reading.words.levels
    fits = all(width_of(name, LABEL) < spacing for name in names)
    return FunctionsChart(
        columns.width,
        rows[-1].bottom if rows else TOP,
        scale,
        names if fits else None,
        reading.line,
        reading.floor,
        rows,
        columns.why,
        " ".join(described(standing, reading) for standing in reading.standings),
    )


def strip(standing: Standing, reading: Reading) -> Row:
    """One function by itself, for narrow screens."""
    return _row(standing, reading, strip_scale(reading), SCREEN, 0)


def strip_scale(reading: Reading) -> Scale:
    """The scale of one function by itself."""
    return Scale(NARROW_EDGE, NARROW - 2 * NARROW_EDGE, reading.max_level)


def _row(standing: Standing, reading: Reading, scale: Scale, columns: Columns, top: int) -> Row:
    function, speech = standing.function, reading.speech
    level = function["level"]
    name = lines_of(function["name"], columns.names, NAME_SIZE)
    words = lines_of(speech.level(level, reading.words.levels), columns.names - 54, 15)
    open_label = _open_label(standing, reading, scale)
    needed = (len(name) + len(words)) * NAME_LINE + 36
    height = max(LEAST_HEIGHT + (OPEN_HEIGHT if open_label else 0), needed)
    return Row(
        top,
        height,
        function["id"],
        name,
        figures(level),
        reading.decided_tone(level),
        words,
        standing.status,
        dots(standing, reading, scale),
        mean(standing, reading, scale, columns.why - LABEL),
        open_label,
        why(standing, reading),
    )


def _open_label(standing: Standing, reading: Reading, scale: Scale) -> str | None:
    """What the dotted line stands for: a capability by name where that goes upon it, else how many."""
    if not standing.unknown:
        return None
    if len(standing.unknown) == 1:
        named = reading.speech("unknown_named", name=standing.unknown[0]["name"], top=reading.max_level)
        if width_of(named, LABEL) < scale.width - LABEL:
            return named
    return reading.speech("unknown_counted", n=len(standing.unknown))


def why(standing: Standing, reading: Reading) -> Sequence[str]:
    """What the gate sees: how many reach the line, how many lie below the floor, how many are open.

    Of a function that is still open, from how many to how many.
    """
    speech = reading.speech
    below = standing.below_floor
    is_decided = below.least == below.most
    said = [
        speech("at_line", reached=standing.at_line, total=standing.total),
        speech("below_floor", n=below.least) if is_decided else speech("below_floor_open", count=below),
    ]
    if standing.unknown:
        said.append(speech("not_known", n=len(standing.unknown)))
    return said


def described(standing: Standing, reading: Reading) -> str:
    """The same for who cannot see the chart."""
    level = reading.speech.level(standing.function["level"], reading.words.levels)
    return f"{standing.function['name']}: {level}, {', '.join(why(standing, reading))}."
