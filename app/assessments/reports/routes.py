"""`…/report` and `…/charts`: what an assessment comes to, to read, to print and to keep."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from app.assessments.life import service as life
from app.assessments.life.routes import READING, AssessmentId
from app.assessments.reports.report import report_of_profile, report_of_result
from app.assessments.results import service
from app.assessments.results.routes import ResultNumber
from app.core.limits import cost_of_scoring
from app.core.web.allowances import charge
from app.core.web.bodies import StrictRoute
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.resources import reading
from app.core.web.responses import NOT_MODIFIED, IfNoneMatch
from app.reports.drawing import ChartName
from app.reports.responses import (
    DRAWING,
    OPTIONS,
    REPORT,
    Started,
    Wanted,
    chart_wanted,
    report_response,
    wanted_of,
)
from app.workspaces.auth import Reader

router = APIRouter(prefix="/v1/assessments/{assessment}", tags=["Results"], route_class=StrictRoute)

Chart = Annotated[ChartName, Path(description="Which chart.")]
Extension = Annotated[Literal["svg", "png"], Path(description="As a drawing or as pixels.")]


@router.get(
    "/profile/report",
    operation_id="get_report",
    response_class=HTMLResponse,
    responses=REPORT | READING | NOT_MODIFIED,
    openapi_extra={"parameters": [*OPTIONS, *PARAMETERS]},
)
async def get_report(
    request: Request, caller: Reader, assessment: AssessmentId, if_none_match: IfNoneMatch = None
) -> Response:
    """The profile as it is now as a report: a page of HTML that asks nothing of any host, a PDF, or DOCX.

    `view=summary` is one page for the board.
    """
    wanted = wanted_of(request)
    started = await run_in_threadpool(_of_profile, request, caller, assessment, wanted)
    return await report_response(request, started, if_none_match)


@router.get(
    "/results/{number}/report",
    operation_id="get_result_report",
    response_class=HTMLResponse,
    responses=REPORT | READING | NOT_MODIFIED,
    openapi_extra={"parameters": [*OPTIONS, *PARAMETERS]},
)
async def get_result_report(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    number: ResultNumber,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """A result as a report, the same bytes each time."""
    wanted = wanted_of(request)
    started = await run_in_threadpool(_of_result, request, caller, assessment, number, wanted)
    return await report_response(request, started, if_none_match)


@router.get(
    "/profile/charts/{chart}.{extension}",
    operation_id="get_chart",
    response_class=Response,
    responses=DRAWING | READING | NOT_MODIFIED,
    openapi_extra={"parameters": PARAMETERS},
)
async def get_chart(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    chart: Chart,
    extension: Extension,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """A chart of the profile as it is now, as SVG or PNG; 404 where the profile has nothing for it."""
    wanted = chart_wanted(extension, chart)
    started = await run_in_threadpool(_of_profile, request, caller, assessment, wanted)
    return await report_response(request, started, if_none_match)


@router.get(
    "/results/{number}/charts/{chart}.{extension}",
    operation_id="get_result_chart",
    response_class=Response,
    responses=DRAWING | READING | NOT_MODIFIED,
    openapi_extra={"parameters": PARAMETERS},
)
async def get_result_chart(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    number: ResultNumber,
    chart: Chart,
    extension: Extension,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """A chart of a result, as SVG or PNG; 404 where the result has nothing for it."""
    wanted = chart_wanted(extension, chart)
    started = await run_in_threadpool(_of_result, request, caller, assessment, number, wanted)
    return await report_response(request, started, if_none_match)


def _of_profile(request: Request, caller: Reader, assessment: str, wanted: Wanted) -> Started:
    says_beyond, language = wanted.format.says_beyond(wanted.choice), preferred(request)
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        profile = service.live_profile(work, own)
        told = report_of_profile(work, own, profile, language, says_beyond=says_beyond)
    charge(request, cost_of_scoring(profile.invited, is_traced=False))
    return wanted.start(told)


def _of_result(request: Request, caller: Reader, assessment: str, number: int, wanted: Wanted) -> Started:
    says_beyond, language = wanted.format.says_beyond(wanted.choice), preferred(request)
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        result = service.get(work, own, number)
        return wanted.start(report_of_result(work, own, result, language, says_beyond=says_beyond))
