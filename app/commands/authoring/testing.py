"""`sbm questionnaires test`: the cases and the translations of a folder."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from app.commands.authoring.texts import read_texts, told
from scoring import Questionnaire
from scoring.cases import failures, read_case
from scoring.errors import faults_of
from scoring.questionnaire.translation import missing, original, untranslated


def case_results(questionnaire: Questionnaire, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each case of a folder, and what of it does not come out."""
    for file in sorted(folder.glob("cases/*.toml")):
        name = file.relative_to(folder).as_posix()
        try:
            yield name, failures(questionnaire, read_case(file))
        except ValidationError as error:
            yield name, [f"{fault.pointer}: {fault.detail}" for fault in faults_of(error)]
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            yield name, [str(error)]


def translation_results(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each translation of a folder, the texts that it lacks, and what is said in the original's words."""
    texts = read_texts(folder)
    source = original(texts)
    for language, words in texts.items():
        if source is not None and language != source:
            same = untranslated(texts[source], words)
            lacking = missing(texts[source], words)
            yield (
                f"texts/{language}.toml",
                [told(place) for place in lacking],
                [told(place) for place in same],
            )
