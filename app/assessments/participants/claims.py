"""Whose token it is; and, in an anonymous assessment, the exchange of the invitation for one of one's own.

Who invites knows the invitation. So it opens no answers there: it is exchanged once for a token that only the
respondent has, and whoever does so first is found out by the respondent, who cannot any more. The token is
derived from a secret that comes with the exchange: whoever has lost the answer sends the same secret once
more and gets the same token; nobody else knows it.
"""

from datetime import datetime
from hmac import compare_digest
from typing import NamedTuple

from sqlalchemy import Connection

from app.assessments import store
from app.assessments.participants.service import lock_both
from app.core.errors import UnauthenticatedError, WrongStateError
from app.core.resources import Work
from app.workspaces.tokens import derived_token, digest_of, kind_of


class Claim(NamedTuple):
    """A token of one's own, and until when it opens what the invitation was for."""

    token: str
    expires_at: datetime | None


class Bearer(NamedTuple):
    """Whose token it is; with `must_claim` it is an invitation that can only be exchanged.

    With `is_claimed` it has been exchanged, and opens nothing but the same exchange once more. Pages of
    `origins` may ask with it. Who `is_watching` has a session that shows the profile; its id stands in the
    participant's place.
    """

    workspace: str
    assessment: str
    participant: str
    must_claim: bool
    is_claimed: bool
    origins: list[str]
    is_watching: bool = False


def authenticate(connection: Connection, moment: datetime, token: str | None, *, demo: bool) -> Bearer:
    """Whose invitation, or own token, it is; raises `UnauthenticatedError`.

    An invitation that was exchanged is found as well: whoever asks refuses it, with `already_claimed`.
    """
    if token is None:
        detail = "Send the token of the invitation as Authorization: Bearer sbm_invite_…"
        raise UnauthenticatedError("missing_token", detail)
    kind = kind_of(token)
    if kind not in {"invite", "own"}:
        detail = "This is no token of an invitation."
        raise UnauthenticatedError("malformed_token", detail)
    find = store.find_invited if kind == "invite" else store.find_owner
    found = find(connection, digest_of(token))
    if found is None or (found.is_demo and not demo):
        detail = "This link opens nothing: it was replaced by a newer one, or taken back."
        raise UnauthenticatedError("unknown_token", detail)
    must_claim = kind == "invite" and found.is_anonymous
    if found.expires_at is None or found.expires_at <= moment:
        raise UnauthenticatedError("expired_token", "This link has expired; ask for a new one.")
    is_claimed = must_claim and found.is_claimed
    return Bearer(found.workspace, found.assessment, found.participant, must_claim, is_claimed, found.origins)


def claim(work: Work, assessment_id: str, secret: str) -> Claim:
    """A token of the respondent's own in exchange for the invitation, which opens nothing any more.

    With the same secret it is the same exchange, however often it arrives. Raises `WrongStateError` where the
    assessment is not anonymous, and `UnauthenticatedError` where the invitation was exchanged with another
    secret.
    """
    assessment, participant = lock_both(work, assessment_id, work.caller.id)
    if not assessment.anonymous:
        detail = "The assessment is not anonymous: go on with the invitation."
        raise WrongStateError("not_anonymous", detail)
    token = derived_token("own", f"{participant.id} {participant.invitation_digest} {secret}")
    digest, before = digest_of(token), participant.own_token_digest
    if before is not None and not compare_digest(before, digest):
        raise already_claimed()
    participant.own_token_digest = digest
    work.session.add(participant)
    work.session.flush()
    return Claim(token, participant.invitation_expires_at)


def already_claimed() -> UnauthenticatedError:
    """What is told to whoever finds an invitation that was exchanged."""
    detail = (
        "Somebody has opened this invitation already and has the token that it was exchanged for. If it was "
        "not you, tell who invited you, and ask to be invited anew."
    )
    return UnauthenticatedError("already_claimed", detail)
