"""Marketing beside IT: each side's view of the unscored functions, and where the sides differ (§8, §9)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from scoring.arithmetic import Score, weighted_mean
from scoring.method.rating import FunctionResult, mean_of, rate_capability
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Answer, Form, Function, Question, QuestionScore
from scoring.respondents.consolidate import Consolidation, Heard, consolidated_answer, mean
from scoring.respondents.responses import roles_of
from scoring.respondents.shown import Shown, members_by_side


class SideAnswer(NamedTuple):
    """A side's consolidated answer; `chosen` counts its known answers by option, `n` all of them (§9).

    `n` and `chosen` are `None` where they may not be shown.
    """

    question: str
    points: int | None
    option: str | None
    n: int | None
    chosen: Mapping[str, int] | None


class Side(NamedTuple):
    """A side's view of the unscored functions (§9); with one answer set it has no name.

    `n` counts its respondents who have answered anything there, `None` where it may not be shown.
    """

    id: str | None
    roles: tuple[str, ...]
    n: int | None
    score: Score | None
    answers: tuple[SideAnswer, ...]


class PerceptionGap(NamedTuple):
    """The two sides' mean points on a question, and the first's minus the second's (§8)."""

    question: str
    function: str
    first: int
    second: int

    @property
    def difference(self) -> int:
        """Points by which the first side's mean lies above the second's."""
        return self.first - self.second


class Collaboration(NamedTuple):
    """The sides beside one another, greatest perception gap first; `apart` by function in points (§8, §9)."""

    sides: tuple[Side, ...]
    gaps: tuple[PerceptionGap, ...]
    apart: Mapping[str, int]


TWO_SIDES = 2


def only_side(functions: Sequence[FunctionResult], answers: Mapping[str, Answer]) -> Collaboration:
    """One answer set is one side without a name, and there is no gap."""
    unscored = [result for result in functions if not result.function.scored]
    scores = [(result.function.weight, result.score) for result in unscored if result.score is not None]
    given = tuple(
        _side_answer(question, answers[question.id], [answers[question.id]])
        for result in unscored
        for capability in result.function.capabilities
        for question in capability.questions
        if question.id in answers
    )
    return Collaboration((Side(None, (), min(1, len(given)), weighted_mean(scores), given),), (), {})


def find_collaboration(
    questionnaire: Questionnaire, form: Form, shown: Shown, how: Consolidation
) -> Collaboration:
    """The questionnaire's sides, and the perception gaps of the first two: all from original answers."""
    unscored = [function for function in form.unscored if how.covers(function.id)]
    section = frozenset(name for function in unscored for name in function.question_ids)
    members = members_by_side(questionnaire, shown.respondents)
    sides = tuple(
        Side(
            side,
            roles_of(questionnaire, [r for r in members[side] if not section.isdisjoint(r.asked)]),
            sum([not section.isdisjoint(respondent.answers) for respondent in members[side]]),
            *_section(unscored, voices, how),
        )
        for side, voices in shown.sides.items()
    )
    if how.anonymous:
        sides = tuple([_uncounted(side, shown.countable[side.id or ""]) for side in sides])
    two = list(shown.sides.values())[:TWO_SIDES]
    gaps = _perception_gaps(form, *two) if len(two) == TWO_SIDES else []
    return Collaboration(sides, tuple(sorted(gaps, key=lambda gap: -abs(gap.difference))), _apart(form, gaps))


def _section(
    unscored: Sequence[Function], voices: Heard, how: Consolidation
) -> tuple[Score | None, tuple[SideAnswer, ...]]:
    """A side's score of the unscored functions, and its answers to their questions."""
    questions = [q for function in unscored for c in function.capabilities for q in c.questions]
    consolidated = {q.id: consolidated_answer(q, voices[q.id], how) for q in questions}
    said = [(q, voices[q.id].given) for q in questions]
    return (
        section_score(unscored, {name: answer.reduced for name, answer in consolidated.items()}),
        tuple([_side_answer(q, consolidated[q.id], given) for q, given in said if given]),
    )


def section_score(unscored: Sequence[Function], questions: Mapping[str, QuestionScore]) -> Score | None:
    """The mean of the unscored functions; `None` where none is applicable (§4, §9)."""
    scores = []
    for function in unscored:
        score = mean_of([rate_capability(capability, questions) for capability in function.counted])
        if score is not None:
            scores.append((function.weight, score))
    return weighted_mean(scores)


def _side_answer(question: Question, together: Answer, given: Sequence[Answer]) -> SideAnswer:
    options = [answer.option for answer in given if answer.option is not None]
    chosen = {option: options.count(option) for option in question.points if option in options}
    return SideAnswer(question.id, together.points, together.option, len(options), chosen)


def _perception_gaps(form: Form, first: Heard, second: Heard) -> list[PerceptionGap]:
    """The questions that both sides answered, in the questionnaire's order (§8)."""
    gaps = []
    for function in form.functions:
        for question in function.question_ids:
            one, other = first[question].known, second[question].known
            if one and other:
                gaps.append(PerceptionGap(question, function.id, mean(one), mean(other)))
    return gaps


def _apart(form: Form, gaps: Sequence[PerceptionGap]) -> dict[str, int]:
    """By function, how far apart the sides are on average, over what counts (§2, §8)."""
    sizes: dict[str, list[int]] = {}
    for gap in gaps:
        if gap.question in form.shown_only:
            continue
        sizes.setdefault(gap.function, []).append(abs(gap.difference))
    return {function: mean(differences) for function, differences in sizes.items()}


def _uncounted(side: Side, countable: AbstractSet[str]) -> Side:
    """The side of a shown set, which counts nobody, but options where that may be shown."""
    answers = [
        answer._replace(n=None, chosen=answer.chosen if answer.question in countable else None)
        for answer in side.answers
    ]
    return side._replace(n=None, answers=tuple(answers))
