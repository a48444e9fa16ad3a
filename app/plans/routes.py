"""`POST /v1/plan`: answers and a goal in, the cheapest way up out; nothing is stored."""

from typing import Annotated, Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Body, Request, Response
from pydantic import WithJsonSchema

from app.core.limits import cost_of_scoring
from app.core.web.allowances import charge_soon
from app.core.web.languages import PARAMETERS, preferred
from app.core.web.problems import problems
from app.core.web.resources import resources_of
from app.core.web.responses import json_in
from app.plans.example import SHORT
from app.plans.schemas import PlanDocument
from app.plans.service import plan_body
from app.scores.service import respondents_in
from app.workspaces.auth import KEY_UNLESS_PUBLIC, OpenRoute
from scoring.paths.document import present_plan

router = APIRouter(prefix="/v1", tags=["Scoring"], route_class=OpenRoute)

# Plans have threads of their own: nobody who wants a score waits for one.
THREADS = CapacityLimiter(2)

# Read by `scoring.paths.request.read_plan`, which names all faults at once.
PlanBody = Annotated[
    Any,
    Body(openapi_examples={"example": {"value": SHORT}}),
    WithJsonSchema({"$ref": "#/components/schemas/PlanRequest"}),
]


@router.post(
    "/plan",
    operation_id="plan_way_up",
    response_model=PlanDocument,
    responses=problems(400, 401, 403, 413, 415, 422, 429, 503),
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": [*PARAMETERS]},
)
async def plan_way_up(request: Request, body: PlanBody) -> Response:
    """Find the cheapest steps to the verdict, an overall level, an index, or within a budget.

    The plan is proven to be the cheapest; open answers count at their least. It comes in waves with the
    profile after each, with runners-up, the budgets at which the level changes, and what asking first could
    save. Where no plan reaches the goal, `conflicts` names what cannot hold together. Nothing is stored.
    """
    language = preferred(request)
    await charge_soon(request, cost_of_scoring(respondents_in(body), is_traced=False))
    return await run_sync(_planned, request, body, language, limiter=THREADS)


def _planned(request: Request, body: object, language: str) -> Response:
    resources = resources_of(request)
    edition, planned = plan_body(resources.catalog, resources.settings.default_questionnaire, body)
    words = edition.words(language)
    return json_in(words.language, present_plan(planned, words))
