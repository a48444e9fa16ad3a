"""The command `sbm`: serve, score, and work with questionnaires. Errors are lines, not tracebacks."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import uvicorn
from alembic.util import CommandError
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from app.catalog.presentation import present_questionnaire
from app.catalog.service import Catalog, Edition, UnknownQuestionnaireError, load_catalog
from app.catalog.store import QuestionnaireFolderError, read_questionnaire
from app.commands import administration, drafts, tables
from app.core.database import DatabaseInUseError
from app.core.errors import RefusalError
from app.core.settings import Settings
from app.demo.workspace import DEMO_KEY
from app.main import create_app
from app.migrations.run import MigrationError, check_current, migrate
from app.portfolio.columns import parse_targets, prepare
from app.portfolio.demo import write_demo
from app.portfolio.files import (
    OnError,
    PortfolioError,
    answers_of_row,
    check_format,
    count_rows,
    is_portfolio,
    rejected_file,
    score_file,
)
from app.portfolio.progress import progress_bar
from app.scores.service import score_body
from scoring import ScoringError
from scoring import score as score_answers
from scoring.presentation.document import present
from scoring.questionnaire.advice import advice
from scoring.questionnaire.form import FULL

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
questionnaires = typer.Typer(no_args_is_help=True, help="List, show, check and start questionnaires.")
app.add_typer(questionnaires, name="questionnaires")
app.command("migrate")(administration.migrate_database)
app.command()(administration.init)
app.add_typer(administration.keys, name="keys")

Lang = Annotated[str, typer.Option("--lang", help="Language of the texts: en or it.")]
Tier = Annotated[str, typer.Option(help="Of a portfolio: full, or a shorter form such as express.")]
File = Annotated[Path, typer.Argument(help="A questionnaire.toml; texts/ beside it is read.")]


def main() -> None:
    """Run the command; whatever the user can mend is said in a line."""
    try:
        app()
    except ScoringError as error:
        _stop(*(f"{fault.pointer}: {fault.detail}" for fault in error.faults))
    except UnknownQuestionnaireError as error:
        _stop(f"unknown {error.field}: {error.detail}")
    except ValidationError as error:
        _stop(*(f"SBM_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()))
    except (
        QuestionnaireFolderError,
        drafts.DraftError,
        PortfolioError,
        administration.AdministrationError,
        MigrationError,
        CommandError,
        DatabaseInUseError,
        RefusalError,
        SQLAlchemyError,
        OSError,
        orjson.JSONDecodeError,
    ) as error:
        _stop(*str(error).splitlines())


def _stop(*lines: str) -> None:
    for line in lines:
        typer.echo(f"sbm: {line}", err=True)
    sys.exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    demo: Annotated[
        bool, typer.Option(help="For trying it out: companies to look at, a key that is no secret.")
    ] = False,
    migrate_first: Annotated[
        bool, typer.Option("--migrate", help="Bring the database to the shape that is needed first.")
    ] = False,
) -> None:
    """Start the service."""
    given: dict[str, Any] = {"host": host, "port": port}
    if demo:
        given |= {"demo": True, "log_format": "console"}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    service = create_app(settings)
    with closing(service.state.database) as database:
        with database.serving():  # told here in a line; the service takes the lock when it starts
            if migrate_first:
                migrate(database)
            check_current(database)
        address = f"http://{settings.host}:{settings.port}"
        typer.echo(f"Social-Business Maturity: {address}\nAPI to try out:           {address}/docs")
        if settings.demo:
            typer.echo(f"Key of the demonstration: {DEMO_KEY}")
        if database.is_sqlite:
            typer.echo("SQLite: one process serves; SBM_DATABASE_URL=postgresql://… for more.")
        uvicorn.run(
            service,
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )


@app.command()
def score(
    answers: Annotated[
        Path,
        typer.Argument(help="The body of POST /v1/score, as JSON; or a portfolio: Parquet, CSV, NDJSON."),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write a portfolio's profiles.")
    ] = None,
    questionnaire: Annotated[
        Path | None, typer.Option(help="A questionnaire.toml of your own, instead of a released one.")
    ] = None,
    lang: Lang = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The profile as JSON.")] = False,
    tier: Tier = FULL,
    target: Annotated[
        list[str] | None,
        typer.Option(help="Of a portfolio: a target, such as sales=3; may be repeated."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(help="Of a portfolio: columns to write, such as 'sales.*'; may be repeated."),
    ] = None,
    on_error: Annotated[
        OnError, typer.Option(help="Of a portfolio: what to do with a row that cannot be scored.")
    ] = "stop",
    explain: Annotated[
        int | None, typer.Option(min=1, help="Of a portfolio: show the full profile of this row, from 1.")
    ] = None,
) -> None:
    """Score a file of answers and show the profile; or a portfolio, row by row into a file."""
    catalog, default = _catalog_of(questionnaire)
    if not is_portfolio(answers):
        edition, profile = score_body(catalog, default, orjson.loads(answers.read_bytes()))
        _show(edition, present(profile, edition.words(lang)), lang, as_json=as_json)
        return
    edition, targets = catalog.find(default, None), parse_targets(target or [])
    batch = prepare(edition.questionnaire, tier, targets, columns or [])
    if explain is not None:
        row = answers_of_row(batch, answers, explain)
        profile = score_answers(edition.questionnaire, row, tier=tier, targets=targets)
        _show(edition, present(profile, edition.words(lang)), lang, as_json=as_json)
    elif output is None:
        _stop("say where to write the profiles: -o PROFILES.parquet, .csv or .ndjson; or --explain ROW")
    else:
        check_format(output)
        with progress_bar(count_rows(answers)) as progress:
            rejected = score_file(batch, answers, output, on_error=on_error, progress=progress)
        typer.echo(f"{output} written.")
        if rejected:
            typer.echo(f"Rows left out: {rejected}. {rejected_file(output)} says why.")


def _catalog_of(questionnaire: Path | None) -> tuple[Catalog, str]:
    """The released questionnaires, or one of the user's own; and the id of the one to score by."""
    settings = Settings()
    if questionnaire is None:
        return load_catalog(settings.questionnaires), settings.default_questionnaire
    own = read_questionnaire(questionnaire)
    edition = Edition(own, released=True)
    return Catalog([own], {edition.key: own.digest}), own.id


