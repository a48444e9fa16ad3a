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
