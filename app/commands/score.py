"""`sbm score`: one file of answers, or a portfolio."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import orjson
from rich.console import Console
from typer import Argument, Option, echo

from app.answer_sheets.cells import is_answer_sheet
from app.commands.declared import declare
from app.commands.profile_tables import print_profile
from app.commands.scoring import (
    Lang,
    RefusedError,
    Tier,
    body_of,
    catalog_of,
    portfolio_errors,
    scoring_errors,
)
from app.core.editions import Edition
from app.portfolio.columns import parse_ignored, parse_targets, prepare
from app.portfolio.files import (
    OnError,
    Scored,
    answers_of_row,
    check_format,
    count_rows,
    is_portfolio,
    rejected_file,
    score_file,
)
from app.portfolio.progress import progress_bar
from app.portfolio.writers import Layout
from app.scores.service import score_body
from scoring import score as score_answers
from scoring.batch import Batch
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument
from scoring.questionnaire.form import FULL

command = declare()

Answers = Annotated[
    Path,
    Argument(
        help="The body of POST /v1/score, as JSON; a filled-in answer sheet, .xlsx; or a portfolio: Parquet, "
        "CSV, XLSX, NDJSON."
    ),
]
Output = Annotated[Path | None, Option("--output", "-o", help="Where to write a portfolio's profiles.")]
Questionnaire = Annotated[
    Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
]
Targets = Annotated[
    list[str] | None, Option(help="Of a portfolio: a target, such as sales=3; may be repeated.")
]
Columns = Annotated[
    list[str] | None, Option(help="Of a portfolio: columns to write, such as 'sales.*'; may be repeated.")
]
Stops = Annotated[OnError, Option(help="Of a portfolio: what to do with a row that cannot be scored.")]
Explained = Annotated[
    int | None, Option(min=1, help="Of a portfolio: show the full profile of the row of this number.")
]
Ignored = Annotated[
    list[str] | None,
    Option(
        help="Of a portfolio: leave out columns that the tier does not ask (unasked), or patterns of "
        "--columns that fit nothing (unmatched); may be repeated."
    ),
]
Encoding = Annotated[
    str | None, Option(help="Of a portfolio in CSV: how it is written, where that is not found out.")
]
Delimiter = Annotated[
    Literal[",", ";", "tab", "|"] | None, Option(help="Of the profiles in CSV: what stands between cells.")
]
Decimal = Annotated[
    Literal[".", ","], Option(help="Of the profiles in CSV: a comma is for spreadsheets of Italy.")
]

MOST_NAMED = 20  # columns in a line


class Shown(NamedTuple):
    """How a profile is shown."""

    lang: str
    as_json: bool


@command.command()
def score(
    answers: Answers,
    output: Output = None,
    questionnaire: Questionnaire = None,
    lang: Lang = "en",
    as_json: Annotated[bool, Option("--json", help="The profile as JSON.")] = False,
    tier: Tier = FULL,
    target: Targets = None,
    columns: Columns = None,
    on_error: Stops = "stop",
    explain: Explained = None,
    ignore: Ignored = None,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    decimal: Decimal = ".",
) -> None:
    """Score a file of answers and show the profile; or a portfolio, row by row into a file."""
    shown = Shown(lang, as_json)
    with scoring_errors():
        if not is_portfolio(answers) or is_answer_sheet(answers):
            _score_one(questionnaire, answers, shown)
            return
        catalog, default = catalog_of(questionnaire)
        edition = catalog.find(default, None)
        layout = _layout(delimiter, decimal)
    with portfolio_errors({"columns": columns or [], "targets": target or [], "ignore": ignore or []}):
        targets = parse_targets(target or [])
        batch = prepare(edition.questionnaire, tier, targets, columns or [], parse_ignored(ignore or []))
        if explain is not None:
            row = answers_of_row(batch, answers, explain, encoding)
            _explain(edition, row, (tier, targets), shown)
        else:
            _score_all(batch, answers, output, Reading(on_error, encoding, layout))


class Reading(NamedTuple):
    """How a portfolio is read, and its profiles are written."""

    on_error: OnError
    encoding: str | None
    layout: Layout


def _score_one(questionnaire: Path | None, answers: Path, shown: Shown) -> None:
    catalog, default = catalog_of(questionnaire)
    edition, profile = score_body(catalog, default, body_of(catalog, answers))
    _show(edition, present(profile, edition.words(shown.lang)), shown)


def _explain(
    edition: Edition, row: Mapping[str, Any], goal: tuple[str, Mapping[str, int]], shown: Shown
) -> None:
    tier, targets = goal
    profile = score_answers(edition.questionnaire, row, tier=tier, targets=targets)
    _show(edition, present(profile, edition.words(shown.lang)), shown)


def _layout(delimiter: str | None, decimal: str) -> Layout:
    if delimiter == decimal:
        message = "a comma can stand between cells or in numbers, not both: --delimiter ';'"
        raise RefusedError(message)
    return Layout("\t" if delimiter == "tab" else delimiter, decimal)


def _score_all(batch: Batch, answers: Path, output: Path | None, reading: Reading) -> None:
    if output is None:
        message = (
            "say where to write the profiles: -o PROFILES.parquet, .csv, .xlsx or .ndjson; or --explain ROW"
        )
        raise RefusedError(message)
    check_format(output)
    how = reading._asdict()
    with progress_bar(count_rows(answers)) as progress:
        scored = score_file(batch, answers, output, progress=progress, **how)
    echo(f"{output} written.")
    _tell(scored, output)


def _tell(scored: Scored, output: Path) -> None:
    """What was found out, and what did not become a profile."""
    if scored.said:
        echo(f"Read as {scored.said}.")
    for what, columns in (("Passed through", scored.header.passed), ("Not asked", scored.header.unasked)):
        if columns:
            more = f" and {len(columns) - MOST_NAMED} more" if len(columns) > MOST_NAMED else ""
            echo(f"{what}: {', '.join(columns[:MOST_NAMED])}{more}.")
    if scored.rejected:
        echo(f"Rows left out: {scored.rejected}. {rejected_file(output)} says why.")


def _show(edition: Edition, document: ProfileDocument, shown: Shown) -> None:
    if shown.as_json:
        echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        print_profile(Console(markup=False), document, edition.words(shown.lang))