def _show(edition: Edition, document: dict[str, Any], lang: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        tables.print_profile(Console(markup=False), document, edition.words(lang))


@app.command()
def demo_portfolio(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A .parquet, .csv or .ndjson file to write.")
    ] = Path("portfolio.parquet"),
    rows: Annotated[int, typer.Option(min=1, help="How many companies.")] = 1_000_000,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same companies.")] = 1,
    tier: Tier = FULL,
) -> None:
    """Write a portfolio of made-up companies to try things with."""
    catalog, default = _catalog_of(None)
    batch = prepare(catalog.find(default, None).questionnaire, tier, {}, [])
    with progress_bar(rows) as progress:
        write_demo(batch, output, rows, seed, progress)
    typer.echo(f"{output} written. Try: sbm score {output} -o profiles{output.suffix}")


@questionnaires.command("list")
def list_questionnaires() -> None:
    """List the questionnaires that the service scores by."""
    catalog = load_catalog(Settings().questionnaires)
    tables.print_editions(Console(markup=False), list(catalog.editions.values()))


@questionnaires.command()
def show(questionnaire: Annotated[str, typer.Argument(help="Id, or id@version.")], lang: Lang = "en") -> None:
    """Show what a questionnaire asks."""
    name, _, version = questionnaire.partition("@")
    edition = load_catalog(Settings().questionnaires).find(name, version or None)
    tables.print_questionnaire(Console(markup=False), present_questionnaire(edition, lang))


@questionnaires.command()
def lint(file: File) -> None:
    """Check a questionnaire: faults refuse it, advice does not."""
    questionnaire = read_questionnaire(file)
    for hint in advice(questionnaire):
        typer.echo(f"advice: {hint.pointer}: {hint.detail}")
    typer.echo(f"{questionnaire.id}@{questionnaire.version} is sound: {questionnaire.digest}")


@questionnaires.command()
def new(
    identifier: Annotated[str, typer.Argument(metavar="ID", help="Id of the new questionnaire.")],
    folder: Annotated[Path, typer.Option(help="Where to write it.")] = Path(),
) -> None:
    """Start a questionnaire: a small one that can be scored at once, to be changed."""
    file = drafts.write(identifier, folder)
    typer.echo(f"{file} written. Try: sbm questionnaires lint {file}")
