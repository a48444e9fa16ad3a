"""The catalog of folders."""

from collections.abc import Iterable
from pathlib import Path

from app.catalog.store import read_folder, read_released
from app.core.editions import Catalog, QuestionnaireFolderError
from scoring import Questionnaire


def load_catalog(folders: Iterable[Path]) -> Catalog:
    """The catalog of the questionnaires of all folders; raises `QuestionnaireFolderError`.

    The same version may stand in several, as in a copy of the shipped ones; with another digest it is
    refused, since a result that names it would not say which was meant.
    """
    found: dict[tuple[str, str], Questionnaire] = {}
    released: dict[str, str] = {}
    for folder in folders:
        for questionnaire in read_folder(folder):
            key = (questionnaire.id, questionnaire.version)
            if found.setdefault(key, questionnaire).digest != questionnaire.digest:
                message = (
                    f"{folder}: {'@'.join(key)} is there already and is another: a change is a new version"
                )
                raise QuestionnaireFolderError(message)
        released |= read_released(folder)
    return Catalog(found.values(), released)
