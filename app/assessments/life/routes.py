"""`/v1/assessments`: read, changed, opened, closed, erased."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from app.assessments.life import service
from app.assessments.life.presentation import present_assessment
from app.assessments.models import Assessment
from app.assessments.schemas import AssessmentChange, AssessmentDocument, Settled, Status, Targets
from app.companies import service as companies
from app.core.ids import PATTERN
from app.core.listings import Asked, containing
from app.core.resources import Work
from app.core.revisions import tag_of
from app.core.web import paging
from app.core.web.bodies import StrictRoute
from app.core.web.entity_tags import IfMatch
from app.core.web.problems import problems
from app.core.web.resources import reading, writing
from app.core.web.responses import json_of
from app.workspaces.auth import Reader, Writer

router = APIRouter(prefix="/v1/assessments", tags=["Assessments"], route_class=StrictRoute)

READING = problems(401, 403, 404, 409, 422, 429, 503)
WRITING = READING | problems(400, 413, 415)

AssessmentId = Annotated[str, Path(pattern=PATTERN, description="Id of the assessment, `asm_…`.")]


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
    status: Annotated[Status | None, Query(description="In this state only.")] = None,
    q: paging.Words = None,
    changed_since: paging.Since = None,
    order: paging.Order = "created",
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """The workspace's assessments in the order in which they were made, or in another one.

    Narrowed by all that is named; changed is what changes the `revision` of an assessment. Pages of `limit`
    (50, at most 200); `cursor` is the `next_cursor` of the page before, with the same order and the same
    parameters.
    """
    asked = Asked.by(
        order, company=company, status=status, q=q and containing(q), changed_since=changed_since
    )
    listing = f"{caller.workspace}/assessments {asked}"
    with reading(request, caller) as work:
        if company is not None:
            companies.get(work, company, ("query", "company"))
        assessments = service.list_after(work, asked, paging.decode(listing, cursor), limit + 1)
    return json_of(
        paging.page(
            listing,
            assessments,
            limit,
            lambda row: present_assessment(work.catalog, row, row),
            partial(service.key_of, asked),
        )
    )


@router.get(
    "/{assessment}", operation_id="get_assessment", response_model=AssessmentDocument, responses=READING
)
def get_assessment(request: Request, caller: Reader, assessment: AssessmentId) -> Response:
    """An assessment, and how far its participants are."""
    with reading(request, caller) as work:
        return _response(work, service.get(work, assessment))


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
    with writing(request, caller) as work:
        return _response(work, service.change(work, service.lock(work, assessment), body, if_match))


@router.delete("/{assessment}", operation_id="erase_assessment", status_code=204, responses=READING)
def erase_assessment(request: Request, caller: Writer, assessment: AssessmentId) -> Response:
    """Erase an assessment with its participants, answers and results."""
    with writing(request, caller) as work:
        service.erase(work, assessment)
    return Response(status_code=204)


@router.put(
    "/{assessment}/targets",
    operation_id="set_targets",
    response_model=AssessmentDocument,
    responses=WRITING | problems(412, 428),
)
def set_targets(
    request: Request, caller: Writer, assessment: AssessmentId, body: Targets, if_match: IfMatch = None
) -> Response:
    """Set the target levels by id of a function or capability; the others are the definition's level.

    All there were are replaced: `If-Match` names the revision of the assessment that was read.
    """
    with writing(request, caller) as work:
        return _response(work, service.set_targets(work, service.lock(work, assessment), body, if_match))


@router.put(
    "/{assessment}/consensus",
    operation_id="set_consensus",
    response_model=AssessmentDocument,
    responses=WRITING | problems(412, 428),
)
def set_consensus(
    request: Request, caller: Writer, assessment: AssessmentId, body: Settled, if_match: IfMatch = None
) -> Response:
    """Set what the facilitator and the participants settled on, by id of question.

    It overrides the answers in the profile; the answers themselves stay. All that was settled before is
    replaced: `If-Match` names the revision of the assessment that was read.
    """
    with writing(request, caller) as work:
        return _response(work, service.set_consensus(work, service.lock(work, assessment), body, if_match))


def present(work: Work, assessment: Assessment) -> dict[str, Any]:
    """An assessment, and how far its participants are."""
    return present_assessment(work.catalog, assessment, service.counts_of(work, assessment))


def _response(work: Work, assessment: Assessment) -> Response:
    return json_of(present(work, assessment), {"ETag": tag_of(assessment.revision)})
