"""`POST /v1/score`: answers in, maturity profile with gaps out; nothing is stored."""

from typing import Annotated, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Request, Response
from pydantic import WithJsonSchema

from app.core.errors import InvalidError
from app.core.limits import cost_of_scoring
from app.core.web.allowances import charge_soon
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.media_types import best_of
from app.core.web.problems import problems
from app.core.web.resources import resources_of
from app.core.web.responses import PART, json_in, page_in, wants_part
from app.reports.page import POLICY, About, profile_content, profile_page
from app.scores.example import REQUEST, RESPONSES
from app.scores.schemas import ProfileDocument
from app.scores.service import respondents_in, score_body
from app.workspaces.auth import KEY_UNLESS_PUBLIC, OpenRoute
from scoring import Fault
from scoring.presentation.document import present
from scoring.trace.method import trace

router = APIRouter(prefix="/v1", tags=["Scoring"], route_class=OpenRoute)

# More than these are scored in a thread of their own: nobody waits for them, as they would on the event loop.
SCORED_AT_ONCE = 20
THREADS = CapacityLimiter(2)

JSON, HTML = "application/json", "text/html"
# Whose page it is where nobody's is told.
TITLE = "Social-Business Maturity"

INCLUDE = {
    "name": "include",
    "in": "query",
    "description": "`trace`: with every number, how it came about.",
    "schema": {"type": "string", "enum": ["trace"]},
}

# Read by `scoring.request.read`, which names all faults at once; the schema is that of ScoringRequest.
ScoringBody = Annotated[
    Any,
    Body(
        openapi_examples={
            "machine_maker": {"summary": "A maker of machines", "value": REQUEST},
            "cmo_and_cio": {"summary": "CMO and CIO", "value": RESPONSES},
        }
    ),
    WithJsonSchema({"$ref": "#/components/schemas/ScoringRequest"}),
]


@router.post(
    "/score",
    operation_id="score_answers",
    response_model=ProfileDocument,
    responses=problems(400, 401, 403, 413, 415, 422, 429, 503),
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": [INCLUDE, PART, *PARAMETERS]},
)
async def score_answers(
    request: Request,
    body: ScoringBody,
) -> Response:
    """Score a company's answers against Oracle's definition of the socially-enabled company.

    Returns the maturity profile with gaps: verdict, scores with what unanswered questions leave
    possible, gated levels, gaps in the order to close them. Give `answers` of one respondent or the
    `responses` of several; then it also shows how far they lie apart. Nothing is stored.

    With `Accept: text/html` the profile comes as a page to read, to print and to keep.
    """
    language, is_traced, respondents = preferred(request), wants_trace(request), respondents_in(body)
    await charge_soon(request, cost_of_scoring(respondents, is_traced=is_traced))
    if respondents > SCORED_AT_ONCE:
        return await run_sync(_scored, request, body, language, is_traced, limiter=THREADS)
    return _scored(request, body, language, is_traced)


def _scored(request: Request, body: object, language: str, is_traced: bool) -> Response:  # noqa: FBT001 -- by position
    resources = resources_of(request)
    edition, profile = score_body(resources.catalog, resources.settings.default_questionnaire, body)
    words = edition.words(language)
    if best_of(request, (JSON, HTML)) == HTML:
        make = profile_content if wants_part(request) else profile_page
        page = make(present(profile, words), edition, language, About(TITLE))
        return page_in(page.language, page.html, POLICY)
    document = present(profile, words, edition.prepared(language))
    if is_traced:
        document = {**document, "trace": trace(profile)}
    return json_in(words.language, document)


def wants_trace(request: Request) -> bool:
    """Whether `?include=trace` is asked for; raises `InvalidError` for another part."""
    include = request.query_params.get("include")
    if include not in {None, "trace"}:
        raise InvalidError([Fault(("query", "include"), "unknown_part", "the parts to include are: trace")])
    return include == "trace"
