"""How a report speaks: sentences with plurals, numbers and lists as the language writes them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.core.words import DEFAULT, SPOKEN, words
from scoring.presentation import formats
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.formats import Spoken

FOLDER = Path(__file__).parent / "words"
DASH = "–"
# What names nothing at the beginning of a text, and so stands in small letters inside a sentence.
SMALL = frozenset(
    ("the", "a", "an", "il", "lo", "la", "i", "gli", "le", "un", "una", "uno", "due", "tre", "dieci")
)


class Speech:
    """One language of a report. Where it is not spoken, English is."""

    def __init__(self, language: str | None) -> None:
        """Read the sentences once; `language` is a code such as `it`."""
        self.language = language if language in SPOKEN else DEFAULT
        self._sentences = words(FOLDER, self.language)
        self._counted = self("counted").split(" ")

    def __call__(self, key: str, /, **values: object) -> str:
        """The sentence of a key; with `n`, that for none, one or several, and `{count}` is `n` in words."""
        n = values.get("n")
        if isinstance(n, int):
            values["count"] = self.counted(n)
            form = "one" if formats.is_one(n, self.language) else "other"
            forms = f"{key}_none" if n == 0 else "", f"{key}_{form}"
            key = next((form for form in forms if form in self._sentences), key)
        spoken = {name: Spoken(value) if isinstance(value, str) else value for name, value in values.items()}
        return self._sentences[key].format_map(spoken)

    def counted(self, n: int) -> str:
        """A small number in words, from eleven on in figures."""
        return self._counted[n] if n < len(self._counted) else str(n)

    def number(self, value: float, digits: int = 1) -> str:
        """A number with that many decimals; halves are rounded up, as everywhere in the method (§1)."""
        return formats.decimal(value, digits, self.language)

    def listed(self, names: Sequence[str]) -> str:
        """Names as a list in a sentence."""
        return formats.listed(names, self.language)

    def either(self, names: Sequence[str]) -> str:
        """Names as alternatives in a sentence."""
        return formats.either(names, self.language)

    def short(self, value: float) -> str:
        """A number as short as one decimal allows."""
        return self.number(value, 0 if value == int(value) else 1)

    def percent(self, value: int) -> str:
        """A share in percent."""
        return formats.percent(value, self.language)

    def date(self, day: date) -> str:
        """A day in words."""
        return formats.day(day, self.language)

    def country(self, code: str) -> str:
        """A country by its code of two letters; the code where the language has no name for it."""
        return formats.country(code, self.language)

    def span(self, low: float, high: float, digits: int = 1) -> str:
        """From the least to the greatest."""
        return f"{self.number(low, digits)}{DASH}{self.number(high, digits)}"

    def score(self, score: ScoreDocument | None, *, alone: bool = True) -> str:
        """A mean with what is still possible; where it may not stand alone the range does."""
        if score is None:
            return DASH
        if score["value"] is None or not alone:
            return self.span(score["low"], score["high"])
        value = self.number(score["value"])
        if score["low"] == score["high"]:
            return value
        return f"{value} ({self.span(score['low'], score['high'])})"

    def level(self, level: LevelDocument | None, names: Sequence[str]) -> str:
        """A level in words, or from which to which."""
        if level is None:
            return self("not_applicable")
        low, high = names[level["low"]], names[level["high"]]
        return low if level["low"] == level["high"] else self("from_to", low=low, high=high)


def figures(level: LevelDocument | None) -> str:
    """A level in figures, or from which to which."""
    if level is None:
        return DASH
    return str(level["low"]) if level["low"] == level["high"] else f"{level['low']}{DASH}{level['high']}"


def sentence(text: str) -> str:
    """With a capital letter at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def ended(text: str) -> str:
    """With a full stop at its end, where nothing ends it."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def within(text: str) -> str:
    """As it goes on inside a sentence: an article or a number at its beginning is no name.

    >>> within("L’elenco dei post"), within("Oracle CRM")
    ('l’elenco dei post', 'Oracle CRM')
    """
    first = text.partition(" ")[0].lower()
    is_small = first in SMALL or first.startswith(("l’", "l'", "un’", "dell’"))
    return f"{text[:1].lower()}{text[1:]}" if is_small else text
