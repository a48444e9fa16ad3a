"""A participant's answers: read, replaced, merged, handed in, opened again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.assessments.asked import check_response, edition_of, refuse_unless, response_of, sheet_of
from app.assessments.models import Assessment, Participant
from app.assessments.schemas import AnswersChange, AnswersInput
from app.assessments.work import Work
from app.catalog.service import Edition
from app.core.errors import ForbiddenError, RefusalError, WrongStateError
from app.core.web.entity_tags import check_revision
from scoring import AnswersRefusedError, Fault
from scoring.questionnaire.form import Form

SELF_RATING = "self_rating"


class IncompleteError(RefusalError):
    """Questions are open, and it was not said that they may be."""


def refuse_others(assessment: Assessment) -> None:
    """Raises `ForbiddenError`: of an anonymous assessment only the respondents know their answers."""
    if assessment.anonymous:
        detail = "The assessment is anonymous: nobody but the respondent can read or write the answers."
        raise ForbiddenError("anonymous_assessment", detail)


def replace(
    work: Work,
    assessment: Assessment,
    participant: Participant,
    given: AnswersInput,
    if_match: str | None,
) -> Participant:
    """Put these answers in place of all there are."""
    _refuse_unless_answerable(assessment, participant, if_match)
    edition = edition_of(work.catalog, assessment)
    _check(edition, assessment, participant, given.answers)
    fill_in(edition, assessment, participant, given.answers, given.self_rating)
    work.session.add(participant)
    work.session.flush()
    return participant


def merge(
    work: Work,
    assessment: Assessment,
    participant: Participant,
    given: AnswersChange,
    if_match: str | None,
) -> Participant:
    """Change the answers that are named and no others; `None` takes one back."""
    _refuse_unless_answerable(assessment, participant, if_match)
    edition = edition_of(work.catalog, assessment)
    form = edition.questionnaire.form_of(assessment.tier)
    said = {name: answer for name, answer in given.answers.items() if answer is not None}
    taken_back = [name for name in given.answers if name not in said]
    detail = f"the tier {form.tier!r} has no such question"
    unknown = [
        Fault(("answers", name), "unknown_question", detail)
        for name in taken_back
        if name not in form.question_of
    ]
    ids = {form.question_of[name].id for name in said if name in form.question_of}
    unknown += [
        Fault(("answers", name), "repeated_answer", "the question is answered twice, by both of its ids")
        for name in taken_back
        if name in form.question_of and form.question_of[name].id in ids
    ]
    _check(edition, assessment, participant, said, unknown)
    answers = participant.answers | _by_own_id(form, said)
    for name in taken_back:
        answers.pop(form.question_of[name].id, None)
    is_rated = SELF_RATING in given.model_fields_set
    rating = given.self_rating if is_rated else participant.self_rating
    fill_in(edition, assessment, participant, answers, rating)
    work.session.add(participant)
    work.session.flush()
    return participant


def fill_in(
    edition: Edition,
    assessment: Assessment,
    participant: Participant,
    given: Mapping[str, Any],
    self_rating: int | None,
) -> None:
    """Make these checked answers the next revision, and note which of them it changed."""
    form = edition.questionnaire.form_of(assessment.tier)
    before, after = participant.answers, _by_own_id(form, given)
    revision = participant.revision + 1
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    if self_rating != participant.self_rating:
        changed.append(SELF_RATING)
    participant.answers, participant.self_rating = after, self_rating
    participant.changed = participant.changed | dict.fromkeys(changed, revision)
    participant.revision = revision


def _refuse_unless_answerable(assessment: Assessment, participant: Participant, if_match: str | None) -> None:
    refuse_unless(assessment, "open")
    if participant.submitted_at is not None:
        detail = "The answers have been handed in; open them again to change them."
        raise WrongStateError("submitted", detail)
    check_revision(if_match, participant.revision, _changed_since(participant), is_required=True)


def _changed_since(participant: Participant) -> Callable[[int], list[Fault]]:
    def faults(revision: int) -> list[Fault]:
        return [
            Fault(_place(name), "changed_since", f"changed in revision {number}")
            for name, number in participant.changed.items()
            if number > revision
        ]

    return faults


def _place(name: str) -> tuple[str, ...]:
    return (SELF_RATING,) if name == SELF_RATING else ("answers", name)


def _check(
    edition: Edition,
    assessment: Assessment,
    participant: Participant,
    answers: Mapping[str, Any],
    faults: Sequence[Fault] = (),
) -> None:
    """Raises `AnswersRefusedError` with these faults and those of the answers."""
    found = list(faults)
    said = response_of(participant).model_copy(update={"answers": answers})
    try:
        check_response(edition, assessment, said)
    except AnswersRefusedError as error:
        found += error.faults
    if found:
        raise AnswersRefusedError(found)


def _by_own_id(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    return {form.question_of[name].id: answer for name, answer in answers.items()}


def submit(work: Work, assessment: Assessment, participant: Participant, *, incomplete: bool) -> None:
    """Hand in; raises `IncompleteError` with the open questions unless they may stay open."""
    hand_in(work, assessment, participant, incomplete=incomplete)
    work.session.add(participant)
    work.session.flush()


def hand_in(work: Work, assessment: Assessment, participant: Participant, *, incomplete: bool) -> None:
    """The same, to be written together with others."""
    refuse_unless(assessment, "open")
    if participant.submitted_at is not None:
        raise WrongStateError("submitted", "The answers have been handed in already.")
    missing = sheet_of(edition_of(work.catalog, assessment), assessment, participant).open
    if missing and not incomplete:
        faults = [Fault(("answers", name), "unanswered", "this question is open") for name in missing]
        detail = "Questions are open. Answer them, also with dont_know, or say that incomplete is true."
        raise IncompleteError("incomplete", detail, faults)
    participant.submitted_at = work.moment
    _record(work, participant, "submitted", incomplete=bool(missing))


def reopen(work: Work, assessment: Assessment, participant: Participant) -> Participant:
    """Open handed-in answers again, which is recorded."""
    refuse_unless(assessment, "open")
    if participant.submitted_at is None:
        raise WrongStateError("not_submitted", "The answers have not been handed in.")
    participant.submitted_at = None
    _record(work, participant, "reopened", incomplete=False)
    work.session.add(participant)
    work.session.flush()
    return participant


def _record(work: Work, participant: Participant, kind: str, *, incomplete: bool) -> None:
    event = {
        "kind": kind,
        "at": work.moment.isoformat(),
        "by": work.by,
        "revision": participant.revision,
        "incomplete": incomplete,
    }
    participant.history = [*participant.history, event]
