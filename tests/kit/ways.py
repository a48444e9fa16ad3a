"""Every plan of a small questionnaire, scored one by one: what the search is held against."""

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from random import Random
from typing import Any, NamedTuple

from scoring import Profile, Questionnaire, score
from scoring.arithmetic import half_up
from scoring.paths import Goal

MOST_PLANS = 200
Json = dict[str, Any]


class Raised(NamedTuple):
    """A plan that keeps to the prerequisites: levels in the questionnaire's order, and its profile.

    `raised` counts capabilities, `free` steps that cost nothing.
    """

    levels: tuple[int, ...]
    cost: int
    raised: int
    free: int
    profile: Profile

    @property
    def order(self) -> tuple[int, int, int, tuple[int, ...]]:
        """By which plans that do the same are told apart: the least is the best."""
        return self.cost, self.raised, self.free, tuple(-level for level in self.levels)


class Way(NamedTuple):
    """A small questionnaire, answers to it, and what a plan has to keep to."""

    questionnaire: Questionnaire
    answers: Json
    costs: Mapping[str, tuple[int, ...]]
    ceilings: Mapping[str, int]

    @property
    def profile(self) -> Profile:
        return score(self.questionnaire, self.answers)

    @property
    def starts(self) -> dict[str, int]:
        """Levels of the applicable capabilities, by id."""
        return levels_of(self.profile)

    def plans(self) -> Iterator[Raised]:
        """Every plan that keeps to ceilings and prerequisites."""
        starts = self.starts
        for levels in product(*(range(low, self.top(name) + 1) for name, low in starts.items())):
            wanted = dict(zip(starts, levels, strict=True))
            profile = score(self.questionnaire, self.raised(wanted))
            if self.keeps_order(levels_of(profile)):
                cost = sum(self.cost(name, level) for name, level in wanted.items())
                count = sum(level > starts[name] for name, level in wanted.items())
                free = sum(self.steps(name, level).count(0) for name, level in wanted.items())
                yield Raised(levels, cost, count, free, profile)

    def top(self, name: str) -> int:
        """How far a capability may be raised."""
        function = name.partition(".")[0]
        general = self.ceilings.get(function, self.questionnaire.max_level)
        return max(self.starts[name], self.ceilings.get(name, general))

    def cost(self, name: str, level: int) -> int:
        """What it costs to raise a capability to a level."""
        return sum(self.steps(name, level))

    def steps(self, name: str, level: int) -> tuple[int, ...]:
        """What each step to a level costs."""
        capability = self.questionnaire.form_of("full").capability_of[name]
        return tuple(self.costs.get(name, capability.step_efforts)[self.starts[name] : level])

    def raised(self, levels: Mapping[str, int]) -> Json:
        """The answers with the capabilities raised to these levels."""
        answers = dict(self.answers)
        for name, level in levels.items():
            if level == self.starts[name]:
                continue
            for question in self.questionnaire.form_of("full").capability_of[name].questions:
                said = answers.get(question.id, "dont_know")
                if isinstance(said, dict):
                    continue
                if said == "dont_know" or question.points[said] < 1000 * level:
                    answers[question.id] = f"{1000 * level}"
        return answers

    def keeps_order(self, levels: Mapping[str, int]) -> bool:
        """Whether nothing was raised before what has to come first."""
        for entry in self.questionnaire.prerequisites:
            for step in entry.before:
                name, _, level = step.rpartition("@")
                is_raised = name in levels and self.starts[name] < int(level) <= levels[name]
                if is_raised and levels.get(entry.capability, entry.level) < entry.level:
                    return False
        return True


def levels_of(profile: Profile) -> dict[str, int]:
    """The level that is certain, of each applicable capability."""
    return {r.id: r.level.low for f in profile.functions for _, r in f.capabilities if r is not None}


def is_reached(goal: Goal, profile: Profile) -> bool:
    """Whether a profile has what was wanted."""
    score_of, level = profile.overall.score, profile.overall.level
    if goal.kind == "verdict":
        return profile.verdict.status == "met"
    if goal.kind == "level":
        return level is not None and level.low >= goal.amount
    tenths = -1 if score_of is None else half_up(score_of.low, profile.questionnaire.max_level)
    return goal.kind == "index" and tenths >= goal.amount


