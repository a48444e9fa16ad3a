"""What a plan comes to, by the rules that score answers (§12)."""

from typing import NamedTuple

from scoring.arithmetic import POINTS_PER_LEVEL, Score, index_tenths
from scoring.method.rating import FunctionResult, Overall, rate_function, rate_overall
from scoring.method.verdict import VerdictStatus, clauses, verdict_status
from scoring.paths.ladders import Plan, Terrain
from scoring.questionnaire.form import QuestionScore


class Outcome(NamedTuple):
    """A profile after a plan, or a part of it."""

    verdict: VerdictStatus
    overall: Overall
    functions: tuple[FunctionResult, ...]

    @property
    def level(self) -> int:
        """The overall level that is certain; -1 where nothing is applicable."""
        return -1 if self.overall.level is None else self.overall.level.low

    @property
    def low(self) -> int:
        """The overall score that is certain, in points; -1 where nothing is applicable."""
        return -1 if self.overall.score is None else self.overall.score.low

    def tenths(self, max_level: int) -> int:
        """The index that is certain, in tenths."""
        return index_tenths(self.low, max_level) if self.low >= 0 else -1


def outcome_of(terrain: Terrain, plan: Plan) -> Outcome:
    """The profile of the answers that a plan has raised."""
    questions = terrain.questions | raised_questions(terrain, plan)
    questionnaire, form = terrain.profile.questionnaire, terrain.profile.form
    functions = tuple(
        rate_function(function, questions, form.rule, questionnaire.max_level, questionnaire.lenses)
        for function in form.functions
    )
    definition = questionnaire.definition
    levels = {f.function.id: f.level for f in functions if f.function.scored}
    status = verdict_status(clauses(levels, definition.level), definition.min_applicable)
    return Outcome(status, rate_overall(functions), functions)


def raised_questions(terrain: Terrain, plan: Plan) -> dict[str, QuestionScore]:
    """The questions of the capabilities that a plan raises, as they stand then."""
    raised = {}
    for ladder, level in zip(terrain.ladders, plan, strict=True):
        if level > ladder.start:
            for question in ladder.capability.questions:
                raised[question.id] = _raised(terrain.questions[question.id], level * POINTS_PER_LEVEL)
    return raised


def _raised(question: QuestionScore, least: int) -> QuestionScore:
    score = question.score
    if score is None or score.low >= least:
        return question
    if score.value is None:
        return QuestionScore("answered", Score(least, least, least))
    return QuestionScore(question.state, Score(max(score.value, least), least, max(score.high, least)))
