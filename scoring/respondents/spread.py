"""How far several respondents' answers lie apart, and what of it may be shown (§8)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Form, Question
from scoring.respondents.agreement import PAIR, alpha, in_thousandths, r_wg
from scoring.respondents.anonymity import LEAST_SHOWN, is_enough, may_show
from scoring.respondents.consolidate import Heard, Voices, mean
from scoring.respondents.responses import Respondent


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


def find_spread(
    questionnaire: Questionnaire,
    form: Form,
    respondents: Sequence[Respondent],
    heard: Heard,
    *,
    anonymous: bool,
) -> Spread:
    """Spread and agreement of each question, agreement of each function; all from original answers."""
    raters = questionnaire.notices.raters
    side_of = {role.id: role.side for role in questionnaire.roles}
    questions = [
        _question(question, heard[question.id], list(side_of), raters) for question in form.questions
    ]
    asked = [respondent for respondent in respondents if respondent.asked]
    submitted = sum([respondent.has_submitted for respondent in asked])
    is_counted = not anonymous or (is_enough(submitted) and is_enough(len(asked) - submitted))
    least = LEAST_SHOWN if anonymous else PAIR
    return Spread(
        asked=len(asked) if is_counted else None,
        submitted=submitted if is_counted else None,
        questions=tuple(_concealed(spread, questionnaire) if anonymous else spread for spread in questions),
        alpha={
            function.id: in_thousandths(
                alpha([known for q in function.question_ids if len(known := heard[q].known) >= least])
            )
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


def _concealed(spread: QuestionSpread, questionnaire: Questionnaire) -> QuestionSpread:
    """The spread without anything about fewer than five people."""
    counts = spread.n or 0, spread.dont_know or 0, spread.not_applicable or 0, spread.unanswered or 0
    by_role = _shown_roles(spread.by_role, counts[0], questionnaire)
    shown = spread._replace(by_role=by_role)
    if counts[0] < LEAST_SHOWN:
        shown = shown._replace(min=None, max=None, r_wg=None)
    if all(is_enough(count) for count in counts):
        return shown
    return shown._replace(
        n=None,
        dont_know=None,
        not_applicable=None,
        unanswered=None,
        by_role=tuple(role._replace(n=None) for role in by_role),
    )


def _shown_roles(roles: Sequence[RoleMean], known: int, questionnaire: Questionnaire) -> tuple[RoleMean, ...]:
    """The roles that may be shown beside the whole and beside the sides, which may be shown as well.

    The roles of a shown side and what is left of it, all others and what is left of the whole: none of
    these parts may be one to four people.
    """
    side_of = {role.id: role.side for role in questionnaire.roles}
    sides = questionnaire.known_sides
    groups = [[role for role in roles if side_of[role.role] == side] for side in sides]
    sizes = [_people(group) for group in groups]
    shown_sides = may_show(sizes, others=known - sum(sizes))
    apart = [group for group, is_shown in zip(groups, shown_sides, strict=True) if is_shown]
    together = [role for role in roles if not any(role in group for group in apart)]
    outside = known - _people(roles)
    visible = {role.role for group in apart for role in _visible(group, others=0)}
    visible |= {role.role for role in _visible(together, others=outside)}
    return tuple(role for role in roles if role.role in visible)


def _people(roles: Sequence[RoleMean]) -> int:
    return sum([role.n or 0 for role in roles])


def _visible(roles: Sequence[RoleMean], others: int) -> list[RoleMean]:
    shown = may_show([role.n or 0 for role in roles], others)
    return [role for role, is_shown in zip(roles, shown, strict=True) if is_shown]
