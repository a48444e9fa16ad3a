"""The catalog of a folder."""

from pathlib import Path

from app.catalog.store import read_folder, read_released
from app.core.editions import Catalog


def load_catalog(folder: Path) -> Catalog:
    """The catalog of a folder of questionnaires; raises `QuestionnaireFolderError`."""
    return Catalog(read_folder(folder), read_released(folder))
