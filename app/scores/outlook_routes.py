"""`POST /v1/outlook`: what to find out next, and how sure a profile is; nothing is stored."""

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
from app.scores.example import COMPARED
from app.scores.outlook_schemas import OutlookDocument
from app.scores.routes import THREADS
from app.scores.service import respondents_in, score_body
from app.workspaces.auth import KEY_UNLESS_PUBLIC, OpenRoute
from scoring.outlook.document import present_outlook

router = APIRouter(prefix="/v1", tags=["Scoring"], route_class=OpenRoute)

# It is scored once, and varied for as long as so many scores take.
AS_SCORES = 20

# Read by `scoring.request.read`, which names all faults at once.
OutlookBody = Annotated[
    Any,
    Body(openapi_examples={"early": {"summary": "Few answers", "value": COMPARED["before"]}}),
    WithJsonSchema({"$ref": "#/components/schemas/ScoringRequest"}),
]


@router.post(
    "/outlook",
    operation_id="look_ahead",
    response_model=OutlookDocument,
    responses=problems(400, 401, 403, 413, 415, 422, 429, 503),
    openapi_extra=KEY_UNLESS_PUBLIC | {"parameters": PARAMETERS},
)
async def look_ahead(request: Request, body: OutlookBody) -> Response:
    """Find out which open questions matter most, and what the result hangs on.

    The body is that of `POST /v1/score`. For each open question: how much of the overall range, and which
    clause, an answer can settle; the fewest that can decide the verdict. For each level, the verdict and the
    order of functions: the smallest change of gate or weight that makes it another, the share of 10,000
    random weightings that keep it, the answers of which one step changes it; with at least five respondents
    the share of 1,000 samples of them that keep it. Nothing is stored.
    """
    people = respondents_in(body) + AS_SCORES
    await charge_soon(request, cost_of_scoring(people, is_traced=False))
    return await run_sync(_outlook, request, body, limiter=THREADS)


def _outlook(request: Request, body: object) -> Response:
    resources = resources_of(request)
    edition, profile = score_body(resources.catalog, resources.settings.default_questionnaire, body)
    words = edition.words(preferred(request))
    return json_in(words.language, present_outlook(profile, words))
