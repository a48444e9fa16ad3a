"""What several people said, as data for a document: both sides beside the study, and the spread."""

from typing import Any

from app.reports import parts
from app.reports.charts.perception import PerceptionChart, perception_chart
from app.reports.charts.spread import PAPER, SpreadChart, spread_chart
from app.reports.drawing import on_paper
from app.reports.reading import Reading
from app.reports.shown import sides_shown

Part = dict[str, Any]


def part_of(kind: str, nav: str, title: str, said: str | None, **content: object) -> Part:
    """A part of a report: its kind, what it is called in short and as a sentence, what it says."""
    return {"kind": kind, "nav": nav, "title": title, "said": said} | content


def sides(reading: Reading) -> Part | None:
    """Both sides on the same questions; `None` where nobody was asked about them (§8, §9)."""
    speech, chart = reading.speech, perception_chart(reading)
    if not reading.document["collaboration"]:
        return None
    title = (
        speech("sides_title_one_view")
        if chart is None
        else speech("sides_title", first=chart.sides[0], second=chart.sides[1])
    )
    return part_of(
        "sides",
        speech("sides_nav"),
        title,
        speech("sides_said"),
        chart=None if chart is None else _perception(chart, reading),
        sayings=[
            {"said": speech("quoted", text=saying.said), "by": saying.by} for saying in parts.sayings(reading)
        ],
        shown_title=speech("shown_nav"),
        shown=sides_shown(reading),
        studies=[_study(study, reading) for study in parts.studies(reading)],
    )


def _perception(chart: PerceptionChart, reading: Reading) -> Part:
    speech, (first, second) = reading.speech, chart.sides
    return {
        "svg": on_paper("perception", chart, reading),
        "alt": chart.description,
        "caption": speech("perception_chart", first=first, second=second, n=len(chart.rows)),
        "columns": [speech("question"), first, second, speech("apart")],
        "rows": [[" ".join(row.name), *row.values, row.apart] for row in chart.rows],
    }


def _study(study: parts.Study, reading: Reading) -> Part:
    speech = reading.speech
    return {
        "title": speech("study_title", year=study.year),
        "said": speech("study_said"),
        "columns": [speech("question"), speech("percent_column"), speech("interval_column")],
        "figures": [
            {
                "text": figure.text,
                "by": " · ".join(part for part in (figure.side, figure.company) if part),
                "percent": speech.percent(figure.percent),
                "interval": None if figure.low is None else f"{figure.low}–{figure.high}",
            }
            for figure in study.figures
        ],
        "source": f"{study.source}. {study.caveat}",
    }


def spread(reading: Reading) -> Part | None:
    """How far answers lie apart; `None` where one person answered (§8)."""
    speech, respondents = reading.speech, reading.document["respondents"]
    if respondents is None:
        return None
    chart = spread_chart(reading, PAPER)
    key = "spread_hidden" if respondents["anonymous"] else "spread_none"
    return part_of(
        "spread",
        speech("spread_nav"),
        speech("spread_title"),
        speech("spread_said" if chart else key),
        chart=None if chart is None else _spread(chart, reading),
    )


def _spread(chart: SpreadChart, reading: Reading) -> Part:
    speech = reading.speech
    return {
        "svg": on_paper("spread", chart, reading),
        "alt": chart.description,
        "caption": speech("spread_chart"),
        "columns": [speech("question"), speech("roles_column"), speech("counts_column")],
        "rows": [
            [" ".join(row.name), row.table, " · ".join(part for part in (row.counts, row.based_on) if part)]
            for row in chart.rows
        ],
    }
