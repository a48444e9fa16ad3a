"""The words of the questionnaire page; keys that end in `_one` and `_other` are plurals of a sentence."""

from pathlib import Path

from app.core.words import Sentences, words

HERE = Path(__file__).parent


def words_of(language: str | None) -> Sentences:
    """The sentences by key, in English where the language is not spoken."""
    return words(HERE, language)


def trial_words_of(language: str | None) -> Sentences:
    """The same where nothing is kept: some sentences are others."""
    return {**words_of(language), **words(HERE / "trial", language)}


def playground_words_of(language: str | None) -> Sentences:
    """The sentences of the playground."""
    return words(HERE / "playground", language)
