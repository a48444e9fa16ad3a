"""A plan in waves: which step when, by what a wave can hold (§12)."""

from collections.abc import Iterator
from typing import NamedTuple

from scoring.paths.ladders import Plan, Terrain
from scoring.paths.outcome import Outcome, outcome_of


class Step(NamedTuple):
    """A capability raised within a wave, the first of which is 1; `place` is that of its ladder."""

    place: int
    start: int
    end: int
    cost: int
    wave: int


class Wave(NamedTuple):
    """What a wave costs, and the profile after it."""

    cost: int
    outcome: Outcome


def in_waves(terrain: Terrain, plan: Plan, capacity: int | None) -> tuple[tuple[Step, ...], tuple[Wave, ...]]:
    """Steps and waves of a plan, filled in the questionnaire's order with prerequisites first.

    A wave ends before the level that it cannot hold any more; a level that costs more than `capacity` is a
    wave of its own.
    """
    steps: list[Step] = []
    waves: list[Wave] = []
    levels, spent = list(terrain.start), 0
    for place in _order(terrain, plan):
        ladder, level = terrain.ladders[place], levels[place]
        cost = ladder.step_costs[level]
        if capacity is not None and spent and spent + cost > capacity:
            waves.append(Wave(spent, outcome_of(terrain, tuple(levels))))
            spent = 0
        number = len(waves) + 1
        if steps and (steps[-1].place, steps[-1].wave) == (place, number):
            last = steps.pop()
            steps.append(last._replace(end=level + 1, cost=last.cost + cost))
        else:
            steps.append(Step(place, level, level + 1, cost, number))
        levels[place] += 1
        spent += cost
    if steps and steps[-1].wave > len(waves):
        waves.append(Wave(spent, outcome_of(terrain, tuple(levels))))
    return tuple(steps), tuple(waves)


def _order(terrain: Terrain, plan: Plan) -> Iterator[int]:
    """Places of the ladders in the order in which they are raised, a level each."""
    levels = list(terrain.start)
    while levels != list(plan):
        open_places = [n for n, level in enumerate(levels) if level < plan[n]]
        # Where several questions make one step reach further, two can need each other: both, then, at once.
        place = next((n for n in open_places if _is_free(terrain, levels, n)), open_places[0])
        levels[place] += 1
        yield place


def _is_free(terrain: Terrain, levels: list[int], place: int) -> bool:
    raised = tuple(level + (n == place) for n, level in enumerate(levels))
    return all(terrain.holds(raised, binding) for binding in terrain.bindings if binding.then == place)
