"""The shapes of a comparison and of a simulation, for the OpenAPI document and for checking them."""

from pydantic import Field

from app.scores.document_parts import Document, LevelDocument, ScoreDocument
from app.scores.schemas import NoticeDocument, ProfileDocument, QuestionnaireReference
from scoring.comparison.parts import Why
from scoring.comparison.questions import PartName
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.outlook.simulation import Changes
from scoring.questionnaire.form import State
from scoring.request import ScoringRequest


class ComparisonRequest(Document):
    """Two bodies of `POST /v1/score`, of one questionnaire in one version or in two."""

    before: ScoringRequest = Field(description="The earlier answers, and how to score them.")
    after: ScoringRequest = Field(description="The later answers, and how to score them.")


class SimulationRequest(ScoringRequest):
    """The body of `POST /v1/score`, and what is to be otherwise."""

    changes: Changes = Field(Changes(), description="What is to be otherwise; nothing when absent.")


class UndefinedDocument(Document):
    """Why a difference is undefined, at each of its ends."""

    before: Why | None
    after: Why | None


class DifferenceDocument(Document):
    """A difference; `null` where it is undefined at one of its ends."""

    value: float | None
    low: float | None
    high: float | None
    undefined: UndefinedDocument | None = Field(
        description="Why, at each of its ends: nothing known, not applicable, or not asked."
    )


class ScoreChangeDocument(Document):
    """A score before and after; the parts add up to the change."""

    before: ScoreDocument | None
    after: ScoreDocument | None
    change: DifferenceDocument
    parts: dict[PartName, DifferenceDocument]


class LevelTurnDocument(Document):
    """A level at both ends of a part."""

    from_: LevelDocument | None = Field(alias="from")
    to: LevelDocument | None


class VerdictTurnDocument(Document):
    """The verdict at both ends of a part."""

    from_: VerdictStatus = Field(alias="from")
    to: VerdictStatus


class ClauseTurnDocument(Document):
    """A clause at both ends of a part; `null` where it does not exist."""

    from_: ClauseStatus | None = Field(alias="from")
    to: ClauseStatus | None


class LevelChangeDocument(Document):
    """A level before and after, and at both ends of each part."""

    before: LevelDocument | None
    after: LevelDocument | None
    parts: dict[PartName, LevelTurnDocument]


class VerdictStatusChangeDocument(Document):
    """The verdict before and after, and at both ends of each part."""

    before: VerdictStatus
    after: VerdictStatus
    parts: dict[PartName, VerdictTurnDocument]


class ClauseStatusChangeDocument(Document):
    """A clause before and after, and at both ends of each part; `null` where it does not exist."""

    before: ClauseStatus | None
    after: ClauseStatus | None
    parts: dict[PartName, ClauseTurnDocument]


class ClauseChangeDocument(Document):
    """What became of one function's clause."""

    function: str
    status: ClauseStatusChangeDocument


class VerdictChangeDocument(Document):
    """What became of the verdict and of its clauses."""

    status: VerdictStatusChangeDocument
    clauses: list[ClauseChangeDocument]


class OverallChangeDocument(Document):
    """What became of the whole company."""

    score: ScoreChangeDocument
    index: ScoreChangeDocument
    level: LevelChangeDocument


class CapabilityChangeDocument(Document):
    """What became of a capability."""

    id: str
    name: str
    score: ScoreChangeDocument
    level: LevelChangeDocument


class FunctionChangeDocument(Document):
    """What became of a function and of its capabilities."""

    id: str
    name: str
    score: ScoreChangeDocument
    level: LevelChangeDocument
    capabilities: list[CapabilityChangeDocument]


class LensChangeDocument(Document):
    """What became of a lens over all scored functions."""

    id: str
    name: str
    score: ScoreChangeDocument


class AnswerStateDocument(Document):
    """The answer to a question; with several respondents the one made of theirs."""

    state: State
    option: str | None
    score: ScoreDocument | None


class MovedQuestionDocument(Document):
    """A question whose answer changed."""

    question: str = Field(description="Its id in the later questionnaire.")
    before: AnswerStateDocument
    after: AnswerStateDocument


class MovedQuestionsDocument(Document):
    """The questions by part."""

    applicability: list[MovedQuestionDocument]
    newly_answered: list[MovedQuestionDocument]
    no_longer_answered: list[MovedQuestionDocument]
    answers_changed: list[MovedQuestionDocument]


class ComparedSideDocument(Document):
    """By which questionnaire one side was scored, and the digest of its answers."""

    questionnaire: QuestionnaireReference
    tier: str
    answers: str = Field(description="Digest of the answers.")


class PeopleDocument(Document):
    """How many respondents answered only after, only before, and both times."""

    joined: int
    left: int
    stayed: int


class ChangesDocument(Document):
    """What the change of every number is made of."""

    overall: OverallChangeDocument
    functions: list[FunctionChangeDocument]
    lenses: list[LensChangeDocument]
    verdict: VerdictChangeDocument
    questions: MovedQuestionsDocument


class ComparisonDocument(ChangesDocument):
    """Two profiles, and what the change of every number between them is made of."""

    order: list[PartName] = Field(description="The parts in the order in which they are replayed.")
    before: ComparedSideDocument
    after: ComparedSideDocument
    respondents: PeopleDocument | None = Field(description="`null` where they cannot be told apart.")
    in_both: ChangesDocument | None = Field(
        description="The same of those alone who answered both times; `null` where it would be no other."
    )
    notices: list[NoticeDocument]


class SimulationDocument(Document):
    """The profile as it would be, and its difference to the one that is."""

    profile: ProfileDocument
    difference: ComparisonDocument
