"""`sbm questionnaires`: listed, shown, checked and started."""

from pathlib import Path
from typing import Annotated

from rich.console import Console
from typer import Argument, Option, echo

from app.catalog.presentation import present_questionnaire
from app.catalog.service import load_catalog
from app.catalog.store import read_questionnaire
from app.commands import draft
from app.commands.declared import declare
from app.commands.questionnaire_tables import print_editions, print_questionnaire
from app.commands.scoring import Lang
from app.commands.settings import read_settings
from scoring.questionnaire.advice import advice

command = declare("List, show, check and start questionnaires.")

File = Annotated[Path, Argument(help="A questionnaire.toml; texts/ beside it is read.")]


@command.command("list")
def list_questionnaires() -> None:
    """List the questionnaires that the service scores by."""
    catalog = load_catalog(read_settings().questionnaire_folders)
    print_editions(Console(markup=False), list(catalog.editions.values()))


@command.command()
def show(questionnaire: Annotated[str, Argument(help="Id, or id@version.")], lang: Lang = "en") -> None:
    """Show what a questionnaire asks."""
    name, _, version = questionnaire.partition("@")
    edition = load_catalog(read_settings().questionnaire_folders).find(name, version or None)
    print_questionnaire(Console(markup=False), present_questionnaire(edition, lang))


@command.command()
def lint(file: File) -> None:
    """Check a questionnaire: faults refuse it, advice does not."""
    questionnaire = read_questionnaire(file)
    for hint in advice(questionnaire):
        echo(f"advice: {hint.pointer}: {hint.detail}")
    echo(f"{questionnaire.id}@{questionnaire.version} is sound: {questionnaire.digest}")


@command.command()
def new(
    identifier: Annotated[str, Argument(metavar="ID", help="Id of the new questionnaire.")],
    folder: Annotated[Path, Option(help="Where to write it.")] = Path(),
) -> None:
    """Start a questionnaire: a small one that can be scored at once, to be changed."""
    file = draft.write(identifier, folder)
    echo(f"{file} written. Try: sbm questionnaires lint {file}")
