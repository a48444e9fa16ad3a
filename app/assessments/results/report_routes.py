"""`…/report`: what an assessment comes to, as a page to read, to print and to keep."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from app.assessments.life import service as life
from app.assessments.life.routes import READING, AssessmentId
from app.assessments.results import service
from app.assessments.results.report import content_of, kept, live, page_of
from app.assessments.results.routes import ResultNumber
from app.core.limits import cost_of_scoring
from app.core.web.allowances import charge
from app.core.web.bodies import StrictRoute
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.resources import reading
from app.core.web.responses import HTML, NOT_MODIFIED, PART, IfNoneMatch, page_in, unless_current, wants_part
from app.reports.page import POLICY
from app.workspaces.auth import Reader

router = APIRouter(prefix="/v1/assessments/{assessment}", tags=["Results"], route_class=StrictRoute)


@router.get(
    "/profile/report",
    operation_id="get_report",
    response_class=HTMLResponse,
    responses=HTML | READING | NOT_MODIFIED,
    openapi_extra={"parameters": [PART, *PARAMETERS]},
)
def get_report(
    request: Request, caller: Reader, assessment: AssessmentId, if_none_match: IfNoneMatch = None
) -> Response:
    """The profile as it is now as a page: one HTML file that asks nothing of any host."""
    language = preferred(request)
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        profile = service.live_profile(work, own)
        make = content_of if wants_part(request) else page_of
        page = make(work, own.company_id, live(work, own, profile, language))
    charge(request, cost_of_scoring(profile.invited, is_traced=False))
    return unless_current(page_in(page.language, page.html, POLICY), if_none_match)


@router.get(
    "/results/{number}/report",
    operation_id="get_result_report",
    response_class=HTMLResponse,
    responses=HTML | READING | NOT_MODIFIED,
    openapi_extra={"parameters": [PART, *PARAMETERS]},
)
def get_result_report(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    number: ResultNumber,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """A result as a page, the same bytes each time."""
    language = preferred(request)
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        make = content_of if wants_part(request) else page_of
        page = make(work, own.company_id, kept(work, own, service.get(work, own, number), language))
    return unless_current(page_in(page.language, page.html, POLICY), if_none_match)
