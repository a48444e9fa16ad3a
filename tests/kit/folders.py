"""Where questionnaires lie, and how a folder becomes one."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.source import parse

ROOT = Path(__file__).parents[2]
QUESTIONNAIRES = ROOT / "questionnaires"
FIXTURES = ROOT / "tests" / "fixtures" / "questionnaires"


def shipped() -> list[Path]:
    """The folder of every version that the project ships: `questionnaires/<id>/<version>`."""
    return sorted(file.parent for file in QUESTIONNAIRES.glob("*/*/questionnaire.toml"))


def every_folder() -> list[Path]:
    """Shipped versions, and the questionnaires that exist for the tests only."""
    return [*shipped(), *sorted(file.parent for file in FIXTURES.glob("*/questionnaire.toml"))]


def name_of(folder: Path) -> str:
    """A folder's name in a test's id: `social-business/1.0.0`, or the feature that a fixture shows."""
    root = FIXTURES if folder.is_relative_to(FIXTURES) else QUESTIONNAIRES
    return folder.relative_to(root).as_posix()


@cache
def load(folder: Path) -> Questionnaire:
    """The questionnaire of a folder, with its words."""
    texts = {file.stem: file.read_text("utf-8") for file in folder.glob("texts/*.toml")}
    mapping = folder / "mapping.toml"
    declared = mapping.read_text("utf-8") if mapping.is_file() else None
    return parse((folder / "questionnaire.toml").read_text("utf-8"), texts, declared)


def texts_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The words of a folder by language, as they are written."""
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("texts/*.toml"))}


def in_catalog(fixture: str, folder: Path) -> Path:
    """A folder from which the service takes one that exists for the tests only, as if it were released."""
    questionnaire = load(FIXTURES / fixture)
    copytree(FIXTURES / fixture, folder / questionnaire.id / questionnaire.version)
    released = f'"{questionnaire.id}@{questionnaire.version}" = "{questionnaire.digest}"\n'
    (folder / "released.toml").write_text(released, "utf-8")
    return folder


def case_files(folders: Iterable[Path]) -> list[Path]:
    """All case files of these folders."""
    return [file for folder in folders for file in sorted(folder.glob("cases/*.toml"))]
