"""Who is asked: added, invited, changed, removed."""

from datetime import datetime, timedelta

from sqlmodel import Session

from app.assessments import store
from app.assessments.asked import check_response, edition_of, refuse_unless, response_of
from app.assessments.lifecycle import lock
from app.assessments.models import Assessment, Participant
from app.assessments.schemas import ParticipantInput
from app.assessments.work import Work
from app.core.errors import MissingError, UnauthenticatedError, WrongStateError
from app.core.ids import new_id
from app.core.web.once import forget
from app.workspaces.tokens import digest_of, kind_of, new_token
from scoring.request import MOST_RESPONSES

# What can be changed of somebody when the assessment is closed: to erase who it was.
PERSONAL = {"name", "email"}


def add(work: Work, assessment: Assessment, given: ParticipantInput) -> Participant:
    """Add somebody to an assessment that is not closed."""
    refuse_unless(assessment, "draft", "open")
    invited, _, _ = store.count_participants(work.session, work.workspace, [assessment.id]).get(
        assessment.id, (0, 0, 0)
    )
    if invited >= MOST_RESPONSES:
        detail = f"An assessment has at most {MOST_RESPONSES} participants."
        raise WrongStateError("too_many_participants", detail)
    participant = new_participant(work.moment, assessment, given)
    check_response(edition_of(work.catalog, assessment), assessment, response_of(participant))
    work.session.add(participant)
    work.session.flush()
    return participant


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
        email=given.email,
        answers={},
        changed={},
        created_at=moment,
    )


def get(session: Session, workspace: str, assessment: str, participant: str) -> Participant:
    """A participant; raises `MissingError`."""
    found = store.get_participant(session, workspace, assessment, participant)
    if found is None:
        raise MissingError("participant")
    return found


def lock_both(work: Work, assessment: str, participant: str) -> tuple[Assessment, Participant]:
    """An assessment and its participant, with nobody else changing the participant."""
    its = lock(work, assessment, is_shared=True)
    found = store.lock_participant(work.session, work.workspace, assessment, participant)
    if found is None:
        raise MissingError("participant")
    return its, found


def change(
    work: Work, assessment: Assessment, participant: Participant, given: ParticipantInput
) -> Participant:
    """Change what is named; what somebody is asked stays once there are answers."""
    changes = given.model_dump(exclude_unset=True)
    if assessment.status == "closed" and changes.keys() - PERSONAL:
        refuse_unless(assessment, "draft", "open")
    asked = {name: changes[name] for name in ("role", "functions") if name in changes}
    if any(getattr(participant, name) != value for name, value in asked.items()):
        _refuse_to_ask_otherwise(assessment, participant)
    participant.sqlmodel_update(changes)
    if asked:
        check_response(edition_of(work.catalog, assessment), assessment, response_of(participant))
    if PERSONAL & changes.keys():
        forget(work.session, work.workspace, participant.id)
    work.session.add(participant)
    work.session.flush()
    return participant


def _refuse_to_ask_otherwise(assessment: Assessment, participant: Participant) -> None:
    """What somebody is asked stays once there are answers; where nobody may know that, once it is open."""
    if assessment.anonymous and assessment.status != "draft":
        detail = "The assessment is anonymous and open; what is asked can no longer be changed."
        raise WrongStateError("anonymous_assessment", detail)
    if participant.revision:
        detail = "There are answers; what is asked can no longer be changed."
        raise WrongStateError("already_answering", detail)


def remove(work: Work, assessment: Assessment, participant: Participant) -> None:
    """Remove somebody with all answers, while the assessment is not closed."""
    refuse_unless(assessment, "draft", "open")
    work.session.delete(participant)
    work.session.flush()
    forget(work.session, work.workspace, assessment.id)  # profiles in saved answers have the words too


def invite(work: Work, participant: Participant, days: int) -> str:
    """A new link's token; the one before opens nothing any more."""
    token = new_token("invite")
    participant.invitation_digest = digest_of(token)
    participant.invited_at = work.moment
    participant.invitation_expires_at = work.moment + timedelta(days=days)
    work.session.add(participant)
    work.session.flush()
    return token


def refuse_to_renew(assessment: Assessment) -> None:
    """Raises `WrongStateError`: with a new link to an anonymous sheet, others could read what is in it."""
    if assessment.anonymous and assessment.status != "draft":
        detail = "The assessment is anonymous and open: a new link would show what has been answered."
        raise WrongStateError("anonymous_assessment", detail)


def revoke_invitation(work: Work, participant: Participant) -> None:
    """Take the link back; raises `MissingError` where there is none."""
    if participant.invitation_digest is None:
        raise MissingError("invitation")
    participant.invitation_digest = participant.invited_at = participant.invitation_expires_at = None
    work.session.add(participant)
    work.session.flush()


def authenticate(session: Session, moment: datetime, token: str | None, *, demo: bool) -> Participant:
    """The participant whose invitation the token is; raises `UnauthenticatedError`."""
    if token is None:
        detail = "Send the token of the invitation as Authorization: Bearer sbm_invite_…"
        raise UnauthenticatedError("missing_token", detail)
    if kind_of(token) != "invite":
        detail = "This is no token of an invitation."
        raise UnauthenticatedError("malformed_token", detail)
    found = store.find_invited(session, digest_of(token))
    if found is None or (found[1].is_demo and not demo):
        detail = "This link opens nothing: it was replaced by a newer one, or taken back."
        raise UnauthenticatedError("unknown_token", detail)
    participant, _ = found
    if participant.invitation_expires_at is None or participant.invitation_expires_at <= moment:
        raise UnauthenticatedError("expired_token", "This link has expired; ask for a new one.")
    return participant
