"""Chart `heatmap`: functions by lenses (§4), a decided cell filled, one with an open answer framed."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.charts.text import lines_of
from app.reports.reading import Reading
from scoring.presentation.display import ScoreDocument

WIDTH, NAMES, HEAD = 972, 260, 40
ROW, NAME_SIZE, LINE = 52, 17, 20


class Cell(NamedTuple):
    """A mean: its figures, its tone (`None`: framed or empty), and what is possible."""

    figures: str
    tone: int | None
    possible: str | None
    is_empty: bool


class HeatRow(NamedTuple):
    """A function, or all of them, by lens."""

    name: str
    cells: Sequence[Cell]


class Heatmap(NamedTuple):
    """Lenses across, functions down; the last row is over all functions."""

    lenses: Sequence[str]
    rows: Sequence[HeatRow]
    total: HeatRow


class DrawnRow(NamedTuple):
    """A row as drawn, in px."""

    top: int
    height: int
    name: Sequence[str]
    cells: Sequence[Cell]


class HeatmapChart(NamedTuple):
    """The heat map as drawn, in px."""

    width: int
    height: int
    cell_width: float
    heads: Sequence[Sequence[str]]
    head_height: int
    rows: Sequence[DrawnRow]
    description: str

    def x(self, place: int) -> float:
        """Where the cell of a lens begins."""
        return round(NAMES + place * self.cell_width, 1)


def heatmap(reading: Reading) -> Heatmap | None:
    """The cells; `None` for a questionnaire without lenses."""
    lenses = reading.document["lenses"]
    if not lenses:
        return None
    rows = [
        HeatRow(
            standing.function["name"],
            [_cell(standing.function["lenses"].get(lens["id"]), reading) for lens in lenses],
        )
        for standing in reading.standings
    ]
    total = HeatRow(reading.speech("all_functions"), [_cell(lens["score"], reading) for lens in lenses])
    return Heatmap([lens["name"] for lens in lenses], rows, total)


def _cell(score: ScoreDocument | None, reading: Reading) -> Cell:
    speech = reading.speech
    if score is None:
        return Cell("–", None, None, is_empty=True)
    value, low, high = score["value"], score["low"], score["high"]
    if value is None:
        return Cell(speech.span(low, high), None, None, is_empty=False)
    if low == high:
        return Cell(speech.number(value), reading.tone(value), None, is_empty=False)
    return Cell(speech.number(value), None, speech("possible", span=speech.span(low, high)), is_empty=False)


def heatmap_chart(reading: Reading) -> HeatmapChart | None:
    """The heat map as SVG."""
    content = heatmap(reading)
    if content is None:
        return None
    cell_width = (WIDTH - NAMES) / len(content.lenses)
    heads = [lines_of(lens, cell_width - 8, 14) for lens in content.lenses]
    head_height = HEAD + LINE * (max(map(len, heads)) - 1)
    rows: list[DrawnRow] = []
    top = head_height
    for row in [*content.rows, content.total]:
        name = lines_of(row.name, NAMES - 16, NAME_SIZE)
        height = max(ROW, LINE * len(name) + 12)
        rows.append(DrawnRow(top, height, name, row.cells))
        top += height
    described = (_described(row, content.lenses) for row in content.rows)
    return HeatmapChart(WIDTH, top, cell_width, heads, head_height, rows, "; ".join(described))


def _described(row: HeatRow, lenses: Sequence[str]) -> str:
    cells = zip(lenses, row.cells, strict=True)
    return f"{row.name}: {', '.join(f'{lens} {cell.figures}' for lens, cell in cells)}"
