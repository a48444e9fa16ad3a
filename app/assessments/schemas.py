"""The shapes of assessments and participants in the API."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Discriminator, Field, StringConstraints, Tag, WithJsonSchema

from app.companies.schemas import CompanyInput
from app.scores.schemas import ProfileDocument, QuestionnaireReference
from app.workspaces.schemas import Body, Day, Language, Name
from scoring.characters import without_hidden
from scoring.errors import AS_IT_IS, BY_ID
from scoring.request import MOST_RESPONSES, TargetLevel
from scoring.respondents.answers import ANSWERS_SCHEMA
from scoring.respondents.consolidate import Policy
from scoring.respondents.responses import Consensus, OneToTen
from scoring.wording import pattern

MOST_AT_ONCE = 200  # participants in one call

Status = Literal["draft", "open", "closed"]
ParticipantStatus = Literal["not_started", "answering", "submitted"]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Email = Annotated[
    str,
    StringConstraints(
        pattern=pattern(r"^[^@\s]+@[^@\s]+$", "write an e-mail address, such as ada@valle.example"),
        max_length=254,
    ),
    AfterValidator(without_hidden),
]
Functions = Annotated[
    list[Id], Field(min_length=1, max_length=100), AfterValidator(lambda names: list(dict.fromkeys(names)))
]
Targets = dict[str, TargetLevel]
Settled = dict[str, Consensus]
GivenAnswers = Annotated[dict[str, Any], WithJsonSchema(ANSWERS_SCHEMA)]
AnswersOrNone = Annotated[
    dict[str, Any],
    WithJsonSchema(
        ANSWERS_SCHEMA
        | {"additionalProperties": {"anyOf": [ANSWERS_SCHEMA["additionalProperties"], {"type": "null"}]}}
    ),
]


class ParticipantInput(Body):
    """Somebody who is asked. Without a role and functions, everything is asked."""

    role: Id | None = Field(None, description="A role of the questionnaire.")
    functions: Functions | None = Field(None, description="Functions, instead of what the role is asked.")
    language: Language | None = Field(None, description="The assessment's when absent.")
    name: Name | None = None
    email: Email | None = None


class NewParticipantsInput(ParticipantInput):
    """Somebody who is asked, or several at once: `participants` and nothing beside it."""

    participants: Annotated[list[ParticipantInput], Field(min_length=1, max_length=MOST_AT_ONCE)] = Field(
        [], description="Several at once; all of them are added, or none."
    )


class ResponseInput(ParticipantInput):
    """A participant with answers."""

    answers: GivenAnswers = Field({})
    importance: OneToTen | None = None
    self_rating: OneToTen | None = None


def _id_or_new(value: object) -> str:
    return BY_ID if isinstance(value, str) else AS_IT_IS


class AssessmentInput(Body):
    """An assessment of a company; with `responses`, all at once."""

    company: Annotated[
        Annotated[Id, Tag(BY_ID)] | Annotated[CompanyInput, Tag(AS_IT_IS)], Discriminator(_id_or_new)
    ] = Field(description="Id of a company, or a new one.")
    name: Name | None = Field(None, description="The day when absent.")
    status: Status = Field("draft", description="What it is to be at once; open with `responses`.")
    questionnaire: Id | None = Field(None, description="`social-business` when absent.")
    version: Id | None = Field(None, description="The latest released one at the opening when absent.")
    tier: Id = "full"
    scope: Functions | None = Field(None, description="Functions that the company is asked about, else all.")
    anonymous: bool = Field(default=False, description="Show nothing about fewer than five people, ever.")
    consolidation: Policy = "median"
    targets: Targets = Field({})
    consensus: Settled = Field({})
    due_date: Day | None = None
    language: Language | None = Field(None, description="The workspace's when absent.")
    responses: Annotated[list[ResponseInput], Field(max_length=MOST_RESPONSES)] = Field([])
    submit: bool = Field(default=False, description="Open it and hand in all `responses`.")
    incomplete: bool = Field(default=False, description="Hand in `responses` that leave questions open, too.")


class AssessmentChange(Body):
    """What to change; what is not named stays.

    `questionnaire`, `version`, `tier` and `scope` can be changed while it is a draft. A status goes from
    `draft` to `open` to `closed`.
    """

    name: Name = ""
    status: Status = "draft"
    questionnaire: Id = ""
    version: Id | None = None
    tier: Id = "full"
    scope: Functions | None = None
    consolidation: Policy = "median"
    due_date: Day | None = None
    language: Language = "en"


class Participation(BaseModel):
    """How many participants are how far; `null` where it may not be shown."""

    invited: int
    submitted: int | None
    answering: int | None = Field(description="Have answered something.")
    not_started: int | None


class AssessmentDocument(BaseModel):
    """An assessment."""

    id: str
    company: str
    name: str
    status: Status
    questionnaire: QuestionnaireReference | None = Field(
        description="Pinned when the assessment is opened; before, what it would be now."
    )
    tier: str
    scope: list[str] | None = Field(description="`null`: all functions.")
    anonymous: bool
    consolidation: Policy
    targets: Targets
    consensus: Settled
    due_date: date | None
    language: Language
    participants: Participation
    revision: int = Field(description="Counts changes of the assessment itself; its entity tag.")
    created_at: datetime
    changed_at: datetime = Field(description="When the `revision` changed last.")
    opened_at: datetime | None
    closed_at: datetime | None


class NewAssessmentDocument(AssessmentDocument):
    """An assessment that has just been made."""

    responses: list[str] = Field(description="Ids of the participants, in the order of `responses`.")
    profile: ProfileDocument | None = Field(
        description="The profile, where answers have been handed in and it may be shown."
    )


class FunctionProgress(BaseModel):
    """How many of a function's questions a participant has answered."""

    id: str
    asked: int
    answered: int


