"""The shapes of a profile as JSON: what `scoring.presentation.document.present` returns, typed once.

Points are levels here. What is `None` is not applicable, not known, or may not be shown.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.respondent_shapes import (
    CollaborationDocument,
    ImportanceProfile,
    RespondentsDocument,
    SelfRatingProfile,
)
from scoring.questionnaire.form import Reason, State
from scoring.trace.steps import Step


class CountsDocument(TypedDict):
    """Questions by state."""

    answered: int
    dont_know: int
    unanswered: int
    not_applicable: int
    total: int


class QuestionnaireReference(TypedDict):
    """By which questionnaire the answers were scored."""

    id: str
    version: str
    digest: str


class ClauseDocument(TypedDict):
    """One function's part in the definition."""

    function: str
    status: ClauseStatus


class BlockingDocument(TypedDict):
    """The capabilities that deny a clause."""

    function: str
    capabilities: Sequence[str]


class UnexcludedDocument(TypedDict):
    """The outcome if every not-applicable question counted at its least."""

    status: VerdictStatus
    level: int | None


class VerdictDocument(TypedDict):
    """Whether the company meets the definition; `level` counts as integrated."""

    status: VerdictStatus
    level: int
    clauses: Sequence[ClauseDocument]
    blocking: Sequence[BlockingDocument]
    if_nothing_excluded: UnexcludedDocument


class OverallDocument(TypedDict):
    """The whole company; `index` is the score on 0 to 100."""

    score: ScoreDocument | None
    index: ScoreDocument | None
    level: LevelDocument | None


class AnsweredQuestion(TypedDict):
    """A question and how it was answered."""

    id: str
    state: State
    option: str | None
    points: float | None
    reason: Reason | None
    comment: str | None
    evidence: Sequence[str]


class CapabilityProfile(TypedDict):
    """A capability's outcome; one that is not scored is only shown."""

    id: str
    name: str
    scored: bool
    lens: str | None
    applicable: bool
    score: ScoreDocument | None
    level: LevelDocument | None
    target: int | None
    level_text: str | None
    questions: Sequence[AnsweredQuestion]


class NextLevelDocument(TypedDict):
    """What the next level of a function asks for."""

    level: int
    weight_reached: int
    weight_required: int
    must_raise: Sequence[str]
    may_raise: Sequence[str]
    to_answer: Sequence[str]


class FunctionProfile(TypedDict):
    """A function's outcome, with its capabilities."""

    id: str
    name: str
    scored: bool
    applicable: bool
    score: ScoreDocument | None
    level: LevelDocument | None
    counts: CountsDocument
    next_level: NextLevelDocument | None
    lenses: Mapping[str, ScoreDocument | None]
    capabilities: Sequence[CapabilityProfile]


class LensProfile(TypedDict):
    """A lens over all scored functions."""

    id: str
    name: str
    score: ScoreDocument | None


class GapDocument(TypedDict):
    """What separates a capability from its target."""

    capability: str
    function: str
    name: str
    level: int
    target: int
    gap: ScoreDocument
    breaks_floor: bool
    effort: int
    gain: float
    next_step: str | None
    evidence: str | None


class NoticeDocument(TypedDict):
    """What a careful reader should know."""

    code: str
    concerns: Sequence[str]
    detail: str


class DigestsDocument(TypedDict):
    """What the result was made of, and what it says."""

    answers: str
    result: str


class ProfileDocument(TypedDict):
    """A maturity profile with gaps, in the shape of `POST /v1/score`."""

    questionnaire: QuestionnaireReference
    scoring_version: Literal["1"]
    tier: str
    verdict: VerdictDocument
    overall: OverallDocument
    counts: CountsDocument
    functions: Sequence[FunctionProfile]
    lenses: Sequence[LensProfile]
    gaps: Sequence[GapDocument]
    to_answer: Sequence[str]
    collaboration: CollaborationDocument | None
    respondents: RespondentsDocument | None
    importance: NotRequired[ImportanceProfile]
    self_rating: SelfRatingProfile | None
    notices: Sequence[NoticeDocument]
    digests: DigestsDocument
    trace: NotRequired[Sequence[Step]]
