"""The shape of an outlook, for the OpenAPI document and for checking it in the tests."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from app.scores.document_parts import Document, LevelDocument
from scoring.method.verdict import VerdictStatus

Decided = Literal["met", "not_met"]
InLevels = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class OpenQuestionDocument(Document):
    """An open question, and what an answer to it alone can settle."""

    question: str
    name: str
    if_least: InLevels = Field(description="By how much the least answer narrows the overall range.")
    if_greatest: InLevels = Field(description="By how much the greatest answer narrows the overall range.")
    decides: list[Decided] = Field(description="What it can make of its function's undetermined clause.")


class DecidingDocument(Document):
    """The fewest open questions that can decide the verdict in the best case."""

    verdict: Decided
    questions: list[str]


class ToAskDocument(Document):
    """Open questions for those who take part without a role."""

    functions: list[str] = Field(description="What they are asked about.")
    questions: list[str]


class NextQuestionsDocument(Document):
    """Open questions in the order to ask them."""

    questions: list[OpenQuestionDocument]
    deciding: DecidingDocument | None = Field(description="`null` where the verdict is decided.")
    by_role: dict[str, list[str]] = Field(description="Of the same, those to ask each role.")
    by_functions: list[ToAskDocument] = Field(description="Those to ask people without a role.")


class NearestDocument(Document):
    """The nearest settings that come to something else; `null` where none does."""

    below: int | None
    above: int | None


class GateChangeDocument(Document):
    """The nearest other gates."""

    coverage_percent: NearestDocument = Field(description="Percent of the weight, 1 to 100.")
    max_shortfall: NearestDocument = Field(description="Levels that one capability may lie below.")


class KeptDocument(Document):
    """How often it stays as it is, as a share."""

    weightings: Share = Field(description="Of the random weightings.")
    samples: Share | None = Field(description="Of the samples of respondents; `null` where there are none.")


class WeightChangeDocument(Document):
    """The capability whose weight has to change least, the others keeping their proportions."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_alias=True)

    capability: str
    name: str
    share: float = Field(alias="from", description="Percent of its function's weight.")
    to: float = Field(description="Percent of its function's weight.")
    level: LevelDocument = Field(description="The function's level then.")


class HingeDocument(Document):
    """An answer that a level hangs on: one step makes it another."""

    model_config = ConfigDict(extra="forbid", serialize_by_alias=True, validate_by_alias=True)

    question: str
    points: InLevels = Field(alias="from", description="What the answers come to, in levels.")
    to: InLevels = Field(description="The nearest option's, in levels.")
    level: LevelDocument | None = Field(description="The function's level then.")
    overall: LevelDocument | None = Field(description="The overall level then.")
    verdict: VerdictStatus = Field(description="The verdict then.")


class FunctionSensitivityDocument(Document):
    """What a function's level hangs on."""

    id: str
    name: str
    level: LevelDocument | None
    kept: KeptDocument | None = Field(description="`null` where the function is not applicable.")
    place_kept: Share | None = Field(
        description="Of the weightings, those that keep its place among the functions; `null` where nothing "
        "of it is known."
    )
    gate: GateChangeDocument
    weight: WeightChangeDocument | None = Field(description="`null` where no weight of a single one does it.")
    answers: list[HingeDocument]


class OverallSensitivityDocument(Document):
    """What the overall level hangs on."""

    level: LevelDocument | None
    kept: KeptDocument
    gate: GateChangeDocument
    answers: list[str] = Field(description="Questions of which one step makes it another.")


class VerdictSensitivityDocument(Document):
    """What the verdict hangs on."""

    status: VerdictStatus
    kept: KeptDocument
    gate: GateChangeDocument
    answers: list[str] = Field(description="Questions of which one step makes it another.")


class OrderDocument(Document):
    """The functions by their score."""

    functions: list[str] = Field(description="The highest first.")
    kept: Share = Field(description="Of the weightings, those that keep the whole order.")


class VariedDocument(Document):
    """What was drawn at random, in the same way each time."""

    number: int
    seed: int
    people: int | None = Field(description="Of how many respondents; `null` of weightings.")
    index: list[float] | None = Field(
        description="Of the indices, those that 5 in 100 lie below and above; `null` where one is unknown."
    )


class SensitivityDocument(Document):
    """How sure a profile is: what its levels, its verdict and the order of functions hang on."""

    verdict: VerdictSensitivityDocument
    overall: OverallSensitivityDocument
    functions: list[FunctionSensitivityDocument]
    order: OrderDocument
    weightings: VariedDocument
    samples: VariedDocument | None = Field(
        description="`null` with fewer than five respondents, and where they are anonymous."
    )


class OutlookDocument(Document):
    """What to find out next, and how sure a profile is."""

    next_questions: NextQuestionsDocument
    sensitivity: SensitivityDocument