def ways(seed: int) -> Way:
    """A random way with few enough plans to try all of them."""
    random = Random(seed)  # noqa: S311 -- reproducible cases, no secret
    while True:
        way = _drawn(random)
        if prod(way.top(name) - low + 1 for name, low in way.starts.items()) <= MOST_PLANS:
            return way


def goals(seed: int, way: Way) -> list[Goal]:
    """A goal of every kind."""
    random, top = Random(seed), way.questionnaire.max_level  # noqa: S311 -- the same
    return [
        Goal("verdict", way.questionnaire.definition.level),
        Goal("level", random.randint(1, top)),
        Goal("index", random.randint(0, 1000)),
        Goal("budget", random.randint(0, 20)),
    ]


def _drawn(random: Random) -> Way:
    top = random.randint(2, 4)
    functions = [_function(random, n, top) for n in range(random.randint(1, 3))]
    functions[0]["scored"] = True
    scored = sum(f["scored"] and any(c["scored"] for c in f["capabilities"]) for f in functions)
    mapping = {
        "id": "small",
        "version": "1.0.0",
        "max_level": top,
        "level_rule": {
            "coverage_percent": random.choice([1, 50, 66, 80, 100]),
            "max_shortfall": random.randint(0, 2),
        },
        "definition": {"level": random.randint(1, top), "min_applicable": random.randint(0, scored)},
        "step_efforts": [random.randint(1, 4) for _ in range(top)],
        "functions": functions,
    }
    names = [f"{f['id']}.{c['id']}" for f in functions for c in f["capabilities"]]
    mapping["prerequisites"] = _prerequisites(random, names, top)
    questionnaire = Questionnaire.model_validate(mapping)
    answers = {q.id: _answer(random, q.points) for q in questionnaire.form_of("full").questions}
    costs = {n: tuple(random.randint(0, 5) for _ in range(top)) for n in names if random.random() < 0.2}
    ceilable = [*names, *(f["id"] for f in functions)]
    ceilings = {n: random.randint(0, top) for n in ceilable if random.random() < 0.15}
    return Way(questionnaire, {n: said for n, said in answers.items() if said is not None}, costs, ceilings)


def _function(random: Random, number: int, top: int) -> Json:
    capabilities = [_capability(random, n, top) for n in range(random.randint(1, 3))]
    weight = random.choice([1, 1, 2, 3, 97])
    for capability in capabilities:
        capability["scored"] = random.random() < 0.85
    scored = random.random() < 0.8
    return {"id": f"f{number}", "weight": weight, "scored": scored, "capabilities": capabilities}


def _capability(random: Random, number: int, top: int) -> Json:
    options = [{"id": f"{points}", "points": points} for points in range(0, 1000 * top + 1, 250)]
    entry: Json = {"id": f"c{number}", "weight": random.choice([1, 1, 2, 3, 331]), "options": options}
    entry["scored"] = number == 0 or random.random() < 0.85
    if random.random() < 0.3:
        weights = [random.choice([1, 2, 5]) for _ in range(random.randint(2, 3))]
        questions = [{"id": f"q{n}", "weight": w, "options": options} for n, w in enumerate(weights)]
        return {key: value for key, value in entry.items() if key != "options"} | {"questions": questions}
    return entry


def _answer(random: Random, points: Mapping[str, int]) -> Any:  # noqa: ANN401 -- any answer
    kind = random.random()
    if kind < 0.1:
        return {"not_applicable": "other"}
    if kind < 0.25:
        return random.choice([None, "dont_know"])
    return random.choice([*points])


def _prerequisites(random: Random, names: list[str], top: int) -> list[Json]:
    drawn = []
    for _ in range(random.randint(0, 3) if len(names) > 1 else 0):
        first, then = sorted(random.sample(range(len(names)), 2))
        before = [f"{names[then]}@{random.randint(1, top)}"]
        drawn.append({"capability": names[first], "level": random.randint(1, top), "before": before})
    return drawn
