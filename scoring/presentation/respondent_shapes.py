"""The shapes of what stands beside the scores: both sides, several respondents, what they rated."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from scoring.presentation.display import ScoreDocument
from scoring.questionnaire.words import Figure
from scoring.respondents.consolidate import Policy


class SideAnswerDocument(TypedDict):
    """A side's consolidated answer to a question of the unscored functions."""

    question: str
    points: float | None
    option: str | None
    n: int | None
    chosen: Mapping[str, int] | None


class SideDocument(TypedDict):
    """A side's view of the unscored functions; with one answer set it has no name."""

    id: str | None
    roles: Sequence[str]
    n: int | None
    score: ScoreDocument | None
    answers: Sequence[SideAnswerDocument]


# Under `id` the question, under `difference` that of the two sides, and the mean of each under its own id,
# which no TypedDict can say.
PerceptionGapDocument = Mapping[str, Any]


class FunctionPerceptionDocument(TypedDict):
    """How far apart the sides are in a function."""

    id: str
    mean_difference: float


class PerceptionDocument(TypedDict):
    """Where two sides see the company differently."""

    questions: Sequence[PerceptionGapDocument]
    functions: Sequence[FunctionPerceptionDocument]


class ShareDocument(TypedDict):
    """How many of the company's own respondents chose an option."""

    n: int
    percent: int


class StudyFigureDocument(Figure):
    """A published figure beside the company's own."""

    company: ShareDocument | None


class CollaborationDocument(TypedDict):
    """Both sides, where they differ, and the study's figures."""

    sides: Sequence[SideDocument]
    perception: PerceptionDocument
    study: Sequence[StudyFigureDocument]


class RoleMeanDocument(TypedDict):
    """The mean points of a role."""

    role: str
    n: int | None
    mean: float


class ConsensusDocument(TypedDict):
    """What was settled on."""

    option: str
    rationale: str


class CommentDocument(TypedDict):
    """What a respondent wrote."""

    role: str | None
    comment: str


class QuestionSpreadDocument(TypedDict):
    """How far the answers to a question lie apart."""

    id: str
    n: int | None
    min: float | None
    max: float | None
    dont_know: int | None
    not_applicable: int | None
    unanswered: int | None
    by_role: Sequence[RoleMeanDocument]
    r_wg: float | None
    consensus: ConsensusDocument | None
    comments: Sequence[CommentDocument]


class FunctionAgreementDocument(TypedDict):
    """Agreement on a function's questions."""

    id: str
    alpha: float | None


class RespondentsDocument(TypedDict):
    """Who was asked, and how far the answers lie apart."""

    asked: int | None
    submitted: int | None
    consolidation: Policy
    anonymous: bool
    scope: Sequence[str] | None
    questions: Sequence[QuestionSpreadDocument]
    functions: Sequence[FunctionAgreementDocument]


class RatingValue(TypedDict):
    """A respondent's rating."""

    role: str | None
    value: int


class ImportanceProfile(TypedDict):
    """How important it is to the company beside the scored result: what lies between knowing and doing."""

    values: Sequence[RatingValue]
    value: int
    scored_equivalent: float | None
    difference: float | None


class SelfRatingProfile(TypedDict):
    """The self-ratings beside the scored result and the published distribution."""

    values: Sequence[RatingValue]
    value: int
    band: str | None
    scored_equivalent: float | None
    difference: float | None
    study: Sequence[Figure]
