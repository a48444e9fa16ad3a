"""Who answers: the token of an invitation in `Authorization: Bearer …`."""

from typing import Annotated, NamedTuple

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from app.assessments.participants import authenticate
from app.core.clock import now
from app.core.errors import UnauthenticatedError
from app.core.web.once import Caller
from app.workspaces.auth import Bearer, bearer_of, count_address

invitation_scheme = HTTPBearer(
    scheme_name="Invitation",
    description="The token of an invitation, `sbm_invite_…`: what stands behind the `#` of its link.",
    auto_error=False,
)


class Respondent(NamedTuple):
    """The participant whose token came with the request."""

    workspace: str
    assessment: str
    participant: str

    @property
    def caller(self) -> Caller:
        """Who asks, for `once`."""
        return Caller(self.workspace, self.participant)


def respondent(
    request: Request,
    _: Annotated[Bearer, Security(invitation_scheme)],  # for the OpenAPI document
) -> Respondent:
    """The respondent; raises `UnauthenticatedError` and `TooManyRequestsError`."""
    state = request.app.state
    try:
        with state.database.reading() as session:
            found = authenticate(session, now(), bearer_of(request), demo=state.settings.demo)
    except UnauthenticatedError:
        count_address(request)
        raise
    state.limits.take(f"participant:{found.id}", state.settings.requests_per_minute_per_key)
    return Respondent(found.workspace_id, found.assessment_id, found.id)


Invited = Annotated[Respondent, Depends(respondent)]
