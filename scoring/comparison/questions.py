"""Which questions of two profiles are compared, and in which way the answer to each has changed (§13)."""

from collections.abc import Collection
from typing import Literal, NamedTuple, get_args

from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL, Form, QuestionScore

# The parts of a change in the order in which they are replayed.
PartName = Literal["applicability", "newly_answered", "no_longer_answered", "answers_changed", "rules"]
ORDER: tuple[PartName, ...] = get_args(PartName)


class Paired(NamedTuple):
    """A question that both profiles ask, by its id in each, and how the answer to it has changed."""

    before: str
    after: str
    change: PartName | None


def paired(before: Profile, after: Profile, known: Collection[Questionnaire] = ()) -> list[Paired]:
    """The questions that both ask, in the order of the later one, each with the way its answer changed.

    What one of them does not ask, by its tier or its scope, is not compared: it belongs to the rules. `known`
    are versions that mappings may lead through.
    """
    own = same_questions(before.questionnaire, after.questionnaire, known)
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
    if before is after:
        return None
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


def same_questions(
    was: Questionnaire, now: Questionnaire, known: Collection[Questionnaire] = ()
) -> dict[str, str]:
    """By id in the later questionnaire, the id of the same question in the earlier one.

    What the mappings declare `same` that lead from the newer of the two to the older, through versions that
    are `known`. Where none lead there, questions are the same that have the same id and the same options,
    worth the same points.
    """
    if was.version != now.version:
        forward = _along_mappings(now, was.version, known)
        if forward is not None:
            return forward
        back = _along_mappings(was, now.version, known)
        if back is not None:
            return {newer: own for own, newer in back.items()}
    if was is now:
        return {question.id: question.id for question in now.form_of(FULL).questions}
    there = was.form_of(FULL).question_of
    return {
        question.id: question.id
        for question in now.form_of(FULL).questions
        if question.id in there and there[question.id].points == question.points
    }


def _along_mappings(
    newer: Questionnaire, version: str, known: Collection[Questionnaire]
) -> dict[str, str] | None:
    """By id in the newer one, the id in an older version; `None` where its mappings do not lead there."""
    by_version = {questionnaire.version: questionnaire for questionnaire in known}
    names = {question.id: question.id for question in newer.form_of(FULL).questions}
    passed: set[str] = set()
    current: Questionnaire | None = newer
    while current and current.mapping and current.version not in passed:
        passed.add(current.version)
        step = current.same_before
        names = {own: step[name] for own, name in names.items() if name in step}
        if current.mapping.older == version:
            return names
        current = by_version.get(current.mapping.older)
    return None


def left_out(paired_ids: frozenset[str], form: Form) -> tuple[str, ...]:
    """The questions of a form that have no counterpart."""
    return tuple([question.id for question in form.questions if question.id not in paired_ids])
