"""Strict JSON: no repeated keys, no NUL or lone surrogates, no deep nesting.

The usual body is read once; only one that may be faulty is looked at closely.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from app.core.errors import MalformedError
from scoring import Fault
from scoring.errors import Place

MAX_DEPTH = 32

_ESCAPES = ("\\u0000", "\\ud", "\\uD")  # how NUL and surrogates are written


class _Pairs(list[tuple[str, Any]]):
    """An object as its keys and values in the order written."""


def parse(body: bytes) -> Any:  # noqa: ANN401 -- any JSON value
    """The value of a strict JSON text; raises `MalformedError` with all faults."""
    try:
        text = body.decode("utf-8")
        value = _decoder.decode(text)
    except _RepeatedKeyError:
        written = json.loads(text, object_pairs_hook=_Pairs)
        raise refusal([*_repeated_keys(written, ()), *_deep(written), *_unreadable(written, ())]) from None
    except (ValueError, RecursionError) as error:
        raise refusal([Fault((), "malformed_json", _cause(error))]) from None
    # No deeper than it has brackets, no odd character without its escape: the usual body needs no walk.
    if text.count("[") + text.count("{") > MAX_DEPTH and (faults := _deep(value)):
        raise refusal(faults)
    if any(escape in text for escape in _ESCAPES) and (faults := list(_unreadable(value, ()))):
        raise refusal(faults)
    return value


class _RepeatedKeyError(Exception):
    pass


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _RepeatedKeyError
    return value


def _no_constant(name: str) -> None:
    message = f"{name} is no JSON"
    raise ValueError(message)


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)


def _cause(error: Exception) -> str:
    """Why a text is no JSON, without a word of it."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    if isinstance(error, UnicodeDecodeError):
        return f"the text is not UTF-8 (byte {error.start})"
    return "a number or a nesting in it is beyond what is read"


def refusal(faults: list[Fault]) -> MalformedError:
    """The error that says what of a text cannot be read."""
    detail = "The body is not strict JSON; nothing was changed. See errors."
    return MalformedError("malformed_body", detail, faults)


def _children(value: object, place: Place) -> Iterator[tuple[Place, object]]:
    if isinstance(value, _Pairs):
        yield from (((*place, key), child) for key, child in value)
    elif isinstance(value, dict):
        yield from (((*place, key), child) for key, child in value.items())
    elif isinstance(value, list):
        yield from (((*place, index), child) for index, child in enumerate(value))


def _repeated_keys(value: object, place: Place) -> Iterator[Fault]:
    seen: Counter[Place] = Counter()
    for inner, child in _children(value, place):
        seen[inner] += 1
        if seen[inner] == 2:  # noqa: PLR2004 -- said once, however often the key stands there
            yield Fault(inner, "repeated_key", "this key stands more than once in its object")
        yield from _repeated_keys(child, inner)


def _deep(value: object) -> list[Fault]:
    containers = [value]
    for _ in range(MAX_DEPTH):
        below = [child for parent in containers for _, child in _children(parent, ())]
        containers = [child for child in below if isinstance(child, (dict, list))]
    too_deep = Fault((), "too_deep", f"at most {MAX_DEPTH} levels of nesting are read")
    return [too_deep] if containers else []


def _unreadable(value: object, place: Place) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _characters(value, place)
    for inner, child in _children(value, place):
        if isinstance(inner[-1], str):
            yield from _characters(inner[-1], place)
        yield from _unreadable(child, inner)


def _characters(text: str, place: Place) -> Iterator[Fault]:
    if "\0" in text:
        yield Fault(place, "nul_character", "NUL characters are refused")
    if any("\ud800" <= character <= "\udfff" for character in text):
        yield Fault(place, "lone_surrogate", "half a surrogate pair is no character")
