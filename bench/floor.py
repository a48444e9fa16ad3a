"""The framework's floors for `bench/score_http.py`: a validated body in, a response model out."""

from typing import Any

import orjson
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict

from app.catalog.service import load_catalog
from app.core.settings import Settings
from app.scores.example import REQUEST
from app.scores.schemas import ProfileDocument
from app.scores.service import score_body
from scoring.presentation.document import present
from scoring.respondents.answers import AnswerObject


class EchoRequest(BaseModel):
    """A scoring request, validated by the framework's own means."""

    model_config = ConfigDict(extra="forbid")

    questionnaire: str
    version: str
    tier: str
    answers: dict[str, str | AnswerObject]
    targets: dict[str, int]
    importance: int
    self_rating: int


edition, profile = score_body(load_catalog(Settings().questionnaire_folders), "", REQUEST)
PLAIN: dict[str, Any] = orjson.loads(orjson.dumps(present(profile, edition.words("en"))))
MODEL = ProfileDocument.model_validate(PLAIN)

app = FastAPI()


@app.post("/echo", response_model=ProfileDocument, response_model_exclude_unset=True)
async def echo(body: EchoRequest) -> dict[str, Any]:  # noqa: ARG001 -- validating it is the point
    """A profile of the usual size, validated on its way out as the framework does with what it is given."""
    return PLAIN


@app.post("/ready", response_model_exclude_unset=True)
async def ready(body: EchoRequest) -> ProfileDocument:  # noqa: ARG001 -- validating it is the point
    """The same as a ready model, which the framework only serializes: less than any service can do."""
    return MODEL
