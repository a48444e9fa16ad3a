"""No plan is cheaper: the search against all plans of hundreds of small questionnaires, by the engine."""

import pytest

from scoring.paths import Goal, Planned, Wishes, plan
from tests.kit.effort import THOROUGH
from tests.kit.ways import Raised, Way, goals, is_reached, ways

CASES = 3000 if THOROUGH else 96
GROUPS = 4


def levels_after(planned: Planned) -> tuple[int, ...]:
    """The levels that a plan leads to, by its steps."""
    levels = list(planned.terrain.start)
    for step in planned.steps:
        assert levels[step.place] == step.start
        levels[step.place] = step.end
    return tuple(levels)


def best_of(goal: Goal, plans: list[Raised]) -> Raised | None:
    """The best of all plans, by trying each."""
    if goal.kind == "budget":
        affordable = [p for p in plans if p.cost <= goal.amount]
        return min(affordable, key=lambda p: (-low_of(p), p.order))
    return min((p for p in plans if is_reached(goal, p.profile)), key=lambda p: p.order, default=None)


def low_of(raised: Raised) -> int:
    return -1 if raised.profile.overall.score is None else raised.profile.overall.score.low


def check(way: Way, goal: Goal, plans: list[Raised]) -> str:
    planned = plan(way.profile, Wishes(goal, way.costs, way.ceilings, alternatives=0, seconds=60))
    best = best_of(goal, plans)
    if best is None:
        assert planned.status == "infeasible"
        assert planned.conflicts
    elif is_reached(goal, way.profile):
        assert planned.status == "reached"
    else:
        assert (planned.status, planned.cost, planned.bound) == ("optimal", best.cost, best.cost)
        assert levels_after(planned) == best.levels
        if planned.waves:
            assert planned.waves[-1].outcome.overall == best.profile.overall
            assert planned.waves[-1].outcome.verdict == best.profile.verdict.status
            assert planned.waves[-1].outcome.functions == best.profile.functions
    return f"{goal.kind} {planned.status}"


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_plan_is_better(group: int) -> None:
    seen = set()
    for seed in range(group, CASES, GROUPS):
        way = ways(seed)
        plans = [*way.plans()]
        for goal in goals(seed, way):
            seen.add(check(way, goal, plans))
    kinds = {"verdict", "level", "index"}
    statuses = {"reached", "optimal", "infeasible"}
    assert seen == {f"{kind} {status}" for kind in kinds for status in statuses} | {"budget optimal"}