class Progress(BaseModel):
    """How many of the questions that a participant is asked are answered."""

    asked: int
    answered: int
    functions: list[FunctionProgress]


class InvitationState(BaseModel):
    """The link that is valid now."""

    created_at: datetime
    expires_at: datetime


class HistoryEntry(BaseModel):
    """That answers were handed in, or opened again."""

    kind: Literal["submitted", "reopened"]
    at: datetime
    by: str = Field(description="Id of the key, or of the participant.")
    revision: int
    incomplete: bool = Field(description="Whether questions were left open.")


class ParticipantDocument(BaseModel):
    """A participant. In an anonymous assessment nobody sees who has answered: those parts are `null`."""

    id: str
    role: str | None
    functions: list[str] | None
    language: Language
    name: str | None
    email: str | None
    status: ParticipantStatus | None
    progress: Progress | None
    revision: int | None = Field(description="Of the answers; their entity tag.")
    submitted_at: datetime | None
    history: list[HistoryEntry] | None = Field(description="The newest 50 entries, in order.")
    history_count: int | None = Field(description="How many entries there have been.")
    invitation: InvitationState | None
    created_at: datetime
    changed_at: datetime | None = Field(description="When anything of this changed last, answers included.")


class NewParticipantDocument(ParticipantDocument):
    """A participant who has just been added."""

    invitation_link: str | None = Field(
        description="The link to answer by, shown this once; `null` where the same request is repeated."
    )


class NewParticipantsDocument(BaseModel):
    """Participants who have just been added together."""

    participants: list[NewParticipantDocument] = Field(description="In the order of the request.")


class NewInvitationDocument(InvitationState):
    """A new link; the one before opens nothing any more."""

    invitation_link: str | None = Field(
        description="The link to answer by, shown this once; `null` where the same request is repeated."
    )


class AnswersInput(Body):
    """All answers of a participant."""

    answers: GivenAnswers
    importance: OneToTen | None = None
    self_rating: OneToTen | None = None


class AnswersChange(Body):
    """Answers to change, one by one: what is not named stays, `null` takes an answer back."""

    answers: AnswersOrNone = Field({})
    importance: OneToTen | None = None
    self_rating: OneToTen | None = None


class AnswersDocument(BaseModel):
    """A participant's answers."""

    revision: int = Field(description="Counts changes; their entity tag.")
    answers: GivenAnswers
    importance: int | None
    self_rating: int | None
    progress: Progress
    submitted_at: datetime | None


class ChangedAnswersDocument(BaseModel):
    """What a change of single answers came to."""

    revision: int = Field(description="Counts changes; the entity tag of the answers.")
    answers: AnswersOrNone = Field(description="Those that were changed, `null` where one was taken back.")
    importance: int | None
    self_rating: int | None
    progress: Progress
    submitted_at: datetime | None


class SubmissionInput(Body):
    """Handing in."""

    incomplete: bool = Field(default=False, description="Hand in although questions are open.")


class SubmissionDocument(BaseModel):
    """Handed in: the participant, and the profile as it is now."""

    participant: ParticipantDocument
    profile: ProfileDocument | None = Field(description="`null` where it may not be shown.")
