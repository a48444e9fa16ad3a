"""The formats of a report, in one table: what each is called, and how it is made of a profile."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from typing import Any, Literal, NamedTuple

import orjson

from app.core.editions import Edition
from app.core.errors import MissingError
from app.reports import board, content, facts, page, paper, raster, sheets, typeset, word, workbook
from app.reports.about import About
from app.reports.beyond import NOTHING, Beyond
from app.reports.content import Paper
from app.reports.drawing import LOOKS_AHEAD, ChartName, chart_on_paper, chart_svg
from app.reports.reading import Reading
from app.reports.signs import file_name, visible
from scoring.presentation.shapes import ProfileDocument

View = Literal["full", "summary"]


class Profiled(NamedTuple):
    """What a report is made of; `ahead` gives what is `beyond` the profile, for a report that says it."""

    document: ProfileDocument
    edition: Edition
    language: str
    about: About
    beyond: Beyond = NOTHING
    ahead: Callable[[], Beyond] | None = None

    @property
    def reading(self) -> Reading:
        """It, read for a report."""
        return Reading(self.document, self.edition, self.language, self.about, self.beyond)

    @property
    def spoken(self) -> str:
        """The language that the report is in."""
        return self.edition.words(self.language).language or self.language

    @property
    def moment(self) -> datetime:
        """When it counts as made: the day of the profile, so that its bytes are the same each time."""
        return datetime.combine(self.about.day or datetime(2000, 1, 1, tzinfo=UTC), time(), UTC)


class Choice(NamedTuple):
    """How a report is wanted: all or one page, of which size, and of HTML with what surrounds it.

    `chart` says which one where a chart is wanted.
    """

    view: View = "full"
    paper: Paper = "a4"
    is_content: bool = False
    chart: ChartName = "functions"


class Job(NamedTuple):
    """What is left to do where it takes long: a function of a module, to be run anywhere."""

    function: Callable[..., bytes]
    arguments: tuple[Any, ...]

    def __call__(self) -> bytes:
        """Do it here."""
        return self.function(*self.arguments)


class Format(NamedTuple):
    """A format: its media type, how its files end, and how one is made; a `Job` where that takes long.

    `looks_ahead`: whether the whole report in this format says what is beyond the profile.
    """

    media_type: str
    suffix: str
    make: Callable[[Profiled, Choice], bytes | Job]
    looks_ahead: bool = False

    def says_beyond(self, choice: Choice) -> bool:
        """Whether a report in this format says what is beyond the profile."""
        if self in DRAWINGS.values():
            return choice.chart in LOOKS_AHEAD
        return self.looks_ahead and choice.view == "full"


def _html(profiled: Profiled, choice: Choice) -> bytes:
    if choice.view == "summary":
        return board.board_page(*profiled[:4]).html.encode()
    make = page.profile_content if choice.is_content else page.profile_page
    return make(*profiled[:5]).html.encode()


def _pdf(profiled: Profiled, choice: Choice) -> Job:
    if choice.view == "summary":
        data = board.board_data(*profiled[:4], choice.paper)
        return Job(typeset.pdf, ("board.typ", data, profiled.moment))
    data = paper.report_data(profiled.reading, profiled.about, choice.paper)
    return Job(typeset.pdf, ("report.typ", data, profiled.moment))


def _docx(profiled: Profiled, choice: Choice) -> Job:
    if choice.view == "summary":
        data = board.board_content(*profiled[:4], choice.paper)
    else:
        data = content.report_content(profiled.reading, profiled.about, choice.paper)
    return Job(word.docx, (orjson.dumps(visible(data)), profiled.moment))


def _xlsx(profiled: Profiled, _: Choice) -> Job:
    data = sheets.workbook_data(profiled.reading, profiled.about)
    return Job(workbook.xlsx, (orjson.dumps(data), profiled.moment))


def _csv(profiled: Profiled, _: Choice) -> bytes:
    return facts.csv_text(*profiled[:4]).encode()


def _svg(profiled: Profiled, choice: Choice) -> bytes:
    return _drawn(chart_svg(choice.chart, profiled.reading), choice).encode()


def _png(profiled: Profiled, choice: Choice) -> Job:
    svg = chart_on_paper(choice.chart, profiled.reading)
    return Job(raster.png, (_drawn(svg, choice),))


def _drawn(svg: str | None, choice: Choice) -> str:
    """The chart; raises `MissingError` where the profile has nothing for it."""
    if svg is None:
        raise MissingError("chart", detail=f"The profile has nothing to show in the chart {choice.chart}.")
    return svg


OFFICE = "application/vnd.openxmlformats-officedocument"

FORMATS: Mapping[str, Format] = {
    "html": Format("text/html", ".html", _html, looks_ahead=True),
    "pdf": Format("application/pdf", ".pdf", _pdf, looks_ahead=True),
    "docx": Format(f"{OFFICE}.wordprocessingml.document", ".docx", _docx, looks_ahead=True),
    "xlsx": Format(f"{OFFICE}.spreadsheetml.sheet", ".xlsx", _xlsx, looks_ahead=True),
    "csv": Format("text/csv", ".csv", _csv),
}
DRAWINGS: Mapping[str, Format] = {
    "svg": Format("image/svg+xml", ".svg", _svg),
    "png": Format("image/png", ".png", _png),
}


def name_of(profiled: Profiled, format_: Format, chart: str | None = None) -> str:
    """What the file of a report is called: company, occasion and day; of a chart, which one too."""
    about = profiled.about
    parts = (about.company or about.publisher, about.occasion, about.day and about.day.isoformat(), chart)
    return file_name([part for part in parts if part]) + format_.suffix
