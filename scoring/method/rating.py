"""From reduced questions to scores and levels of capabilities, functions, lenses and overall (§3 to §5)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from scoring.arithmetic import Score, weighted_mean
from scoring.levels import Level, LevelRule, NextLevel, Rated, function_level, least_level, next_level
from scoring.questionnaire.form import Capability, Function, QuestionScore, State


class Counts(NamedTuple):
    """Questions by state; the four add up to `total` (§3)."""

    answered: int
    dont_know: int
    unanswered: int
    not_applicable: int
    total: int


# Each capability beside how it was rated; `None` where it is not applicable.
CapabilityResults = Sequence[tuple[Capability, Rated | None]]


class FunctionResult(NamedTuple):
    """A function's outcome; score, level and next level are `None` where it is not applicable.

    `capabilities` are all of it, the unscored ones too.
    """

    function: Function
    score: Score | None
    level: Level | None
    counts: Counts
    next_level: NextLevel | None
    lenses: Mapping[str, Score | None]
    capabilities: CapabilityResults

    @property
    def counted(self) -> list[Rated]:
        """The applicable capabilities that score and level come from: the scored ones (§2)."""
        return _counted(self.capabilities)


class Overall(NamedTuple):
    """The whole company: the mean of functions, and the least of their levels (§4, §5)."""

    score: Score | None
    level: Level | None


QuestionScores = Mapping[str, QuestionScore]


def rate_capability(capability: Capability, questions: QuestionScores) -> Rated | None:
    """A capability is the mean of its applicable questions (§4); `None` when there is none."""
    if len(capability.questions) == 1:
        score = questions[capability.questions[0].id].score
    else:
        scores = [(q.weight, questions[q.id].score) for q in capability.questions]
        score = weighted_mean([(weight, part) for weight, part in scores if part is not None])
    return None if score is None else capability.rated(score)


def rate_function(
    function: Function,
    questions: QuestionScores,
    rule: LevelRule,
    max_level: int,
    lenses: Sequence[str],
) -> FunctionResult:
    """A function is the mean of its applicable scored capabilities; its level is gated (§4, §5)."""
    ratings = [rate_capability(c, questions) for c in function.capabilities]
    results = tuple(zip(function.capabilities, ratings, strict=True))
    counts = count([questions[name].state for name in function.question_ids])
    rated = _counted(results)
    if not rated:
        return FunctionResult(function, None, None, counts, None, dict.fromkeys(lenses), results)
    level = function_level(rated, rule, max_level)
    return FunctionResult(
        function,
        mean_of(rated),
        level,
        counts,
        next_level(rated, level, rule, max_level),
        {lens: mean_of([ratings[i] for i in function.places_by_lens.get(lens, ())]) for lens in lenses},
        results,
    )


def _counted(results: CapabilityResults) -> list[Rated]:
    return [rated for capability, rated in results if rated is not None and capability.scored]


def mean_of(ratings: Iterable[Rated | None]) -> Score | None:
    """The mean of those capabilities that are applicable (§4)."""
    return weighted_mean([(rated.weight, rated.score) for rated in ratings if rated is not None])


def count(states: Sequence[State]) -> Counts:
    """Questions by state (§3)."""
    return Counts(
        states.count("answered"),
        states.count("dont_know"),
        states.count("unanswered"),
        states.count("not_applicable"),
        len(states),
    )


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of several functions' counts."""
    return Counts(*map(sum, zip(*counts, strict=True)))


def rate_overall(functions: Iterable[FunctionResult]) -> Overall:
    """Mean and least level of the applicable scored functions (§4, §5)."""
    scored = [f for f in functions if f.function.scored]
    return Overall(
        weighted_mean([(f.function.weight, f.score) for f in scored if f.score is not None]),
        least_level([f.level for f in scored if f.level is not None]),
    )


def rate_lenses(functions: Iterable[FunctionResult], lenses: Sequence[str]) -> dict[str, Score | None]:
    """Mean over the applicable scored functions of their cells, by function weight (§4)."""
    scored = [f for f in functions if f.function.scored]
    return {
        lens: weighted_mean(
            [(f.function.weight, cell) for f in scored if (cell := f.lenses[lens]) is not None]
        )
        for lens in lenses
    }
