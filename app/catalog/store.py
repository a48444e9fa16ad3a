"""Questionnaires from their folder: `<id>/<version>/questionnaire.toml`, `texts/`, `released.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from app.core.editions import QuestionnaireFolderError
from scoring import Questionnaire
from scoring.errors import faults_of
from scoring.questionnaire.source import parse


def read_questionnaire(file: Path) -> Questionnaire:
    """The questionnaire of a `questionnaire.toml` and the `texts/` beside it.

    Raises `QuestionnaireFolderError` with all faults.
    """
    try:
        texts = {path.stem: path.read_text("utf-8") for path in sorted(file.parent.glob("texts/*.toml"))}
        return parse(file.read_text("utf-8"), texts)
    except ValidationError as error:
        lines = [f"{file}: {fault.pointer}: {fault.detail}" for fault in faults_of(error)]
        raise QuestionnaireFolderError("\n".join(lines)) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"{file}: {error}"
        raise QuestionnaireFolderError(message) from None


def read_folder(folder: Path) -> Iterator[Questionnaire]:
    """All questionnaires of a folder; each stands under its own id and version."""
    files = sorted(folder.glob("*/*/questionnaire.toml"))
    if not files:
        message = f"{folder}: there is no questionnaire in <id>/<version>/questionnaire.toml"
        raise QuestionnaireFolderError(message)
    for file in files:
        questionnaire = read_questionnaire(file)
        if (questionnaire.id, questionnaire.version) != file.parts[-3:-1]:
            message = f"{file}: the folder is not {questionnaire.id}/{questionnaire.version}"
            raise QuestionnaireFolderError(message)
        yield questionnaire


def read_released(folder: Path) -> Mapping[str, str]:
    """Digests of the released versions by `id@version`; empty where nothing is released."""
    file = folder / "released.toml"
    if not file.is_file():
        return {}
    try:
        digests: dict[str, str] = tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        message = f"{file}: {error}"
        raise QuestionnaireFolderError(message) from None
    return digests
