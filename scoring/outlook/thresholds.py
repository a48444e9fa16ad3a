"""The smallest change of the gate, or of what one capability weighs, that makes a level another (§5)."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from scoring.arithmetic import half_up
from scoring.levels import Level, LevelRule, Rated, function_level
from scoring.outlook.standing import Standing, scored, standing, standing_of
from scoring.profile import Profile

# A capability's share of its function's weight, in tenths of a percent; none has all, and none nothing.
WHOLE = 1000
SHARES = range(1, WHOLE)
COVERAGES = range(1, 101)


class Nearest(NamedTuple):
    """The nearest settings below and above the one there is that come to something else; `None`: no such."""

    below: int | None
    above: int | None


class GateChange(NamedTuple):
    """The nearest other gates: percent of the weight, and levels of shortfall."""

    coverage_percent: Nearest
    max_shortfall: Nearest


class Weighted(NamedTuple):
    """The capability whose share of the weight has to change least, from and to, in tenths of a percent.

    The others keep their proportions. `level` is the function's at that share.
    """

    capability: str
    share: int
    changed: int
    level: Level


class Gates:
    """Where a company stands under other gates."""

    def __init__(self, profile: Profile) -> None:
        """Rate it under every coverage, and under every shortfall."""
        self._rule = profile.form.rule
        self._coverages = {
            percent: _under(profile, LevelRule(percent, self._rule.max_shortfall)) for percent in COVERAGES
        }
        shortfalls = {*range(profile.questionnaire.max_level + 1), self._rule.max_shortfall}
        self._shortfalls = {
            levels: _under(profile, LevelRule(self._rule.coverage_percent, levels))
            for levels in sorted(shortfalls)
        }

    def change(self, part: Callable[[Standing], object]) -> GateChange:
        """The nearest gates under which a part of the standing is another."""
        own = self._rule
        return GateChange(
            _nearest({n: part(s) for n, s in self._coverages.items()}, own.coverage_percent),
            _nearest({n: part(s) for n, s in self._shortfalls.items()}, own.max_shortfall),
        )


def _under(profile: Profile, rule: LevelRule) -> Standing:
    if rule == profile.form.rule:
        return standing_of(profile)
    top = profile.questionnaire.max_level
    return standing(
        profile,
        {
            result.function.id: None if result.level is None else function_level(result.counted, rule, top)
            for result in scored(profile)
        },
    )


def _nearest(parts: dict[int, object], own: int) -> Nearest:
    below = [n for n, part in parts.items() if n < own and part != parts[own]]
    above = [n for n, part in parts.items() if n > own and part != parts[own]]
    return Nearest(max(below, default=None), min(above, default=None))


def weight_change(capabilities: Sequence[Rated], rule: LevelRule, max_level: int) -> Weighted | None:
    """The least change of one capability's share that makes the function's level another.

    `None` where no share of any single one does. Of equal changes the questionnaire's first, and the fall.
    """
    level = function_level(capabilities, rule, max_level)
    whole = sum(capability.weight for capability in capabilities)
    found: list[tuple[int, Weighted]] = []
    for place, capability in enumerate(capabilities):
        exact = WHOLE * capability.weight
        if exact == WHOLE * whole:
            continue
        at = partial(_at, capabilities, place, rule, max_level)
        lower = range(-(-exact // whole) - 1, SHARES.start - 1, -1)
        higher = range(exact // whole + 1, SHARES.stop)
        for changed in (_first(lower, at, level), _first(higher, at, level)):
            if changed is not None:
                change = Weighted(capability.id, half_up(exact, whole), changed, at(changed))
                found.append((abs(changed * whole - exact), change))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _at(capabilities: Sequence[Rated], place: int, rule: LevelRule, max_level: int, share: int) -> Level:
    return function_level(_reweighted(capabilities, place, share), rule, max_level)


def _reweighted(capabilities: Sequence[Rated], place: int, share: int) -> list[Rated]:
    """One capability at a share of the whole weight, the others in their proportions, in whole numbers."""
    others = sum(capability.weight for n, capability in enumerate(capabilities) if n != place)
    return [
        capability._replace(weight=share * others if n == place else (WHOLE - share) * capability.weight)
        for n, capability in enumerate(capabilities)
    ]


def _first(shares: range, at: Callable[[int], Level], level: Level) -> int | None:
    """The first of these shares with another level; along them a level only rises, or only falls."""
    place = bisect_left(shares, True, key=lambda share: at(share) != level)  # noqa: FBT003 -- false before true
    return shares[place] if place < len(shares) else None
