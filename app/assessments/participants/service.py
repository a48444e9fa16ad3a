"""Who is asked: added, invited, changed, removed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from app.assessments import store
from app.assessments.disclosure import (
    refuse_to_ask_otherwise,
    refuse_to_list_by,
    refuse_to_renew,
    refuse_unless,
)
from app.assessments.life import service as life
from app.assessments.method import check_response, edition_of, in_tuple, response_of
from app.assessments.models import Assessment, Participant
from app.assessments.schemas import NewParticipantsInput, ParticipantInput
from app.core.errors import InvalidError, MissingError, WrongStateError
from app.core.ids import new_id
from app.core.listings import Asked, folded
from app.core.resources import Work
from app.core.revisions import check_tag, tag_of_content
from app.workspaces.tokens import digest_of, new_token
from scoring import AnswersRefusedError, Fault, Response
from scoring.request import MOST_RESPONSES

# What can be changed of somebody when the assessment is closed: to erase who it was.
PERSONAL = {"name", "email"}


class Invited(NamedTuple):
    """A participant, and the token of the link, which is known now and never again."""

    participant: Participant
    token: str


def add(work: Work, assessment: Assessment, given: NewParticipantsInput) -> list[Invited]:
    """Add somebody, or several, to an assessment that is not closed, and invite them: all or none.

    Raises `InvalidError` where both are given, `WrongStateError`, and `AnswersRefusedError` with all that
    does not fit, placed in the request.
    """
    refuse_unless(assessment, "draft", "open")
    several = given.participants
    if several and (beside := sorted(given.model_fields_set - {"participants"})):
        detail = "it would be left out: name it in each of `participants`"
        raise InvalidError([Fault((name,), "beside_participants", detail) for name in beside])
    participants = [new_participant(work.moment, assessment, one) for one in several or [given]]
    invited = life.counts_of(work, assessment).invited
    if invited + len(participants) > MOST_RESPONSES:
        detail = f"An assessment has at most {MOST_RESPONSES} participants; it has {invited}."
        raise WrongStateError("too_many_participants", detail)
    _check(work, assessment, participants, is_one=not several)
    added = [Invited(participant, _give_link(work, participant)) for participant in participants]
    work.session.add_all(participants)
    work.session.flush()
    return added


def _check(work: Work, assessment: Assessment, participants: Sequence[Participant], *, is_one: bool) -> None:
    edition, faults = edition_of(work.catalog, assessment), list[Fault]()
    for index, participant in enumerate(participants):
        try:
            check_response(edition, assessment, response_of(participant), participant.language)
        except AnswersRefusedError as error:
            outer = () if is_one else ("participants", index)
            faults += [fault._replace(place=(*outer, *fault.place)) for fault in error.faults]
    if faults:
        raise AnswersRefusedError(faults)


def new_participant(moment: datetime, assessment: Assessment, given: ParticipantInput) -> Participant:
    """A participant who has answered nothing."""
    return Participant(
        workspace_id=assessment.workspace_id,
        id=new_id("prt"),
        assessment_id=assessment.id,
        role=given.role,
        functions=given.functions,
        language=given.language,
        name=given.name,
        name_folded=folded(given.name or ""),
        email=given.email,
        answers={},
        changed={},
        created_at=moment,
        changed_at=moment,
    )


def get(work: Work, assessment: Assessment, participant_id: str) -> Participant:
    """A participant, of an anonymous assessment without answers; raises `MissingError`."""
    participant = store.get_participant(
        work.session, work.workspace, assessment.id, participant_id, with_answers=not assessment.anonymous
    )
    if participant is None:
        raise MissingError("participant")
    return participant


def get_all(work: Work, assessment: Assessment, ids: Sequence[str]) -> list[Participant]:
    """Participants in this order, as `get` finds them; raises `MissingError` where one is gone."""
    found = store.find_participants(
        work.session, work.workspace, assessment.id, ids, with_answers=not assessment.anonymous
    )
    by_id = {participant.id: participant for participant in found}
    if len(by_id) < len(ids):
        raise MissingError("participant")
    return [by_id[name] for name in ids]


def list_after(
    work: Work, assessment: Assessment, asked: Asked, after: str, most: int
) -> Sequence[Participant]:
    """A page of participants, as rows that read like them, of an anonymous assessment without answers.

    Raises `ForbiddenError` where it would tell who has answered an anonymous assessment.
    """
    telling = [name for name in ("status", "changed_since") if name in asked.narrowed]
    if asked.order.endswith("changed"):
        telling.append("order")
    refuse_to_list_by(assessment, telling)
    listing = store.SEALED_PARTICIPANTS if assessment.anonymous else store.PARTICIPANTS
    own = {"workspace": work.workspace, "assessment": assessment.id}
    return listing.rows(work.session, own, asked, after, most)


def key_of(asked: Asked, participant: Participant) -> str:
    """What a page that ends with this participant goes on behind."""
    return store.PARTICIPANTS.key(asked, participant)


def lock_both(
    work: Work, assessment_id: str, participant_id: str, *, is_shared: bool = True
) -> tuple[Assessment, Participant]:
    """An assessment and its participant, with nobody else changing the participant.

    Unless it is shared, nobody else changes any participant of the assessment.
    """
    assessment = life.lock(work, assessment_id, is_shared=is_shared)
    participant = store.lock_participant(
        work.session, work.workspace, assessment_id, participant_id, with_answers=not assessment.anonymous
    )
    if participant is None:
        raise MissingError("participant")
    return assessment, participant


def tag_of_person(participant: Participant) -> str:
    """The entity tag of what can be changed about a participant; answers have a revision of their own."""
    return tag_of_content({name: getattr(participant, name) for name in ParticipantInput.model_fields})


def change(
    work: Work,
    assessment: Assessment,
    participant: Participant,
    given: ParticipantInput,
    if_match: str | None = None,
) -> Participant:
    """Change what is named; what somebody is asked stays once there are answers."""
    check_tag(if_match, tag_of_person(participant))
    changes = given.model_dump(exclude_unset=True)
    if assessment.status == "closed" and changes.keys() - PERSONAL:
        refuse_unless(assessment, "draft", "open")
    asked = {name: changes[name] for name in ("role", "functions") if name in changes}
    if any(getattr(participant, name) != value for name, value in asked.items()):
        refuse_to_ask_otherwise(assessment, participant)
    participant.sqlmodel_update(changes)
    participant.name_folded, participant.changed_at = folded(participant.name or ""), work.moment
    if asked or "language" in changes:
        response = Response(role=participant.role, functions=in_tuple(participant.functions))
        check_response(edition_of(work.catalog, assessment), assessment, response, participant.language)
    work.session.add(participant)
    work.session.flush()
    return participant


def remove(work: Work, assessment_id: str, participant_id: str) -> None:
    """Remove somebody with all answers, while the assessment is not closed."""
    assessment, participant = lock_both(work, assessment_id, participant_id, is_shared=False)
    refuse_unless(assessment, "draft", "open")
    work.session.delete(participant)
    work.session.flush()


def invite(work: Work, participant: Participant) -> str:
    """A new link's token; the one before, and what it was exchanged for, opens nothing any more."""
    token = _give_link(work, participant)
    work.session.add(participant)
    work.session.flush()
    return token


def _give_link(work: Work, participant: Participant) -> str:
    token = new_token("invite")
    participant.invitation_digest, participant.own_token_digest = digest_of(token), None
    participant.invited_at = participant.changed_at = work.moment
    participant.invitation_expires_at = work.moment + timedelta(days=work.settings.invitation_days)
    return token


def renew_invitation(work: Work, assessment: Assessment, participant: Participant) -> str:
    """A new link's token in place of the one before; raises `WrongStateError` where it would show answers."""
    refuse_to_renew(assessment)
    return invite(work, participant)


def revoke_invitation(work: Work, participant: Participant) -> None:
    """Take the link back, and what it was exchanged for; raises `MissingError` where there is none."""
    refuse_uninvited(participant)
    participant.invitation_digest = participant.own_token_digest = None
    participant.invited_at = participant.invitation_expires_at = None
    participant.changed_at = work.moment
    work.session.add(participant)
    work.session.flush()


def refuse_uninvited(participant: Participant) -> None:
    """Raises `MissingError` where there is no link."""
    if participant.invitation_digest is None:
        raise MissingError("invitation")
