"""A stand-in for a malformed questionnaire, so that one reading also finds the faults behind the first ones.

Nothing is ever scored with a stand-in: it only lets the sound parts be compared with one another.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

from scoring.errors import Fault, Place, faults_of

Built = TypeVar("Built")
ROUNDS = 4

# What stands in for the values that have no default; `None` is an id that nobody has used.
_STAND_INS: dict[Any, Any] = {
    "id": None,
    "version": "0",
    "points": 0,
    "level": 1,
    "percent": 0,
    "up_to": 10,
    "before": [],
    "asked": [],
    "capabilities": [{"id": "stand-in"}],
}
_OF_THE_SCALE = {
    "points_out_of_range",
    "no_top_option",
    "level_out_of_range",
    "step_efforts_incomplete",
    "texts_incomplete",
}


def stand_in(mapping: Any, build: Callable[[Any], Built]) -> Built | None:  # noqa: ANN401 -- unvalidated input
    """Build with faulty values left to their defaults; `None` where a part cannot be stood in for."""
    copy = deepcopy(mapping)
    for _ in range(ROUNDS):
        try:
            return build(copy)
        except ValidationError as error:
            places = dict.fromkeys(fault.place for fault in faults_of(error))
            if not all(_mend(copy, place, str(n)) for n, place in enumerate(places)):
                return None
    return None


def _mend(copy: Any, place: Place, unique: str) -> bool:  # noqa: ANN401 -- unvalidated input
    if not place:
        return False
    parents = [copy]
    for step in place[:-1]:
        try:
            parents.append(parents[-1][step])
        except (KeyError, IndexError, TypeError):
            return False
    return any(
        _replace(parent, step, f"stand-in-{unique}")
        for parent, step in zip(reversed(parents), reversed(place), strict=True)
    )


def _replace(parent: Any, key: Any, unique: str) -> bool:  # noqa: ANN401 -- unvalidated input
    """Put something sound in a faulty value's place; where that cannot be, its parent has to go."""
    if isinstance(parent, list):
        return _replace_id(parent, key, unique)
    if not isinstance(parent, dict):
        return False
    if key in _STAND_INS:
        parent[key] = unique if key == "id" else deepcopy(_STAND_INS[key])
    elif key in parent:
        del parent[key]
    else:
        return False
    return True


def _replace_id(ids: list[Any], index: int, unique: str) -> bool:
    malformed = isinstance(ids[index], str) and not ids[index].startswith("stand-in-")
    if malformed:
        ids[index] = unique
    return malformed


def independent(faults: Iterable[Fault], first: Iterable[Fault]) -> list[Fault]:
    """The faults of a stand-in that do not follow from the first ones, which it stands in for."""
    places = [fault.place for fault in first]
    renamed = any(place[1:] and place[-1] == "id" and "options" not in place for place in places)
    return [
        fault
        for fault in faults
        if not any(_within(fault.place, place) or _within(place, fault.place) for place in places)
        and not (("max_level",) in places and fault.code in _OF_THE_SCALE)
        and not (fault.code == "dangling_reference" and renamed and fault.place[-1] != "lens")
        and not (fault.place[-1] == "lens" and any(place[0] == "lenses" for place in places if place))
    ]


def _within(place: Place, outer: Place) -> bool:
    return place[: len(outer)] == outer
