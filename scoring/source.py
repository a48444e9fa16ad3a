"""A questionnaire from the text of its files; whoever calls reads the files."""

import tomllib
from collections.abc import Mapping

from scoring.definition import Questionnaire


def parse(structure: str, texts: Mapping[str, str]) -> Questionnaire:
    """Build a questionnaire from `questionnaire.toml` and, by language, `texts/<lang>.toml`.

    Raises `tomllib.TOMLDecodeError` where a text is no TOML, and `pydantic.ValidationError` with all
    faults where the questionnaire is not whole.
    """
    mapping = tomllib.loads(structure)
    words = {language: tomllib.loads(text) for language, text in texts.items()}
    return Questionnaire.model_validate(mapping | {"texts": words} if words else mapping)
