"""`POST /v1/score`: answers in, maturity profile with gaps out; nothing is stored."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Query, Request, Response
from pydantic import WithJsonSchema

from app.core.languages import Language
from app.core.problems import problems
from app.core.responses import json_in
from app.core.strict_json import StrictRoute
from app.scores.example import REQUEST
from app.scores.schemas import ProfileDocument
from app.scores.service import score_body
from scoring.presentation import present
from scoring.trace import trace

router = APIRouter(prefix="/v1", tags=["Scoring"], route_class=StrictRoute)

# Read by `scoring.request.read`, which names all faults at once; the schema is that of ScoringRequest.
ScoringBody = Annotated[
    Any,
    Body(openapi_examples={"machine_maker": {"summary": "A maker of machines", "value": REQUEST}}),
    WithJsonSchema({"$ref": "#/components/schemas/ScoringRequest"}),
]


@router.post(
    "/score",
    operation_id="score_answers",
    response_model=ProfileDocument,
    responses=problems(400, 413, 415, 422),
)
async def score_answers(
    request: Request,
    body: ScoringBody,
    language: Language,
    include: Annotated[
        Literal["trace"] | None, Query(description="`trace`: with every number, how it came about.")
    ] = None,
) -> Response:
    """Score a company's answers against Oracle's definition of the socially-enabled company.

    Returns the maturity profile with gaps: verdict, scores with what unanswered questions leave
    possible, gated levels, gaps in the order to close them. Nothing is stored.
    """
    state = request.app.state
    edition, profile = score_body(state.catalog, state.settings.default_questionnaire, body)
    words = edition.words(language)
    document = present(profile, words)
    if include == "trace":
        document["trace"] = trace(profile)
    return json_in(words.language or language, document)
