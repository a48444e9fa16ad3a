"""Who answers: the token of an invitation, or one's own, in `Authorization: Bearer …`."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBearer
from sqlalchemy import Connection

from app.assessments.participants.claims import Bearer as Found
from app.assessments.participants.claims import already_claimed, authenticate
from app.assessments.sessions import service as sessions
from app.core.callers import Caller
from app.core.clock import now
from app.core.errors import ForbiddenError, UnauthenticatedError
from app.core.origins import canonical_origin
from app.core.web.admission import Admission
from app.core.web.allowances import take
from app.core.web.origins import let_read, origin_of
from app.core.web.resources import resources_of
from app.workspaces.auth import bearer_of, count_address
from app.workspaces.service import is_known_origin
from app.workspaces.tokens import kind_of


class InvitedCaller(NamedTuple):
    """The participant whose token came with the request, and the assessment that it opens.

    With `must_claim` the invitation is still to be exchanged, and can do nothing else. Who `is_watching` has
    a session that shows the profile, and is no participant.
    """

    caller: Caller
    assessment: str
    must_claim: bool
    is_watching: bool


def known_origins(request: Request) -> tuple[str, ...]:
    """The origin of the page that asks, where any workspace knows it; it then learns why it is refused."""
    origin = origin_of(request)
    if origin is None or canonical_origin(origin) != origin:
        return ()
    with resources_of(request).database.looking_up() as connection:
        return (origin,) if is_known_origin(connection, origin) else ()


def _found(connection: Connection, token: str | None, *, demo: bool) -> Found:
    if token is not None and kind_of(token) == "embed":
        return sessions.authenticate(connection, now(), token, demo=demo)
    return authenticate(connection, now(), token, demo=demo)


def invited_caller(request: Request, *, again: bool = False) -> InvitedCaller:
    """The participant who calls; raises `UnauthenticatedError` and `TooManyRequestsError`.

    With `again`, also one whose invitation was exchanged before.
    """
    resources = resources_of(request)
    settings = resources.settings
    try:
        with resources.database.looking_up() as connection:
            found = _found(connection, bearer_of(request), demo=settings.demo)
        if found.is_claimed and not again:
            raise already_claimed()
    except UnauthenticatedError:
        let_read(request, known_origins(request))
        count_address(request)
        raise
    let_read(request, found.origins)
    take(request, f"participant:{found.participant}", settings.requests_per_minute_per_key)
    return InvitedCaller(
        Caller(found.workspace, found.participant), found.assessment, found.must_claim, found.is_watching
    )


class _Invited(Admission):
    """Whoever brings what an invitation is, or becomes."""

    scheme_name = "Invitation"
    model = HTTPBearer(
        description="The token of an invitation, `sbm_invite_…`: what stands behind the `#` of its link. "
        "In an anonymous assessment the token that it was exchanged for, `sbm_own_…`."
    )


class _Invitation(_Invited):
    """An invitation, or the token that it was exchanged for."""

    def __init__(self, *, unclaimed: bool = False, claimed: bool = False, watching: bool = False) -> None:
        """With `unclaimed`, also one that is still to be exchanged; with `claimed`, also one that was.

        With `watching`, also a session that shows the profile.
        """
        self._unclaimed, self._claimed, self._watching = unclaimed, claimed, watching

    def find(self, request: Request) -> InvitedCaller:
        """The participant who calls; raises as `invited_caller` does, and `ForbiddenError`."""
        invited = invited_caller(request, again=self._claimed)
        if invited.must_claim and not self._unclaimed:
            detail = "Exchange the invitation first (POST /v1/respondent/claim): the assessment is anonymous."
            raise ForbiddenError("not_claimed", detail)
        if invited.is_watching and not self._watching:
            raise ForbiddenError("profile_session", "This session shows the profile, and nothing else.")
        return invited


Invited = Annotated[InvitedCaller, Depends(_Invitation())]
Viewer = Annotated[InvitedCaller, Depends(_Invitation(watching=True))]
Invitee = Annotated[InvitedCaller, Depends(_Invitation(unclaimed=True))]
Claiming = Annotated[InvitedCaller, Depends(_Invitation(unclaimed=True, claimed=True))]


class SessionCaller(NamedTuple):
    """An embed session, and the code or token of it that came with the request."""

    caller: Caller
    token: str


class _SessionOpener(_Invited):
    """The code of a session, or its token."""

    def find(self, request: Request) -> SessionCaller:
        """The session; raises `UnauthenticatedError` and `TooManyRequestsError`."""
        resources = resources_of(request)
        token = bearer_of(request) or ""
        try:
            _refuse_other_kinds(token)
            with resources.database.looking_up() as connection:
                own = sessions.find_exchangeable(connection, now(), token, demo=resources.settings.demo)
                caller = Caller(own.workspace_id, own.id)
        except UnauthenticatedError:
            let_read(request, known_origins(request))
            count_address(request)
            raise
        take(request, f"session:{caller.id}", resources.settings.requests_per_minute_per_key)
        return SessionCaller(caller, token)


def _refuse_other_kinds(token: str) -> None:
    if kind_of(token) not in {"code", "embed"}:
        detail = "Send the code or the token of a session as Authorization: Bearer sbm_code_…"
        raise UnauthenticatedError("malformed_token" if token else "missing_token", detail)


SessionOpener = Annotated[SessionCaller, Depends(_SessionOpener())]
