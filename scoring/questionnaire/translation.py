"""Words of one language beside those of another: what is missing, and what still says the same."""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from scoring.errors import Place
from scoring.questionnaire.places import spans

DEFAULT_LANGUAGE = "en"

Texts = Mapping[str, Any]


def original(languages: Mapping[str, Any]) -> str | None:
    """The language that is translated from: English where there are texts in it, else the first."""
    return DEFAULT_LANGUAGE if DEFAULT_LANGUAGE in languages else min(languages, default=None)


def sentences(texts: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:  # noqa: ANN401 -- any part of a file
    """Every text of a file with its place."""
    parts: Any = ()
    if isinstance(texts, dict):
        parts = texts.items()
    elif isinstance(texts, list):
        parts = enumerate(texts)
    else:
        yield place, str(texts)
    for step, part in parts:
        yield from sentences(part, (*place, step))


def missing(source: Texts, target: Texts) -> list[Place]:
    """What has words in one language and none in the other."""
    known = dict(sentences(target))
    return [place for place, _ in sentences(source) if place not in known]


def untranslated(source: Texts, target: Texts) -> list[Place]:
    """What says the same in both languages, letter by letter."""
    known = dict(sentences(target))
    return [place for place, text in sentences(source) if known.get(place) == text]


def merged(source: str, target: str) -> str:
    """The file of one language with every text of the other that there is, in the order of the first."""
    there, given = spans(source), spans(target)
    text: list[str] = []
    end = 0
    translated = dict(sentences(tomllib.loads(target)))
    texts = [place for place, _ in sentences(tomllib.loads(source)) if place in translated]
    for place in sorted(texts, key=lambda place: there[place].start):
        text += [source[end : there[place].start], target[given[place].start : given[place].end]]
        end = there[place].end
    return "".join([*text, source[end:]])
