"""The product's own words, in the languages that it speaks: `app/words/<lang>.toml`."""

import tomllib
from collections.abc import Mapping

from app.core.settings import PACKAGE
from app.core.web.languages import DEFAULT, SPOKEN

Sentences = Mapping[str, str]

_WORDS: Mapping[str, Mapping[str, Sentences]] = {
    language: tomllib.loads((PACKAGE / "words" / f"{language}.toml").read_text("utf-8"))
    for language in SPOKEN
}


def words(section: str, language: str | None) -> Sentences:
    """The sentences of a section by key, in English where the language is not spoken."""
    return _WORDS[language if language in SPOKEN else DEFAULT][section]
