"""What may be firm or not: levels, the verdict, and the order of functions (§5, §6)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.arithmetic import Score
from scoring.levels import Level, least_level
from scoring.method.rating import FunctionResult, rate_function
from scoring.method.verdict import VerdictStatus, clauses, verdict_status
from scoring.profile import Profile
from scoring.questionnaire.form import QuestionScore

Levels = Mapping[str, Level | None]


class Standing(NamedTuple):
    """Where a company stands: each scored function, the least of them, and the verdict."""

    functions: Levels
    overall: Level | None
    verdict: VerdictStatus


def standing(profile: Profile, levels: Levels) -> Standing:
    """What a level for each scored function comes to, by the questionnaire's definition."""
    definition = profile.questionnaire.definition
    least = least_level([level for level in levels.values() if level is not None])
    parts = clauses(levels, definition.level)
    return Standing(levels, least, verdict_status(parts, definition.min_applicable))


def standing_of(profile: Profile) -> Standing:
    """The profile's own."""
    return standing(profile, {result.function.id: result.level for result in scored(profile)})


def scored(profile: Profile) -> Sequence[FunctionResult]:
    """The functions that the overall level and the verdict come from."""
    return [result for result in profile.functions if result.function.scored]


def ranked(values: Mapping[str, int | None]) -> tuple[str, ...]:
    """Functions by their points, the highest first; of equals the questionnaire's first."""
    known = [(points, name) for name, points in values.items() if points is not None]
    return tuple(name for _, name in sorted(known, key=lambda pair: -pair[0]))


def with_points(profile: Profile, result: FunctionResult, name: str, points: int) -> FunctionResult:
    """The function if one of its questions had exactly these points."""
    questions = {own: profile.questions[own] for own in result.function.question_ids}
    questions[name] = QuestionScore("answered", Score(points, points, points))
    questionnaire = profile.questionnaire
    return rate_function(result.function, questions, profile.form.rule, questionnaire.max_level, ())
