"""What can be raised, how far and at which cost: the steps that a plan is made of (§12)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, Score, half_up
from scoring.profile import Profile
from scoring.questionnaire.form import Capability, Function, QuestionScore

Plan = tuple[int, ...]  # a level for each ladder, in the questionnaire's order


class Ladder:
    """The levels that an applicable capability can be raised to, from where it stands at its least.

    `start` and `top` are levels; a plan that stays at `start` does nothing.
    """

    def __init__(
        self, capability: Capability, scores: Sequence[tuple[int, Score]], costs: Sequence[int], ceiling: int
    ) -> None:
        """`scores` are the weights and scores of its applicable questions, `costs` one for each step."""
        self.capability = capability
        self.weight = capability.weight
        weights = sum(weight for weight, _ in scores)

        def raised(level: int) -> int:
            least = level * POINTS_PER_LEVEL
            return half_up(sum(weight * max(score.low, least) for weight, score in scores), weights)

        self.start = raised(0) // POINTS_PER_LEVEL
        self.top = max(self.start, ceiling)
        self._points = (raised(0), *map(raised, range(self.start + 1, self.top + 1)))
        self.step_costs = tuple(costs)
        self._cost_up_to = tuple(accumulate(costs, initial=0))

    def points(self, level: int) -> int:
        """Its points with all of its questions at this level or above."""
        return self._points[level - self.start]

    def reached(self, level: int) -> int:
        """The level that the gate sees then: above it where a question lies far above the others."""
        return self.points(level) // POINTS_PER_LEVEL

    def first(self, wanted: int) -> int | None:
        """The least level to raise it to for the gate to see the wanted one; `None` where none does."""
        return next((n for n in range(self.start, self.top + 1) if self.reached(n) >= wanted), None)

    def cost(self, level: int) -> int:
        """The cost from where it stands up to a level."""
        return self._cost_up_to[level] - self._cost_up_to[self.start]


class Gate(NamedTuple):
    """An applicable scored function, and the places of the ladders that it counts."""

    function: Function
    places: tuple[int, ...]


class Binding(NamedTuple):
    """A prerequisite: the ladder at `first` stands at `level` before the one at `then` comes to `reached`."""

    first: int
    level: int
    then: int
    reached: int


class Terrain:
    """All ladders of a profile, with its gates and prerequisites."""

    def __init__(
        self,
        profile: Profile,
        costs: Mapping[str, Sequence[int]],
        ceilings: Mapping[str, int],
        bound: Literal["low", "high"] = "low",
    ) -> None:
        """`costs` and `ceilings` by id, ceilings of functions too; unknown answers count at their `bound`."""
        self.profile = profile
        self.questions = dict(profile.questions) if bound == "low" else dict(_at_best(profile))
        self.costs = costs
        self.ceilings = ceilings
        top = profile.questionnaire.max_level
        ladders: list[Ladder] = []
        gates: list[Gate] = []
        for function in profile.form.functions:
            begin = len(ladders)
            for capability in function.capabilities:
                scores = [(q.weight, self.questions[q.id].score) for q in capability.questions]
                known = [(weight, score) for weight, score in scores if score is not None]
                if known:
                    ceiling = ceilings.get(capability.id, ceilings.get(function.id, top))
                    own = costs.get(capability.id, capability.step_efforts)
                    ladders.append(Ladder(capability, known, own, ceiling))
            places = [n for n in range(begin, len(ladders)) if ladders[n].capability.scored]
            if function.scored and places:
                gates.append(Gate(function, tuple(places)))
        self.ladders = tuple(ladders)
        self.gates = tuple(gates)

    @cached_property
    def start(self) -> Plan:
        """The plan that does nothing."""
        return tuple(ladder.start for ladder in self.ladders)

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """The prerequisites between ladders that bind: `then` starts below what it may be raised to."""
        places = {ladder.capability.id: n for n, ladder in enumerate(self.ladders)}
        return tuple(_bindings(self, places))

    def cost(self, plan: Plan) -> int:
        """What a plan costs."""
        return sum(ladder.cost(level) for ladder, level in zip(self.ladders, plan, strict=True))

    def holds(self, plan: Plan, binding: Binding) -> bool:
        """Whether a plan keeps to a prerequisite."""
        first, then = self.ladders[binding.first], self.ladders[binding.then]
        return (
            then.reached(plan[binding.then]) < binding.reached
            or first.reached(plan[binding.first]) >= binding.level
        )


def _bindings(terrain: Terrain, places: Mapping[str, int]) -> Iterator[Binding]:
    for entry in terrain.profile.questionnaire.prerequisites:
        for step in entry.before:
            name, _, level = step.rpartition("@")
            if entry.capability in places and name in places:
                binding = Binding(places[entry.capability], entry.level, places[name], int(level))
                ladder = terrain.ladders[binding.then]
                if ladder.reached(ladder.start) < binding.reached:
                    yield binding


def _at_best(profile: Profile) -> Iterator[tuple[str, QuestionScore]]:
    for name, (state, score) in profile.questions.items():
        best = None if score is None else Score(score.high, score.high, score.high)
        yield name, QuestionScore(state, best)
