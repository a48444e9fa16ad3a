"""Whose token it is; and, in an anonymous assessment, the exchange of the invitation for one of one's own.

Who invites knows the invitation. So it opens no answers there: it is exchanged once for a token that only the
respondent has, and whoever does so first is found out by the respondent, who cannot any more.
"""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from app.assessments import store
from app.assessments.participants.service import lock_both
from app.core.errors import UnauthenticatedError, WrongStateError
from app.core.resources import Work
from app.workspaces.tokens import digest_of, kind_of, new_token


class Claim(NamedTuple):
    """A token of one's own, and until when it opens what the invitation was for."""

    token: str
    expires_at: datetime | None


class Bearer(NamedTuple):
    """Whose token it is; with `must_claim` it is an invitation that can only be exchanged.

    Pages of `origins` may ask with it.
    """

    workspace: str
    assessment: str
    participant: str
    must_claim: bool
    origins: list[str]


def authenticate(session: Session, moment: datetime, token: str | None, *, demo: bool) -> Bearer:
    """Whose invitation, or own token, it is; raises `UnauthenticatedError`."""
    if token is None:
        detail = "Send the token of the invitation as Authorization: Bearer sbm_invite_…"
        raise UnauthenticatedError("missing_token", detail)
    kind = kind_of(token)
    if kind not in {"invite", "own"}:
        detail = "This is no token of an invitation."
        raise UnauthenticatedError("malformed_token", detail)
    find = store.find_invited if kind == "invite" else store.find_owner
    found = find(session, digest_of(token))
    if found is None or (found.is_demo and not demo):
        detail = "This link opens nothing: it was replaced by a newer one, or taken back."
        raise UnauthenticatedError("unknown_token", detail)
    must_claim = kind == "invite" and found.is_anonymous
    if must_claim and found.is_claimed:
        raise _already_claimed()
    if found.expires_at is None or found.expires_at <= moment:
        raise UnauthenticatedError("expired_token", "This link has expired; ask for a new one.")
    return Bearer(found.workspace, found.assessment, found.participant, must_claim, found.origins)


def claim(work: Work, assessment_id: str) -> Claim:
    """A token of the respondent's own in exchange for the invitation, which opens nothing any more.

    Raises `WrongStateError` where the assessment is not anonymous, and `UnauthenticatedError` where somebody
    else has exchanged the invitation just before.
    """
    assessment, participant = lock_both(work, assessment_id, work.caller.id)
    if not assessment.anonymous:
        detail = "The assessment is not anonymous: go on with the invitation."
        raise WrongStateError("not_anonymous", detail)
    if participant.own_token_digest is not None:
        raise _already_claimed()
    token = new_token("own")
    participant.own_token_digest = digest_of(token)
    work.session.add(participant)
    work.session.flush()
    return Claim(token, participant.invitation_expires_at)


def _already_claimed() -> UnauthenticatedError:
    detail = (
        "Somebody has opened this invitation already and has the token that it was exchanged for. If it was "
        "not you, tell who invited you, and ask to be invited anew."
    )
    return UnauthenticatedError("already_claimed", detail)
