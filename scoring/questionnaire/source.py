"""A questionnaire from the text of its files; whoever calls reads the files."""

import tomllib
from collections.abc import Mapping
from typing import Any

from scoring.questionnaire.definition import Questionnaire


def parse(structure: str, texts: Mapping[str, str], mapping: str | None = None) -> Questionnaire:
    """Build a questionnaire from `questionnaire.toml`, `texts/<lang>.toml` by language, and `mapping.toml`.

    Raises `tomllib.TOMLDecodeError` where a text is no TOML, and `pydantic.ValidationError` with all
    faults where the questionnaire is not whole.
    """
    whole = read_table(structure)
    if words := {language: read_table(text) for language, text in texts.items()}:
        whole["texts"] = words
    if mapping is not None:
        whole["mapping"] = read_table(mapping)
    return Questionnaire.model_validate(whole)


def read_table(text: str) -> dict[str, Any]:
    """The mapping of a file; raises `tomllib.TOMLDecodeError`, also where it is nested too deeply."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        message = "the text is nested too deeply"
        raise tomllib.TOMLDecodeError(message) from None
