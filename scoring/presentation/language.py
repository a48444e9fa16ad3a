"""What a language says notices with."""

from collections.abc import Mapping
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence about one thing and about several."""

    one: str
    other: str


class Language(NamedTuple):
    """How a language joins a list, writes decimals, counts levels and open respondents, names verdicts.

    `open_respondents` are the only one, one of several, and several.
    """

    conjunction: str
    decimal: str
    levels: Sentence
    open_respondents: tuple[str, str, str]
    statuses: Mapping[str, str]
    sentences: Mapping[str, Sentence]


def same(text: str) -> Sentence:
    """A sentence that is the same for one and for several."""
    return Sentence(text, text)
