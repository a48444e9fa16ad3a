"""Gaps: what separates capabilities from their targets, and in which order to close them (§7)."""

from collections.abc import Iterable, Mapping, Sequence
from math import lcm
from typing import NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, Score, half_up
from scoring.method.rating import FunctionResult
from scoring.questionnaire.form import Capability, Form


class Gap(NamedTuple):
    """What separates a capability from its target; `gap` and `gain` in points (§7)."""

    capability: Capability
    level: int
    target: int
    gap: Score
    breaks_floor: bool
    effort: int
    gain: int


class Lows(NamedTuple):
    """Low points of a node's parts: their weighted sum, the sum of their weights, and their mean."""

    points: int
    weights: int
    mean: int

    def rise(self, weight: int, points: int) -> int:
        """How far the node's low rises when a part of this weight rises by so many points."""
        return half_up(self.points + weight * points, self.weights) - self.mean


def targets_of(form: Form, wanted: Mapping[str, int], integrated: int) -> dict[str, int | None]:
    """By capability the caller's target for it, else for its function, else the definition's level (§7).

    An unscored capability has only the caller's own.
    """
    return {
        capability.id: wanted.get(capability.id, general if capability.scored else None)
        for function in form.functions
        for general in [wanted.get(function.id, integrated if function.scored else None)]
        for capability in function.capabilities
    }


def find_gaps(
    functions: Sequence[FunctionResult],
    targets: Mapping[str, int | None],
    floor: int,
) -> tuple[Gap, ...]:
    """All gaps: first what alone denies a clause, lying below `floor`, then by gain for effort (§7)."""
    overall = _lows([(f.function.weight, f.score) for f in functions if f.function.scored and f.score])
    gaps = []
    for result in functions:
        function = result.function
        lows = _lows([(rated.weight, rated.score) for rated in result.counted])
        for capability, rated in result.capabilities:
            target = targets[capability.id]
            if rated is None or target is None:
                continue
            value, low, high = rated.score
            wanted = target * POINTS_PER_LEVEL
            if value is None or wanted <= value:
                continue
            level = value // POINTS_PER_LEVEL
            counts = function.scored and capability.scored
            gain = 0
            if counts:
                gain = overall.rise(function.weight, lows.rise(rated.weight, wanted - low))
            gaps.append(
                Gap(
                    capability,
                    level,
                    target,
                    Score(wanted - value, max(0, wanted - high), wanted - low),
                    counts and rated.level.high < floor,
                    capability.effort(level, target),
                    gain,
                )
            )
    return tuple(_in_order(gaps))


def _lows(parts: Sequence[tuple[int, Score]]) -> Lows:
    weights = sum([weight for weight, _ in parts])
    points = sum([weight * score.low for weight, score in parts])
    return Lows(points, weights, half_up(points, weights) if weights else 0)


def _in_order(gaps: Sequence[Gap]) -> list[Gap]:
    """Sort by gain / effort over one common denominator, which compares the fractions exactly (§7)."""
    common = lcm(*(gap.effort for gap in gaps))
    return sorted(gaps, key=lambda g: (not g.breaks_floor, -g.gain * (common // g.effort)))


def find_unknown(functions: Iterable[FunctionResult]) -> tuple[str, ...]:
    """Applicable capabilities of which nothing is known, in the questionnaire's order (§7)."""
    return tuple(
        rated.id
        for result in functions
        for _, rated in result.capabilities
        if rated is not None and rated.score.value is None
    )
