"""The answers that a standing hangs on: one step up or down makes a level or the verdict another."""

from collections.abc import Iterator
from typing import NamedTuple

from scoring.levels import Level
from scoring.outlook.standing import Standing, scored, standing, standing_of, with_points
from scoring.profile import Profile


class Hinge(NamedTuple):
    """A question, its points, the points of the next option, and where the company would stand by that.

    `level` is its function's; `after` is the whole standing.
    """

    question: str
    points: int
    changed: int
    function: str
    level: Level | None
    after: Standing


def hinges(profile: Profile) -> Iterator[Hinge]:
    """In the questionnaire's order, and of a question the step down first.

    With several respondents a step moves what their answers come to. A question that somebody is still to
    answer has no step: `next_questions` speaks of those.
    """
    own = standing_of(profile)
    for result in scored(profile):
        for name in result.function.question_ids:
            score = profile.questions[name].score
            if score is None or not score.low == score.value == score.high:
                continue
            for points in _steps(profile, name, score.low):
                level = with_points(profile, result, name, points).level
                if level != own.functions[result.function.id]:
                    after = standing(profile, {**own.functions, result.function.id: level})
                    yield Hinge(name, score.low, points, result.function.id, level, after)


def _steps(profile: Profile, name: str, points: int) -> list[int]:
    """The points of the nearest options below and above."""
    options = profile.form.question_of[name].option_points
    below = [other for other in options if other < points]
    above = [other for other in options if other > points]
    return [*([max(below)] if below else []), *([min(above)] if above else [])]
