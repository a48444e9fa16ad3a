"""`/v1/assessments/{id}/profile` and `…/results`: what an assessment comes to, live and for good."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from app.assessments.life import service as life
from app.assessments.life.routes import READING, WRITING, AssessmentId
from app.assessments.models import Assessment, Result
from app.assessments.results import service
from app.assessments.results.presentation import present_result, summarize
from app.assessments.results.schemas import ResultDocument, ResultInput, ResultSummary, VerificationDocument
from app.assessments.results.service import Prepared
from app.assessments.results.verification import verify
from app.core.limits import cost_of_scoring
from app.core.listings import Asked
from app.core.resources import Work
from app.core.saved_answers import Made, Outcome
from app.core.web import paging
from app.core.web.allowances import charge
from app.core.web.bodies import StrictRoute
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.once import IDEMPOTENCY_KEY, Steps, once_prepared
from app.core.web.resources import reading
from app.core.web.responses import NOT_MODIFIED, IfNoneMatch, json_in, json_of, unless_current
from app.scores.routes import INCLUDE, wants_trace
from app.scores.schemas import ProfileDocument
from app.workspaces.auth import Reader, Writer
from scoring.presentation.document import present
from scoring.trace.method import trace

router = APIRouter(prefix="/v1/assessments/{assessment}", tags=["Results"], route_class=StrictRoute)

ResultNumber = Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the result, from 1.")]


@router.get(
    "/profile",
    operation_id="get_profile",
    response_model=ProfileDocument,
    responses=READING | NOT_MODIFIED,
    openapi_extra={"parameters": [INCLUDE, *PARAMETERS]},
)
def get_profile(
    request: Request, caller: Reader, assessment: AssessmentId, if_none_match: IfNoneMatch = None
) -> Response:
    """The profile as it is now; `respondents` says how many have handed in.

    While the assessment is open, answers that have not been handed in are counted; when it is closed, they
    are left out. Of an anonymous assessment there is one when it is closed.
    """
    language, is_traced = preferred(request), wants_trace(request)
    with reading(request, caller) as work:
        edition, profile, invited, _ = service.live_profile(work, life.get(work, assessment))
    charge(request, cost_of_scoring(invited, is_traced=is_traced))
    words = edition.words(language)
    content = present(profile, words, edition.prepared(language))
    if is_traced:
        content = {**content, "trace": trace(profile)}
    return unless_current(json_in(words.language, content), if_none_match)


@router.post(
    "/results",
    operation_id="create_result",
    status_code=201,
    response_model=ResultDocument,
    responses=WRITING,
    openapi_extra={"parameters": [IDEMPOTENCY_KEY, *PARAMETERS]},
)
def create_result(
    request: Request,
    caller: Writer,
    assessment: AssessmentId,
    body: ResultInput,
) -> Response:
    """Keep what has been handed in, and its profile, for good: under the next number, with a name.

    It says who was missing. Of an anonymous assessment it can be kept when that is closed.
    """
    language = preferred(request)

    def prepare(work: Work) -> Prepared:
        return service.prepare(work, assessment, body.name)

    def hold(work: Work) -> Assessment:
        return life.lock(work, assessment)

    def do(work: Work, prepared: Prepared) -> Outcome:
        locked = hold(work)
        return shown(locked, service.keep(work, locked, prepared))

    def again(work: Work, made: Made) -> Outcome:
        own = life.get(work, assessment)
        return shown(own, service.get(work, own, *map(int, made)))

    def shown(own: Assessment, result: Result) -> Outcome:
        _, content = present_result(result, language, anonymous=own.anonymous)
        path = f"/v1/assessments/{own.id}/results/{result.number}"
        return Outcome(content, (str(result.number),), headers={"Location": path})

    def cost(prepared: Prepared) -> int:
        return cost_of_scoring(prepared.invited, is_traced=False)

    return once_prepared(request, caller, body, Steps(prepare, hold, do, again, cost))


@router.get(
    "/results",
    operation_id="list_results",
    response_model=paging.Page[ResultSummary],
    responses=READING,
)
def list_results(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    order: Annotated[
        Literal["created", "-created"], Query(description="By number; with `-` the newest first.")
    ] = "created",
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """The assessment's results in order, in short.

    Pages of `limit` (50, at most 200); `cursor` is the `next_cursor` of the page before, with the same order.
    """
    asked = Asked.by(order)
    listing = f"{caller.workspace}/results/{assessment} {asked}"
    with reading(request, caller) as work:
        life.get(work, assessment)
        results = service.list_after(work, assessment, asked, paging.decode(listing, cursor), limit + 1)
    return json_of(paging.page(listing, results, limit, summarize, partial(service.key_of, asked)))


@router.get(
    "/results/{number}",
    operation_id="get_result",
    response_model=ResultDocument,
    responses=READING | NOT_MODIFIED,
    openapi_extra={"parameters": PARAMETERS},
)
def get_result(
    request: Request,
    caller: Reader,
    assessment: AssessmentId,
    number: ResultNumber,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """A result as it was kept, with what was scored: `POST /v1/score` gives the same profile for it."""
    language = preferred(request)
    with reading(request, caller) as work:
        own = life.get(work, assessment)
        result = service.get(work, own, number)
    spoken, content = present_result(result, language, anonymous=own.anonymous)
    return unless_current(json_in(spoken, content), if_none_match)


@router.get(
    "/results/{number}/verification",
    operation_id="verify_result",
    response_model=VerificationDocument,
    responses=READING,
)
def verify_result(
    request: Request, caller: Reader, assessment: AssessmentId, number: ResultNumber
) -> Response:
    """Compute a result again from what was scored, and say that it is the same or where it differs."""
    with reading(request, caller) as work:
        result = service.get_to_verify(work, assessment, number)
    charge(request, cost_of_scoring(result.participants["invited"], is_traced=False))
    return json_of(verify(work.catalog, result))
