"""By what the commands score, and how faults of what they are given are told."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import orjson
from typer import Option

from app.answer_sheets.template import body_of_sheet
from app.catalog.service import load_catalog
from app.catalog.store import read_questionnaire
from app.commands.settings import read_settings
from app.core.editions import Catalog, Edition
from app.core.mendable import MendableError
from scoring import Fault, ScoringError

Lang = Annotated[str, Option("--lang", help="Language of the texts: en or it.")]
Tier = Annotated[str, Option(help="Of a portfolio: full, or a shorter form such as express.")]


OPTIONS = {"columns": "columns", "targets": "target", "ignore": "ignore"}


class RefusedError(MendableError):
    """What is to be scored cannot be scored."""


@contextmanager
def scoring_errors() -> Iterator[None]:
    """What the library refuses becomes a `RefusedError`: a line a fault."""
    try:
        yield
    except ScoringError as error:
        lines = [f"{fault.pointer}: {fault.detail}" for fault in error.faults]
        raise RefusedError("\n".join(lines)) from None


def body_of(catalog: Catalog, answers: Path) -> object:
    """The body of `POST /v1/score` in a file, or what a filled-in answer sheet says.

    Raises `RefusedError` for what is neither, and `AnswersRefusedError` with the faults of a sheet.
    """
    if answers.suffix.lower() == ".xlsx":
        return body_of_sheet(catalog, answers.read_bytes())
    try:
        return orjson.loads(answers.read_bytes())
    except orjson.JSONDecodeError as error:
        raise RefusedError(str(error)) from None


@contextmanager
def portfolio_errors(given: Mapping[str, Sequence[str]]) -> Iterator[None]:
    """The same for a portfolio, where places are columns of the table, and options that were `given`."""
    try:
        yield
    except ScoringError as error:
        lines = [_line(fault, given) for fault in error.faults]
        if any(fault.code == "unasked_column" for fault in error.faults):
            lines.append("columns of questions that the tier does not ask are left out with --ignore unasked")
        raise RefusedError("\n".join(lines)) from None


def _line(fault: Fault, given: Mapping[str, Sequence[str]]) -> str:
    match fault.place:
        case (str(option), int(index)) if option in given:
            return f"--{OPTIONS[option]} {given[option][index]}: {fault.detail}"
        case ("targets", str(name)):
            return f"--target {name}: {fault.detail}"
        case ("tier",) | ():
            return fault.detail
    return f"column {fault.place[0]}: {fault.detail}"


def catalog_of(questionnaire: Path | None) -> tuple[Catalog, str]:
    """The released questionnaires, or one of the user's own; and the id of the one to score by."""
    settings = read_settings()
    if questionnaire is None:
        return load_catalog(settings.questionnaire_folders), settings.default_questionnaire
    own = read_questionnaire(questionnaire)
    edition = Edition(own, released=True)
    return Catalog([own], {edition.key: own.digest}), own.id
