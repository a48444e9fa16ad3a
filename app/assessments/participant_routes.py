"""`/v1/assessments/{id}/participants`: who is asked, their links, their answers."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from sqlmodel import Session

from app.assessments import answers, lifecycle, participants, store
from app.assessments.asked import edition_if_any, edition_of, sheet_of
from app.assessments.models import Assessment, Participant
from app.assessments.presentation import present_answers, present_invitation, present_participant
from app.assessments.results import live_profile, may_show
from app.assessments.routes import READING, WRITING, AssessmentId
from app.assessments.schemas import (
    AnswersChange,
    AnswersDocument,
    AnswersInput,
    NewInvitationDocument,
    NewParticipantDocument,
    ParticipantDocument,
    ParticipantInput,
    SubmissionDocument,
    SubmissionInput,
)
from app.assessments.work import Work, writing
from app.catalog.service import Catalog
from app.core.ids import PATTERN
from app.core.web import paging
from app.core.web.entity_tags import IfMatch, tag_of
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import Answer, IdempotencyKey, once
from app.core.web.problems import problems
from app.core.web.responses import json_of
from app.core.web.strict_json import StrictRoute
from app.workspaces.auth import Reader, Writer
from scoring.presentation.document import present

router = APIRouter(
    prefix="/v1/assessments/{assessment}/participants", tags=["Participants"], route_class=StrictRoute
)

ParticipantId = Annotated[str, Path(pattern=PATTERN, description="Id of the participant, `prt_…`.")]


@router.post(
    "",
    operation_id="add_participant",
    status_code=201,
    response_model=NewParticipantDocument,
    responses=WRITING,
)
def add_participant(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    body: ParticipantInput,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Add somebody who is asked; the answer has the link to answer by, shown this once."""
    state = request.app.state

    def do(session: Session, moment: datetime) -> Answer:
        work = Work.of(request, caller, session, moment)
        its = lifecycle.lock(work, assessment)
        added = participants.add(work, its, body)
        token = participants.invite(work, added, state.settings.invitation_days)
        content = present_participant(edition_of(state.catalog, its), its, added)
        link = {"invitation_link": _link(request, token)}
        return Answer(content | link, about(its, added), headers=_place(added), secrets=tuple(link))

    return once(request, caller, body.model_dump(mode="json"), do)


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
    workspace, catalog = caller.workspace, request.app.state.catalog
    listing = f"{workspace}/participants/{assessment}"
    with request.app.state.database.reading() as session:
        its = lifecycle.get(session, workspace, assessment)
        after = paging.decode(listing, cursor)
        found = store.list_participants(session, workspace, assessment, after, limit + 1)
    edition = edition_if_any(catalog, its)
    page = paging.page(listing, found, limit, lambda p: present_participant(edition, its, p), lambda p: p.id)
    return json_of(page)


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
    with request.app.state.database.reading() as session:
        its = lifecycle.get(session, caller.workspace, assessment)
        found = participants.get(session, caller.workspace, assessment, participant)
        return json_of(present_participant(edition_if_any(request.app.state.catalog, its), its, found))


@router.patch(
    "/{participant}",
    operation_id="change_participant",
    response_model=ParticipantDocument,
    responses=WRITING,
)
def change_participant(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: ParticipantInput,
) -> Response:
    """Change a participant: what is not named stays.

    Role and functions stay once there are answers; name and e-mail can always be changed or erased.
    """
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        its, found = participants.lock_both(work, assessment, participant)
        participants.change(work, its, found, body)
        return json_of(present_participant(edition_if_any(catalog, its), its, found))


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
        its, found = participants.lock_both(work, assessment, participant)
        participants.remove(work, its, found)
    return Response(status_code=204)


