"""Numbers, percentages, lists and plurals as a language writes them, by the rules of the CLDR.

A language without sentences of its own is shown as English, which its notices are in, too.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

LOCALES = {"en": "en_GB", "it": "it"}  # British: “a, b and c”
MINUS = str.maketrans("-", "−")
EITHER = "|"
_BEGINS_WITH_VOWEL = re.compile(r"8|1(?=[,%]|$)|11(?!\d)")  # otto…, uno, undici, before thousands, too
_BEGINS_WITH_ZERO = re.compile(r"0")
_BEGINS_WITH_E = re.compile(r"[eèé]", re.IGNORECASE)


class Spoken(str):
    """A value of a sentence, which can ask for its article: Italian has another before some numbers.

    >>> "{0:il}, {1:il}, {1:del}, {2:al}".format(*map(Spoken, ("60%", "80%", "11")))
    'il 60%, l’80%, dell’80%, all’11'
    """

    __slots__ = ()

    def __format__(self, article: str) -> str:
        """It with the article before it that stands in its place; alone where none does."""
        if not article:
            return str(self)
        stem = article.removesuffix("il")  # “del”, “al”, “dal” go on as “dell’”, “dello”
        if _BEGINS_WITH_VOWEL.match(self):
            return f"{stem}l’{self}"
        return f"{stem}lo {self}" if _BEGINS_WITH_ZERO.match(self) else f"{article} {self}"


@lru_cache(4096)  # babel takes longer over a number than the engine over a company
def decimal(value: float | None, places: int, language: str | None, *, signed: bool = False) -> str:
    """A number with so many decimals, halves rounded up (§1); a dash where there is none.

    >>> decimal(68.7, 1, "it"), decimal(0.067, 2, "en", signed=True)
    ('68,7', '+0.07')
    """
    if value is None:
        return "–"
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    pattern = "#,##0." + "0" * places if places else "#,##0"
    both = f"+{pattern};-{pattern}" if signed else pattern
    return format_decimal(rounded, format=both, locale=_locale(language)).translate(MINUS)


@lru_cache(4096)
def whole(value: int, language: str | None) -> str:
    """A whole number, such as a count of people."""
    return format_decimal(value, locale=_locale(language))


@lru_cache(4096)
def percent(value: int, language: str | None) -> str:
    """A whole number of percent."""
    return format_percent(Decimal(value) / 100, locale=_locale(language))


def listed(names: Sequence[str], language: str | None) -> str:
    """Names one after the other, the last joined by a word.

    >>> listed(["Marketing", "Vendite", "R&S"], "it")
    'Marketing, Vendite e R&S'
    >>> listed(["Requisiti", "Effetto"], "it")
    'Requisiti ed Effetto'
    """
    said = format_list(names, locale=_locale(language))
    if language != "it" or len(names) < 2 or not _BEGINS_WITH_E.match(names[-1]):  # noqa: PLR2004 -- two
        return said
    return f"{said.removesuffix(f'e {names[-1]}')}ed {names[-1]}"


def either(names: Sequence[str], language: str | None) -> str:
    """Names one after the other as alternatives.

    >>> either(["CEO", "consulente"], "it")
    'CEO o consulente'
    """
    return format_list(names, style="or", locale=_locale(language))


def is_one(n: int, language: str | None) -> bool:
    """Whether so many things are spoken of in the singular."""
    return _locale(language).plural_form(n) == "one"


def counted(text: str, n: int, language: str | None, **values: object) -> str:
    """A text for so many things, written as singular and plural: “{n} aperta|{n} aperte”."""
    one, _, other = text.partition(EITHER)
    return (one if is_one(n, language) else other).format(n=whole(n, language), **values)


def day(moment: date, language: str | None) -> str:
    """A day in words.

    >>> day(date(2026, 11, 20), "it")
    '20 novembre 2026'
    """
    return format_date(moment, format="long", locale=_locale(language))


def country(code: str, language: str | None) -> str:
    """A country by its code of two letters; the code where the language has no name for it."""
    return str(_locale(language).territories.get(code, code))


@cache
def _locale(language: str | None) -> Locale:
    return Locale.parse(LOCALES.get(language or "", LOCALES["en"]))
