"""Below `/v1/assessments/{id}` and its results: why it moved, what if, the way up; nothing is stored."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from app.assessments.life.routes import READING, AssessmentId
from app.assessments.outlook import service
from app.assessments.outlook.presentation import present_history
from app.assessments.outlook.schemas import ResultInHistory, SimulationInput
from app.assessments.outlook.service import Base
from app.assessments.results.routes import ResultNumber
from app.companies.routes import CompanyId
from app.core.limits import cost_of_scoring
from app.core.web import paging
from app.core.web.allowances import charge
from app.core.web.bodies import StrictRoute
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.problems import problems
from app.core.web.resources import reading, resources_of
from app.core.web.responses import json_in, json_of
from app.plans.routes import THREADS
from app.plans.schemas import PlanDocument
from app.plans.service import plan_from
from app.scores.comparison_schemas import ComparisonDocument, SimulationDocument
from app.scores.comparisons import Difference
from app.scores.outlook_schemas import OutlookDocument
from app.workspaces.auth import Reader
from scoring.outlook.document import present_outlook
from scoring.paths.document import present_plan
from scoring.paths.request import PlanInput

router = APIRouter(prefix="/v1", tags=["Results"], route_class=StrictRoute)

TRYING = READING | problems(400, 413, 415)
SPOKEN = {"parameters": PARAMETERS}
Other = Annotated[
    str,
    Query(
        alias="with",
        pattern=r"^([a-z]{3}_[0-9a-z]{1,60}/)?[1-9][0-9]{0,8}$",
        description="Number of another result; `asm_…/1` of another assessment of the company.",
    ),
]
Version = Annotated[str | None, Query(max_length=100, description="The latest released when absent.")]


@router.get(
    "/assessments/{assessment}/results/{number}/comparison",
    operation_id="compare_results",
    response_model=ComparisonDocument,
    responses=READING,
    openapi_extra=SPOKEN,
)
def compare_results(
    request: Request, caller: Reader, assessment: AssessmentId, number: ResultNumber, other: Other
) -> Response:
    """Split what moved since another result, to the digit, in the shape of `POST /v1/compare`.

    Within an assessment people are known as participants, across two by e-mail address.
    """
    with reading(request, caller) as work:
        before, after = service.both(work, assessment, number, other)
    charge(request, cost_of_scoring(before.invited + after.invited, is_traced=False))
    return _difference(request, service.compared(work.catalog, before, after))


@router.get(
    "/assessments/{assessment}/results/{number}/rescored",
    operation_id="rescore_result",
    response_model=SimulationDocument,
    responses=READING,
    openapi_extra=SPOKEN,
)
def rescore_result(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    number: ResultNumber,
    version: Version = None,
) -> Response:
    """Score the same answers by another version; questions that are not the same are open.

    Not of an anonymous assessment (`anonymous_assessment`).
    """
    base = _begin(request, caller, assessment, number)
    return _tried(request, service.rescored(resources_of(request).catalog, base, version))


@router.get(
    "/companies/{company}/history",
    operation_id="get_history",
    response_model=paging.Page[ResultInHistory],
    responses=READING,
)
def get_history(
    request: Request,
    caller: Reader,
    company: CompanyId,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """All results of a company, the newest first, each with what changed since the one before.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before.
    """
    listing = f"{caller.workspace}/history/{company}"
    with reading(request, caller) as work:
        rows = service.history(work, company, paging.decode(listing, cursor), limit + 1)
    shown = paging.page(listing, rows, limit, lambda row: row, service.key_of)
    return json_of(shown | {"data": present_history(rows)[:limit]})


@router.post(
    "/assessments/{assessment}/simulation",
    operation_id="simulate_assessment",
    response_model=SimulationDocument,
    responses=TRYING,
    openapi_extra=SPOKEN,
)
def simulate_assessment(
    request: Request, caller: Reader, assessment: AssessmentId, body: SimulationInput
) -> Response:
    """Try what the profile would be with some answers, targets, weights or the gate changed."""
    base = _begin(request, caller, assessment)
    return _tried(request, service.simulated(base, body.changes))


@router.post(
    "/assessments/{assessment}/results/{number}/simulation",
    operation_id="simulate_result",
    response_model=SimulationDocument,
    responses=TRYING,
    openapi_extra=SPOKEN,
)
def simulate_result(
    request: Request, caller: Reader, assessment: AssessmentId, number: ResultNumber, body: SimulationInput
) -> Response:
    """Try what a result would have been with some of it changed; the result stays."""
    base = _begin(request, caller, assessment, number)
    return _tried(request, service.simulated(base, body.changes))


@router.post(
    "/assessments/{assessment}/plan",
    operation_id="plan_assessment",
    response_model=PlanDocument,
    responses=TRYING,
    openapi_extra=SPOKEN,
)
async def plan_assessment(
    request: Request, caller: Reader, assessment: AssessmentId, body: PlanInput
) -> Response:
    """Find the cheapest way up from the profile as it is now."""
    return await _plan(request, caller, body, assessment)


@router.post(
    "/assessments/{assessment}/results/{number}/plan",
    operation_id="plan_result",
    response_model=PlanDocument,
    responses=TRYING,
    openapi_extra=SPOKEN,
)
async def plan_result(
    request: Request, caller: Reader, assessment: AssessmentId, number: ResultNumber, body: PlanInput
) -> Response:
    """Find the cheapest way up from a result."""
    return await _plan(request, caller, body, assessment, number)


@router.get(
    "/assessments/{assessment}/outlook",
    operation_id="get_outlook",
    response_model=OutlookDocument,
    responses=READING,
    openapi_extra=SPOKEN,
)
def get_outlook(request: Request, caller: Reader, assessment: AssessmentId) -> Response:
    """Find out which open questions matter most now, and what the profile hangs on."""
    return _outlook(request, _begin(request, caller, assessment))


@router.get(
    "/assessments/{assessment}/results/{number}/outlook",
    operation_id="get_result_outlook",
    response_model=OutlookDocument,
    responses=READING,
    openapi_extra=SPOKEN,
)
def get_result_outlook(
    request: Request, caller: Reader, assessment: AssessmentId, number: ResultNumber
) -> Response:
    """Find out which open questions of a result matter most, and what it hangs on."""
    return _outlook(request, _begin(request, caller, assessment, number))


def _begin(request: Request, caller: Reader, assessment: str, number: int | None = None) -> Base:
    """The result, or what there is now, counted as scoring it."""
    with reading(request, caller) as work:
        base = service.kept(work, assessment, number) if number else service.live(work, assessment)
    charge(request, cost_of_scoring(base.invited, is_traced=False))
    return base


async def _plan(
    request: Request, caller: Reader, body: PlanInput, assessment: str, number: int | None = None
) -> Response:
    """In a thread of plans: nobody who asks the database waits for one."""
    base = await run_in_threadpool(_begin, request, caller, assessment, number)

    def planned() -> Response:
        words = base.edition.words(preferred(request))
        return json_in(words.language, present_plan(plan_from(base.profile(), body), words))

    return await run_sync(planned, limiter=THREADS)


def _difference(request: Request, difference: Difference) -> Response:
    language = preferred(request)
    return json_in(difference.after.words(language).language, difference.to_encode(language))


def _tried(request: Request, difference: Difference) -> Response:
    language = preferred(request)
    return json_in(difference.after.words(language).language, difference.tried_to_encode(language))


def _outlook(request: Request, base: Base) -> Response:
    words = base.edition.words(preferred(request))
    return json_in(words.language, present_outlook(base.profile(), words))
