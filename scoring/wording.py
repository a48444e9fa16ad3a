"""What pydantic finds wrong with the shape of an input, in codes and sentences of our own.

The codes stay when pydantic is renewed; no sentence repeats what was given. docs/errors.md explains them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from pydantic_core.core_schema import ErrorType


class Wording(NamedTuple):
    """How a kind of fault is called, and what is said of it; `{…}` are bounds that were declared."""

    code: str
    sentence: str


_WRONG_TYPES = {
    "string_type": "a text",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number, without quotes",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "date_type": "a day, such as 2026-11-23",
    "datetime_type": "a moment, such as 2026-11-23T08:30:00Z",
}

_DAY = Wording("malformed", "write a day that there is, such as 2026-11-23")
_MOMENT = Wording("malformed", "write a moment with its zone, such as 2026-11-23T08:30:00Z")

_WORDINGS = {
    **{kind: Wording("wrong_type", f"this has to be {what}") for kind, what in _WRONG_TYPES.items()},
    "missing": Wording("missing", "this is required"),
    "extra_forbidden": Wording("unknown_field", "there is no such field"),
    "invalid_key": Wording("unknown_field", "the names of fields are texts"),
    "string_too_short": Wording("too_short", "too few characters, at least {min_length}"),
    "string_too_long": Wording("too_long", "too many characters, at most {max_length}"),
    "string_unicode": Wording("malformed", "this is no text in Unicode"),
    "too_short": Wording("too_short", "too few entries, at least {min_length}"),
    "too_long": Wording("too_long", "too many entries, at most {max_length}"),
    "greater_than_equal": Wording("too_small", "at least {ge}"),
    "greater_than": Wording("too_small", "more than {gt}"),
    "less_than_equal": Wording("too_large", "at most {le}"),
    "less_than": Wording("too_large", "less than {lt}"),
    "finite_number": Wording("malformed", "write a number that is finite"),
    "int_parsing": Wording("malformed", "write a whole number"),
    "int_parsing_size": Wording("too_large", "a number of fewer digits"),
    "float_parsing": Wording("malformed", "write a number"),
    "bool_parsing": Wording("malformed", "write true or false"),
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_object_invalid": _MOMENT,
    "timezone_aware": _MOMENT,
}

_OTHERS = Wording("malformed", "this cannot be read")
_PYDANTICS = frozenset(get_args(ErrorType))

_patterns: dict[str, str] = {}


def pattern(regex: str, sentence: str) -> str:
    """A pattern as pydantic takes it, with what is said where a text does not match it."""
    _patterns[regex] = sentence
    return regex


def worded(kind: str, message: str, context: Mapping[str, Any]) -> Wording:
    """The wording of an error of pydantic; one that a validator of our own has raised stays as it is.

    Of faults that have been worded once, and went through pydantic again, `context` is the sentence.
    """
    if "detail" in context or kind not in _PYDANTICS:
        return Wording(kind, message)
    if kind == "string_pattern_mismatch":
        return Wording("malformed", _patterns.get(context["pattern"], _OTHERS.sentence))
    if kind == "literal_error":
        values = context["expected"].replace(" or ", ", ").replace("'", "")
        return Wording("unknown_value", f"the values are {values}")
    known = _WORDINGS.get(kind)
    if known is not None:
        return Wording(known.code, known.sentence.format(**context))
    return _OTHERS
