"""The shapes of a comparison as JSON: what `scoring.comparison.document.present_comparison` returns.

Points are levels here. `from` and `to` are the two ends of a part.
"""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from scoring.comparison.parts import Why
from scoring.comparison.questions import PartName
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.shapes import NoticeDocument, QuestionnaireReference
from scoring.questionnaire.form import State


class UndefinedDocument(TypedDict):
    """Why a difference is undefined, at each of its ends."""

    before: Why | None
    after: Why | None


class DifferenceDocument(TypedDict):
    """A difference; what is `None` is undefined at one of its ends, and `undefined` says why."""

    value: float | None
    low: float | None
    high: float | None
    undefined: UndefinedDocument | None


class ScoreChangeDocument(TypedDict):
    """A score before and after; the parts add up to the change."""

    before: ScoreDocument | None
    after: ScoreDocument | None
    change: DifferenceDocument
    parts: Mapping[PartName, DifferenceDocument]


LevelTurnDocument = TypedDict("LevelTurnDocument", {"from": LevelDocument | None, "to": LevelDocument | None})
VerdictTurnDocument = TypedDict("VerdictTurnDocument", {"from": VerdictStatus, "to": VerdictStatus})
ClauseTurnDocument = TypedDict("ClauseTurnDocument", {"from": ClauseStatus | None, "to": ClauseStatus | None})


class LevelChangeDocument(TypedDict):
    """A level before and after, and at both ends of each part."""

    before: LevelDocument | None
    after: LevelDocument | None
    parts: Mapping[PartName, LevelTurnDocument]


class VerdictStatusChangeDocument(TypedDict):
    """The verdict before and after, and at both ends of each part."""

    before: VerdictStatus
    after: VerdictStatus
    parts: Mapping[PartName, VerdictTurnDocument]


class ClauseStatusChangeDocument(TypedDict):
    """A clause before and after, and at both ends of each part; `None` where it does not exist."""

    before: ClauseStatus | None
    after: ClauseStatus | None
    parts: Mapping[PartName, ClauseTurnDocument]


class ClauseChangeDocument(TypedDict):
    """What became of one function's clause."""

    function: str
    status: ClauseStatusChangeDocument


class VerdictChangeDocument(TypedDict):
    """What became of the verdict and of its clauses."""

    status: VerdictStatusChangeDocument
    clauses: Sequence[ClauseChangeDocument]


class OverallChangeDocument(TypedDict):
    """What became of the whole company."""

    score: ScoreChangeDocument
    index: ScoreChangeDocument
    level: LevelChangeDocument


class CapabilityChangeDocument(TypedDict):
    """What became of a capability."""

    id: str
    name: str
    score: ScoreChangeDocument
    level: LevelChangeDocument


class FunctionChangeDocument(TypedDict):
    """What became of a function and of its capabilities."""

    id: str
    name: str
    score: ScoreChangeDocument
    level: LevelChangeDocument
    capabilities: Sequence[CapabilityChangeDocument]


class LensChangeDocument(TypedDict):
    """What became of a lens over all scored functions."""

    id: str
    name: str
    score: ScoreChangeDocument


class AnswerStateDocument(TypedDict):
    """The answer to a question; with several respondents the one made of theirs."""

    state: State
    option: str | None
    score: ScoreDocument | None


class MovedQuestionDocument(TypedDict):
    """A question whose answer changed; `question` is its id in the later questionnaire."""

    question: str
    before: AnswerStateDocument
    after: AnswerStateDocument


class MovedQuestionsDocument(TypedDict):
    """The questions by part."""

    applicability: Sequence[MovedQuestionDocument]
    newly_answered: Sequence[MovedQuestionDocument]
    no_longer_answered: Sequence[MovedQuestionDocument]
    answers_changed: Sequence[MovedQuestionDocument]


class ComparedSideDocument(TypedDict):
    """By which questionnaire one side was scored, and its digest of answers."""

    questionnaire: QuestionnaireReference
    tier: str
    answers: str


class PeopleDocument(TypedDict):
    """How many respondents answered only after, only before, and both times."""

    joined: int
    left: int
    stayed: int


class ChangesDocument(TypedDict):
    """What every number's change is made of."""

    overall: OverallChangeDocument
    functions: Sequence[FunctionChangeDocument]
    lenses: Sequence[LensChangeDocument]
    verdict: VerdictChangeDocument
    questions: MovedQuestionsDocument


class ComparisonDocument(ChangesDocument):
    """Two profiles, and what every change between them is made of, in the shape of `POST /v1/compare`."""

    order: Sequence[PartName]
    before: ComparedSideDocument
    after: ComparedSideDocument
    respondents: PeopleDocument | None
    in_both: ChangesDocument | None
    notices: Sequence[NoticeDocument]
