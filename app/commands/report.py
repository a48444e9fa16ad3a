"""`sbm report`: the report of one file of answers, without a service."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from typer import Argument, Option, echo

from app.commands.declared import declare
from app.commands.scoring import Lang, RefusedError, body_of, catalog_of, scoring_errors
from app.reports.about import About
from app.reports.drawing import chart_svg
from app.reports.formats import FORMATS, Choice, Job, Profiled, View
from app.reports.paper import Paper
from app.scores.service import score_body
from scoring.presentation.document import present

command = declare()

SVG = ".svg"
ChartName = Literal["functions", "radar", "heatmap", "gaps", "perception", "spread"]

Answers = Annotated[Path, Argument(help="The body of POST /v1/score, as JSON.")]
Output = Annotated[
    Path, Option("--output", "-o", help="Where to write it: .html, .pdf, or .svg for a chart.")
]
Chart = Annotated[ChartName, Option(help="Of .svg: which chart.")]
OneView = Annotated[View, Option(help="summary: one page for the board.")]
OnPaper = Annotated[Paper, Option(help="Of a PDF: the size of its pages.")]
Company = Annotated[str | None, Option(help="Whose profile it is.")]
Publisher = Annotated[str, Option(help="Who hands it out.")]
Day = Annotated[datetime | None, Option(formats=["%Y-%m-%d"], help="Of which day; today unless told.")]
Questionnaire = Annotated[
    Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
]


class _Options(NamedTuple):
    chart: ChartName
    choice: Choice


@command.command()
def report(
    answers: Answers,
    output: Output,
    chart: Chart = "functions",
    view: OneView = "full",
    paper: OnPaper = "a4",
    company: Company = None,
    publisher: Publisher = "Social-Business Maturity",
    day: Day = None,
    questionnaire: Questionnaire = None,
    lang: Lang = "en",
) -> None:
    """Write the report of a file of answers: HTML, PDF, or a chart as SVG."""
    about = About(publisher, company, None, day.date() if day else date.today())  # noqa: DTZ011 -- the user's
    with scoring_errors():
        catalog, default = catalog_of(questionnaire)
        edition, profile = score_body(catalog, default, body_of(answers))
    profiled = Profiled(present(profile, edition.words(lang)), edition, lang, about)
    output.write_bytes(_made(profiled, output, _Options(chart, Choice(view, paper))))
    echo(f"{output} written.")


def _made(profiled: Profiled, output: Path, options: _Options) -> bytes:
    """The report in the format that the file is called by."""
    suffix = output.suffix.lower()
    if suffix == SVG:
        svg = chart_svg(options.chart, profiled.document, profiled.edition, profiled.language)
        if svg is None:
            raise RefusedError(f"the profile has nothing to show in the chart {options.chart}")
        return svg.encode()
    made = [known.make(profiled, options.choice) for known in FORMATS.values() if known.suffix == suffix]
    if not made:
        known = ", ".join([*(known.suffix for known in FORMATS.values()), SVG])
        raise RefusedError(f"a report is one of: {known}, not {output.name}")
    return made[0]() if isinstance(made[0], Job) else made[0]
