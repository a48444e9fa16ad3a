"""Questionnaires from their folder: `<id>/<version>/questionnaire.toml`, `texts/`, `released.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from app.core.editions import QuestionnaireFolderError
from scoring import Fault, Questionnaire
from scoring.errors import faults_of
from scoring.questionnaire.form import FULL
from scoring.questionnaire.mapping import faults_before
from scoring.questionnaire.source import parse, read_table
from scoring.questionnaire.telling import MAPPING, STRUCTURE, Sources, tell


def read_questionnaire(file: Path, *, every: bool = False) -> Questionnaire:
    """The questionnaire of a `questionnaire.toml`, and the `texts/` and `mapping.toml` beside it.

    A mapping is compared with the older version too, where that stands in the folder beside this one.
    Raises `QuestionnaireFolderError` with all faults, like ones counted unless `every` one is wanted.
    """
    sources = read_sources(file)
    try:
        questionnaire = parse(sources.structure, sources.texts, sources.mapping)
        found = _mapping_faults(questionnaire, file)
    except ValidationError as error:
        found = faults_of(error)
    except tomllib.TOMLDecodeError:
        raise QuestionnaireFolderError("\n".join(_unreadable(file.parent, sources))) from None
    if found:
        lines = [f"{file.parent / line}" for line in tell(found, sources, every=every)]
        raise QuestionnaireFolderError("\n".join(lines))
    return questionnaire


def _mapping_faults(questionnaire: Questionnaire, file: Path) -> list[Fault]:
    """Faults between a mapping and the older version, where that can be read: its own are told with it."""
    mapping = questionnaire.mapping
    if mapping is None:
        return []
    with suppress(OSError, ValueError):
        before = parse((file.parents[1] / mapping.older / STRUCTURE).read_text("utf-8"), {})
        return faults_before(mapping, questionnaire.forms[FULL], before.forms[FULL])
    return []


def read_sources(file: Path) -> Sources:
    """The texts of a `questionnaire.toml` and of what stands beside it; raises `QuestionnaireFolderError`."""
    files = [file, *sorted(file.parent.glob("texts/*.toml")), *file.parent.glob(MAPPING)]
    contents = {}
    for path in files:
        try:
            contents[path] = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            message = f"{path}: {reason}"
            raise QuestionnaireFolderError(message) from None
    words = {path.stem: text for path, text in contents.items() if path.parent.name == "texts"}
    return Sources(contents[file], words, contents.get(file.parent / MAPPING))


def _unreadable(folder: Path, sources: Sources) -> Iterator[str]:
    """What of each file is no TOML."""
    files = {STRUCTURE: sources.structure, MAPPING: sources.mapping or ""}
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
