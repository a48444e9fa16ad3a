"""The shapes of what a respondent sees."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from app.assessments.schemas import AnswersDocument, Progress, Status
from app.catalog.schemas import MinutesDocument
from app.scores.schemas import QuestionnaireReference
from app.workspaces.schemas import Body, Language


class RespondentAssessment(BaseModel):
    """What a respondent is asked to take part in."""

    id: str
    name: str
    status: Status
    company: str = Field(description="Name of the company.")
    workspace: str = Field(description="Name of who asks.")
    questionnaire: QuestionnaireReference | None
    tier: str
    anonymous: bool
    due_date: date | None


class RespondentParticipant(BaseModel):
    """The respondent, as the one who asks knows him or her."""

    id: str
    role: str | None
    functions: list[str] | None
    language: Language
    name: str | None
    status: Literal["not_started", "answering", "submitted"]
    progress: Progress


class RespondentSubmissionDocument(BaseModel):
    """Handed in."""

    submitted_at: datetime
    revision: int
    profile_shown: bool = Field(description="Whether `GET /v1/respondent/profile` shows the profile now.")


class UnclaimedInvitationDocument(BaseModel):
    """Who asks; the invitation to an anonymous assessment is to be exchanged before anything else."""

    must_claim: Literal[True] = Field(description="Go on with `POST /v1/respondent/claim`.")
    assessment: RespondentAssessment = Field(description="The assessment that the invitation belongs to.")
    language: Language


class ClaimInput(Body):
    """The exchange of an invitation."""

    secret: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="32 random bytes, in hexadecimal, drawn anew by the respondent's own device for this "
        "exchange. The token is derived from it: to be kept until the answer has come, and told to nobody."
    )


class ClaimDocument(BaseModel):
    """The token of one's own, for which the invitation was exchanged."""

    token: str = Field(description="`sbm_own_…`: nobody else has it, also not who asks.")
    expires_at: datetime


class RespondentDocument(AnswersDocument):
    """All that a respondent needs to answer."""

    must_claim: Literal[False] = Field(description="The token opens the answers.")
    assessment: RespondentAssessment
    participant: RespondentParticipant
    questions: list[str] = Field(description="Ids of the questions that are asked, in order.")
    minutes: dict[str, MinutesDocument] = Field(description="By language.")
    sees_profile: bool = Field(description="Whether the profile is shown after handing in.")
