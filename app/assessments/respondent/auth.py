"""Who answers: the token of an invitation in `Authorization: Bearer …`."""

from typing import Annotated, NamedTuple, cast

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from app.assessments.participants.service import authenticate
from app.core.callers import Caller
from app.core.clock import now
from app.core.errors import UnauthenticatedError
from app.core.web.admission import Admission, admitted
from app.core.web.allowances import take
from app.core.web.resources import resources_of
from app.workspaces.auth import Bearer, bearer_of, count_address

invitation_scheme = HTTPBearer(
    scheme_name="Invitation",
    description="The token of an invitation, `sbm_invite_…`: what stands behind the `#` of its link.",
    auto_error=False,
)


class InvitedCaller(NamedTuple):
    """The participant whose token came with the request, and the assessment that it opens."""

    caller: Caller
    assessment: str


def invited_caller(request: Request) -> InvitedCaller:
    """The participant who calls; raises `UnauthenticatedError` and `TooManyRequestsError`."""
    resources = resources_of(request)
    settings = resources.settings
    try:
        with resources.database.looking_up() as session:
            invited = authenticate(session, now(), bearer_of(request), demo=settings.demo)
    except UnauthenticatedError:
        count_address(request)
        raise
    take(request, f"participant:{invited.participant}", settings.requests_per_minute_per_key)
    return InvitedCaller(Caller(invited.workspace, invited.participant), invited.assessment)


class _Invitation(Admission):
    """An invitation."""

    def find(self, request: Request) -> InvitedCaller:
        """The participant who calls; raises as `invited_caller` does."""
        return invited_caller(request)

    async def __call__(
        self,
        request: Request,
        _: Annotated[Bearer, Security(invitation_scheme)],  # for the OpenAPI document
    ) -> InvitedCaller:
        """The participant who was found."""
        return cast("InvitedCaller", admitted(request))


Invited = Annotated[InvitedCaller, Depends(_Invitation())]
