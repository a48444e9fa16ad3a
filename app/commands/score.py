"""`sbm score`: one file of answers, or a portfolio."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import orjson
from rich.console import Console
from typer import Argument, Option, echo

from app.commands.declared import declare
from app.commands.profile_tables import print_profile
from app.commands.scoring import Lang, RefusedError, Tier, catalog_of, scoring_errors
from app.core.editions import Edition
from app.portfolio.columns import parse_targets, prepare
from app.portfolio.files import (
    OnError,
    answers_of_row,
    check_format,
    count_rows,
    is_portfolio,
    rejected_file,
    score_file,
)
from app.portfolio.progress import progress_bar
from app.scores.service import score_body
from scoring import score as score_answers
from scoring.batch import Batch
from scoring.presentation.document import present
from scoring.presentation.shapes import ProfileDocument
from scoring.questionnaire.form import FULL

command = declare()


class Shown(NamedTuple):
    """How a profile is shown."""

    lang: str
    as_json: bool


@command.command()
def score(
    answers: Annotated[
        Path, Argument(help="The body of POST /v1/score, as JSON; or a portfolio: Parquet, CSV, NDJSON.")
    ],
    output: Annotated[
        Path | None, Option("--output", "-o", help="Where to write a portfolio's profiles.")
    ] = None,
    questionnaire: Annotated[
        Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
    ] = None,
    lang: Lang = "en",
    as_json: Annotated[bool, Option("--json", help="The profile as JSON.")] = False,
    tier: Tier = FULL,
    target: Annotated[
        list[str] | None, Option(help="Of a portfolio: a target, such as sales=3; may be repeated.")
    ] = None,
    columns: Annotated[
        list[str] | None, Option(help="Of a portfolio: columns to write, such as 'sales.*'; may be repeated.")
    ] = None,
    on_error: Annotated[
        OnError, Option(help="Of a portfolio: what to do with a row that cannot be scored.")
    ] = "stop",
    explain: Annotated[
        int | None, Option(min=1, help="Of a portfolio: show the full profile of this row, from 1.")
    ] = None,
) -> None:
    """Score a file of answers and show the profile; or a portfolio, row by row into a file."""
    shown = Shown(lang, as_json)
    with scoring_errors():
        if not is_portfolio(answers):
            _score_one(questionnaire, answers, shown)
            return
        catalog, default = catalog_of(questionnaire)
        edition, targets = catalog.find(default, None), parse_targets(target or [])
        batch = prepare(edition.questionnaire, tier, targets, columns or [])
        if explain is not None:
            _explain(edition, answers_of_row(batch, answers, explain), (tier, targets), shown)
        else:
            _score_all(batch, answers, output, on_error)


def _score_one(questionnaire: Path | None, answers: Path, shown: Shown) -> None:
    catalog, default = catalog_of(questionnaire)
    try:
        body = orjson.loads(answers.read_bytes())
    except orjson.JSONDecodeError as error:
        raise RefusedError(str(error)) from None
    edition, profile = score_body(catalog, default, body)
    _show(edition, present(profile, edition.words(shown.lang)), shown)


def _explain(
    edition: Edition, row: Mapping[str, Any], goal: tuple[str, Mapping[str, int]], shown: Shown
) -> None:
    tier, targets = goal
    profile = score_answers(edition.questionnaire, row, tier=tier, targets=targets)
    _show(edition, present(profile, edition.words(shown.lang)), shown)


def _score_all(batch: Batch, answers: Path, output: Path | None, on_error: OnError) -> None:
    if output is None:
        message = "say where to write the profiles: -o PROFILES.parquet, .csv or .ndjson; or --explain ROW"
        raise RefusedError(message)
    check_format(output)
    with progress_bar(count_rows(answers)) as progress:
        rejected = score_file(batch, answers, output, on_error=on_error, progress=progress)
    echo(f"{output} written.")
    if rejected:
        echo(f"Rows left out: {rejected}. {rejected_file(output)} says why.")


def _show(edition: Edition, document: ProfileDocument, shown: Shown) -> None:
    if shown.as_json:
        echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        print_profile(Console(markup=False), document, edition.words(shown.lang))
