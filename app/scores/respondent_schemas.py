"""The shape of what several respondents add to a profile."""

from pydantic import BaseModel, ConfigDict, Field

from app.catalog.schemas import FigureDocument
from app.scores.document_parts import Document, ScoreDocument
from scoring.respondents.consolidate import Policy


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

    asked: int | None = Field(description="`null` where anonymous.")
    submitted: int | None = Field(
        description="Those who have handed in; where that is not said, who have answered everything. Where "
        "anonymous only if five or more have, it was said of each, and nobody or at least five are missing."
    )
    consolidation: Policy = Field(description="How several known answers to a question became one.")
    anonymous: bool
    scope: list[str] | None = Field(description="Functions that the company is asked about; `null`: all.")
    questions: list[QuestionSpreadDocument]
    functions: list[FunctionAgreementDocument]


class RatingValue(Document):
    """A respondent's rating, 1 to 10."""

    role: str | None
    value: int


class ImportanceProfile(Document):
    """How important it is, beside the scored result; never counted."""

    values: list[RatingValue] = Field(description="Of each respondent; none in an anonymous assessment.")
    value: int = Field(description="Their median, halves up.")
    scored_equivalent: float | None = Field(description="The overall value on the scale from 1 to 10.")
    difference: float | None = Field(description="`value` minus `scored_equivalent`.")


class SelfRatingProfile(Document):
    """The opening self-ratings beside the scored result; never counted."""

    values: list[RatingValue] = Field(description="Of each respondent; none in an anonymous assessment.")
    value: int = Field(description="Their median, halves up.")
    band: str | None = Field(description="The band that `value` lies in.")
    scored_equivalent: float | None = Field(description="The overall value on the scale from 1 to 10.")
    difference: float | None = Field(description="`value` minus `scored_equivalent`.")
    study: list[FigureDocument]
