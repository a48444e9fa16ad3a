"""A stand-in for a malformed questionnaire, so that one reading also finds the faults behind the first ones.

Nothing is ever scored with a stand-in: it only lets the sound parts be compared with one another.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

from scoring.errors import Fault, Place

Built = TypeVar("Built")
ROUNDS = 4


def stand_in(mapping: Any, build: Callable[[Any], Built]) -> Built | None:  # noqa: ANN401 -- unvalidated input
    """Build with faulty values left to their defaults; `None` where a part cannot be stood in for."""
    copy = deepcopy(mapping)
    for _ in range(ROUNDS):
        try:
            return build(copy)
        except ValidationError as error:
            places = dict.fromkeys(fault["loc"] for fault in error.errors(include_url=False))
            if not all(_mend(copy, place, str(n)) for n, place in enumerate(places)):
                return None
    return None


def _mend(copy: Any, place: Place, unique: str) -> bool:  # noqa: ANN401 -- unvalidated input
    parents = [copy]
    for step in place[:-1]:
        try:
            parents.append(parents[-1][step])
        except (KeyError, IndexError, TypeError):
            return False
    for parent, step in zip(reversed(parents), reversed(place), strict=True):
        if isinstance(parent, dict) and _replace(parent, step, unique):
            return True
    return False


def _replace(parent: dict[Any, Any], key: str | int, unique: str) -> bool:
    if key == "id":
        parent["id"] = f"stand-in-{unique}"
    elif key == "points":
        parent["points"] = 0
    elif key in parent:
        del parent[key]
    else:
        return False  # a required key is missing: what lacks it has to go
    return True


def independent(faults: Iterable[Fault], first: Iterable[Fault]) -> list[Fault]:
    """The faults of a stand-in that do not follow from the first ones, which it stands in for."""
    places = [fault.place for fault in first]
    renamed = any(place[1:] and place[-1] == "id" and "options" not in place for place in places)
    return [
        fault
        for fault in faults
        if not any(_within(fault.place, place) or _within(place, fault.place) for place in places)
        and not (renamed and fault.code == "dangling_reference")
    ]


def _within(place: Place, outer: Place) -> bool:
    return place[: len(outer)] == outer
