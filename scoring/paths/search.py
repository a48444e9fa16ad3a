"""The cheapest plan, proven (§12): levels as whole variables, gates and rounding as exact rows."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from scoring.paths.goals import Goal, greatest
from scoring.paths.ladders import Ladder, Plan, Terrain
from scoring.paths.limits import Limit
from scoring.paths.outcome import outcome_of
from scoring.paths.program import Program, Terms

MOST_TOGETHER = 100_000  # numbers up to here are told apart safely in one sum


class Found(NamedTuple):
    """A plan with its cost, and what none can cost less than; `None` for a budget that was not proven."""

    plan: Plan
    cost: int
    bound: int | None

    @property
    def is_optimal(self) -> bool:
        """Whether no plan is cheaper."""
        return self.bound == self.cost


class Search:
    """The plans of a terrain that reach a goal.

    A ladder has a variable for each step, one where the step is taken; a step needs the one below. A function
    has one for its points where the goal is about points: its mean, rounded as §1 says.
    """

    def __init__(self, terrain: Terrain, goal: Goal, limit: Limit) -> None:
        """Write the program down; the goal can be reached (`conflicts` finds none)."""
        self.terrain = terrain
        self.goal = goal
        self.program = Program()
        self.limit = limit
        self._steps = [
            [self.program.variable(0, 1) for _ in range(ladder.start, ladder.top)]
            for ladder in terrain.ladders
        ]
        self._keep_order()
        self.points: int | None = None
        if goal.kind in {"verdict", "level"}:
            self._pass_gates()
        else:
            self._count_points()

    def cheapest(self) -> Found:
        """The cheapest plan; among equals the one that raises fewest, and nothing that costs 0 in vain.

        Of those that are left the first in the questionnaire's order.
        """
        if self.points is not None and self.goal.kind == "budget":
            plan = self._minimize({self.points: -1})
            if plan is None or not self._proven:
                return Found(plan or self.terrain.start, self.terrain.cost(plan or self.terrain.start), None)
            self.program.at_least({self.points: 1}, self._point[self.points])
        plan = self._minimize(self.costs())
        if plan is None:
            plan = greatest(self.terrain, self.terrain.bindings)
            return Found(plan, self.terrain.cost(plan), self._bound())
        cost = self.terrain.cost(plan)
        if not self._proven:
            return Found(plan, cost, None if self.goal.kind == "budget" else min(cost, self._bound()))
        return Found(self._settled(plan, cost), cost, cost)

    def runner_up(self) -> Found | None:
        """The cheapest of the plans that are left, where one is and the limit let it be proven."""
        found = self.cheapest()
        return found if found.is_optimal else None

    def without(self, plan: Plan) -> None:
        """Leave out a plan, and all that raise everything it raises at least as far."""
        taken = [
            self._steps[n][level - ladder.start - 1]
            for n, (ladder, level) in enumerate(zip(self.terrain.ladders, plan, strict=True))
            if level > ladder.start
        ]
        self.program.at_most(dict.fromkeys(taken, 1), len(taken) - 1)

    def fork(self) -> "Search":
        """The same search without what was asked of it since."""
        return Search(self.terrain, self.goal, self.limit)

    def _bound(self) -> int:
        return max(0, math.ceil(self._least - 1e-6)) if math.isfinite(self._least) else 0

    def _settled(self, plan: Plan, cost: int) -> Plan:
        """Among the plans of that cost the one that raises fewest, then goes furthest first.

        Between these the one with the fewest steps that cost nothing: so no step of it can be left out.
        """
        costs = self.costs()
        self.program.at_most(costs, cost)
        begun = {steps[0]: 1 for steps in self._steps if steps}
        free = {step: 1 for step, price in costs.items() if price == 0}
        for counted in filter(None, (begun, free)):
            fewest = self._minimize(counted)
            if fewest is None or not self._proven:
                return plan
            plan = fewest
            self.program.at_most(counted, sum(self._point[step] for step in counted))
        return self._first_in_order(plan)

    def _first_in_order(self, plan: Plan) -> Plan:
        for block in _blocks(self.terrain.ladders):
            terms: dict[int, int] = {}
            worth = 1
            for n in reversed(block):
                terms |= dict.fromkeys(self._steps[n], -worth)
                worth *= len(self._steps[n]) + 1
            better = self._minimize(terms)
            if better is None or not self._proven:
                return plan
            plan = better
            for n in block:
                for place, step in enumerate(self._steps[n]):
                    self.program.fix(step, int(plan[n] - self.terrain.ladders[n].start > place))
        return plan

    def _minimize(self, terms: Terms) -> Plan | None:
        """The best plan by the engine's own word: one that does not reach the goal is left out."""
        while True:
            point, self._least, self._proven = self.program.minimize(terms, self.limit)
            if point is None:
                return None
            self._point = point
            plan = tuple(
                ladder.start + sum(self._point[step] for step in steps)
                for ladder, steps in zip(self.terrain.ladders, self._steps, strict=True)
            )
            if self._agrees(plan):
                return plan
            self._leave_out(plan)

    def _agrees(self, plan: Plan) -> bool:
        if not all(self.terrain.holds(plan, binding) for binding in self.terrain.bindings):
            return False
        outcome = outcome_of(self.terrain, plan)
        if self.goal.kind == "budget":
            stated = self.points is None or self._point[self.points] <= outcome.low
            return stated and self.terrain.cost(plan) <= self.goal.amount
        return self.goal.is_reached(outcome, self.terrain.profile.questionnaire.max_level)

    def _leave_out(self, plan: Plan) -> None:
        """At least one step is taken or left otherwise."""
        terms, taken = {}, 0
        for ladder, level, steps in zip(self.terrain.ladders, plan, self._steps, strict=True):
            for place, step in enumerate(steps):
                is_taken = level - ladder.start > place
                terms[step] = -1 if is_taken else 1
                taken += is_taken
        self.program.at_least(terms, 1 - taken)

    def costs(self) -> Terms:
        """What each step costs, by its variable."""
        return {
            step: ladder.step_costs[ladder.start + place]
            for ladder, steps in zip(self.terrain.ladders, self._steps, strict=True)
            for place, step in enumerate(steps)
        }

    def _keep_order(self) -> None:
        for steps in self._steps:
            for below, above in pairwise(steps):
                self.program.at_least({below: 1, above: -1}, 0)
        for binding in self.terrain.bindings:
            then = self._stands_at(binding.then, binding.reached)
            first = self._stands_at(binding.first, binding.level)
            if isinstance(then, str) or first == "always":
                continue
            if isinstance(first, str):
                self.program.fix(then, 0)
            else:
                self.program.at_least({first: 1, then: -1}, 0)

    def _stands_at(self, place: int, wanted: int) -> int | Literal["always", "never"]:
        """The variable that says whether a ladder stands at a level, where that depends on the plan."""
        ladder = self.terrain.ladders[place]
        level = ladder.first(wanted)
        if level is None:
            return "never"
        if level == ladder.start:
            return "always"
        return self._steps[place][level - ladder.start - 1]

    def _pass_gates(self) -> None:
        rule, wanted = self.terrain.profile.form.rule, self.goal.amount
        for gate in self.terrain.gates:
            weights = {n: self.terrain.ladders[n].weight for n in gate.places}
            terms: dict[int, int] = {}
            missing = -(-rule.coverage_percent * sum(weights.values()) // 100)
            for n, weight in weights.items():
                stands = self._stands_at(n, wanted)
                if stands == "always":
                    missing -= weight
                elif stands != "never":
                    terms[stands] = weight
                floor = self._stands_at(n, wanted - rule.max_shortfall)
                if not isinstance(floor, str):
                    self.program.fix(floor, 1)
            if terms and missing > 0:
                self.program.at_least(terms, missing)

    def _count_points(self) -> None:
        """Points of functions, of the whole company, and what is asked of them or may be spent."""
        top = self.terrain.profile.questionnaire.max_level
        if self.goal.kind == "budget":
            self.program.at_most(self.costs(), self.goal.amount)
        if not self.terrain.gates:
            return
        functions = {
            self._mean(list(self._gate_terms(gate.places))): gate.function.weight
            for gate in self.terrain.gates
        }
        terms = [({name: weight}, 0, weight) for name, weight in functions.items()]
        self.points = self._mean(terms)
        if self.goal.kind == "index":
            least = -(-top * (2 * self.goal.amount - 1) // 2)
            self.program.at_least({self.points: 1}, least)

    def _gate_terms(self, places: tuple[int, ...]) -> Iterator[tuple[Terms, int, int]]:
        for n in places:
            ladder = self.terrain.ladders[n]
            rises = {
                step: ladder.points(level + 1) - ladder.points(level)
                for level, step in enumerate(self._steps[n], ladder.start)
            }
            weighed = {step: ladder.weight * rise for step, rise in rises.items()}
            yield weighed, ladder.weight * ladder.points(ladder.start), ladder.weight

    def _mean(self, parts: Sequence[tuple[Terms, int, int]]) -> int:
        """A variable of at most the rounded mean: `2·W·mean <= 2·sum + W`, which is `half_up` (§1)."""
        weights = sum(weight for *_, weight in parts)
        known = sum(points for _, points, _ in parts)
        mean = self.program.variable(0, self.terrain.profile.questionnaire.max_level * 1000)
        terms = {name: 2 * factor for part, *_ in parts for name, factor in part.items()}
        self.program.at_least(terms | {mean: -2 * weights}, -2 * known - weights)
        return mean


def _blocks(ladders: tuple[Ladder, ...]) -> Iterator[list[int]]:
    """Places of neighbours whose levels can be compared in one sum."""
    block: list[int] = []
    size = 1
    for n, ladder in enumerate(ladders):
        levels = ladder.top - ladder.start + 1
        if block and size * levels > MOST_TOGETHER:
            yield block
            block, size = [], 1
        if levels > 1:
            block.append(n)
            size *= levels
    if block:
        yield block
