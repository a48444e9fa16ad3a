"""By what the commands score, and how faults of what they are given are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from typer import Option

from app.catalog.service import load_catalog
from app.catalog.store import read_questionnaire
from app.commands.settings import read_settings
from app.core.editions import Catalog, Edition
from app.core.mendable import MendableError
from scoring import ScoringError

Lang = Annotated[str, Option("--lang", help="Language of the texts: en or it.")]
Tier = Annotated[str, Option(help="Of a portfolio: full, or a shorter form such as express.")]


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


def catalog_of(questionnaire: Path | None) -> tuple[Catalog, str]:
    """The released questionnaires, or one of the user's own; and the id of the one to score by."""
    settings = read_settings()
    if questionnaire is None:
        return load_catalog(settings.questionnaires), settings.default_questionnaire
    own = read_questionnaire(questionnaire)
    edition = Edition(own, released=True)
    return Catalog([own], {edition.key: own.digest}), own.id
