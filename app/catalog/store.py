"""Questionnaires from their folder: `<id>/<version>/questionnaire.toml`, `texts/`, `released.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from app.core.editions import QuestionnaireFolderError
from scoring import Questionnaire
from scoring.errors import faults_of
from scoring.questionnaire.source import parse, read_table
from scoring.questionnaire.telling import Sources, tell


def read_questionnaire(file: Path, *, every: bool = False) -> Questionnaire:
    """The questionnaire of a `questionnaire.toml` and the `texts/` beside it.

    Raises `QuestionnaireFolderError` with all faults, like ones counted unless `every` one is wanted.
    """
    sources = read_sources(file)
    try:
        return parse(sources.structure, sources.texts)
    except ValidationError as error:
        lines = [f"{file.parent / line}" for line in tell(faults_of(error), sources, every=every)]
        raise QuestionnaireFolderError("\n".join(lines)) from None
    except tomllib.TOMLDecodeError:
        raise QuestionnaireFolderError("\n".join(_unreadable(file.parent, sources))) from None


def read_sources(file: Path) -> Sources:
    """The texts of a `questionnaire.toml` and the `texts/` beside it; raises `QuestionnaireFolderError`."""
    files = [file, *sorted(file.parent.glob("texts/*.toml"))]
    contents = []
    for path in files:
        try:
            contents.append(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            message = f"{path}: {reason}"
            raise QuestionnaireFolderError(message) from None
    words = {path.stem: text for path, text in zip(files[1:], contents[1:], strict=True)}
    return Sources(contents[0], words)


def _unreadable(folder: Path, sources: Sources) -> Iterator[str]:
    """What of each file is no TOML."""
    files = {"questionnaire.toml": sources.structure}
    files |= {f"texts/{language}.toml": text for language, text in sources.texts.items()}
    for name, text in files.items():
        try:
            read_table(text)
        except tomllib.TOMLDecodeError as error:
            yield f"{folder / name}: {error}"


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
