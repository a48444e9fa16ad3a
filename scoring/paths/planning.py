"""From a profile and what is wanted to a plan with its waves, runners-up and stops (§12)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from scoring.method.verdict import VerdictStatus
from scoring.paths.goals import Conflict, Goal, conflicts
from scoring.paths.ladders import Plan, Terrain
from scoring.paths.limits import Clock, Limit, Nodes
from scoring.paths.outcome import outcome_of
from scoring.paths.search import Found, Search
from scoring.paths.waves import Step, Wave, in_waves
from scoring.profile import Profile

PARTS = 20  # of a wave: how finely a capacity is looked for

Status = Literal["reached", "optimal", "feasible", "infeasible"]


class Wishes(NamedTuple):
    """What a plan is for and what it has to keep to.

    `costs`: a whole number for each step of a capability, instead of its efforts · `ceilings`: the level that
    a function or capability may be raised to · `capacity`: what a wave may cost · `alternatives`: how many
    runners-up · `seconds`: how long to look for all of it · `nodes`: how much work that may be, instead of
    a time, so that the same is found however busy the machine is.
    """

    goal: Goal
    costs: Mapping[str, Sequence[int]] = {}
    ceilings: Mapping[str, int] = {}
    capacity: int | None = None
    alternatives: int = 3
    seconds: float = 5.0
    nodes: int | None = None


class Alternative(NamedTuple):
    """Another plan that reaches the goal and does not contain the ones before it; its index in tenths."""

    cost: int
    steps: tuple[Step, ...]
    tenths: int


class Stop(NamedTuple):
    """A budget from which on the overall level, or with it the verdict, is another; its index in tenths.

    All three are those of the cheapest plan that reaches the level.
    """

    budget: int
    verdict: VerdictStatus
    level: int
    tenths: int


class AskingFirst(NamedTuple):
    """Questions whose answers are unknown where the plan raises; its cost if all come out at their best."""

    questions: tuple[str, ...]
    cost_at_best: int


class Planned(NamedTuple):
    """A plan; `bound` is proven to be the least cost that any has, `None` where nothing is."""

    status: Status
    terrain: Terrain
    cost: int | None
    bound: int | None
    steps: tuple[Step, ...] = ()
    waves: tuple[Wave, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    stops: tuple[Stop, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    asking_first: AskingFirst | None = None


def plan(profile: Profile, wishes: Wishes) -> Planned:
    """The cheapest plan from a profile to a goal, with unknown answers at their least."""
    terrain, goal = Terrain(profile, wishes.costs, wishes.ceilings), wishes.goal
    limit = Clock(wishes.seconds) if wishes.nodes is None else Nodes(wishes.nodes)
    if goal.is_reached(outcome_of(terrain, terrain.start), profile.questionnaire.max_level):
        return Planned("reached", terrain, 0, 0, stops=tuple(_stops(terrain, limit)))
    if goal.kind != "budget" and (found := conflicts(terrain, goal)):
        stops = tuple(_stops(terrain, limit))
        return Planned("infeasible", terrain, None, None, stops=stops, conflicts=found)
    search = Search(terrain, goal, limit)
    best = search.cheapest()
    steps, waves = in_waves(terrain, best.plan, wishes.capacity)
    return Planned(
        "optimal" if best.is_optimal else "feasible",
        terrain,
        best.cost,
        best.bound,
        steps,
        waves,
        tuple(_alternatives(search, best.plan, wishes)) if best.is_optimal else (),
        tuple(_stops(terrain, limit)) if best.is_optimal else (),
        asking_first=_asking_first(search, best, wishes) if best.is_optimal else None,
    )


def evenly(planned: Planned, most: int) -> Planned:
    """The same plan in at most so many waves that cost about the same."""
    if not planned.cost:
        return planned
    terrain, levels = planned.terrain, list(planned.terrain.start)
    for step in planned.steps:
        levels[step.place] = step.end
    raised, share = tuple(levels), -(-planned.cost // most)
    for capacity in range(share, planned.cost + share, max(1, share // PARTS)):
        steps, waves = in_waves(terrain, raised, capacity)
        if len(waves) <= most:
            break
    return planned._replace(steps=steps, waves=waves)


def _alternatives(search: Search, best: Plan, wishes: Wishes) -> Iterator[Alternative]:
    """The next cheapest plans, as far as the limit lets them be proven."""
    raised, others = best, [best]
    max_level = search.terrain.profile.questionnaire.max_level
    while len(others) <= wishes.alternatives and raised != search.terrain.start:
        fork = search.fork()
        for other in others:
            fork.without(other)
        found = fork.runner_up()
        if found is None:
            return
        raised = found.plan
        others.append(raised)
        steps, _ = in_waves(search.terrain, raised, wishes.capacity)
        yield Alternative(found.cost, steps, outcome_of(search.terrain, raised).tenths(max_level))


def _stops(terrain: Terrain, limit: Limit) -> Iterator[Stop]:
    """The least budget for each overall level above the one that there is, as far as the limit allows."""
    max_level = terrain.profile.questionnaire.max_level
    stops: dict[int, Stop] = {}
    first = outcome_of(terrain, terrain.start).level + 1
    for level in range(max(1, first), max_level + 1):
        goal = Goal("level", level)
        if conflicts(terrain, goal):
            break
        found = Search(terrain, goal, limit).cheapest()
        if not found.is_optimal:
            break
        outcome = outcome_of(terrain, found.plan)
        stops[found.cost] = Stop(found.cost, outcome.verdict, outcome.level, outcome.tenths(max_level))
    yield from stops.values()


def _asking_first(search: Search, best: Found, wishes: Wishes) -> AskingFirst | None:
    """What could be saved if what is not known were known to be at its best; `None` where nothing could."""
    terrain = search.terrain
    open_questions = [
        (ladder.cost(level), question.id)
        for ladder, level in zip(terrain.ladders, best.plan, strict=True)
        if level > ladder.start
        for question in ladder.capability.questions
        if (score := terrain.questions[question.id].score) and score.low < score.high
    ]
    if not open_questions or wishes.goal.kind == "budget":
        return None
    known = Terrain(terrain.profile, wishes.costs, wishes.ceilings, "high")
    cost = 0
    top = terrain.profile.questionnaire.max_level
    if not wishes.goal.is_reached(outcome_of(known, known.start), top):
        found = Search(known, wishes.goal, search.limit).cheapest()
        if not found.is_optimal:
            return None
        cost = found.cost
    ordered = sorted(open_questions, key=lambda question: -question[0])
    return AskingFirst(tuple(name for _, name in ordered), cost) if cost < best.cost else None
