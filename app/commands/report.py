"""`sbm report`: the report of one file of answers, without a service."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

from typer import Argument, Option, echo

from app.commands.declared import declare
from app.commands.scoring import Lang, RefusedError, body_of, catalog_of, scoring_errors
from app.reports.about import About
from app.reports.content import Paper
from app.reports.drawing import ChartName
from app.reports.formats import DRAWINGS, FORMATS, Choice, Job, Profiled, View
from app.scores.ahead import look_ahead
from app.scores.service import score_body
from scoring.presentation.document import present

command = declare()

Answers = Annotated[
    Path, Argument(help="The body of POST /v1/score, as JSON; or a filled-in answer sheet, .xlsx.")
]
Output = Annotated[
    Path,
    Option(
        "--output", "-o", help="Where to write it: .html, .pdf, .docx, .xlsx, .csv; .svg or .png for a chart."
    ),
]
Chart = Annotated[ChartName, Option(help="Of .svg and .png: which chart.")]
OneView = Annotated[View, Option(help="summary: one page for the board.")]
OnPaper = Annotated[Paper, Option(help="Of .pdf and .docx: the size of the pages.")]
Company = Annotated[str | None, Option(help="Whose profile it is.")]
Publisher = Annotated[str, Option(help="Who hands it out.")]
Day = Annotated[datetime | None, Option(formats=["%Y-%m-%d"], help="Of which day; today unless told.")]
Questionnaire = Annotated[
    Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
]


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
    """Write the report of a file of answers: HTML, PDF, DOCX, XLSX, CSV, or a chart as SVG or PNG."""
    about = About(publisher, company, None, day.date() if day else date.today())  # noqa: DTZ011 -- the user's
    with scoring_errors():
        catalog, default = catalog_of(questionnaire)
        edition, profile = score_body(catalog, default, body_of(catalog, answers))
    words = edition.words(lang)
    profiled = Profiled(
        present(profile, words), edition, lang, about, ahead=partial(look_ahead, profile, words)
    )
    output.write_bytes(_made(profiled, output, Choice(view, paper, chart=chart)))
    echo(f"{output} written.")


def _made(profiled: Profiled, output: Path, choice: Choice) -> bytes:
    """The report in the format that the file is called by."""
    suffixes = {one.suffix: one for one in (*FORMATS.values(), *DRAWINGS.values())}
    if output.suffix.lower() not in suffixes:
        raise RefusedError(f"a report is one of: {', '.join(suffixes)}, not {output.name}")
    known = suffixes[output.suffix.lower()]
    if profiled.ahead and known.says_beyond(choice):
        profiled = profiled._replace(beyond=profiled.ahead())
    made = known.make(profiled, choice)
    return made() if isinstance(made, Job) else made
