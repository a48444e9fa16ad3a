"""How far several respondents' answers lie apart, and what of it may be shown (§8)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Form, Question
from scoring.respondents.agreement import alpha, in_thousandths, r_wg
from scoring.respondents.consolidate import Voices, mean
from scoring.respondents.shown import Shown


class RoleMean(NamedTuple):
    """The mean points that a role gave; `n` is `None` where it may not be shown (§8)."""

    role: str
    n: int | None
    mean: int


class QuestionSpread(NamedTuple):
    """How far the answers to a question lie apart: points, counts by state, r_wg in thousandths (§8).

    What may not be shown, or is not defined, is `None`.
    """

    question: str
    n: int | None
    min: int | None
    max: int | None
    dont_know: int | None
    not_applicable: int | None
    unanswered: int | None
    by_role: tuple[RoleMean, ...]
    r_wg: int | None


class Spread(NamedTuple):
    """The respondents, how far their answers lie apart, and alpha by function in thousandths (§8).

    `submitted` counts those who have answered everything they are asked. What may not be shown is `None`.
    """

    asked: int | None
    submitted: int | None
    questions: tuple[QuestionSpread, ...]
    alpha: Mapping[str, int | None]


def find_spread(questionnaire: Questionnaire, form: Form, shown: Shown, *, anonymous: bool) -> Spread:
    """Spread and agreement of each question, agreement of each function; all from original answers."""
    raters = questionnaire.notices.raters
    roles = [role.id for role in questionnaire.roles]
    questions = [_question(question, shown.heard[question.id], roles, raters) for question in form.questions]
    return Spread(
        asked=shown.asked,
        submitted=shown.submitted,
        questions=tuple([_uncounted(spread) for spread in questions] if anonymous else questions),
        alpha={
            function.id: in_thousandths(alpha([shown.heard[q].known for q in function.question_ids]))
            for function in form.functions
        },
    )


def _question(question: Question, voices: Voices, roles: Sequence[str], raters: int) -> QuestionSpread:
    known = voices.known
    states = [answer.reduced.state for answer in voices.given]
    return QuestionSpread(
        question=question.id,
        n=len(known),
        min=min(known, default=None),
        max=max(known, default=None),
        dont_know=states.count("dont_know"),
        not_applicable=states.count("not_applicable"),
        unanswered=len(voices.answers) - len(states),
        by_role=_by_role(voices, roles),
        r_wg=r_wg(known, question.option_points, raters),
    )


def _by_role(voices: Voices, roles: Sequence[str]) -> tuple[RoleMean, ...]:
    """The means of those roles that gave a known answer, in the questionnaire's order."""
    points: dict[str | None, list[int]] = {}
    for respondent, known in zip(voices.knowing, voices.known, strict=True):
        points.setdefault(respondent.role, []).append(known)
    return tuple([RoleMean(role, len(points[role]), mean(points[role])) for role in roles if role in points])


def _uncounted(spread: QuestionSpread) -> QuestionSpread:
    """The spread of a shown set, which counts nobody."""
    return spread._replace(
        n=None,
        dont_know=None,
        not_applicable=None,
        unanswered=None,
        by_role=tuple([role._replace(n=None) for role in spread.by_role]),
    )
