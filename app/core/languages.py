"""Which language to answer in: `?lang=` before `Accept-Language`, English where neither is spoken."""

import re
from functools import lru_cache
from typing import Annotated

from fastapi import Depends, Header, Query

SPOKEN = ("en", "it")
DEFAULT = SPOKEN[0]

_RANGE = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,35})?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*$")

LangQuery = Annotated[
    str | None,
    Query(
        pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$",
        description="Language of the texts, such as `en` or `it`; before `Accept-Language`.",
        examples=["it"],
    ),
]
AcceptLanguage = Annotated[
    str | None,
    Header(description="Languages of the texts in order of preference; English where none is spoken."),
]


def preferred(lang: LangQuery = None, accept_language: AcceptLanguage = None) -> str:
    """The language wanted, as two letters; a dependency of every route that answers with texts."""
    if lang is not None:
        return lang.partition("-")[0].lower()
    return negotiate(accept_language or "")


@lru_cache(maxsize=1024)
def negotiate(accept_language: str) -> str:
    """The spoken language that an `Accept-Language` header (RFC 9110, 12.5.4) likes best.

    >>> negotiate("fr, it-CH;q=0.8, en;q=0.5"), negotiate("de")
    ('it', 'en')
    """
    liked: dict[str, float] = {}
    for part in accept_language[:1000].split(","):
        if match := _RANGE.match(part.strip()):
            language, quality = match.groups()
            liked.setdefault(language.lower(), float(quality or 1))
    spoken = [language for language in SPOKEN if liked.get(language)]
    return max(spoken, key=lambda language: liked[language], default=DEFAULT)


Language = Annotated[str, Depends(preferred)]
