"""The shape of a profile, for the OpenAPI document and for checking it in the tests."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.catalog.schemas import FigureDocument
from scoring.answers import Reason
from scoring.form import State
from scoring.profile import ClauseStatus, VerdictStatus

Level = Annotated[int, Field(ge=0)]


class Document(BaseModel):
    """A part of the profile: these keys and no others."""

    model_config = ConfigDict(extra="forbid")


class ScoreDocument(Document):
    """A mean in levels: of what is known, and the least and greatest that are still possible."""

    value: float | None = Field(description="Mean of the known parts; `null` when nothing is known.")
    low: float = Field(description="With every unknown answer at its least.")
    high: float = Field(description="With every unknown answer at its greatest.")


class LevelDocument(Document):
    """A level with unknown answers at their least and at their greatest."""

    low: Level
    high: Level


class CountsDocument(Document):
    """Questions by state; the four add up to `total`."""

    answered: int
    dont_know: int
    unanswered: int
    not_applicable: int
    total: int


class QuestionnaireReference(Document):
    """By which questionnaire the answers were scored."""

    id: str
    version: str
    digest: str


class ClauseDocument(Document):
    """One function's part in the definition."""

    function: str
    status: ClauseStatus


class BlockingDocument(Document):
    """The capabilities that deny a clause."""

    function: str
    capabilities: list[str]


class UnexcludedDocument(Document):
    """The outcome if every not-applicable question counted at its least."""

    status: VerdictStatus
    level: Level | None = Field(description="Overall level with unknown answers at their least.")


class VerdictDocument(Document):
    """Whether the company meets Oracle's definition of the socially-enabled company."""

    status: VerdictStatus
    level: Level = Field(description="The level that counts as integrated.")
    clauses: list[ClauseDocument]
    blocking: list[BlockingDocument]
    if_nothing_excluded: UnexcludedDocument


class OverallDocument(Document):
    """The whole company."""

    score: ScoreDocument | None
    index: ScoreDocument | None = Field(description="The score on 0 to 100, one decimal.")
    level: LevelDocument | None = Field(description="The least level of the scored functions.")


class AnsweredQuestion(Document):
    """A question and how it was answered."""

    id: str
    state: State
    option: str | None
    points: float | None = Field(description="In levels.")
    reason: Reason | None
    comment: str | None
    evidence: list[str]


class CapabilityProfile(Document):
    """A capability's outcome; `null` where it is not applicable."""

    id: str
    name: str
    lens: str | None
    applicable: bool
    score: ScoreDocument | None
    level: LevelDocument | None
    target: Level | None
    level_text: str | None = Field(description="What the level of the value looks like.")
    questions: list[AnsweredQuestion]


class NextLevelDocument(Document):
    """What the next level of a function asks for."""

    level: Level
    weight_reached: int
    weight_required: int
    must_raise: list[str] = Field(description="Capabilities that lie below the floor of that level.")
    may_raise: list[str]
    to_answer: list[str]


class FunctionProfile(Document):
    """A function's outcome; `null` where it is not applicable."""

    id: str
    name: str
    scored: bool
    applicable: bool
    score: ScoreDocument | None
    level: LevelDocument | None
    counts: CountsDocument
    next_level: NextLevelDocument | None
    lenses: dict[str, ScoreDocument | None]
    capabilities: list[CapabilityProfile]


class LensProfile(Document):
    """A lens over all scored functions."""

    id: str
    name: str
    score: ScoreDocument | None


class GapDocument(Document):
    """What separates a capability from its target."""

    capability: str
    function: str
    name: str
    level: Level = Field(description="The capability's level at its value.")
    target: Level
    gap: ScoreDocument = Field(description="In levels.")
    breaks_floor: bool = Field(description="It alone denies its function's clause.")
    effort: int = Field(description="Sum of the step efforts up to the target.")
    gain: float = Field(description="Rise of the overall score's `low`, in levels.")
    next_step: str | None
    evidence: str | None


class SideAnswer(Document):
    """A side's answer to a question of the marketing-IT section."""

    question: str
    points: float | None
    option: str | None


class SideDocument(Document):
    """A side of the marketing-IT section; with one answer set it has no name."""

    id: str | None
    roles: list[str]
    n: int
    score: ScoreDocument | None
    answers: list[SideAnswer]


class PerceptionDocument(Document):
    """Where two sides see the company differently."""

    questions: list[dict[str, Any]]
    functions: list[dict[str, Any]]


class CollaborationDocument(Document):
    """Marketing and IT, beside the profile and never in the verdict."""

    sides: list[SideDocument]
    perception: PerceptionDocument
    study: list[FigureDocument]


class SelfRatingValue(Document):
    """A respondent's self-rating, 1 to 10."""

    role: str | None
    value: int


class SelfRatingProfile(Document):
    """The opening self-rating beside the scored result; never counted."""

    values: list[SelfRatingValue]
    band: str | None
    scored_equivalent: float | None = Field(description="The overall value on the scale from 1 to 10.")
    study: list[FigureDocument]


class NoticeDocument(Document):
    """What a careful reader should know; never changes a score."""

    code: str
    detail: str


class DigestsDocument(Document):
    """SHA-256 over canonical JSON of whole points and codes."""

    answers: str
    result: str = Field(description="The same in every language.")


class TraceStep(Document):
    """How one number came about; all inputs are whole points, levels, weights or codes."""

    number: str = Field(description="JSON pointer into the profile, or `~name` of a number in between.")
    rule: str = Field(description="The rule that was applied; docs/method.md lists them.")
    inputs: list[dict[str, Any]]
    parameters: dict[str, Any]
    result: int | str | bool | None


class ProfileDocument(Document):
    """A maturity profile with gaps."""

    questionnaire: QuestionnaireReference
    scoring_version: Literal["1"]
    tier: str
    verdict: VerdictDocument
    overall: OverallDocument
    counts: CountsDocument
    functions: list[FunctionProfile]
    lenses: list[LensProfile]
    gaps: list[GapDocument]
    to_answer: list[str]
    collaboration: CollaborationDocument | None
    respondents: None
    self_rating: SelfRatingProfile | None
    notices: list[NoticeDocument]
    digests: DigestsDocument
    trace: list[TraceStep] | None = Field(None, description="Only with `?include=trace`.")
