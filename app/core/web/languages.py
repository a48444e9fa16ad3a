"""Which language to answer in: `?lang=` before `Accept-Language`, English where neither is spoken."""

import re
from functools import lru_cache
from typing import Any

from fastapi import Request

from app.core.errors import InvalidError
from app.core.words import DEFAULT, SPOKEN
from scoring import Fault

_RANGE = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,35})?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*$")

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{1,8}){0,3}")

# Read from the request by hand: the framework's own reading of two parameters costs as much as scoring.
PARAMETERS: list[dict[str, Any]] = [
    {
        "name": "lang",
        "in": "query",
        "description": "Language of the texts, such as `en` or `it`; before `Accept-Language`.",
        "schema": {"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"},
        "example": "en",
    },
    {
        "name": "Accept-Language",
        "in": "header",
        "description": "Languages of the texts in order of preference; English where none is spoken.",
        "schema": {"type": "string"},
    },
]


def preferred(request: Request) -> str:
    """The language wanted, as the first part of its tag; raises `InvalidError` for what is none."""
    lang = request.query_params.get("lang")
    if lang is None:
        return negotiate(request.headers.get("accept-language", ""))
    match = _LANGUAGE.fullmatch(lang)
    if match is None:
        raise InvalidError(
            [Fault(("query", "lang"), "malformed_language", "write a language such as en or it")]
        )
    return match[1].lower()


def spoken(request: Request) -> str:
    """The wanted language where pages speak it, else English."""
    language = preferred(request)
    return language if language in SPOKEN else DEFAULT


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
