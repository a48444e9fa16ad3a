"""The words of the commands in the languages that they speak."""

from pathlib import Path

from app.core.words import Sentences, words


def words_of(language: str | None) -> Sentences:
    """The sentences by key, in English where the language is not spoken."""
    return words(Path(__file__).parent, language)
