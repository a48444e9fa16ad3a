"""The sentences of notices: in the language of the words, with what each is about."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.presentation.english import ENGLISH
from scoring.presentation.formats import Spoken, counted, decimal, is_one, listed, percent, whole
from scoring.presentation.italian import ITALIAN
from scoring.presentation.language import Language
from scoring.questionnaire.words import Words

INNER_QUOTATION_MARKS = str.maketrans("«»", "“”")
LANGUAGES: Mapping[str | None, Language] = {"en": ENGLISH, "it": ITALIAN}


def say(code: str, names: Sequence[str], count: int, values: Mapping[str, Any], words: Words) -> str:
    """A notice's sentence; a language without sentences of its own gets the English ones."""
    language = LANGUAGES.get(words.language, ENGLISH)
    shown = {name: Spoken(_shown(name, value, language, words)) for name, value in values.items()}
    said = listed(names, language.code)
    one, other = language.sentences[code]
    return (one if is_one(count, language.code) else other).format(
        count=whole(count, language.code),
        names=said,
        names_in_brackets=f" ({said})" if names else "",
        **shown,
    )


def verdict_words(words: Words) -> Mapping[str, str]:
    """What each verdict is called, by status: the questionnaire's own words, else neutral ones."""
    neutral = LANGUAGES.get(words.language, ENGLISH).statuses
    own = words.texts.verdict.model_dump(exclude_none=True)
    return {**neutral, **own}


def _shown(name: str, value: Any, language: Language, words: Words) -> str:  # noqa: ANN401 -- of a notice
    present = PRESENTATIONS.get(name)
    return str(value) if present is None else present(value, language, words)


def _status(status: str, _language: Language, words: Words) -> str:
    """The verdict's words inside quotation marks: their own quotation marks are the inner ones."""
    return verdict_words(words)[status].translate(INNER_QUOTATION_MARKS)


def _decimal(thousandths: int, language: Language, _words: Words) -> str:
    return decimal(thousandths / POINTS_PER_LEVEL, 1, language.code)


def _percent(value: int, language: Language, _words: Words) -> str:
    return percent(value, language.code)


def _levels(n: int, language: Language, _words: Words) -> str:
    return counted(language.levels, n, language.code)


def _points(n: int, language: Language, _words: Words) -> str:
    return counted(language.points, n, language.code)


def _sides(sides: Sequence[str], language: Language, words: Words) -> str:
    return listed([words.texts.sides.get(side, side) for side in sides], language.code)


def _ratings(ratings: Sequence[tuple[str | None, int]], language: Language, words: Words) -> str:
    return listed([_rating(role, rating, words) for role, rating in ratings], language.code)


def _open(counts: tuple[int, int], language: Language, _words: Words) -> str:
    alone, one, several = language.open_respondents
    n, asked = counts
    if n > 1:
        return several.format(n=n, asked=asked)
    return alone if asked == 1 else one.format(asked=asked)


def _rating(role: str | None, rating: int, words: Words) -> str:
    return str(rating) if role is None else f"{rating} ({words.texts.roles.get(role, role)})"


PRESENTATIONS: Mapping[str, Callable[[Any, Language, Words], str]] = {
    "status": _status,
    "unexcluded": _status,
    "equivalent": _decimal,
    "percent": _percent,
    "distance_levels": _levels,
    "distance_points": _points,
    "open": _open,
    "sides": _sides,
    "ratings": _ratings,
}
