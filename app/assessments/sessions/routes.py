"""`/v1/embed-sessions`: a portal's backend opens a questionnaire or a profile for a page of the portal."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from app.assessments.life.routes import WRITING
from app.assessments.models import EmbedSession
from app.assessments.participants.routes import service_address
from app.assessments.sessions import service
from app.assessments.sessions.schemas import EmbedSessionDocument, EmbedSessionInput
from app.core.ids import PATTERN
from app.core.resources import Work
from app.core.saved_answers import Made, Outcome
from app.core.web.bodies import StrictRoute
from app.core.web.once import ONCE, once
from app.core.web.problems import problems
from app.core.web.resources import writing
from app.workspaces.auth import Writer

router = APIRouter(prefix="/v1/embed-sessions", tags=["Embed"], route_class=StrictRoute)

SessionId = Annotated[str, Path(pattern=PATTERN, description="Id of the session, `ses_…`.")]


@router.post(
    "",
    operation_id="create_embed_session",
    status_code=201,
    response_model=EmbedSessionDocument,
    responses=WRITING,
    openapi_extra=ONCE,
)
def create_embed_session(request: Request, caller: Writer, body: EmbedSessionInput) -> Response:
    """Open a questionnaire or a profile for a page of a portal, for eight hours.

    The code in `session` opens it once within 120 s. The questionnaire of an anonymous assessment is opened
    by its invitation alone (`anonymous_assessment`): who makes a session could read the answers.
    """
    address = service_address(request)

    def do(work: Work) -> Outcome:
        session, code = service.create(work, body)
        return Outcome(present_session(session, address, code), (session.id,))

    def again(work: Work, made: Made) -> Outcome:
        return Outcome(present_session(service.get(work, *made), address, None), made)

    return once(request, caller, body, do, again)


@router.delete(
    "/{session}",
    operation_id="revoke_embed_session",
    status_code=204,
    responses=problems(401, 403, 404, 422, 429, 503),
)
def revoke_embed_session(request: Request, caller: Writer, session: SessionId) -> Response:
    """End a session at once: neither its code nor its token opens anything any more."""
    with writing(request, caller) as work:
        service.revoke(work, session)
    return Response(status_code=204)


def present_session(session: EmbedSession, address: str, code: str | None) -> dict[str, Any]:
    """A session as the API shows it."""
    return {
        "id": session.id,
        "view": session.view,
        "assessment": session.assessment_id,
        "participant": session.participant_id,
        "parent_origin": session.parent_origin,
        "lang": session.language,
        "session": None if code is None else f"{session.workspace_id}.{code}",
        "frame": f"{address}/embed/v1/w/{session.workspace_id}",
        "expires_at": session.expires_at,
    }
