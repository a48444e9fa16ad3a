"""`/v1/assessments/{id}/participants`: who is asked, and their links."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from app.assessments.life import service as life
from app.assessments.life.routes import READING, WRITING, AssessmentId
from app.assessments.method import edition_if_any
from app.assessments.models import Assessment, Participant
from app.assessments.participants import service
from app.assessments.participants.doors import OwnAnswers
from app.assessments.participants.presentation import (
    present_answers,
    present_invitation,
    present_participant,
)
from app.assessments.schemas import (
    NewInvitationDocument,
    NewParticipantDocument,
    ParticipantDocument,
    ParticipantInput,
)
from app.core.errors import WrongStateError
from app.core.ids import PATTERN
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Made, Outcome
from app.core.web import paging
from app.core.web.bodies import StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.once import ONCE, once
from app.core.web.problems import problems
from app.core.web.resources import reading, resources_of, writing
from app.core.web.responses import json_of
from app.workspaces.auth import Reader, Writer

router = APIRouter(
    prefix="/v1/assessments/{assessment}/participants", tags=["Participants"], route_class=StrictRoute
)

# Whoever calls says under which name; only these names lead nobody astray.
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")

NO_LINK = {"invitation_link": None}  # it is shown once

ParticipantId = Annotated[str, Path(pattern=PATTERN, description="Id of the participant, `prt_…`.")]


@router.post(
    "",
    operation_id="add_participant",
    status_code=201,
    response_model=NewParticipantDocument,
    responses=WRITING,
    openapi_extra=ONCE,
)
def add_participant(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    body: ParticipantInput,
) -> Response:
    """Add somebody who is asked; the answer has the link to answer by, shown this once."""

    def do(work: Work) -> Outcome:
        locked = life.lock(work, assessment)
        participant = service.add(work, locked, body)
        link = {"invitation_link": _link(request, service.invite(work, participant))}
        return shown(present(work, locked, participant) | link)

    def again(work: Work, made: Made) -> Outcome:
        own = life.get(work, assessment)
        return shown(present(work, own, service.get(work, own, *made)) | NO_LINK)

    def shown(content: dict[str, Any]) -> Outcome:
        path = f"/v1/assessments/{assessment}/participants/{content['id']}"
        return Outcome(content, (content["id"],), headers={"Location": path})

    return once(request, caller, body, do, again)


@router.get(
    "",
    operation_id="list_participants",
    response_model=paging.Page[ParticipantDocument],
    responses=READING,
)
def list_participants(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """The assessment's participants in the order in which they were added, with their progress.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before.
    """
    listing = f"{caller.workspace}/participants/{assessment}"
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        participants = service.list_after(work, own, paging.decode(listing, cursor), limit + 1)
    edition = edition_if_any(work.catalog, own)
    return json_of(
        paging.page(
            listing, participants, limit, lambda p: present_participant(edition, own, p), lambda p: p.id
        )
    )


@router.get(
    "/{participant}",
    operation_id="get_participant",
    response_model=ParticipantDocument,
    responses=READING,
)
def get_participant(
    request: Request, caller: Reader, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """A participant, with progress and history."""
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        return _response(work, own, service.get(work, own, participant))


@router.patch(
    "/{participant}",
    operation_id="change_participant",
    response_model=ParticipantDocument,
    responses=WRITING | problems(412),
)
def change_participant(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: ParticipantInput,
    if_match: IfMatch = None,
) -> Response:
    """Change a participant: what is not named stays. With `If-Match`, only if nobody else has.

    Role and functions stay once there are answers; name and e-mail can always be changed or erased.
    """
    with writing(request, caller) as work:
        locked = service.lock_both(work, assessment, participant)
        service.change(work, *locked, body, if_match)
        return _response(work, *locked)


@router.delete(
    "/{participant}",
    operation_id="remove_participant",
    status_code=204,
    responses=READING,
)
def remove_participant(
    request: Request, caller: Writer, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """Remove a participant with all answers, while the assessment is not closed.

    Results that have been kept stay as they are.
    """
    with writing(request, caller) as work:
        service.remove(work, assessment, participant)
    return Response(status_code=204)


@router.post(
    "/{participant}/invitation",
    operation_id="renew_invitation",
    status_code=201,
    response_model=NewInvitationDocument,
    responses=READING,
    openapi_extra=ONCE,
)
def renew_invitation(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
) -> Response:
    """Make a new link to answer by, shown this once; the one before opens nothing any more.

    Not in an anonymous assessment that is open: the new link would show what has been answered.
    """

    def do(work: Work) -> Outcome:
        _, invited = locked = service.lock_both(work, assessment, participant)
        link = {"invitation_link": _link(request, service.renew_invitation(work, *locked))}
        return Outcome((present_invitation(invited) or {}) | link, ())

    def again(work: Work, _: Made) -> Outcome:
        invited = service.get(work, life.get(work, assessment), participant)
        service.refuse_uninvited(invited)
        return Outcome((present_invitation(invited) or {}) | NO_LINK, ())

    return once(request, caller, None, do, again)


@router.delete(
    "/{participant}/invitation",
    operation_id="revoke_invitation",
    status_code=204,
    responses=READING,
)
def revoke_invitation(
    request: Request, caller: Writer, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """Take a participant's link back: it opens nothing any more."""
    with writing(request, caller) as work:
        _, invited = service.lock_both(work, assessment, participant)
        service.revoke_invitation(work, invited)
    return Response(status_code=204)


def present(work: Work, assessment: Assessment, participant: Participant) -> dict[str, Any]:
    """A participant as the consultancy sees him or her."""
    return present_participant(edition_if_any(work.catalog, assessment), assessment, participant)


def _response(work: Work, assessment: Assessment, participant: Participant) -> Response:
    return json_of(present(work, assessment, participant), {"ETag": service.tag_of_person(participant)})


def answers_response(own: OwnAnswers, changed: dict[str, Any] | None = None) -> Response:
    """A participant's answers, of a change those that it changed, with their entity tag."""
    content = present_answers(own.participant, own.sheet, changed)
    return json_of(content, {"ETag": tag_of(own.participant.revision)})


def _link(request: Request, token: str) -> str:
    """The token stands behind the #, which browsers send to nobody."""
    settings = resources_of(request).settings
    if settings.public_url is None and not settings.demo and request.base_url.hostname not in OWN_MACHINE:
        detail = (
            "Set SBM_PUBLIC_URL to the address that invitation links begin with; the caller's is not taken."
        )
        raise WrongStateError("public_url_missing", detail)
    base = settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}/r#{token}"
