"""The method's arithmetic over arrays of answer sets (§1, §4, §5): whole numbers, one row a company.

Points and weights are unsigned and as narrow as their greatest value allows; where there is no value a 0
stands, and a mask says so. Every array has one entry for each row.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.arithmetic import POINTS_PER_LEVEL

Mask = NDArray[np.bool_]
Number = TypeVar("Number", bound=np.integer[Any])
Whole = NDArray[np.unsignedinteger[Any]]


class Bounds(NamedTuple):
    """Scores (§4): points by bound, and whether anything is known and whether anything applies."""

    value: Whole
    low: Whole
    high: Whole
    known: Mask
    applicable: Mask


class Levels(NamedTuple):
    """Levels of each row at both bounds."""

    low: Whole
    high: Whole


class Sums(NamedTuple):
    """Weighted sums of scores, by bound, with the weights known and the weights that apply."""

    value: Whole
    low: Whole
    high: Whole
    known: Whole
    applicable: Whole


def narrowest(greatest: int) -> np.dtype[np.unsignedinteger[Any]]:
    """The narrowest unsigned type that holds a number; 8 bytes hold all that a questionnaire allows."""
    return np.min_scalar_type(greatest)


def weighted(parts: Sequence[tuple[int, Bounds]], top: int) -> Sums:
    """Weighted sums of scores up to `top` points; twice the sum and a weight still fit (§1)."""
    greatest = sum(weight for weight, _ in parts) * (2 * top + 1)
    kind = narrowest(greatest)
    return Sums(*(_sum(((w, part[field]) for w, part in parts), kind) for field in range(len(Sums._fields))))


def _sum(parts: Iterable[tuple[int, NDArray[Any]]], kind: np.dtype[Any]) -> Whole:
    total: Whole | None = None
    for weight, values in parts:
        term = values if weight == 1 else np.multiply(values, kind.type(weight), dtype=kind)
        total = term.astype(kind) if total is None else np.add(total, term, out=total)
    if total is None:
        message = "a sum has at least one part"
        raise ValueError(message)
    return total


def together(sums: Sequence[Sums], top: int, weight: int) -> Sums:
    """The sums of all; `weight` is the sum of all their weights."""
    kind = narrowest(weight * (2 * top + 1))
    return Sums(*(_sum(((1, one[field]) for one in sums), kind) for field in range(len(Sums._fields))))


def mean(sums: Sums, kind: np.dtype[Any]) -> Bounds:
    """Means rounded once per bound (§1, §4); a row without known or applicable parts has none."""
    known, applicable = sums.known > 0, sums.applicable > 0
    weights = np.maximum(sums.applicable, 1)
    return Bounds(
        half_up(sums.value, np.maximum(sums.known, 1)).astype(kind),
        half_up(sums.low, weights).astype(kind),
        half_up(sums.high, weights).astype(kind),
        known,
        applicable,
    )


def half_up(numerator: NDArray[Number], denominator: NDArray[Number]) -> NDArray[Number]:
    """Divide numbers of at least 0 and round to the nearest whole number, halves up (§1)."""
    rounded: NDArray[Number] = ((numerator << 1) + denominator) // (denominator << 1)
    return rounded


def levels_of(scores: Bounds) -> Levels:
    """Whole levels at both bounds (§5)."""
    thousand = scores.low.dtype.type(POINTS_PER_LEVEL)
    low, high = ((points // thousand).astype(np.uint8) for points in (scores.low, scores.high))
    return Levels(low, high)


def index(scores: Bounds, max_level: int) -> Bounds:
    """Scores on 0 to 100, in tenths (§4)."""
    kind = narrowest(1000 * (2 * max_level + 1))
    least = np.full(len(scores.value), max_level, kind)
    value, low, high = (half_up(points.astype(kind), least) for points in scores[:3])
    return Bounds(value, low, high, scores.known, scores.applicable)


def nothing(like: Bounds) -> Bounds:
    """Where nothing applies to any row."""
    zeros, nowhere = np.zeros_like(like.value), np.zeros_like(like.known)
    return Bounds(zeros, zeros, zeros, nowhere, nowhere)


class Gate(NamedTuple):
    """The gate (§5) of some capabilities: their weights, the weight required, where each does not apply.

    `absent` holds a 255 for each row that a capability does not apply to, else a 0.
    """

    weights: Sequence[int]
    required: Whole
    absent: Sequence[NDArray[np.uint8]]

    @classmethod
    def of(cls, weights: Sequence[int], applicable: Sequence[Mask], coverage_percent: int) -> "Gate":
        """The weight required is `coverage_percent` of what applies, rounded up."""
        kind = narrowest(sum(weights))
        wide = narrowest(100 * (sum(weights) + 1))
        total = _sum(zip(weights, applicable, strict=True), kind).astype(wide)
        required = (total * wide.type(coverage_percent) + wide.type(99)) // wide.type(100)
        return cls(weights, required.astype(kind), [absent_where(there) for there in applicable])

    def levels(self, levels: Sequence[Whole], max_shortfall: int, max_level: int) -> Whole:
        """The level of each row; meaningless where nothing applies.

        Coverage is met up to some level and not above, the floor up to `max_shortfall` above the least; a
        function stands at the lower of the two. What does not apply stands at level 0.
        """
        kind = self.required.dtype
        covered = np.zeros(len(self.required), np.uint8)
        for candidate in range(1, max_level + 1):
            at_it = ((w, level >= candidate) for w, level in zip(self.weights, levels, strict=True))
            covered += _sum(at_it, kind) >= self.required
        floor = least_of(levels, self.absent, max_level) + np.uint8(min(max_shortfall, max_level))
        level: Whole = np.minimum(covered, floor)
        return level


def least_of(levels: Sequence[Whole], absent: Sequence[NDArray[np.uint8]], max_level: int) -> Whole:
    """The least of the levels that apply; `max_level` where none does."""
    least = np.full(len(levels[0]), max_level, np.uint8)
    for level, gone in zip(levels, absent, strict=True):
        np.minimum(least, level | gone, out=least)
    return least


def absent_where(applicable: Mask) -> NDArray[np.uint8]:
    """255 where it does not apply, else 0."""
    return applicable.view(np.uint8) - np.uint8(1)


def any_of(masks: Sequence[Mask]) -> Mask:
    """Where any of them holds."""
    found: Mask = np.logical_or.reduce(masks)
    return found
