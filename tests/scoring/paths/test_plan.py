"""What stands beside a plan: waves, runners-up, stops, what is open, and why there is none (§12)."""

from itertools import pairwise
from typing import Any

import pytest

from scoring import Profile, Questionnaire, score
from scoring.arithmetic import index_tenths
from scoring.paths import Conflict, Goal, Planned, Wishes, evenly, plan
from scoring.paths.outcome import outcome_of
from tests.kit.ways import goals, is_reached, ways

VERDICT = Goal("verdict", 4)
SEEDS = range(500, 530)


def profile(answers: dict[str, Any], counts: dict[str, int], **more: Any) -> Profile:  # noqa: ANN401
    """A profile of functions with so many capabilities each, ids f.c0, f.c1, ..."""
    mapping = {
        "id": "small",
        "version": "1.0.0",
        "definition": {"min_applicable": 1},
        "functions": [
            {"id": name, "capabilities": [{"id": f"c{n}"} for n in range(count)]}
            for name, count in counts.items()
        ],
    }
    return score(Questionnaire.model_validate(mapping | more), answers)


def steps(planned: Planned) -> list[tuple[str, int, int, int]]:
    """Capability, start, end and wave of each step."""
    ladders = planned.terrain.ladders
    return [(ladders[s.place].capability.id, s.start, s.end, s.wave) for s in planned.steps]


def after(planned: Planned, taken: Any) -> tuple[int, ...]:  # noqa: ANN401 -- steps
    levels = list(planned.terrain.start)
    for step in taken:
        levels[step.place] = step.end
    return tuple(levels)


def test_a_mean_does_not_hide_a_hole() -> None:
    """Four of five have to stand at 4; of two ways at the same cost the one that raises fewer."""
    answers = {"f.c0": "4", "f.c1": "4", "f.c2": "4", "f.c3": "3", "f.c4": "1"}
    planned = plan(profile(answers, {"f": 5}), Wishes(VERDICT))
    assert (planned.status, planned.cost, planned.bound) == ("optimal", 10, 10)
    assert steps(planned) == [("f.c4", 1, 4, 1)]


def test_what_comes_before_is_raised_before_even_where_it_is_not_scored() -> None:
    needs = [{"capability": "b.c0", "level": 2, "before": ["a.c0@4"]}]
    functions: list[dict[str, Any]] = [
        {"id": "a", "capabilities": [{"id": "c0"}]},
        {"id": "b", "scored": False, "capabilities": [{"id": "c0"}]},
    ]
    answers = {"a.c0": "3", "b.c0": "0"}
    planned = plan(
        profile(answers, {}, functions=functions, prerequisites=needs), Wishes(VERDICT, capacity=5)
    )
    assert steps(planned) == [("b.c0", 0, 2, 1), ("a.c0", 3, 4, 2)]
    assert [wave.outcome.verdict for wave in planned.waves] == ["not_met", "met"]


def test_steps_fill_waves_and_one_that_is_too_large_has_its_own() -> None:
    planned = plan(profile({"f.c0": "1", "f.c1": "2"}, {"f": 2}), Wishes(VERDICT, capacity=4))
    assert steps(planned) == [
        ("f.c0", 1, 2, 1),
        ("f.c0", 2, 3, 2),
        ("f.c0", 3, 4, 3),
        ("f.c1", 2, 3, 4),
        ("f.c1", 3, 4, 5),
    ]
    assert [wave.cost for wave in planned.waves] == [2, 3, 5, 3, 5]
    assert planned.waves[-1].outcome.verdict == "met"


def test_the_callers_costs_count() -> None:
    answers = {"f.c0": "3", "f.c1": "4", "f.c2": "3"}
    rule = {"level_rule": {"coverage_percent": 66}}
    dear = Wishes(VERDICT, costs={"f.c0": (1, 1, 1, 9, 9)})
    assert steps(plan(profile(answers, {"f": 3}, **rule), Wishes(VERDICT))) == [("f.c0", 3, 4, 1)]
    assert steps(plan(profile(answers, {"f": 3}, **rule), dear)) == [("f.c2", 3, 4, 1)]


def test_a_runner_up_is_no_plan_with_something_on_top() -> None:
    answers = {"f.c0": "3", "f.c1": "4", "f.c2": "3"}
    rule = {"level_rule": {"coverage_percent": 66}}
    planned = plan(profile(answers, {"f": 3}, **rule), Wishes(VERDICT))
    assert [alternative.cost for alternative in planned.alternatives] == [5]
    assert after(planned, planned.alternatives[0].steps) == (3, 4, 4)


