"""`POST /v1/score`: answers in, maturity profile with gaps out; nothing is stored."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Request, Response
from pydantic import WithJsonSchema

from app.core.errors import InvalidError
from app.core.limits import cost_of_scoring
from app.core.web.allowances import charge_soon
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.problems import problems
from app.core.web.resources import resources_of
from app.core.web.responses import json_in
from app.reports.about import About
from app.reports.drawing import CHARTS
from app.reports.formats import DRAWINGS, FORMATS, Profiled
from app.reports.responses import (
    PAPER,
    TRYING,
    VIEW,
    Started,
    Wanted,
    chart_wanted,
    chosen,
    contents,
    format_of,
    levels_wanted,
    parameter,
    report_response,
    report_wanted,
    what_if_response,
)
from app.scores.ahead import look_ahead
from app.scores.example import REQUEST, RESPONSES
from app.scores.schemas import ProfileDocument
from app.scores.service import respondents_in, score_body
from app.scores.what_if import try_body
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
OFFERED = {"json": JSON} | {name: known.media_type for name, known in (*FORMATS.items(), *DRAWINGS.items())}
OTHER_FORMATS: dict[int | str, dict[str, Any]] = {
    200: {"content": contents([*FORMATS.values(), *DRAWINGS.values()])}
}
FORMAT = parameter("format", "The format, before `Accept`.", OFFERED)
CHART = parameter("chart", "Of SVG and PNG: which chart.", CHARTS)

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
    responses=OTHER_FORMATS | problems(400, 401, 403, 404, 413, 415, 422, 429, 503),
    openapi_extra=KEY_UNLESS_PUBLIC
    | {"parameters": [INCLUDE, FORMAT, CHART, VIEW, PAPER, *TRYING, *PARAMETERS]},
)
async def score_answers(
    request: Request,
    body: ScoringBody,
) -> Response:
    """Score a company's answers against Oracle's definition of the socially-enabled company.

    Returns the maturity profile with gaps: verdict, scores with what unanswered questions leave
    possible, gated levels, gaps in the order to close them. Give `answers` of one respondent or the
    `responses` of several; then it also shows how far they lie apart. Nothing is stored.

    With `Accept: text/html` or another of its media types the profile comes as a report to read, to
    print, to edit and to keep; with `image/svg+xml` or `image/png` and `chart` as one of its charts.
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
    default = resources.settings.default_questionnaire
    levels = levels_wanted(request)
    if levels is not None:
        return lambda body: what_if_response(try_body(resources.catalog, default, body, levels, language))
    name = format_of(request, OFFERED)
    chart = chosen(request, "chart", CHARTS, "" if name in DRAWINGS else next(iter(CHARTS)))
    wanted = _wanted(request, name, chart)

    def make(body: object) -> Response | Started:
        edition, profile = score_body(resources.catalog, default, body)
        words = edition.words(language)
        if wanted is None:
            document = present(profile, words, edition.prepared(language))
            traced = {**document, "trace": trace(profile)} if is_traced else document
            return json_in(words.language, traced)
        ahead = partial(look_ahead, profile, words)
        return wanted.start(Profiled(present(profile, words), edition, language, About(TITLE), ahead=ahead))

    return make


def _wanted(request: Request, name: str, chart: str) -> Wanted | None:
    """A report, or a chart, which has to be told; `None` for the profile as JSON."""
    if name in DRAWINGS:
        return chart_wanted(name, chart)  # type: ignore[arg-type] # one of CHARTS
    return report_wanted(request, name) if name in FORMATS else None


def wants_trace(request: Request) -> bool:
    """Whether `?include=trace` is asked for; raises `InvalidError` for another part."""
    include = request.query_params.get("include")
    if include not in {None, "trace"}:
        raise InvalidError([Fault(("query", "include"), "unknown_part", "the parts to include are: trace")])
    return include == "trace"
