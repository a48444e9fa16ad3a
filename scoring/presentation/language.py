"""What a language says notices with."""

from collections.abc import Mapping
from typing import NamedTuple


class Sentence(NamedTuple):
    """A sentence about one thing and about several."""

    one: str
    other: str


class Language(NamedTuple):
    """How a language counts levels, points and open respondents, and what it calls verdicts.

    `levels` and `points` are written as singular and plural. `open_respondents` are the only one, one of
    several, and several. `statuses` are neutral: a questionnaire may have words of its own.
    """

    code: str
    levels: str
    points: str
    open_respondents: tuple[str, str, str]
    statuses: Mapping[str, str]
    sentences: Mapping[str, Sentence]


def same(text: str) -> Sentence:
    """A sentence that is the same for one and for several."""
    return Sentence(text, text)
