"""The shape of a profile, for the OpenAPI document and for checking it in the tests."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.catalog.schemas import FigureDocument
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.questionnaire.form import State
from scoring.respondents.answers import Reason
from scoring.respondents.consolidate import Policy

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
    """A side's consolidated answer to a question of the marketing-IT section."""

    question: str
    points: float | None = Field(description="In levels.")
    option: str | None = Field(description="Where all on the side chose the same.")
    n: int | None = Field(description="Known answers; `null` where it may not be shown.")
    chosen: dict[str, int] | None = Field(
        description="Known answers by option; `null` where that may not be shown."
    )


class SideDocument(Document):
    """A side of the marketing-IT section; with one answer set it has no name."""

    id: str | None
    roles: list[str] = Field(description="Roles of the side that are asked the section.")
    n: int | None = Field(
        description="Respondents who have answered anything there; `null` where it may not be shown."
    )
    score: ScoreDocument | None = Field(description="From this side's answers alone.")
    answers: list[SideAnswer]


class PerceptionGapDocument(BaseModel):
    """The two sides' mean points on a question, in levels, each under the side's own id."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, float]

    id: str
    difference: float = Field(description="First side minus second.")


class FunctionPerceptionDocument(Document):
    """How far apart the sides are in a function, over the questions that both answered."""

    id: str
    mean_difference: float = Field(description="Mean of the absolute differences, in levels.")


class PerceptionDocument(Document):
    """Where two sides see the company differently, greatest difference first."""

    questions: list[PerceptionGapDocument]
    functions: list[FunctionPerceptionDocument]


class ShareDocument(Document):
    """How many of the company's own respondents on a figure's side chose its option."""

    n: int
    percent: int


class StudyFigureDocument(FigureDocument):
    """A published figure beside the company's own."""

    company: ShareDocument | None


class CollaborationDocument(Document):
    """Marketing and IT, beside the profile and never in the verdict."""

    sides: list[SideDocument]
    perception: PerceptionDocument
    study: list[StudyFigureDocument]


class RoleMeanDocument(Document):
    """The mean points of a role."""

    role: str
    n: int | None
    mean: float = Field(description="In levels.")


class ConsensusDocument(Document):
    """What was settled on; it overrides the answers, which stay."""

    option: str
    rationale: str


class CommentDocument(Document):
    """What a respondent wrote."""

    role: str | None
    comment: str


class QuestionSpreadDocument(Document):
    """How far the answers to a question lie apart; `null` is what may not be shown or is not defined."""

    id: str
    n: int | None = Field(description="Known answers.")
    min: float | None = Field(description="In levels.")
    max: float | None = Field(description="In levels.")
    dont_know: int | None
    not_applicable: int | None
    unanswered: int | None = Field(description="Respondents who are asked and have not answered yet.")
    by_role: list[RoleMeanDocument]
    r_wg: float | None = Field(description="Agreement, 0 to 1, from four known answers up.")
    consensus: ConsensusDocument | None
    comments: list[CommentDocument]


class FunctionAgreementDocument(Document):
    """Agreement on a function's questions."""

    id: str
    alpha: float | None = Field(description="Krippendorff's alpha, ordinal; at most 1, below 0 possible.")


class RespondentsDocument(Document):
    """Several respondents: who has answered, how far their answers lie apart."""

    asked: int | None = Field(description="`null` where it may not be shown, like `submitted`.")
    submitted: int | None = Field(
        description="Those who have handed in; where that is not said, who have answered everything."
    )
    consolidation: Policy = Field(description="How several known answers to a question became one.")
    anonymous: bool
    scope: list[str] | None = Field(description="Functions that the company is asked about; `null`: all.")
    questions: list[QuestionSpreadDocument]
    functions: list[FunctionAgreementDocument]


class SelfRatingValue(Document):
    """A respondent's self-rating, 1 to 10."""

    role: str | None
    value: int


class SelfRatingProfile(Document):
    """The opening self-ratings beside the scored result; never counted."""

    values: list[SelfRatingValue] = Field(description="Of each respondent; none in an anonymous assessment.")
    value: int = Field(description="Their median, halves up.")
    band: str | None = Field(description="The band that `value` lies in.")
    scored_equivalent: float | None = Field(description="The overall value on the scale from 1 to 10.")
    difference: float | None = Field(description="`value` minus `scored_equivalent`.")
    study: list[FigureDocument]


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
    self_rating: SelfRatingProfile | None
    notices: list[NoticeDocument]
    digests: DigestsDocument
    trace: list[TraceStep] | None = Field(None, description="Only with `?include=trace`.")
