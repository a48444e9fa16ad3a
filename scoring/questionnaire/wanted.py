"""What is wanted where a value of a questionnaire is malformed: for its author, with the value met."""

import difflib
import json
from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from scoring.arithmetic import POINTS_PER_LEVEL
from scoring.errors import Fault, Place, faults_in, faults_of
from scoring.questionnaire.entries import Structure
from scoring.questionnaire.texts import CapabilityTexts, FunctionTexts

LONGEST_SHOWN = 40  # characters of a value

_WORDS = {*CapabilityTexts.model_fields, *FunctionTexts.model_fields} - {"options"}
_ABOUT_THE_VALUE = {"malformed", "too_large", "too_small", "wrong_type"}


def wanted(error: ValidationError, mapping: Any) -> list[Fault]:  # noqa: ANN401 -- unvalidated input
    """The faults of shape and of single values, each with a sentence that says what is wanted."""
    kept = {(fault.place, fault.code) for fault in faults_of(error)}
    found = []
    for met in error.errors(include_url=False):
        (fault,) = faults_in([met])
        if (fault.place, fault.code) in kept:
            found.append(fault._replace(detail=_sentence(fault, met, mapping)))
    return found


def _sentence(fault: Fault, met: Mapping[str, Any], mapping: Any) -> str:  # noqa: ANN401 -- the same
    if fault.code == "unknown_field":
        return _unknown_key(fault.place)
    if fault.code not in _ABOUT_THE_VALUE:
        return fault.detail
    said = _points(mapping) if fault.place[-1:] == ("points",) else fault.detail
    return f"{said}, not {_shown(met['input'])}"


def _points(mapping: Any) -> str:  # noqa: ANN401 -- the same
    top = mapping.get("max_level", 5) if isinstance(mapping, dict) else 5
    sound = isinstance(top, int) and 1 <= top <= 100  # noqa: PLR2004 -- the range of a scale
    most = top * POINTS_PER_LEVEL if sound else "1000 times max_level"
    return f"points are whole thousandths of a level; one option is worth 0, one {most}, none more"


def _unknown_key(place: Place) -> str:
    *outer, key = place
    if place[0] != "texts" and key in _WORDS:
        return "there is no such key; words stand in texts/<language>.toml"
    table = _table_at(tuple(outer))
    known = [name for name in table.model_fields if name != "texts"] if table else []
    near = difflib.get_close_matches(str(key), known, 1)
    there = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(known)}"
    return f"there is no such key; {there}"


def _table_at(place: Place) -> type[BaseModel] | None:
    """The model of the table that stands at a place."""
    kind: Any = Structure
    for step in place:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            kind = _plain(field.annotation) if field else None
        else:
            kind = _plain(get_args(kind)[-1 if get_origin(kind) is dict else 0]) if get_args(kind) else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _plain(annotation: Any) -> Any:  # noqa: ANN401 -- a type
    """A type without its constraints, and without `None`."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _shown(value: Any) -> str:  # noqa: ANN401 -- unvalidated input
    """The value that was met, cut short, as JSON writes it."""
    to_text: Callable[[object], str] = str
    text = json.dumps(value, ensure_ascii=False, default=to_text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
