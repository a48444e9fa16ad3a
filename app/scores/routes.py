"""`POST /v1/score`: answers in, maturity profile with gaps out; nothing is stored."""

from collections.abc import Callable
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
from app.core.web.responses import PART, json_in
from app.reports.about import About
from app.reports.drawing import CHARTS
from app.reports.formats import FORMATS, Profiled
from app.reports.responses import (
    PAPER,
    SVG,
    VIEW,
    Started,
    chart_response,
    report_response,
    wanted_of,
)
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

JSON = "application/json"
# Whose page it is where nobody's is told.
TITLE = "Social-Business Maturity"
OTHER_FORMATS: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "text/html": {"schema": {"type": "string"}, "example": "<!doctype html>…"},
            "application/pdf": {"schema": {"type": "string", "format": "binary"}, "example": "%PDF-1.7…"},
            SVG: {"schema": {"type": "string"}, "example": "<svg …>"},
        }
    }
}
FORMAT = {
    "name": "format",
    "in": "query",
    "description": "The format, before `Accept`.",
    "schema": {"type": "string", "enum": ["json", *FORMATS, "svg"]},
}
CHART = {
    "name": "chart",
    "in": "query",
    "description": "Of SVG: which chart.",
    "schema": {"type": "string", "enum": list(CHARTS)},
}

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
    responses=OTHER_FORMATS | problems(400, 401, 403, 413, 415, 422, 429, 503),
    openapi_extra=KEY_UNLESS_PUBLIC
    | {"parameters": [INCLUDE, FORMAT, CHART, VIEW, PAPER, PART, *PARAMETERS]},
)
async def score_answers(
    request: Request,
    body: ScoringBody,
) -> Response:
    """Score a company's answers against Oracle's definition of the socially-enabled company.

    Returns the maturity profile with gaps: verdict, scores with what unanswered questions leave
    possible, gated levels, gaps in the order to close them. Give `answers` of one respondent or the
    `responses` of several; then it also shows how far they lie apart. Nothing is stored.

    With `Accept: text/html` or `application/pdf` the profile comes as a report to read, to print and to
    keep; with `image/svg+xml` and `chart` as one of its charts.
    """
    language, is_traced, respondents = preferred(request), wants_trace(request), respondents_in(body)
    await charge_soon(request, cost_of_scoring(respondents, is_traced=is_traced))
    make = _maker(request, language, is_traced=is_traced)
    if respondents > SCORED_AT_ONCE:
        made = await run_sync(make, body, limiter=THREADS)
    else:
        made = make(body)
    return made if isinstance(made, Response) else await report_response(request, made)


def _maker(request: Request, language: str, *, is_traced: bool) -> Callable[[object], Response | Started]:
    """What makes the answer of a body in the format that is asked for."""
    resources = resources_of(request)
    name = _format_of(request)
    chart, wanted = _chart_of(request, name), wanted_of(request) if name in FORMATS else None

    def make(body: object) -> Response | Started:
        edition, profile = score_body(resources.catalog, resources.settings.default_questionnaire, body)
        words = edition.words(language)
        if name == "json":
            document = present(profile, words, edition.prepared(language))
            traced = {**document, "trace": trace(profile)} if is_traced else document
            return json_in(words.language, traced)
        profiled = Profiled(present(profile, words), edition, language, About(TITLE))
        return chart_response(chart, profiled) if wanted is None else wanted.start(profiled)

    return make


def _format_of(request: Request) -> str:
    by_type = {JSON: "json", **{known.media_type: name for name, known in FORMATS.items()}, SVG: "svg"}
    name = request.query_params.get("format")
    if name is None:
        return by_type[best_of(request, list(by_type))]
    if name not in by_type.values():
        detail = f"there are: {', '.join(by_type.values())}"
        raise InvalidError([Fault(("query", "format"), "unknown_format", detail)])
    return name


def _chart_of(request: Request, name: str) -> str:
    chart = request.query_params.get("chart", "")
    if chart not in CHARTS and (chart or name == "svg"):
        detail = f"say which; there are: {', '.join(CHARTS)}"
        raise InvalidError([Fault(("query", "chart"), "unknown_chart", detail)])
    return chart


def wants_trace(request: Request) -> bool:
    """Whether `?include=trace` is asked for; raises `InvalidError` for another part."""
    include = request.query_params.get("include")
    if include not in {None, "trace"}:
        raise InvalidError([Fault(("query", "include"), "unknown_part", "the parts to include are: trace")])
    return include == "trace"
