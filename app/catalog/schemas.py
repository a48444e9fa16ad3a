"""Shapes of the catalog's answers, for the OpenAPI document."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from scoring.questionnaire.mapping import Kind


class QuestionnaireSummary(BaseModel):
    """A questionnaire in a version."""

    id: str
    version: str
    name: str
    released: bool = Field(description="A released version never changes.")
    languages: list[str]
    tiers: dict[str, int] = Field(description="Number of questions by tier.")
    digest: str = Field(description="SHA-256 over structure and texts.")


class QuestionnaireLevel(BaseModel):
    """A level of the scale."""

    level: int
    name: str
    description: str | None


class LevelRuleDocument(BaseModel):
    """The gate of a function's level."""

    coverage_percent: int
    max_shortfall: int


class DefinitionDocument(BaseModel):
    """When a company meets the definition."""

    level: int
    min_applicable: int
    text: str | None


class NamedDocument(BaseModel):
    """An id and its name."""

    id: str
    name: str


class MinutesDocument(BaseModel):
    """How long it takes, rounded up."""

    stopping: int = Field(description="Of who stops reading at the true sentence.")
    reading_all: int = Field(description="Of who reads every option.")


class TierDocument(BaseModel):
    """A tier: its questions and its gate."""

    name: str
    questions: list[str]
    level_rule: LevelRuleDocument
    minutes: MinutesDocument


class OptionDocument(BaseModel):
    """An option; points are thousandths of a level."""

    id: str
    points: int
    text: str | None


class QuestionDocument(BaseModel):
    """A question."""

    id: str
    text: str | None
    why: str | None
    evidence: str | None
    weight: int
    not_applicable: bool
    options: list[OptionDocument]


class CapabilityDocument(BaseModel):
    """A capability."""

    id: str
    name: str
    weight: int
    scored: bool = Field(description="`false`: only shown; it enters no mean, lens, level or verdict.")
    lens: str | None
    step_efforts: list[int]
    why: str | None
    evidence: str | None
    level_texts: list[str] | None
    actions: list[str] | None = Field(
        description="What to do first on the way up, one text a step: the step from level 0 first."
    )
    questions: list[QuestionDocument]


class FunctionDocument(BaseModel):
    """A function of the company."""

    id: str
    name: str
    description: str | None
    weight: int
    scored: bool
    capabilities: list[CapabilityDocument]


class PrerequisiteDocument(BaseModel):
    """What has to stand before what."""

    capability: str
    level: int
    before: list[str]


class RoleDocument(BaseModel):
    """A respondent's role."""

    id: str
    name: str
    side: str | None
    asked: list[str]
    minutes: dict[str, MinutesDocument] = Field(description="By tier.")


class BandDocument(BaseModel):
    """A band of the self-rating."""

    id: str
    name: str
    up_to: int


class ImportanceDocument(BaseModel):
    """The opening question how important it is, 1 to 10."""

    question: str | None
    lowest: str | None
    highest: str | None


class SelfRatingDocument(BaseModel):
    """The opening question, 1 to 10."""

    question: str | None
    lowest: str | None
    highest: str | None
    bands: list[BandDocument]
    benchmark: str | None


class FigureDocument(BaseModel):
    """A published figure: dated context that never changes a score."""

    id: str
    text: str | None
    question: str | None
    option: str | None
    side: str | None
    percent: int
    interval: Annotated[list[int], Field(min_length=2, max_length=2)] | None = Field(
        description="95 % interval."
    )
    n: int | None
    year: int | None
    population: str | None
    source: str | None
    caveat: str | None


class VerdictWords(BaseModel):
    """What each verdict is called: the questionnaire's own words, else neutral ones."""

    met: str
    not_met: str
    undetermined: str
    not_assessable: str


class BenchmarkDocument(BaseModel):
    """The figures of a published study."""

    id: str
    figures: list[FigureDocument]


class NoticesDocument(BaseModel):
    """From when on a profile carries a notice."""

    not_applicable_percent: int
    dont_know_percent: int
    same_level_answers: int
    high_level: int | None = Field(description="`null`: never.")
    self_rating_distance: int
    importance_distance: int
    side_distance: int
    raters: int


class RelationDocument(BaseModel):
    """What became of questions of the older version; each question stands in one relation."""

    kind: Kind = Field(description="Only answers to what is `same` can be compared.")
    older: list[str] = Field(description="Ids in the older version; none of a new question.")
    newer: list[str] = Field(description="Ids in this version; none of a dropped question.")


class MappingDocument(BaseModel):
    """How this version's questions correspond to an older one's."""

    older: str = Field(description="The older version.")
    questions: list[RelationDocument]


class QuestionnaireDocument(BaseModel):
    """A questionnaire with all defaults written out and its words in one language."""

    id: str
    version: str
    digest: str
    released: bool
    languages: list[str]
    language: str | None
    name: str
    introduction: str | None
    max_level: int
    levels: list[QuestionnaireLevel]
    level_rule: LevelRuleDocument
    definition: DefinitionDocument
    verdict: VerdictWords
    lenses: list[NamedDocument]
    sides: list[NamedDocument]
    tiers: dict[str, TierDocument]
    functions: list[FunctionDocument]
    prerequisites: list[PrerequisiteDocument]
    roles: list[RoleDocument]
    importance: ImportanceDocument | None
    self_rating: SelfRatingDocument | None
    benchmarks: list[BenchmarkDocument]
    notices: NoticesDocument
    mapping: MappingDocument | None = Field(description="`null` where the version declares none.")


AnswersSchema = dict[str, Any]
