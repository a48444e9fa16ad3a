"""`/v1/assessments/{id}/participants`: who is asked, and their links."""

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

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
    NewParticipantsDocument,
    NewParticipantsInput,
    ParticipantDocument,
    ParticipantInput,
    ParticipantStatus,
)
from app.core.errors import WrongStateError
from app.core.ids import PATTERN
from app.core.limits import cost_of_scoring
from app.core.listings import Asked, containing
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.saved_answers import Made, Outcome
from app.core.settings import OWN_MACHINE
from app.core.web import paging
from app.core.web.allowances import charge
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

NO_LINK: dict[str, Any] = {"invitation_link": None}  # it is shown once

Role = Annotated[
    str | None,
    Query(min_length=1, max_length=64, pattern=paging.NO_NUL, description="Who has this role."),
]
ParticipantId = Annotated[str, Path(pattern=PATTERN, description="Id of the participant, `prt_…`.")]


@router.post(
    "",
    operation_id="add_participant",
    status_code=201,
    response_model=NewParticipantDocument | NewParticipantsDocument,
    responses=WRITING,
    openapi_extra=ONCE,
)
def add_participant(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    body: NewParticipantsInput,
) -> Response:
    """Add somebody who is asked, or several; the answer has the link to answer by, shown this once.

    With `participants`, up to 200 at once: all of them are added, or none. The answer has them in the same
    order, each with a link.
    """
    charge(request, cost_of_scoring(len(body.participants), is_traced=False))

    def do(work: Work) -> Outcome:
        locked = life.lock(work, assessment)
        added = service.add(work, locked, body)
        links = [{"invitation_link": _link(request, one.token)} for one in added]
        return shown(work, locked, [one.participant for one in added], links)

    def again(work: Work, made: Made) -> Outcome:
        own = life.get(work, assessment)
        return shown(work, own, service.get_all(work, own, made), [NO_LINK] * len(made))

    def shown(
        work: Work, own: Assessment, added: Sequence[Participant], links: Sequence[dict[str, Any]]
    ) -> Outcome:
        made = tuple(participant.id for participant in added)
        contents = [present(work, own, one) | link for one, link in zip(added, links, strict=True)]
        path = f"/v1/assessments/{assessment}/participants"
        if body.participants:
            return Outcome({"participants": contents}, made, headers={"Location": path})
        return Outcome(contents[0], made, headers={"Location": f"{path}/{made[0]}"})

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
    status: Annotated[ParticipantStatus | None, Query(description="Who is so far.")] = None,
    role: Role = None,
    q: paging.Words = None,
    changed_since: paging.Since = None,
    order: paging.Order = "created",
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """The assessment's participants in the order in which they were added, or in another one.

    Narrowed by all that is named. Of an anonymous assessment not by status or change, nor in the order of
    change: that would tell who has answered. Pages of `limit` (50, at most 200); `cursor` is the
    `next_cursor` of the page before, with the same order and the same parameters.
    """
    asked = Asked.by(order, status=status, role=role, q=q and containing(q), changed_since=changed_since)
    listing = f"{caller.workspace}/participants/{assessment} {asked}"
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        participants = service.list_after(work, own, asked, paging.decode(listing, cursor), limit + 1)
    edition = edition_if_any(work.catalog, own)
    return json_of(
        paging.page(
            listing,
            participants,
            limit,
            lambda p: present_participant(edition, own, p),
            partial(service.key_of, asked),
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
    return f"{service_address(request)}/r#{token}"


def service_address(request: Request) -> str:
    """What links begin with; raises `WrongStateError` where only the caller says it."""
    settings = resources_of(request).settings
    if settings.public_url is None and not settings.demo and request.base_url.hostname not in OWN_MACHINE:
        detail = (
            "Set SBM_PUBLIC_URL to the address that invitation links begin with; the caller's is not taken."
        )
        raise WrongStateError("public_url_missing", detail)
    base = settings.public_url or str(request.base_url)
    return base.rstrip("/")
