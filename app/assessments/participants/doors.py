"""A participant's answers are reached here, and by the scoring of all of them.

Whatever else finds participants of an anonymous assessment gets rows without answers.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.assessments import store
from app.assessments.disclosure import refuse_answers_to_others
from app.assessments.life.service import get, lock
from app.assessments.method import edition_of
from app.assessments.models import Assessment, Participant
from app.assessments.sheet import Sheet, sheet_of
from app.core.editions import Catalog, Edition
from app.core.errors import MissingError
from app.core.resources import Work


class OwnAnswers(NamedTuple):
    """A participant's answers in the hands of somebody who may read and change them."""

    catalog: Catalog
    assessment: Assessment
    participant: Participant

    @property
    def edition(self) -> Edition:
        """What they are answers to; raises `WrongStateError` where it is gone or changed."""
        return edition_of(self.catalog, self.assessment)

    @property
    def sheet(self) -> Sheet:
        """What is asked, and how far the participant is."""
        return sheet_of(self.edition, self.assessment, self.participant)


def for_consultancy(
    work: Work, assessment_id: str, participant_id: str, *, to_change: bool = False
) -> OwnAnswers:
    """For who asks; raises `MissingError`, and `ForbiddenError` where the assessment is anonymous."""
    own = _opened(work, assessment_id, participant_id, to_change=to_change)
    refuse_answers_to_others(own.assessment)
    return own


def among_all(
    work: Work, assessment_id: str, participant_id: str
) -> tuple[OwnAnswers, Sequence[Participant]]:
    """The same, and everybody who takes part, to score them together."""
    assessment = get(work, assessment_id)
    everybody = store.all_participants(work.session, work.workspace, assessment_id)
    participant = next((other for other in everybody if other.id == participant_id), None)
    if participant is None:
        raise MissingError("participant")
    refuse_answers_to_others(assessment)
    return OwnAnswers(work.catalog, assessment, participant), everybody


def for_respondent(work: Work, assessment_id: str, *, to_change: bool = False) -> OwnAnswers:
    """For the participant who calls, and whose token has been checked."""
    return _opened(work, assessment_id, work.caller.id, to_change=to_change)


def _opened(work: Work, assessment_id: str, participant_id: str, *, to_change: bool) -> OwnAnswers:
    """With `to_change`, with nobody else changing them."""
    if to_change:
        assessment, find = lock(work, assessment_id, is_shared=True), store.lock_participant
    else:
        assessment, find = get(work, assessment_id), store.get_participant
    participant = find(work.session, work.workspace, assessment_id, participant_id, with_answers=True)
    if participant is None:
        raise MissingError("participant")
    return OwnAnswers(work.catalog, assessment, participant)
