"""The shape of a profile, for the OpenAPI document and for checking it in the tests."""

from typing import Any, Literal

from pydantic import Field

from app.scores.document_parts import CountsDocument, Document, Level, LevelDocument, ScoreDocument
from app.scores.respondent_schemas import (
    CollaborationDocument,
    ImportanceProfile,
    RespondentsDocument,
    SelfRatingProfile,
)
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.questionnaire.form import Reason, State


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
    scored: bool = Field(description="`false`: only shown; it enters no mean, lens, level or verdict.")
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


class NoticeDocument(Document):
    """What a careful reader should know; never changes a score."""

    code: str
    concerns: list[str] = Field(description="Ids of the functions, questions or roles it is about.")
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
    respondents: RespondentsDocument | None = Field(description="`null` with one answer set.")
    importance: ImportanceProfile | None = Field(
        None, description="Only where the questionnaire asks for it and somebody answered."
    )
    self_rating: SelfRatingProfile | None
    notices: list[NoticeDocument]
    digests: DigestsDocument
    trace: list[TraceStep] | None = Field(None, description="Only with `?include=trace`.")
