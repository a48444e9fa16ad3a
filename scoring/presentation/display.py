"""Points as the numbers that people read: levels with at most three decimals, the index with one (§1, §4)."""

from typing import TypedDict, overload

from scoring.arithmetic import POINTS_PER_LEVEL, Score, index_tenths
from scoring.levels import Level


class ScoreDocument(TypedDict):
    """A mean in levels, with unknown answers at their least and at their greatest."""

    value: float | None
    low: float
    high: float


class LevelDocument(TypedDict):
    """A level with unknown answers at their least and at their greatest."""

    low: int
    high: int


@overload
def in_levels(points: int) -> float: ...


@overload
def in_levels(points: int | None) -> float | None: ...


def in_levels(points: int | None) -> float | None:
    """Points as a level.

    >>> in_levels(3250)
    3.25
    """
    return None if points is None else points / POINTS_PER_LEVEL


@overload
def show_score(score: Score) -> ScoreDocument: ...


@overload
def show_score(score: Score | None) -> ScoreDocument | None: ...


def show_score(score: Score | None) -> ScoreDocument | None:
    """A score in levels; `None` where it is not applicable."""
    if score is None:
        return None
    value, low, high = score
    return {
        "value": None if value is None else value / POINTS_PER_LEVEL,
        "low": low / POINTS_PER_LEVEL,
        "high": high / POINTS_PER_LEVEL,
    }


@overload
def show_level(level: Level) -> LevelDocument: ...


@overload
def show_level(level: None) -> None: ...


def show_level(level: Level | None) -> LevelDocument | None:
    """A level at both bounds; `None` where it is not applicable."""
    return None if level is None else {"low": level.low, "high": level.high}


def show_index(score: Score | None, max_level: int) -> ScoreDocument | None:
    """The overall score as an index from 0 to 100 with one decimal (§4)."""
    if score is None:
        return None
    value, low, high = score
    return {
        "value": None if value is None else index_tenths(value, max_level) / 10,
        "low": index_tenths(low, max_level) / 10,
        "high": index_tenths(high, max_level) / 10,
    }
