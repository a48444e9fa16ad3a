"""The summary for the board: verdict, every function's strip, the first gaps, what it stands on; one page."""

from itertools import islice
from typing import NamedTuple

from app.core.editions import Edition
from app.reports import parts
from app.reports.about import About
from app.reports.charts.functions import functions_chart, strip, strip_scale
from app.reports.charts.gaps import step_scale
from app.reports.charts.progress import small_progress
from app.reports.content import Paper, front, functions_drawn, gap_rows
from app.reports.page import Page, page_in_style
from app.reports.paper import as_json
from app.reports.parts import GapLine
from app.reports.progress import trend_drawn
from app.reports.reading import Reading
from app.reports.sides import Part
from app.reports.summary import summarize
from app.reports.trend import has_moved, trend
from scoring.presentation.shapes import ProfileDocument

MOST = 5


class FirstGaps(NamedTuple):
    """The gaps to close first, and how many there are in all."""

    gaps: list[GapLine]
    total: int


def _first(reading: Reading) -> FirstGaps:
    gaps = [gap for group in parts.gap_groups(reading) for gap in group.gaps]
    return FirstGaps(list(islice(gaps, MOST)), len(gaps))


def board_data(
    document: ProfileDocument, edition: Edition, language: str, about: About, paper: Paper
) -> bytes:
    """The summary as JSON, for `board.typ`."""
    return as_json(board_content(document, edition, language, about, paper))


def board_content(
    document: ProfileDocument, edition: Edition, language: str, about: About, paper: Paper
) -> Part:
    """The summary as data for a document."""
    reading = Reading(document, edition, language, about)
    speech, first = reading.speech, _first(reading)
    return front(reading, about, paper) | {
        "functions_title": reading.speech("functions_nav"),
        "chart": functions_drawn(reading),
        "trend": trend_drawn(reading),
        "gaps_title": speech("first_gaps", n=len(first.gaps), total=first.total) if first.gaps else None,
        "gaps_none": speech("gaps_none"),
        "columns": [speech(column) for column in ("capability", "today_to_target", "next_step", "effort")],
        "gaps": gap_rows(first.gaps, reading),
        "basis_title": speech("basis_title"),
        "basis": parts.basis(reading),
    }


def board_page(document: ProfileDocument, edition: Edition, language: str, about: About) -> Page:
    """The summary as a page."""
    reading = Reading(document, edition, language, about)
    progress = small_progress(reading) if has_moved(reading) else None
    return page_in_style(
        "board.html",
        reading,
        about,
        summary=summarize(reading),
        first=_first(reading),
        trend=trend(reading),
        basis=parts.basis(reading),
        functions_title=reading.speech("functions_nav"),
        strips=[strip(standing, reading) for standing in reading.standings],
        strip_scale=strip_scale(reading),
        step_scale=step_scale(reading),
        charts={"functions": functions_chart(reading), "progress": progress},
    )