@pytest.mark.parametrize("seed", SEEDS)
def test_runners_up_reach_the_goal_and_contain_none_before(seed: int) -> None:
    way = ways(seed)
    for goal in goals(seed, way)[:3]:
        planned = plan(way.profile, Wishes(goal, way.costs, way.ceilings, seconds=60))
        taken = [after(planned, planned.steps)]
        for alternative in planned.alternatives:
            levels = after(planned, alternative.steps)
            assert goal.is_reached(outcome_of(planned.terrain, levels), way.questionnaire.max_level)
            assert not any(all(a >= b for a, b in zip(levels, other, strict=True)) for other in taken)
            taken.append(levels)
        costs = [planned.cost or 0, *(alternative.cost for alternative in planned.alternatives)]
        assert costs == sorted(costs)


@pytest.mark.parametrize("seed", SEEDS)
def test_stops_are_the_least_budgets_of_each_level(seed: int) -> None:
    way = ways(seed)
    planned = plan(way.profile, Wishes(Goal("budget", 1), way.costs, way.ceilings, seconds=60))
    plans = [*way.plans()]
    for level in range(1, way.questionnaire.max_level + 1):
        fits = [p for p in plans if is_reached(Goal("level", level), p.profile)]
        least = min((p.cost for p in fits), default=None)
        found = next((stop.budget for stop in planned.stops if stop.level >= level), None)
        if not is_reached(Goal("level", level), way.profile):
            assert found == least
    assert all(a.budget < b.budget and a.level < b.level for a, b in pairwise(planned.stops))
    for stop in planned.stops:
        of_that_cost = [p.profile.overall.score for p in plans if p.cost == stop.budget]
        tops = {index_tenths(score.low, way.questionnaire.max_level) for score in of_that_cost if score}
        assert stop.tenths in tops


@pytest.mark.parametrize("seed", SEEDS)
def test_waves_keep_to_what_comes_first(seed: int) -> None:
    way = ways(seed)
    goal = Goal("level", way.questionnaire.max_level)
    planned = plan(way.profile, Wishes(goal, way.costs, capacity=6, alternatives=0, seconds=60))
    levels = list(planned.terrain.start)
    single = all(len(ladder.capability.questions) == 1 for ladder in planned.terrain.ladders)
    for step in planned.steps:
        levels[step.place] = step.end
        if single:
            assert all(planned.terrain.holds(tuple(levels), b) for b in planned.terrain.bindings)
    assert sum(wave.cost for wave in planned.waves) == (planned.cost or 0)


def test_what_is_reached_asks_for_nothing() -> None:
    planned = plan(profile({"f.c0": "4"}, {"f": 1}), Wishes(VERDICT))
    assert (planned.status, planned.cost, planned.steps, planned.waves) == ("reached", 0, (), ())


def test_too_few_functions_apply() -> None:
    short = {"definition": {"min_applicable": 2}}
    answers = {"f.c0": "4", "g.c0": {"not_applicable": "other"}}
    planned = plan(profile(answers, {"f": 1, "g": 1}, **short), Wishes(VERDICT))
    assert planned.status == "infeasible"
    assert planned.conflicts == (Conflict("min_applicable", ("f",), 2),)


def test_only_what_conflicts_is_named() -> None:
    needs = [
        {"capability": "a.c0", "level": 3, "before": ["b.c0@4"]},
        {"capability": "a.c0", "level": 1, "before": ["b.c0@2"]},
    ]
    rule = {"level_rule": {"coverage_percent": 50, "max_shortfall": 5}}
    company = profile({"a.c0": "2"}, {"a": 2, "b": 1}, prerequisites=needs, **rule)
    planned = plan(company, Wishes(VERDICT, ceilings={"a.c0": 2, "a.c1": 4}))
    assert planned.status == "infeasible"
    assert planned.conflicts == (
        Conflict("prerequisite", ("a.c0", "b.c0"), 3),
        Conflict("ceiling", ("a.c0",), 2),
        Conflict("gate", ("b",), 4),
    )


def test_a_ceiling_that_holds_nothing_is_not_named() -> None:
    """A capability's own ceiling stands instead of its function's."""
    for ceilings in ({"f.c0": 3, "f": 2}, {"f": 2, "f.c0": 3}):
        planned = plan(profile({"f.c0": "1"}, {"f": 1}), Wishes(VERDICT, ceilings=ceilings))
        assert planned.conflicts == (Conflict("ceiling", ("f.c0",), 3), Conflict("gate", ("f",), 4))


