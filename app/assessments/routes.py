"""`/v1/assessments`: made, read, changed, opened, closed, erased."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from sqlmodel import Session

from app.assessments import lifecycle, store
from app.assessments.intake import take_in
from app.assessments.models import Assessment
from app.assessments.presentation import present_assessment
from app.assessments.results import live_profile, may_show
from app.assessments.schemas import (
    AssessmentChange,
    AssessmentDocument,
    AssessmentInput,
    NewAssessmentDocument,
    Settled,
    Targets,
)
from app.assessments.work import Work, writing
from app.catalog.service import Catalog
from app.companies import service as companies
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

router = APIRouter(prefix="/v1/assessments", tags=["Assessments"], route_class=StrictRoute)

READING = problems(401, 403, 404, 409, 422, 429, 503)
WRITING = READING | problems(400, 413, 415)

AssessmentId = Annotated[str, Path(pattern=PATTERN, description="Id of the assessment, `asm_…`.")]


@router.post(
    "",
    operation_id="create_assessment",
    status_code=201,
    response_model=NewAssessmentDocument,
    responses=WRITING,
    openapi_extra={"parameters": PARAMETERS},
)
def create_assessment(
    request: Request,
    caller: Writer,
    body: AssessmentInput,
    idempotency_key: IdempotencyKey = None,  # noqa: ARG001 -- for the OpenAPI document; `once` reads it
) -> Response:
    """Make an assessment of a company: a draft, or with `responses` and `submit` all in one call.

    Then the answer has the profile, in the language of `lang` or `Accept-Language`.
    """
    state, language = request.app.state, preferred(request)

    def do(session: Session, moment: datetime) -> Answer:
        work = Work.of(request, caller, session, moment)
        made = take_in(work, body, state.settings.default_questionnaire)
        assessment, participants = made
        profile = None
        if body.submit and may_show(assessment):
            edition, scored = live_profile(session, state.catalog, assessment)
            profile = present(scored, edition.words(language))
        content = _presented(session, state.catalog, assessment) | {
            "responses": [participant.id for participant in participants],
            "profile": profile,
        }
        about = (assessment.company_id, assessment.id, *content["responses"])
        return Answer(content, about, headers=_headers(assessment))

    return once(request, caller, body.model_dump(mode="json"), do)


@router.get(
    "",
    operation_id="list_assessments",
    response_model=paging.Page[AssessmentDocument],
    responses=READING,
)
def list_assessments(
    request: Request,
    caller: Reader,
    company: Annotated[str | None, Query(pattern=PATTERN, description="Of this company only.")] = None,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """The workspace's assessments in the order in which they were made.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before.
    """
    workspace, catalog = caller.workspace, request.app.state.catalog
    listing = f"{workspace}/assessments/{company}"
    with request.app.state.database.reading() as session:
        if company is not None:
            companies.get(session, workspace, company, ("query", "company"))
        after = paging.decode(listing, cursor)
        found = store.list_assessments(session, workspace, company, after, limit + 1)
        counts = store.count_participants(session, workspace, [a.id for a in found])
    return json_of(
        paging.page(
            listing,
            found,
            limit,
            lambda a: present_assessment(catalog, a, counts.get(a.id, (0, 0, 0))),
            lambda a: a.id,
        )
    )


@router.get(
    "/{assessment}", operation_id="get_assessment", response_model=AssessmentDocument, responses=READING
)
def get_assessment(request: Request, caller: Reader, assessment: AssessmentId) -> Response:
    """An assessment, and how far its participants are."""
    with request.app.state.database.reading() as session:
        found = lifecycle.get(session, caller.workspace, assessment)
        return _response(session, request.app.state.catalog, found)


@router.patch(
    "/{assessment}",
    operation_id="change_assessment",
    response_model=AssessmentDocument,
    responses=WRITING | problems(412),
)
def change_assessment(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    body: AssessmentChange,
    if_match: IfMatch = None,
) -> Response:
    """Change an assessment, open it with `"status": "open"`, close it with `"status": "closed"`.

    Opening pins the questionnaire: a newer version never touches the assessment. Closing leaves out
    whoever has not handed in. With `If-Match`, only if nobody else has changed the assessment.
    """
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        found = lifecycle.lock(work, assessment)
        lifecycle.change(work, found, body, if_match)
        return _response(work.session, catalog, found)


@router.delete("/{assessment}", operation_id="erase_assessment", status_code=204, responses=READING)
def erase_assessment(request: Request, caller: Writer, assessment: AssessmentId) -> Response:
    """Erase an assessment with its participants, answers and results."""
    with writing(request, caller) as work:
        lifecycle.erase(work, assessment)
    return Response(status_code=204)


@router.put(
    "/{assessment}/targets",
    operation_id="set_targets",
    response_model=AssessmentDocument,
    responses=WRITING | problems(412),
)
def set_targets(
    request: Request, caller: Writer, assessment: AssessmentId, body: Targets, if_match: IfMatch = None
) -> Response:
    """Set the target levels by id of a function or capability; the others are the definition's level."""
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        found = lifecycle.lock(work, assessment)
        lifecycle.set_targets(work, found, body, if_match)
        return _response(work.session, catalog, found)


@router.put(
    "/{assessment}/consensus",
    operation_id="set_consensus",
    response_model=AssessmentDocument,
    responses=WRITING | problems(412),
)
def set_consensus(
    request: Request, caller: Writer, assessment: AssessmentId, body: Settled, if_match: IfMatch = None
) -> Response:
    """Set what the facilitator and the participants settled on, by id of question.

    It overrides the answers in the profile; the answers themselves stay.
    """
    catalog = request.app.state.catalog
    with writing(request, caller) as work:
        found = lifecycle.lock(work, assessment)
        lifecycle.set_consensus(work, found, body, if_match)
        return _response(work.session, catalog, found)


def _presented(session: Session, catalog: Catalog, assessment: Assessment) -> dict[str, Any]:
    counts = store.count_participants(session, assessment.workspace_id, [assessment.id])
    return present_assessment(catalog, assessment, counts.get(assessment.id, (0, 0, 0)))


def _headers(assessment: Assessment) -> dict[str, str]:
    return {"Location": f"/v1/assessments/{assessment.id}", "ETag": tag_of(assessment.revision)}


def _response(session: Session, catalog: Catalog, assessment: Assessment) -> Response:
    return json_of(_presented(session, catalog, assessment), {"ETag": tag_of(assessment.revision)})
