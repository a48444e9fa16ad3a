"""A participant's answers: replaced, merged, handed in, opened again."""

from collections.abc import Callable, Mapping
from typing import Any

from app.assessments.disclosure import refuse_unless
from app.assessments.models import Assessment, Participant
from app.assessments.participants.doors import OwnAnswers
from app.assessments.schemas import AnswersChange, AnswersInput, ResponseInput
from app.core.editions import Edition
from app.core.errors import INVALID, RefusalError, WrongStateError
from app.core.json_text import encoded
from app.core.resources import Work
from app.core.revisions import check_revision
from scoring import AnswersRefusedError, Fault
from scoring.respondents.answers import by_own_id, check_answers, merged
from scoring.respondents.responses import importance_faults

RATINGS = ("importance", "self_rating")
MOST_BYTES = 256 * 1024  # of all answers of one person
MOST_HISTORY = 50


class IncompleteError(RefusalError):
    """Questions are open, and it was not said that they may be."""


class TooManyWordsError(RefusalError):
    """All answers of one person together are longer than is kept."""

    def __init__(self, size: int) -> None:
        """`size` in bytes, as JSON."""
        detail = f"they would have {size} bytes, and at most {MOST_BYTES} are kept of one person"
        super().__init__("invalid_request", INVALID, [Fault(("answers",), "answers_too_large", detail)])


def replace(work: Work, own: OwnAnswers, given: AnswersInput, if_match: str | None) -> None:
    """Put these answers in place of all there are."""
    _refuse_unless_answerable(own, if_match)
    _check(own, given)
    fill_in(own.edition, own.assessment, own.participant, given.answers, ratings_of(given))
    _keep(work, own.participant)


def merge(work: Work, own: OwnAnswers, given: AnswersChange, if_match: str | None) -> dict[str, Any]:
    """Change the answers that are named and no others; `None` takes one back.

    Returns the answers that were changed, by the questions' own ids.
    """
    _refuse_unless_answerable(own, if_match)
    participant, sheet = own.participant, own.sheet
    answers, faults = merged(sheet.form, participant.answers, given.answers, sheet.asked)
    if faults := [*faults, *importance_faults(own.edition.questionnaire, given.importance)]:
        raise AnswersRefusedError(faults)
    rated = {name: value for name, value in ratings_of(given).items() if name in given.model_fields_set}
    fill_in(own.edition, own.assessment, participant, answers, rated)
    _keep(work, participant)
    return by_own_id(sheet.form, given.answers)


def ratings_of(given: AnswersInput | AnswersChange | ResponseInput) -> dict[str, int | None]:
    """What was rated, by name; `None` where it was not."""
    return {name: getattr(given, name) for name in RATINGS}


def fill_in(
    edition: Edition,
    assessment: Assessment,
    participant: Participant,
    given: Mapping[str, Any],
    rated: Mapping[str, int | None],
) -> None:
    """Make these checked answers the next revision, and note which of them it changed.

    `rated` holds by name the ratings that are given or taken back; others stay. Raises
    `TooManyWordsError` where the answers are longer than `MOST_BYTES` as JSON.
    """
    form = edition.questionnaire.form_of(assessment.tier)
    before, after = participant.answers, by_own_id(form, given)
    if (size := len(encoded(after))) > MOST_BYTES:
        raise TooManyWordsError(size)
    revision = participant.revision + 1
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    for name in [name for name in RATINGS if name in rated and rated[name] != getattr(participant, name)]:
        setattr(participant, name, rated[name])
        changed.append(name)
    participant.answers = after
    participant.changed = participant.changed | dict.fromkeys(changed, revision)
    participant.revision = revision


def _refuse_unless_answerable(own: OwnAnswers, if_match: str | None) -> None:
    refuse_unless(own.assessment, "open")
    participant = own.participant
    if participant.submitted_at is not None:
        detail = "The answers have been handed in; open them again to change them."
        raise WrongStateError("submitted", detail)
    changed = _changed_since(participant)
    check_revision(if_match, participant.revision, changed, is_required=True)


def _changed_since(participant: Participant) -> Callable[[int], list[Fault]]:
    def faults(revision: int) -> list[Fault]:
        return [
            Fault(_place(name), "changed_since", f"changed in revision {number}")
            for name, number in participant.changed.items()
            if number > revision
        ]

    return faults


def _place(name: str) -> tuple[str, ...]:
    return (name,) if name in RATINGS else ("answers", name)


def _check(own: OwnAnswers, given: AnswersInput) -> None:
    """Raises `AnswersRefusedError` with the faults of the answers."""
    sheet = own.sheet
    _, faults = check_answers(sheet.form, given.answers, ("answers",), sheet.asked)
    if faults := [*faults, *importance_faults(own.edition.questionnaire, given.importance)]:
        raise AnswersRefusedError(faults)


def submit(work: Work, own: OwnAnswers, *, incomplete: bool) -> None:
    """Hand in; raises `IncompleteError` with the open questions unless they may stay open."""
    hand_in(work, own, incomplete=incomplete)
    _keep(work, own.participant)


def hand_in(work: Work, own: OwnAnswers, *, incomplete: bool) -> None:
    """The same, to be written together with others."""
    is_incomplete = refuse_to_hand_in(own, incomplete=incomplete)
    own.participant.submitted_at = work.moment
    _record(work, own.participant, "submitted", incomplete=is_incomplete)


def refuse_to_hand_in(own: OwnAnswers, *, incomplete: bool) -> bool:
    """Whether questions are open; raises `WrongStateError`, and `IncompleteError` unless they may be."""
    refuse_unless(own.assessment, "open")
    if own.participant.submitted_at is not None:
        raise WrongStateError("submitted", "The answers have been handed in already.")
    missing = own.sheet.open
    if missing and not incomplete:
        faults = [Fault(("answers", name), "unanswered", "this question is open") for name in missing]
        detail = "Questions are open. Answer them, also with dont_know, or say that incomplete is true."
        raise IncompleteError("incomplete", detail, faults)
    return bool(missing)


def reopen(work: Work, own: OwnAnswers) -> None:
    """Open handed-in answers again, which is recorded."""
    refuse_unless(own.assessment, "open")
    if own.participant.submitted_at is None:
        raise WrongStateError("not_submitted", "The answers have not been handed in.")
    own.participant.submitted_at = None
    _record(work, own.participant, "reopened", incomplete=False)
    _keep(work, own.participant)


def _record(work: Work, participant: Participant, kind: str, *, incomplete: bool) -> None:
    event = {
        "kind": kind,
        "at": work.moment.isoformat(),
        "by": work.caller.id,
        "revision": participant.revision,
        "incomplete": incomplete,
    }
    participant.history = [*participant.history, event][-MOST_HISTORY:]
    participant.history_count += 1


def _keep(work: Work, participant: Participant) -> None:
    participant.changed_at = work.moment
    work.session.add(participant)
    work.session.flush()
