"""How the company has moved, as data for a document: sentences, the chart as a picture, and its table."""

from app.reports.charts.progress import PAPER, ProgressChart, progress_chart, small_progress
from app.reports.drawing import on_paper
from app.reports.reading import Reading
from app.reports.sides import Part
from app.reports.trend import has_moved, moves, trend


def progress_drawn(reading: Reading) -> Part | None:
    """Since the result before, function by function; `None` where there is none."""
    return _drawn(reading, "progress", progress_chart(reading, PAPER))


def trend_drawn(reading: Reading) -> Part | None:
    """The same with the chart in its small form."""
    return _drawn(reading, "progress_small", small_progress(reading))


def _drawn(reading: Reading, template: str, chart: ProgressChart | None) -> Part | None:
    speech, told = reading.speech, trend(reading)
    if told is None:
        return None
    picture = None
    if chart is not None and has_moved(reading):
        picture = {
            "svg": on_paper(template, chart, reading),
            "alt": chart.description,
            "caption": speech("progress_chart", top=reading.max_level),
        }
    return {
        "title": told.title,
        "said": told.said if told.caution is None else f"{told.said} {told.caution}",
        "chart": picture,
        "note": speech("progress_said", level=reading.words.levels[reading.line]),
        "columns": [speech(key) for key in ("function", "before", "now", "change")],
        "rows": [
            [move.standing.function["name"], move.levels, move.said_before, move.said_now, move.described]
            for move in moves(reading)
        ],
    }
