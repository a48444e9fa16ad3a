"""Points as the numbers that people read: levels with at most three decimals, the index with one (§1, §4)."""

from scoring.arithmetic import POINTS_PER_LEVEL, Score, index_tenths
from scoring.levels import Level

Shown = dict[str, float | None]


def in_levels(points: int | None) -> float | None:
    """Points as a level.

    >>> in_levels(3250)
    3.25
    """
    return None if points is None else points / POINTS_PER_LEVEL


def show_score(score: Score | None) -> Shown | None:
    """A score in levels; `None` where it is not applicable."""
    if score is None:
        return None
    value, low, high = score
    return {
        "value": None if value is None else value / POINTS_PER_LEVEL,
        "low": low / POINTS_PER_LEVEL,
        "high": high / POINTS_PER_LEVEL,
    }


def show_level(level: Level | None) -> dict[str, int] | None:
    """A level at both bounds; `None` where it is not applicable."""
    return None if level is None else {"low": level.low, "high": level.high}


def show_index(score: Score | None, max_level: int) -> Shown | None:
    """The overall score as an index from 0 to 100 with one decimal (§4)."""
    if score is None:
        return None
    names = ("value", "low", "high")
    return {
        name: None if points is None else index_tenths(points, max_level) / 10
        for name, points in zip(names, score, strict=True)
    }
