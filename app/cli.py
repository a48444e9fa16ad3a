"""The command `sbm`: serve, score, and work with questionnaires. Errors are lines, not tracebacks."""

import sys
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
import uvicorn
from pydantic import ValidationError
from rich.console import Console

from app import drafts, tables
from app.catalog.presentation import present_questionnaire
from app.catalog.service import Catalog, Edition, UnknownQuestionnaireError, load_catalog
from app.catalog.store import QuestionnaireFolderError, read_questionnaire
from app.core.settings import Settings
from app.main import create_app
from app.scores.service import score_body
from scoring import ScoringError
from scoring.advice import advice
from scoring.presentation import present

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
questionnaires = typer.Typer(no_args_is_help=True, help="List, show, check and start questionnaires.")
app.add_typer(questionnaires, name="questionnaires")

Lang = Annotated[str, typer.Option("--lang", help="Language of the texts: en or it.")]
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
    except (QuestionnaireFolderError, drafts.DraftError, OSError, orjson.JSONDecodeError) as error:
        _stop(*str(error).splitlines())


def _stop(*lines: str) -> None:
    for line in lines:
        typer.echo(f"sbm: {line}", err=True)
    sys.exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    demo: Annotated[bool, typer.Option(help="For trying it out: readable logs, a hint on the page.")] = False,
) -> None:
    """Start the service."""
    given: dict[str, Any] = {"host": host, "port": port}
    if demo:
        given |= {"demo": True, "log_format": "console"}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    service = create_app(settings)
    address = f"http://{settings.host}:{settings.port}"
    typer.echo(f"Social-Business Maturity: {address}\nAPI to try out:           {address}/docs")
    uvicorn.run(
        service,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=settings.shutdown_seconds,
    )


@app.command()
def score(
    answers: Annotated[Path, typer.Argument(help="The body of POST /v1/score, as JSON.")],
    questionnaire: Annotated[
        Path | None, typer.Option(help="A questionnaire.toml of your own, instead of a released one.")
    ] = None,
    lang: Lang = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The profile as JSON.")] = False,
) -> None:
    """Score a file of answers and show the profile."""
    settings = Settings()
    body = orjson.loads(answers.read_bytes())
    if questionnaire is None:
        catalog = load_catalog(settings.questionnaires)
        default = settings.default_questionnaire
    else:
        own = read_questionnaire(questionnaire)
        edition = Edition(own, released=True)
        catalog, default = Catalog([own], {edition.key: own.digest}), own.id
    edition, profile = score_body(catalog, default, body)
    document = present(profile, edition.words(lang))
    if as_json:
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        tables.print_profile(Console(markup=False), document, edition.words(lang))


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
