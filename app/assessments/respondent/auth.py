"""Who answers: the token of an invitation, or one's own, in `Authorization: Bearer …`."""

from typing import Annotated, NamedTuple, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from app.assessments.participants.claims import already_claimed, authenticate
from app.core.callers import Caller
from app.core.clock import now
from app.core.errors import ForbiddenError, UnauthenticatedError
from app.core.origins import canonical_origin
from app.core.web.admission import Admission, admitted
from app.core.web.allowances import take
from app.core.web.origins import let_read, origin_of
from app.core.web.resources import resources_of
from app.workspaces.auth import Bearer, bearer_of, count_address
from app.workspaces.service import is_known_origin

invitation_scheme = HTTPBearer(
    scheme_name="Invitation",
    description="The token of an invitation, `sbm_invite_…`: what stands behind the `#` of its link. In an "
    "anonymous assessment the token that it was exchanged for, `sbm_own_…`.",
    auto_error=False,
)


class InvitedCaller(NamedTuple):
    """The participant whose token came with the request, and the assessment that it opens.

    With `must_claim` the invitation is still to be exchanged, and can do nothing else.
    """

    caller: Caller
    assessment: str
    must_claim: bool


def known_origins(request: Request) -> tuple[str, ...]:
    """The origin of the page that asks, where any workspace knows it; it then learns why it is refused."""
    origin = origin_of(request)
    if origin is None or canonical_origin(origin) != origin:
        return ()
    with resources_of(request).database.looking_up() as session:
        return (origin,) if is_known_origin(session, origin) else ()


def invited_caller(request: Request, *, again: bool = False) -> InvitedCaller:
    """The participant who calls; raises `UnauthenticatedError` and `TooManyRequestsError`.

    With `again`, also one whose invitation was exchanged before.
    """
    resources = resources_of(request)
    settings = resources.settings
    try:
        with resources.database.looking_up() as session:
            found = authenticate(session, now(), bearer_of(request), demo=settings.demo)
        if found.is_claimed and not again:
            raise already_claimed()
    except UnauthenticatedError:
        let_read(request, known_origins(request))
        count_address(request)
        raise
    let_read(request, found.origins)
    take(request, f"participant:{found.participant}", settings.requests_per_minute_per_key)
    return InvitedCaller(Caller(found.workspace, found.participant), found.assessment, found.must_claim)


class _Invitation(Admission):
    """An invitation, or the token that it was exchanged for."""

    def __init__(self, *, unclaimed: bool = False, claimed: bool = False) -> None:
        """With `unclaimed`, also one that is still to be exchanged; with `claimed`, also one that was."""
        self._unclaimed, self._claimed = unclaimed, claimed

    def find(self, request: Request) -> InvitedCaller:
        """The participant who calls; raises as `invited_caller` does, and `ForbiddenError`."""
        invited = invited_caller(request, again=self._claimed)
        if invited.must_claim and not self._unclaimed:
            detail = "Exchange the invitation first (POST /v1/respondent/claim): the assessment is anonymous."
            raise ForbiddenError("not_claimed", detail)
        return invited

    async def __call__(
        self,
        request: Request,
        _: Annotated[Bearer, Security(invitation_scheme)],  # for the OpenAPI document
    ) -> InvitedCaller:
        """The participant who was found."""
        return cast("InvitedCaller", admitted(request))


Invited = Annotated[InvitedCaller, Depends(_Invitation())]
Invitee = Annotated[InvitedCaller, Depends(_Invitation(unclaimed=True))]
Claiming = Annotated[InvitedCaller, Depends(_Invitation(unclaimed=True, claimed=True))]
