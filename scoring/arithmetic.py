"""Whole-number arithmetic of the method (§1, §4): points, one rounding rule, scores with bounds.

A point is a thousandth of a level: 3250 points are level 3.25. No floating point decides anything.
"""

from collections.abc import Iterable
from typing import NamedTuple

POINTS_PER_LEVEL = 1000


class Score(NamedTuple):
    """What is known and what is still possible, in points (§4).

    `value` is the mean of the known parts, `None` when nothing is known; `low` and `high` count every
    unknown answer at its least and at its greatest points. `low <= value <= high`.
    """

    value: int | None
    low: int
    high: int


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest whole number, halves away from zero (§1).

    `denominator` is at least 1.

    >>> half_up(5, 2), half_up(-5, 2), half_up(4, 3)
    (3, -3, 1)
    """
    if numerator < 0:
        return -half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def index_tenths(points: int, max_level: int) -> int:
    """The index, 0 to 100, in tenths (§4)."""
    return half_up(points, max_level)


def weighted_mean(parts: Iterable[tuple[int, Score]]) -> Score | None:
    """Mean of (weight, score) pairs, rounded once per bound (§1, §4); `None` when there are no parts.

    Parts whose value is `None` count towards `low` and `high` only.

    >>> weighted_mean([(1, Score(4000, 4000, 4000)), (2, Score(None, 0, 5000))])
    Score(value=4000, low=1333, high=4667)
    """
    weights = lows = highs = known_weights = values = 0
    for weight, (value, low, high) in parts:
        weights += weight
        lows += weight * low
        highs += weight * high
        if value is not None:
            known_weights += weight
            values += weight * value
    if not weights:
        return None
    if known_weights == weights and values == lows == highs:
        points = half_up(values, weights)
        return Score(points, points, points)
    return Score(
        half_up(values, known_weights) if known_weights else None,
        half_up(lows, weights),
        half_up(highs, weights),
    )
