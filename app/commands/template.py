"""`sbm template`: an empty answer sheet, to be filled in without a service."""

from pathlib import Path
from typing import Annotated

from typer import Option, echo

from app.answer_sheets.template import template_of
from app.commands.declared import declare
from app.commands.scoring import Lang, RefusedError, catalog_of, scoring_errors
from scoring.questionnaire.form import FULL

command = declare()

Output = Annotated[Path, Option("--output", "-o", help="Where to write it: .xlsx.")]
Questionnaire = Annotated[
    Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
]
Tier = Annotated[str, Option(help="full, or a shorter form such as express.")]
Role = Annotated[str | None, Option(help="Only what this role is asked, such as cmo.")]


@command.command()
def template(
    output: Output,
    questionnaire: Questionnaire = None,
    tier: Tier = FULL,
    lang: Lang = "en",
    role: Role = None,
) -> None:
    """Write an empty answer sheet, XLSX, to be filled in and scored."""
    if output.suffix.lower() != ".xlsx":
        raise RefusedError(f"an answer sheet ends in .xlsx, not {output.name}")
    with scoring_errors():
        catalog, default = catalog_of(questionnaire)
        written = template_of(catalog.find(default, None), tier, role, lang)
    output.write_bytes(written)
    echo(f"{output} written.")
