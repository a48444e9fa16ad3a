"""How often a standing is kept if nobody knows what weighs how much: weights drawn at random.

Every way to share out a whole among the parts is equally likely (Dirichlet's distribution with all
parameters 1). It is drawn in whole numbers from a fixed seed, so that the digits are the same everywhere.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.levels import Level, LevelRule, Rated
from scoring.method.rating import FunctionResult
from scoring.outlook.standing import Standing, ranked, scored, standing_of
from scoring.profile import Profile

Whole = NDArray[np.int64]
Kept = NDArray[np.bool_]

WEIGHTINGS, SEED = 10_000, 1
_BITS = 31  # of the whole that is shared out: sums of points times weights fit 64
_UNKNOWN = -1


class Shares(NamedTuple):
    """Of all weightings, how many keep what: the levels, the verdict, places, the whole order.

    `index`: the points of the overall score that 5 in 100 weightings fall below, and that 5 in 100 exceed;
    `None` where nothing is known.
    """

    functions: Mapping[str, int]
    overall: int
    verdict: int
    places: Mapping[str, int]
    order: int
    points: tuple[int, int] | None


def draws(seed: int, number: int) -> NDArray[np.uint64]:
    """So many evenly spread 64-bit numbers: SplitMix64 (Steele, Lea and Flood, 2014)."""
    mixed = np.uint64(seed) + np.arange(1, number + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))


def weightings(parts: int, seed: int) -> Whole:
    """Weights of so many parts, one weighting a row: the distances between cuts at random places.

    Each seed begins elsewhere, so far that no two meet.
    """
    cuts = (draws(seed << 32, WEIGHTINGS * (parts - 1)) >> np.uint64(64 - _BITS)).astype(np.int64)
    cuts = np.sort(cuts.reshape(WEIGHTINGS, parts - 1), axis=1)
    return np.diff(cuts, axis=1, prepend=0, append=1 << _BITS)


def span(drawn: Sequence[int]) -> tuple[int, int]:
    """What 5 in 100 of those drawn fall below, and what 5 in 100 exceed; of a multiple of twenty."""
    ordered, tail = sorted(drawn), len(drawn) // 20
    return ordered[tail], ordered[-tail - 1]


def shares(profile: Profile) -> Shares:
    """How many weightings of the capabilities of each function keep what the profile says.

    The functions are weighted at random, too, for the overall score; levels, verdict and order do not depend
    on that.
    """
    rated = [result for result in scored(profile) if result.level is not None]
    drawn = {r.function.id: weightings(len(r.counted), n) for n, r in enumerate(rated, SEED)}
    rule, top = profile.form.rule, profile.questionnaire.max_level
    levels = {r.function.id: _levels(r.counted, drawn[r.function.id], rule, top) for r in rated}
    values = {r.function.id: _values(r.counted, drawn[r.function.id]) for r in rated}
    own = standing_of(profile)
    return Shares(
        {name: _number(_is(found, own.functions[name])) for name, found in levels.items()},
        _number(_is(_least(levels), own.overall)) if levels else WEIGHTINGS,
        _number(_verdict_kept(profile, own, levels)),
        *_order(rated, values),
        _span(values),
    )


def _levels(capabilities: Sequence[Rated], weights: Whole, rule: LevelRule, top: int) -> tuple[Whole, Whole]:
    """The function's levels at both bounds, weighting by weighting (§5)."""
    bounds = zip(*[capability.level for capability in capabilities], strict=True)
    low, high = (_gated(np.array(levels), weights, rule, top) for levels in bounds)
    return low, high


def _gated(levels: Whole, weights: Whole, rule: LevelRule, top: int) -> Whole:
    least = int(levels.min())
    required = rule.coverage_percent * weights.sum(axis=1)
    reached = np.full(len(weights), least, dtype=np.int64)
    for candidate in range(least + 1, min(top, least + rule.max_shortfall) + 1):
        reached[100 * weights[:, levels >= candidate].sum(axis=1) >= required] = candidate
    return reached


def _values(capabilities: Sequence[Rated], weights: Whole) -> Whole:
    """The function's points, of what is known of it, weighting by weighting (§4)."""
    known = [n for n, capability in enumerate(capabilities) if capability.score.value is not None]
    points = np.array([capabilities[n].score.value for n in known], dtype=np.int64)
    weighed = weights[:, known]
    whole = weighed.sum(axis=1)
    if not known:
        return np.full(len(weights), _UNKNOWN, dtype=np.int64)
    return _half_up((weighed * points).sum(axis=1), np.maximum(whole, 1))


def _half_up(numerators: Whole, denominators: Whole) -> Whole:
    return (2 * numerators + denominators) // (2 * denominators)


def _is(levels: tuple[Whole, Whole], own: Level | None) -> Kept:
    low, high = own or (_UNKNOWN, _UNKNOWN)
    return np.asarray((levels[0] == low) & (levels[1] == high))


def _least(levels: Mapping[str, tuple[Whole, Whole]]) -> tuple[Whole, Whole]:
    lows, highs = (np.stack([both[bound] for both in levels.values()]) for bound in (0, 1))
    return lows.min(axis=0), highs.min(axis=0)


def _verdict_kept(profile: Profile, own: Standing, levels: Mapping[str, tuple[Whole, Whole]]) -> Kept:
    """Too few clauses apply under any weights, else the verdict follows from the least level (§6)."""
    if own.verdict == "not_assessable":
        return np.ones(WEIGHTINGS, dtype=np.bool_)
    integrated = profile.questionnaire.definition.level
    low, high = _least(levels)
    kept = {"met": low >= integrated, "not_met": high < integrated}
    return kept.get(own.verdict, (low < integrated) & (high >= integrated))


def _order(rated: Sequence[FunctionResult], values: Mapping[str, Whole]) -> tuple[dict[str, int], int]:
    """How many weightings keep each function's place, and how many all of them."""
    points = {r.function.id: r.score.value if r.score else None for r in rated}
    own = ranked(points)
    if not own:
        return {}, WEIGHTINGS
    names = [name for name in values if name in own]
    # Of equals the questionnaire's first: a stable sort.
    order = np.argsort(np.stack([-values[name] for name in names]), axis=0, kind="stable")
    kept = order == np.array([[names.index(name)] for name in own])
    places = {name: _number(row) for name, row in zip(own, kept, strict=True)}
    return places, _number(kept.all(axis=0))


def _span(values: Mapping[str, Whole]) -> tuple[int, int] | None:
    known = [points for points in values.values() if points[0] != _UNKNOWN]
    if not known:
        return None
    weights = weightings(len(known), SEED + len(values))
    return span(_half_up((weights * np.stack(known, axis=1)).sum(axis=1), weights.sum(axis=1)).tolist())


def _number(kept: Kept) -> int:
    return int(np.count_nonzero(kept))
