"""Which questions of two profiles are compared, and in which way the answer to each has changed (§13)."""

from typing import Literal, NamedTuple, get_args

from scoring.profile import Profile
from scoring.questionnaire.form import Form, QuestionScore

# The parts of a change in the order in which they are replayed.
PartName = Literal["applicability", "newly_answered", "no_longer_answered", "answers_changed", "rules"]
ORDER: tuple[PartName, ...] = get_args(PartName)


class Paired(NamedTuple):
    """A question that both profiles ask, by its id in each, and how the answer to it has changed."""

    before: str
    after: str
    change: PartName | None


def paired(before: Profile, after: Profile) -> list[Paired]:
    """The questions that both ask, in the order of the later one, each with the way its answer changed.

    What one of them does not ask, by its tier or its scope, is not compared: it belongs to the rules.
    """
    own = _same(before, after)
    there = _asked(before)
    inside = _asked(after)
    return [
        Paired(name, question.id, change_of(before.questions[name], after.questions[question.id]))
        for question in after.form.questions
        for name in [own.get(question.id)]
        if name in there and question.id in inside and name is not None
    ]


def change_of(before: QuestionScore, after: QuestionScore) -> PartName | None:
    """The part that a question's change belongs to; `None` where nothing of it enters a score."""
    was, now = before.score, after.score
    if was is None or now is None:
        return None if was is now else "applicability"
    if was.value is None and now.value is None:
        return None
    if was.value is None:
        return "newly_answered"
    if now.value is None:
        return "no_longer_answered"
    return None if was == now else "answers_changed"


def _asked(profile: Profile) -> frozenset[str]:
    how = profile.consolidation
    return profile.form.within(how.scope if how else None)


def _same(before: Profile, after: Profile) -> dict[str, str]:
    """By id in the later profile, the id of the same question in the earlier one.

    What the mapping of the newer version declares `same`, whichever of the two it is. Where none leads from
    one version to the other, questions are the same that have the same id and the same options, worth the
    same points.
    """
    was, now = before.questionnaire, after.questionnaire
    if was.version != now.version:
        if now.mapping and now.mapping.older == was.version:
            return now.same_before
        if was.mapping and was.mapping.older == now.version:
            return {older: own for own, older in was.same_before.items()}
    known = before.form.question_of
    return {
        question.id: question.id
        for question in after.form.questions
        if question.id in known and known[question.id].points == question.points
    }


def left_out(paired_ids: frozenset[str], form: Form) -> tuple[str, ...]:
    """The questions of a form that have no counterpart."""
    return tuple([question.id for question in form.questions if question.id not in paired_ids])
