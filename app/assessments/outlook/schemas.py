"""The shapes of what is asked and answered about stored profiles."""

from datetime import datetime

from pydantic import BaseModel, Field

from app.scores.comparison_schemas import DifferenceDocument, VerdictTurnDocument
from app.scores.document_parts import ScoreDocument
from app.workspaces.schemas import Body
from scoring.method.verdict import VerdictStatus
from scoring.outlook.simulation import Changes


class SimulationInput(Body):
    """What is to be otherwise."""

    changes: Changes = Field(description="What is left out stays as it is.")


class NeighbourChange(BaseModel):
    """What became of the figures since the result before."""

    before: str = Field(description="The result before, as `with` of a comparison names it.")
    overall: DifferenceDocument
    verdict: VerdictTurnDocument
    same_rules: bool = Field(description="Whether both are of one version, tier and scope.")


class ResultInHistory(BaseModel):
    """A result of a company, and what became of the figures since the one before."""

    number: int
    name: str
    created_at: datetime
    verdict: VerdictStatus
    overall: ScoreDocument | None
    assessment: str = Field(description="Id of the assessment.")
    assessment_name: str
    questionnaire: str
    version: str
    tier: str
    change: NeighbourChange | None = Field(
        description="`null` of the first result, and after one of another questionnaire."
    )
