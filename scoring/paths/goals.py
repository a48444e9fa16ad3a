"""Where a plan leads to, and what keeps it from getting there (§12)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from scoring.levels import gated_level
from scoring.paths.ladders import Binding, Gate, Plan, Terrain
from scoring.paths.outcome import Outcome, outcome_of

GoalKind = Literal["verdict", "level", "index", "budget"]


class Goal(NamedTuple):
    """What a plan is to reach: a level for `verdict` and `level`, tenths of the index, or a budget."""

    kind: GoalKind
    amount: int

    def is_reached(self, outcome: Outcome, max_level: int) -> bool:
        """Whether an outcome is what was wanted; a budget wants nothing certain."""
        match self.kind:
            case "verdict":
                return outcome.verdict == "met"
            case "level":
                return outcome.level >= self.amount
            case "index":
                return outcome.tenths(max_level) >= self.amount
        return False


class Conflict(NamedTuple):
    """A condition that cannot hold together with the others named beside it.

    `gate`: a function is to reach `level` · `index`: in tenths · `min_applicable`: so many functions have to
    be applicable · `ceiling`: a function or capability may rise to `level` only · `prerequisite`: the first
    capability comes to `level` before the second.
    """

    code: Literal["gate", "index", "min_applicable", "ceiling", "prerequisite"]
    concerns: tuple[str, ...]
    level: int


class _Condition(NamedTuple):
    conflict: Conflict
    binding: Binding | None = None
    gate: Gate | None = None


def greatest(terrain: Terrain, bindings: Sequence[Binding]) -> Plan:
    """The plan that raises everything as far as ceilings and these prerequisites allow.

    There is one: of two plans that keep to them, so does the plan with the higher level of both everywhere.
    """
    plan = [ladder.top for ladder in terrain.ladders]
    while broken := {b.then for b in bindings if not terrain.holds(tuple(plan), b)}:
        for place in broken:
            plan[place] -= 1
    return tuple(plan)


def conflicts(terrain: Terrain, goal: Goal) -> tuple[Conflict, ...]:
    """A smallest set of conditions that cannot hold together; empty where the goal can be reached.

    Leaving out any one of them would let the goal be reached; another set may be smaller.
    """
    definition = terrain.profile.questionnaire.definition
    fewest = max(1, definition.min_applicable if goal.kind == "verdict" else 1)
    if len(terrain.gates) < fewest:
        applicable = tuple(gate.function.id for gate in terrain.gates)
        return (Conflict("min_applicable", applicable, fewest),)
    top = terrain.profile.questionnaire.max_level
    if goal.is_reached(outcome_of(terrain, greatest(terrain, terrain.bindings)), top):
        return ()
    return _smallest(list(_conditions(terrain, goal)), _fails(terrain, goal))


def _smallest(kept: list[_Condition], fails: Callable[[Sequence[_Condition]], bool]) -> tuple[Conflict, ...]:
    """Leave out one condition after the other, as long as the rest still cannot hold together."""
    for condition in list(kept):
        rest = [other for other in kept if other is not condition]
        if fails(rest):
            kept = rest
    return tuple(dict.fromkeys(condition.conflict for condition in kept))


def _conditions(terrain: Terrain, goal: Goal) -> Iterator[_Condition]:
    """The prerequisites, the ceilings and the parts of the goal; what is named first is left out first."""
    for binding in terrain.bindings:
        names = tuple(terrain.ladders[n].capability.id for n in (binding.first, binding.then))
        yield _Condition(Conflict("prerequisite", names, binding.level), binding)
    for name, level in terrain.ceilings.items():
        yield _Condition(Conflict("ceiling", (name,), level))
    if goal.kind == "index":
        yield _Condition(Conflict("index", (), goal.amount))
        return
    for gate in terrain.gates:
        yield _Condition(Conflict("gate", (gate.function.id,), goal.amount), gate=gate)


def _fails(terrain: Terrain, goal: Goal) -> Callable[[Sequence[_Condition]], bool]:
    top = terrain.profile.questionnaire.max_level

    def fails(conditions: Sequence[_Condition]) -> bool:
        kept = {c.conflict.concerns[0]: c.conflict.level for c in conditions if c.conflict.code == "ceiling"}
        # A capability without its own ceiling is free, and not held by that of its function.
        ceilings: Mapping[str, int] = dict.fromkeys(terrain.ceilings, top) | kept
        freed = Terrain(terrain.profile, terrain.costs, ceilings)
        plan = greatest(freed, [c.binding for c in conditions if c.binding])
        if goal.kind == "index":
            wanted = any(c.conflict.code == "index" for c in conditions)
            return wanted and not goal.is_reached(outcome_of(freed, plan), top)
        return any(_level(freed, c.gate, plan) < goal.amount for c in conditions if c.gate)

    return fails


def _level(terrain: Terrain, gate: Gate, plan: Plan) -> int:
    ladders = [terrain.ladders[n] for n in gate.places]
    levels = [ladder.reached(plan[n]) for ladder, n in zip(ladders, gate.places, strict=True)]
    top = terrain.profile.questionnaire.max_level
    return gated_level([ladder.weight for ladder in ladders], levels, terrain.profile.form.rule, top)
