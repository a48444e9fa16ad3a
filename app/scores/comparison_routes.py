"""`POST /v1/compare` and `POST /v1/simulate`: why it moved, and what if; nothing is stored."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Request, Response
from pydantic import WithJsonSchema

from app.core.limits import cost_of_scoring
from app.core.web.allowances import charge_soon
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.problems import problems
from app.core.web.resources import resources_of
from app.core.web.responses import json_in
from app.scores.comparison_schemas import ComparisonDocument, SimulationDocument
from app.scores.comparisons import SIDES, compare_bodies, simulate_body
from app.scores.routes import SCORED_AT_ONCE, THREADS
from app.scores.service import respondents_in
from app.workspaces.auth import KEY_UNLESS_PUBLIC, OpenRoute

router = APIRouter(prefix="/v1", tags=["Scoring"], route_class=OpenRoute)

# Read by `scoring.request.read`, which names all faults at once; the schemas are those of the models.
ComparisonBody = Annotated[Any, Body(), WithJsonSchema({"$ref": "#/components/schemas/ComparisonRequest"})]
SimulationBody = Annotated[Any, Body(), WithJsonSchema({"$ref": "#/components/schemas/SimulationRequest"})]
REFUSED = problems(400, 401, 403, 413, 415, 422, 429, 503)


@router.post(
    "/compare",
    operation_id="compare_answers",
    response_model=ComparisonDocument,
    responses=REFUSED,
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": PARAMETERS},
)
async def compare_answers(request: Request, body: ComparisonBody) -> Response:
    """Split what moved between two sets of answers, to the digit.

    Give two bodies of `POST /v1/score` of one questionnaire, in one version or in two. The change of every
    score, level, clause and of the verdict is split in a fixed order: what applies, what is newly answered,
    what is no longer answered, what is answered otherwise, and the questions and rules themselves. The parts
    add up to the change. Nothing is stored.
    """
    people = sum(respondents_in(body.get(name)) for name in SIDES) if isinstance(body, dict) else 1
    await charge_soon(request, cost_of_scoring(people, is_traced=False))
    if people > SCORED_AT_ONCE:
        return await run_sync(_compared, request, body, limiter=THREADS)
    return _compared(request, body)


@router.post(
    "/simulate",
    operation_id="simulate_answers",
    response_model=SimulationDocument,
    responses=REFUSED,
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": PARAMETERS},
)
async def simulate_answers(request: Request, body: SimulationBody) -> Response:
    """Score answers as they would be with some of them, targets, weights or the gate changed.

    Give a body of `POST /v1/score` and `changes`. Returns the profile as it would be, and its difference to
    the one that is in the shape of `POST /v1/compare`. Nothing is stored.
    """
    people = respondents_in(body)
    await charge_soon(request, cost_of_scoring(people, is_traced=False))
    if people > SCORED_AT_ONCE:
        return await run_sync(_simulated, request, body, limiter=THREADS)
    return _simulated(request, body)


def _compared(request: Request, body: object) -> Response:
    resources, language = resources_of(request), preferred(request)
    difference = compare_bodies(resources.catalog, resources.settings.default_questionnaire, body)
    return json_in(difference.after.words(language).language, difference.to_encode(language))


def _simulated(request: Request, body: object) -> Response:
    resources, language = resources_of(request), preferred(request)
    difference = simulate_body(resources.catalog, resources.settings.default_questionnaire, body)
    return json_in(difference.after.words(language).language, difference.tried_to_encode(language))