@router.post(
    "/{participant}/invitation",
    operation_id="renew_invitation",
    status_code=201,
    response_model=NewInvitationDocument,
    responses=READING,
)
def renew_invitation(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Make a new link to answer by, shown this once; the one before opens nothing any more.

    Not in an anonymous assessment that is open: the new link would show what has been answered.
    """

    def do(session: Session, moment: datetime) -> Answer:
        work = Work.of(request, caller, session, moment)
        its, found = participants.lock_both(work, assessment, participant)
        days = request.app.state.settings.invitation_days
        participants.refuse_to_renew(its)
        link = {"invitation_link": _link(request, participants.invite(work, found, days))}
        return Answer((present_invitation(found) or {}) | link, about(its, found), secrets=tuple(link))

    return once(request, caller, None, do)


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
        _, found = participants.lock_both(work, assessment, participant)
        participants.revoke_invitation(work, found)
    return Response(status_code=204)


@router.get(
    "/{participant}/answers",
    operation_id="get_answers",
    response_model=AnswersDocument,
    responses=READING,
)
def get_answers(
    request: Request, caller: Reader, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """A participant's answers, with their revision as entity tag. Not of an anonymous assessment."""
    with request.app.state.database.reading() as session:
        its = lifecycle.get(session, caller.workspace, assessment)
        found = participants.get(session, caller.workspace, assessment, participant)
        answers.refuse_others(its)
    return answers_response(request.app.state.catalog, its, found)


@router.put(
    "/{participant}/answers",
    operation_id="replace_answers",
    response_model=AnswersDocument,
    responses=WRITING | problems(412, 428),
)
def replace_answers(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: AnswersInput,
    if_match: IfMatch = None,
) -> Response:
    """Put these answers in place of all there are. Not of an anonymous assessment."""
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        its, found = participants.lock_both(work, assessment, participant)
        answers.refuse_others(its)
        answers.replace(work, its, found, body, if_match)
        return answers_response(catalog, its, found)


@router.patch(
    "/{participant}/answers",
    operation_id="change_answers",
    response_model=AnswersDocument,
    responses=WRITING | problems(412, 428),
)
def change_answers(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: AnswersChange,
    if_match: IfMatch = None,
) -> Response:
    """Change single answers: what is not named stays, `null` takes one back.

    Not of an anonymous assessment.
    """
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        its, found = participants.lock_both(work, assessment, participant)
        answers.refuse_others(its)
        answers.merge(work, its, found, body, if_match)
        return answers_response(catalog, its, found)


@router.post(
    "/{participant}/submission",
    operation_id="submit_answers",
    status_code=201,
    response_model=SubmissionDocument,
    responses=WRITING,
    openapi_extra={"parameters": PARAMETERS},
)
def submit_answers(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    participant: ParticipantId,
    body: SubmissionInput,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Hand in a participant's answers; the answer has the profile as it is now.

    Open questions are refused, all named, unless `incomplete` is true. Not in an anonymous assessment.
    """
    catalog, language = request.app.state.catalog, preferred(request)

    def do(session: Session, moment: datetime) -> Answer:
        work = Work.of(request, caller, session, moment)
        its, found = participants.lock_both(work, assessment, participant)
        answers.refuse_others(its)
        answers.submit(work, its, found, incomplete=body.incomplete)
        profile = None
        if may_show(its):
            edition, scored = live_profile(session, catalog, its)
            profile = present(scored, edition.words(language))
        content = {
            "participant": present_participant(edition_if_any(catalog, its), its, found),
            "profile": profile,
        }
        return Answer(content, about(its, found))

    return once(request, caller, body.model_dump(mode="json"), do)


@router.delete(
    "/{participant}/submission",
    operation_id="reopen_answers",
    response_model=ParticipantDocument,
    responses=READING,
)
def reopen_answers(
    request: Request, caller: Writer, assessment: AssessmentId, participant: ParticipantId
) -> Response:
    """Open handed-in answers again, which the participant's history shows. Not in an anonymous assessment."""
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        its, found = participants.lock_both(work, assessment, participant)
        answers.refuse_others(its)
        answers.reopen(work, its, found)
        return json_of(present_participant(edition_if_any(catalog, its), its, found))


def answers_response(catalog: Catalog, assessment: Assessment, participant: Participant) -> Response:
    """A participant's answers, with their entity tag."""
    sheet = sheet_of(edition_of(catalog, assessment), assessment, participant)
    return json_of(present_answers(participant, sheet), {"ETag": tag_of(participant.revision)})


def _link(request: Request, token: str) -> str:
    """The token stands behind the #, which browsers send to nobody."""
    base: str = request.app.state.settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}/r#{token}"


def about(assessment: Assessment, participant: Participant) -> tuple[str, ...]:
    """What an answer about a participant is about."""
    return assessment.company_id, assessment.id, participant.id


def _place(participant: Participant) -> dict[str, str]:
    path = f"/v1/assessments/{participant.assessment_id}/participants/{participant.id}"
    return {"Location": path}
