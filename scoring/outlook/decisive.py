"""The fewest open questions that decide a clause in the best case, exactly (§5, §6)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, Score
from scoring.levels import LevelRule
from scoring.questionnaire.form import Capability, Function, QuestionScore

Questions = dict[str, QuestionScore]
Names = tuple[str, ...]


class _Part(NamedTuple):
    """A capability: what it weighs, and the fewest questions to bring it to the level, and to the floor."""

    weight: int
    wanted: Names | None
    floor: Names | None


def fewest_to_meet(function: Function, questions: Questions, rule: LevelRule, level: int) -> Names | None:
    """The fewest questions that at their greatest lift an applicable function to a level for certain.

    `None` where none can.
    """
    floor = level - rule.max_shortfall
    parts = [
        _Part(c.weight, _fewest(known, level, up=True), _fewest(known, floor, up=True))
        for c, known in _applicable(function, questions)
    ]
    required = -(-rule.coverage_percent * sum(part.weight for part in parts) // 100)
    best: dict[int, Names] = {0: ()}  # by weight that stands at the level, the fewest questions for it
    for weight, wanted, low in parts:
        grown: dict[int, Names] = {}
        for reached, names in best.items():
            if wanted is not None:
                _keep(grown, min(required, reached + weight), names + wanted)
            if low is not None:
                _keep(grown, reached, names + low)
        best = grown
    return best.get(required)


def fewest_to_deny(function: Function, questions: Questions, rule: LevelRule, level: int) -> Names | None:
    """The fewest questions that at their least keep an applicable function below a level for certain."""
    applicable = list(_applicable(function, questions))
    floor = level - rule.max_shortfall
    holes = [_fewest(known, floor, up=False) for c, known in applicable]
    weights = sum(c.weight for c, _ in applicable)
    # So much has to lie below the level for the rest not to cover it.
    short = weights - -(-rule.coverage_percent * weights // 100) + 1
    best: dict[int, Names] = {0: ()}
    for capability, known in applicable:
        lowered = _fewest(known, level, up=False)
        if lowered is not None:
            for below, names in list(best.items()):
                _keep(best, min(short, below + capability.weight), names + lowered)
    found = [names for names in (*holes, best.get(short)) if names is not None]
    return min(found, key=len, default=None)


def _applicable(
    function: Function, questions: Questions
) -> Iterable[tuple[Capability, Sequence[tuple[str, int, Score]]]]:
    for capability in function.capabilities:
        scores = [(q.id, q.weight, questions[q.id].score) for q in capability.questions]
        known = [(name, weight, score) for name, weight, score in scores if score is not None]
        if known and capability.scored:
            yield capability, known


def _fewest(known: Sequence[tuple[str, int, Score]], level: int, *, up: bool) -> Names | None:
    """The fewest of a capability's questions that bring it to a level, or below it; the strongest first."""
    weights = sum(weight for _, weight, _ in known)
    bound = level * POINTS_PER_LEVEL
    points = sum(weight * (score.low if up else score.high) for _, weight, score in known)
    names: list[str] = []
    strongest = sorted(known, key=lambda part: -part[1] * (part[2].high - part[2].low))
    moves = [(name, weight * (score.high - score.low)) for name, weight, score in strongest]
    while (2 * points + weights >= 2 * bound * weights) != up:  # its mean, rounded half up, against the bound
        if len(names) == len(moves) or not moves[len(names)][1]:
            return None
        name, move = moves[len(names)]
        points += move if up else -move
        names.append(name)
    return tuple(names)


def _keep(best: dict[int, Names], weight: int, names: Names) -> None:
    if weight not in best or len(names) < len(best[weight]):
        best[weight] = names
