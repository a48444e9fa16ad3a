"""The gate: from capabilities' points to a function's level (§5).

A level is reached when enough weight stands at it and nothing lies too far below it, so that a mean
cannot hide a hole. Levels are whole numbers from 0 to the questionnaire's `max_level`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, Score


class Level(NamedTuple):
    """A level with unknown answers at their least and at their greatest (§5)."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class LevelRule:
    """The gate's two thresholds (§5).

    `coverage_percent` (1 to 100): the weight, in percent, that must stand at the level or above.
    `max_shortfall` (0 or more): how many levels below it a single capability may lie.
    """

    coverage_percent: int
    max_shortfall: int


class NextLevel(NamedTuple):
    """What the level above a function's low one asks for (§5)."""

    level: int
    weight_reached: int
    weight_required: int
    must_raise: tuple[str, ...]
    may_raise: tuple[str, ...]
    to_answer: tuple[str, ...]


class Rated(NamedTuple):
    """A capability as the gate sees it."""

    id: str
    weight: int
    score: Score
    level: Level


def level_of(score: Score) -> Level:
    """Level of a capability: its whole levels, at both bounds (§5)."""
    return Level(score.low // POINTS_PER_LEVEL, score.high // POINTS_PER_LEVEL)


def gated_level(weights: Sequence[int], levels: Sequence[int], rule: LevelRule, max_level: int) -> int:
    """Greatest level that parts of these weights, at these levels, reach under the rule (§5).

    >>> gated_level([1, 1, 1, 1, 1], [4, 4, 4, 4, 3], LevelRule(80, 1), 5)
    4
    >>> gated_level([1, 1, 1, 1, 1], [5, 5, 5, 5, 1], LevelRule(80, 1), 5)
    2
    """
    least = min(levels)
    required = rule.coverage_percent * sum(weights)
    for candidate in range(min(max_level, least + rule.max_shortfall), least, -1):
        reached = sum([w for w, level in zip(weights, levels, strict=True) if level >= candidate])
        if 100 * reached >= required:
            return candidate
    return least


def function_level(capabilities: Sequence[Rated], rule: LevelRule, max_level: int) -> Level:
    """Level of a function from its applicable capabilities, of which there is at least one (§5)."""
    weights = [c.weight for c in capabilities]
    lows = [c.level.low for c in capabilities]
    highs = [c.level.high for c in capabilities]
    low = gated_level(weights, lows, rule, max_level)
    return Level(low, low if highs == lows else gated_level(weights, highs, rule, max_level))


def least_level(levels: Iterable[Level]) -> Level | None:
    """Overall level: the least of the applicable scored functions (§5); `None` when there are none."""
    bounds = list(zip(*levels, strict=True))
    return Level(min(bounds[0]), min(bounds[1])) if bounds else None


def next_level(
    capabilities: Sequence[Rated], level: Level, rule: LevelRule, max_level: int
) -> NextLevel | None:
    """What a function's next level asks for, at the low bound (§5); `None` at the top level."""
    if level.low == max_level:
        return None
    wanted = level.low + 1
    floor = wanted - rule.max_shortfall
    must_raise, may_raise, to_answer = [], [], []
    weights = reached = 0
    for c in capabilities:
        weights += c.weight
        if c.level.low >= wanted:
            reached += c.weight
        elif c.score.value is None:
            to_answer.append(c.id)
        elif c.level.low < floor:
            must_raise.append(c.id)
        else:
            may_raise.append(c.id)
    required = -(-rule.coverage_percent * weights // 100)
    return NextLevel(wanted, reached, required, tuple(must_raise), tuple(may_raise), tuple(to_answer))
