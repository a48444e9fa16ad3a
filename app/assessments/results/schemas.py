"""The shapes of results in the API."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, WithJsonSchema

from app.scores.document_parts import ScoreDocument
from app.scores.schemas import DigestsDocument, ProfileDocument
from app.workspaces.schemas import Body, Name
from scoring.method.verdict import VerdictStatus

ScoringBody = Annotated[dict[str, Any], WithJsonSchema({"$ref": "#/components/schemas/ScoringRequest"})]


class ResultInput(Body):
    """A result to keep."""

    name: Name | None = Field(None, description="The day when absent.")


class ResultSummary(BaseModel):
    """A result in short."""

    number: int
    name: str
    created_at: datetime
    created_by: str = Field(description="Id of the key.")
    verdict: VerdictStatus
    overall: ScoreDocument | None
    digests: DigestsDocument


class MissingParticipant(BaseModel):
    """A participant whose answers are not in a result."""

    id: str
    role: str | None


class ResultParticipation(BaseModel):
    """Whose answers are in a result; `null` where it may not be shown."""

    invited: int
    submitted: int | None
    missing: list[MissingParticipant] | None = Field(description="Those who had not handed in.")


class ResultDocument(ResultSummary):
    """A result: it never changes."""

    assessment: str
    participants: ResultParticipation
    profile: ProfileDocument
    request: ScoringBody | None = Field(
        description="The body of `POST /v1/score` that gives the same profile; `null` where anonymous."
    )


class Difference(BaseModel):
    """Where a result and its recomputation differ."""

    pointer: str = Field(description="JSON pointer, first the language of the profile.")
    stored: Any
    computed: Any


class VerificationDocument(BaseModel):
    """A result computed again from what it was made of."""

    equal: bool
    differences: list[Difference] = Field(description="At most 100.")
    words: list[Difference] = Field(
        description="Sentences that this version of the service words otherwise; they are no difference."
    )
    stored: DigestsDocument
    computed: DigestsDocument | None = Field(description="`null` where the questionnaire is gone or changed.")
    detail: str
