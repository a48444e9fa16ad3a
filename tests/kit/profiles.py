"""What a profile says, by id, so that profiles can be compared."""

from collections.abc import Mapping
from typing import Any

from scoring import Profile
from scoring.arithmetic import Score
from scoring.levels import Level

CLAUSE_ORDER = ("not_met", "undetermined", "met")


def scores(profile: Profile) -> dict[str, Score]:
    """The score of every applicable node: capabilities, functions, lens cells, lenses, overall."""
    found: dict[str, Score | None] = {"overall": profile.overall.score}
    found |= {f"lens {lens}": score for lens, score in profile.lenses.items()}
    for function in profile.functions:
        name = function.function.id
        found[name] = function.score
        found |= {f"{name} {lens}": score for lens, score in function.lenses.items()}
        found |= {c.id: rated and rated.score for c, rated in function.capabilities}
    return {name: score for name, score in found.items() if score is not None}


def levels(profile: Profile) -> dict[str, Level]:
    """The level of every applicable capability and function, and overall."""
    found: dict[str, Level | None] = {"overall": profile.overall.level}
    for function in profile.functions:
        found[function.function.id] = function.level
        found |= {c.id: rated and rated.level for c, rated in function.capabilities}
    return {name: level for name, level in found.items() if level is not None}


def clauses(profile: Profile) -> dict[str, str]:
    """The status of every clause, and of the verdict."""
    return {clause.function: clause.status for clause in profile.verdict.clauses} | {
        "verdict": profile.verdict.status
    }


def blocking(profile: Profile) -> dict[str, set[str]]:
    return {function: set(capabilities) for function, capabilities in profile.verdict.blocking}


def next_levels(profile: Profile) -> dict[str, Any]:
    """What each function's next level asks for, weights apart."""
    steps = {f.function.id: f.next_level for f in profile.functions if f.level is not None}
    return {
        name: step and (step.level, set(step.must_raise), set(step.may_raise), set(step.to_answer))
        for name, step in steps.items()
    }


def gaps(profile: Profile) -> list[tuple[Any, ...]]:
    """The gaps in their order, each with all of its numbers."""
    return [
        (g.capability.id, g.level, g.target, g.gap, g.breaks_floor, g.effort, g.gain) for g in profile.gaps
    ]


def everything(profile: Profile) -> Mapping[str, Any]:
    """All that a profile says about applicable nodes but counts, as far as order and weights play no part."""
    return {
        "scores": scores(profile),
        "levels": levels(profile),
        "clauses": {name: status for name, status in clauses(profile).items() if status != "not_applicable"},
        "blocking": blocking(profile),
        "next_levels": next_levels(profile),
        "gaps": {gap[0]: gap for gap in gaps(profile)},
        "to_answer": set(profile.to_answer),
    }


def lowered(before: Profile, after: Profile) -> list[str]:
    """The scores, levels and clauses that are lower in the second profile, or known in one of them only."""
    found = []
    for name, score in scores(before).items():
        later = scores(after)[name]
        if later.low < score.low or later.high < score.high or (later.value or 0) < (score.value or 0):
            found.append(name)
        if (later.value is None) != (score.value is None):
            found.append(name)
    for name, level in levels(before).items():
        if levels(after)[name].low < level.low or levels(after)[name].high < level.high:
            found.append(name)
    order = {status: place for place, status in enumerate(CLAUSE_ORDER)}
    for name, status in clauses(before).items():
        later_status = clauses(after)[name]
        if (status in order) != (later_status in order) or order.get(later_status, 0) < order.get(status, 0):
            found.append(name)
    return found


def widened(before: Profile, after: Profile) -> list[str]:
    """The scores and levels whose range is wider in the second profile, or lies elsewhere."""
    ranges: list[tuple[str, Score | Level, Score | Level]] = [
        *((name, score, scores(after)[name]) for name, score in scores(before).items()),
        *((name, level, levels(after)[name]) for name, level in levels(before).items()),
    ]
    return [name for name, was, is_now in ranges if is_now.low < was.low or is_now.high > was.high]
