"""The words of the questionnaire page; keys that end in `_one` and `_other` are plurals of a sentence."""

from pathlib import Path

from app.core.words import Sentences, words


def words_of(language: str | None) -> Sentences:
    """The sentences by key, in English where the language is not spoken."""
    return words(Path(__file__).parent, language)
