"""`sbm questionnaires`: listed, shown, started, checked, translated and released."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from rich.console import Console
from typer import Argument, Option, echo

from app.catalog.presentation import present_questionnaire
from app.catalog.service import load_catalog
from app.catalog.store import read_questionnaire, read_sources
from app.commands import draft
from app.commands.authoring import AuthoringError, structure_in
from app.commands.authoring.release import release as write_release
from app.commands.authoring.testing import case_results, translation_results
from app.commands.authoring.texts import translate as write_translation
from app.commands.declared import declare
from app.commands.questionnaire_tables import print_editions, print_questionnaire
from app.commands.scoring import Lang
from app.commands.settings import read_settings
from scoring.questionnaire.advice import advice
from scoring.questionnaire.telling import tell

command = declare("List, show, check and start questionnaires.")

FEW = 3

Folder = Annotated[Path, Argument(help="A folder with a questionnaire.toml, or that file.")]


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
def lint(
    folder: Folder,
    *,
    every: Annotated[bool, Option("--all", help="Each fault, also where many are alike.")] = False,
) -> None:
    """Check a questionnaire: faults refuse it, advice does not."""
    file = structure_in(folder)
    questionnaire = read_questionnaire(file, every=every)
    for line in tell(advice(questionnaire), read_sources(file), every=every):
        echo(f"advice: {file.parent / line}")
    echo(f"{questionnaire.id}@{questionnaire.version} is sound: {questionnaire.digest}")


@command.command()
def test(folder: Folder) -> None:
    """Run the cases of a questionnaire, and compare its translations with the original."""
    file = structure_in(folder)
    questionnaire = read_questionnaire(file)
    failed = []
    for case, faults in case_results(questionnaire, file.parent):
        echo(f"{case}: {'comes out' if not faults else 'fails'}")
        failed += [f"{case}: {fault}" for fault in faults]
    for texts, lacking, same in translation_results(file.parent):
        echo(f"{texts}: {len(lacking)} missing, {len(same)} as in the original{_some(same)}")
        failed += [f"{texts}: {text} is missing" for text in lacking]
    if failed:
        raise AuthoringError("\n".join(failed))
    if not any(file.parent.glob("cases/*.toml")):
        echo("There are no cases yet: questionnaires/README.md says how to write one.")


@command.command()
def translate(
    language: Annotated[str, Argument(metavar="LANG", help="Code of the language, such as de.")],
    folder: Folder,
    *,
    yes: Annotated[bool, Option("--yes", help="Also where comments of the translation are lost.")] = False,
) -> None:
    """Make texts/LANG.toml, or add what is missing in it, in the words of the original."""
    file = structure_in(folder)
    read_questionnaire(file)
    done = write_translation(language, file.parent, lose_comments=yes)
    echo(f"{done.file} written: {done.added} texts added in the words of texts/{done.source}.toml.")
    for place in done.untranslated:
        echo(f"untranslated: {place}")


@command.command()
def release(folder: Folder) -> None:
    """Release a version, which then never changes: its digest goes into released.toml."""
    file = structure_in(folder)
    questionnaire = read_questionnaire(file)
    target = write_release(questionnaire, file)
    echo(f"{questionnaire.id}@{questionnaire.version} is released in {target}: {questionnaire.digest}")


def _some(places: Sequence[str]) -> str:
    """A few of them as an example."""
    more = ", …" if len(places) > FEW else ""
    return f": {', '.join(places[:FEW])}{more}" if places else ""


@command.command()
def new(
    identifier: Annotated[str, Argument(metavar="ID", help="Id of the new questionnaire.")],
    folder: Annotated[Path, Option(help="Where to write it.")] = Path(),
) -> None:
    """Start a questionnaire: a small one that can be scored at once, to be changed."""
    file = draft.write(identifier, folder)
    echo(f"{file} written. Try: sbm questionnaires lint {file}")
