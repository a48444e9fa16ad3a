"""The floor of `bench/score_http.py`: a validated body in, a response model out, nothing computed."""

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from app.catalog.service import load_catalog
from app.core.settings import Settings
from app.scores.example import REQUEST
from app.scores.schemas import ProfileDocument
from app.scores.service import score_body
from scoring.answers import AnswerObject
from scoring.presentation import present


class EchoRequest(BaseModel):
    """A scoring request, validated by the framework's own means."""

    model_config = ConfigDict(extra="forbid")

    questionnaire: str
    version: str
    tier: str
    answers: dict[str, str | AnswerObject]
    targets: dict[str, int]
    self_rating: int


edition, profile = score_body(load_catalog(Settings().questionnaires), "", REQUEST)
ANSWER = ProfileDocument.model_validate_json(
    ProfileDocument.model_validate(
        present(profile, edition.words("en")) | {"trace": None}, strict=False
    ).model_dump_json()
)

app = FastAPI()


@app.post("/v1/score", response_model_exclude={"trace"})
async def echo(body: EchoRequest) -> ProfileDocument:  # noqa: ARG001 -- validating it is the point
    """A profile of the usual size."""
    return ANSWER
