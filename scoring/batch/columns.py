"""The columns of a batch's result: names, and types as narrow as their greatest value allows.

| column | holds |
|---|---|
| `NODE.score.value`, `.low`, `.high` | points of a function, a capability, or `overall` |
| `NODE.level.low`, `.high` | level of the same |
| `FUNCTION.lenses.LENS.value`, `.low`, `.high` | points of a lens cell |
| `lenses.LENS.value`, `.low`, `.high` | points of a lens |
| `overall.index.value`, `.low`, `.high` | the index in tenths |
| `counts.STATE`, `FUNCTION.counts.STATE` | questions by state |
| `FUNCTION.clause`, `verdict` | a place in `CLAUSES`, in `VERDICTS` |
| `if_nothing_excluded.verdict`, `.level` | the same, and the overall level at its low end |
| `CAPABILITY.gap.value`, `.low`, `.high` | points missing to the target; -1 where it is no gap |
| `CAPABILITY.effort`, `.gain`, `.breaks_floor` | of the gap: effort, points, 0 or 1; -1 where it is none |
"""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any, get_args

import numpy as np

from scoring.arithmetic import POINTS_PER_LEVEL, Score
from scoring.errors import Fault
from scoring.levels import Level
from scoring.method.rating import Counts
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Form

CLAUSES: tuple[ClauseStatus, ...] = get_args(ClauseStatus)
VERDICTS: tuple[VerdictStatus, ...] = get_args(VerdictStatus)
NONE = -1
SHOWN = 100  # characters of a pattern that a sentence repeats

Type = np.dtype[np.signedinteger[Any]]


def column_types(questionnaire: Questionnaire, form: Form) -> dict[str, Type]:
    """All columns that there are for a tier, in order, those of gaps last."""
    top = questionnaire.max_level * POINTS_PER_LEVEL
    points, level, count = _signed(top), _signed(questionnaire.max_level), _signed(len(form.questions))
    types: dict[str, Type] = {"verdict": _signed(1)}
    types |= dict.fromkeys(_named("overall.score", Score._fields), points)
    types |= dict.fromkeys(_named("overall.index", Score._fields), _signed(1000))
    types |= dict.fromkeys(_named("overall.level", Level._fields), level)
    types |= dict.fromkeys(_named("counts", Counts._fields), count)
    types |= {"if_nothing_excluded.verdict": _signed(1), "if_nothing_excluded.level": level}
    for lens in questionnaire.lenses:
        types |= dict.fromkeys(_named(f"lenses.{lens}", Score._fields), points)
    for function in form.functions:
        name = function.id
        if function.scored:
            types[f"{name}.clause"] = _signed(1)
        types |= dict.fromkeys(_named(f"{name}.score", Score._fields), points)
        types |= dict.fromkeys(_named(f"{name}.level", Level._fields), level)
        types |= dict.fromkeys(_named(f"{name}.counts", Counts._fields), count)
        for lens in questionnaire.lenses:
            types |= dict.fromkeys(_named(f"{name}.lenses.{lens}", Score._fields), points)
    for capability in form.capability_of:
        types |= dict.fromkeys(_named(f"{capability}.score", Score._fields), points)
        types |= dict.fromkeys(_named(f"{capability}.level", Level._fields), level)
    for capability, entry in form.capability_of.items():
        effort = _signed(sum(entry.step_efforts))
        kinds = (points, points, points, effort, points, _signed(1))
        types |= dict(zip(gap_columns(capability), kinds, strict=True))
    return types


def chosen_columns(names: Collection[str], patterns: Sequence[str]) -> tuple[list[str], list[Fault]]:
    """The columns that names or patterns such as `sales.*` choose, in the order of these; each stands once.

    Also a fault for each pattern that fits nothing; its sentence names the pattern.
    """
    found: dict[str, None] = {}
    faults: list[Fault] = []
    for index, pattern in enumerate(patterns):
        fitting = [name for name in names if fnmatchcase(name, pattern)]
        found |= dict.fromkeys(fitting)
        if not fitting:
            faults.append(Fault(("columns", index), "unknown_column", _unmatched(names, pattern[:SHOWN])))
    return list(found), faults


def _unmatched(names: Collection[str], pattern: str) -> str:
    if any(mark in pattern for mark in "*?["):
        return f"no column fits {pattern}"
    near = get_close_matches(pattern, list(names), 1, 0)
    return (
        f"there is no column {pattern}; the nearest is {near[0]}" if near else f"there is no column {pattern}"
    )


def gap_columns(capability: str) -> list[str]:
    """The columns that say what separates a capability from its target: only on request."""
    return [
        *_named(f"{capability}.gap", Score._fields),
        *_named(capability, ("effort", "gain", "breaks_floor")),
    ]


def capability_columns(capability: str) -> list[str]:
    """All columns of a capability."""
    scores, levels = (
        _named(f"{capability}.score", Score._fields),
        _named(f"{capability}.level", Level._fields),
    )
    return [*scores, *levels, *gap_columns(capability)]


def _named(node: str, fields: tuple[str, ...]) -> list[str]:
    return [f"{node}.{field}" for field in fields]


def _signed(greatest: int) -> Type:
    """The narrowest signed type that holds a number, and -1."""
    return np.min_scalar_type(-1 - greatest)
