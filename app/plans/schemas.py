"""The shape of a plan, for the OpenAPI document and for checking it in the tests."""

from typing import Literal

from pydantic import ConfigDict, Field

from app.scores.document_parts import Document, Level, LevelDocument, ScoreDocument
from app.scores.schemas import OverallDocument
from scoring.method.verdict import VerdictStatus
from scoring.paths.planning import Status


class StepDocument(Document):
    """A capability raised within a wave."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_alias=True)

    capability: str
    start: Level = Field(alias="from")
    to: Level
    cost: int
    wave: int = Field(description="The first is 1.")
    actions: list[str] = Field(description="What to do on each step, where the questionnaire says it.")
    evidence: str | None = Field(description="What would show it.")


class FunctionOutcomeDocument(Document):
    """A function after a wave."""

    id: str
    level: LevelDocument | None
    score: ScoreDocument | None


class OutcomeDocument(Document):
    """The profile after a wave."""

    verdict: VerdictStatus
    overall: OverallDocument
    functions: list[FunctionOutcomeDocument]


class WaveDocument(Document):
    """A wave: what it costs, and what is reached with it."""

    cost: int
    outcome: OutcomeDocument


class AlternativeDocument(Document):
    """Another plan that reaches the goal and contains none of the ones before it."""

    cost: int
    index: float
    steps: list[StepDocument]


class StopDocument(Document):
    """A budget from which on the overall level, or with it the verdict, is another."""

    budget: int
    verdict: VerdictStatus
    level: Level
    index: float


class ConflictDocument(Document):
    """A condition that cannot hold together with the others named."""

    code: Literal["gate", "index", "min_applicable", "ceiling", "prerequisite"]
    concerns: list[str] = Field(description="Ids of functions or capabilities.")
    detail: str


class AskingFirstDocument(Document):
    """Open questions of what the plan raises, dearest first."""

    questions: list[str]
    cost_at_best: int = Field(description="Cost of the plan if all that is open comes out at its best.")


class PlanDocument(Document):
    """The cheapest way up to a goal."""

    status: Status = Field(
        description="`reached`: nothing to do; `optimal`: no plan is cheaper; `feasible`: time ran out "
        "before that was proven; `infeasible`: `conflicts` says why."
    )
    cost: int | None = Field(description="`null` where there is no plan.")
    bound: int | None = Field(description="What every plan costs at least, as far as it is proven.")
    steps: list[StepDocument]
    waves: list[WaveDocument]
    alternatives: list[AlternativeDocument]
    stops: list[StopDocument]
    conflicts: list[ConflictDocument]
    asking_first: AskingFirstDocument | None = Field(description="`null` where asking saves nothing.")