def test_what_each_budget_buys_is_said_where_the_goal_is_reached_or_cannot_be() -> None:
    company = profile({"f.c0": "4", "f.c1": "3"}, {"f": 2})
    buys = [(stop.budget, stop.level) for stop in plan(company, Wishes(Goal("index", 800))).stops]
    assert buys == [(5, 4), (21, 5)]
    reached = plan(company, Wishes(Goal("index", 700)))
    assert (reached.status, [(stop.budget, stop.level) for stop in reached.stops]) == ("reached", buys)
    short = plan(company, Wishes(Goal("level", 5), ceilings={"f.c0": 4}))
    assert (short.status, [(stop.budget, stop.level) for stop in short.stops]) == ("infeasible", [(5, 4)])


def test_what_costs_nothing_is_in_a_wave_too() -> None:
    free = {"f.c0": [0] * 5}
    planned = plan(profile({"f.c0": "3"}, {"f": 1}), Wishes(VERDICT, free, capacity=1))
    assert steps(planned) == [("f.c0", 3, 4, 1)]
    assert [(wave.cost, wave.outcome.verdict) for wave in planned.waves] == [(0, "met")]


@pytest.mark.parametrize("seed", SEEDS[:12])
def test_no_step_can_be_left_out_also_where_steps_cost_nothing(seed: int) -> None:
    way = ways(seed)
    way = way._replace(costs=dict.fromkeys([*way.starts][::2], (0,) * way.questionnaire.max_level))
    plans = [*way.plans()]
    for goal in goals(seed, way)[:3]:
        planned = plan(way.profile, Wishes(goal, way.costs, way.ceilings, alternatives=0, seconds=60))
        levels = after(planned, planned.steps)
        enough = [p.levels for p in plans if is_reached(goal, p.profile)]
        below = [p for p in enough if all(a <= b for a, b in zip(p, levels, strict=True))]
        assert below == ([levels] if enough else [])


def test_fewest_capabilities_come_before_fewest_steps_that_cost_nothing() -> None:
    """Two steps are needed: both of one capability, the second for nothing, or one of each of two others."""
    costs = {"f.c0": (1, 9, 9, 9, 9), "f.c1": (1, 9, 9, 9, 9), "f.c2": (2, 0, 9, 9, 9)}
    answers = {"f.c0": "0", "f.c1": "0", "f.c2": "0"}
    planned = plan(profile(answers, {"f": 3}), Wishes(Goal("index", 133), costs))
    assert planned.cost == 2
    assert steps(planned) == [("f.c2", 0, 2, 1)]


def test_asking_first_can_save() -> None:
    planned = plan(profile({"f.c0": "4"}, {"f": 2}), Wishes(VERDICT))
    assert planned.cost == 11
    assert planned.asking_first is not None
    assert planned.asking_first == (("f.c1",), 0)


def test_time_that_runs_out_leaves_a_plan_with_its_bound() -> None:
    company = profile({"f.c0": "1"}, {"f": 8})
    planned = plan(company, Wishes(Goal("index", 700), seconds=0))
    assert planned.status == "feasible"
    assert planned.cost is not None
    assert planned.bound is not None
    assert planned.bound < planned.cost
    assert planned.waves[-1].outcome.tenths(5) >= 700


@pytest.mark.parametrize("nodes", [0, 1, 5])
def test_a_search_that_counts_its_work_stops_at_the_same_place_every_time(nodes: int) -> None:
    company = profile({f"f.c{n}": str(n % 4) for n in range(20)}, {"f": 23})
    wishes = Wishes(Goal("index", 700), {f"f.c{n}": [3 + n, 5, 7, 9 + n, 11] for n in range(23)}, nodes=nodes)
    planned, again = (plan(company, wishes) for _ in range(2))
    assert planned._replace(terrain=again.terrain) == again
    assert planned.status == ("optimal" if nodes else "feasible")
    assert planned.cost is not None
    assert planned.bound is not None
    assert planned.bound <= planned.cost
    assert planned.waves[-1].outcome.tenths(5) >= 700


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_a_plan_is_spread_over_so_many_waves_and_stays_the_same(most: int) -> None:
    planned = plan(profile({"f.c0": "4"}, {"f": 5, "g": 3}), Wishes(VERDICT, alternatives=0))
    spread = evenly(planned, most)
    assert 1 <= len(spread.waves) <= most
    assert sum(wave.cost for wave in spread.waves) == planned.cost
    assert after(spread, spread.steps) == after(planned, planned.steps)
    assert max(wave.cost for wave in spread.waves) <= (planned.cost or 0) / most + 8
    assert spread.waves[-1].outcome == planned.waves[-1].outcome
