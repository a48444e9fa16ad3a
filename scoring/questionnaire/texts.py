"""The words of a questionnaire in one language, apart from its structure.

Every text may be missing: ids serve as names then. Tables are keyed by the ids of the structure.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Named = dict[str, Text]


class TextTable(BaseModel):
    """A table of texts: unknown keys and values of another type are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class LevelTexts(TextTable):
    """A level of the scale."""

    name: Text
    description: Text | None = None


class FunctionTexts(TextTable):
    """A function: its name, a shorter one for lists, and what its section asks about."""

    name: Text | None = None
    short: Text | None = None
    description: Text | None = None


class QuestionTexts(TextTable):
    """A question, why it is asked, what evidence of it looks like, and its options by id."""

    question: Text | None = None
    why: Text | None = None
    evidence: Text | None = None
    options: Named = {}


class CapabilityTexts(QuestionTexts):
    """A capability and its only question: its name, a sentence for each level from 0 up, an action a step.

    `actions` say what to do first on the way from each level to the next, the step up from 0 first (§7).
    """

    name: Text | None = None
    levels: Annotated[tuple[Text, ...], Field(strict=False)] | None = None
    actions: Annotated[tuple[Text, ...], Field(strict=False)] | None = None


class RatingTexts(TextTable):
    """An opening question, and the words at both ends of its scale."""

    question: Text | None = None
    lowest: Text | None = None
    highest: Text | None = None


class SelfRatingTexts(RatingTexts):
    """The opening question, the words at both ends of its scale, and the bands' names."""

    bands: Named = {}


class BenchmarkTexts(TextTable):
    """A published study: where it appeared, who was asked, what it does not say, its figures."""

    source: Text | None = None
    population: Text | None = None
    caveat: Text | None = None
    figures: Named = {}


class VerdictTexts(TextTable):
    """What each verdict is called, instead of the neutral words that every questionnaire has."""

    met: Text | None = None
    not_met: Text | None = None
    undetermined: Text | None = None
    not_assessable: Text | None = None


class Texts(TextTable):
    """All words of a questionnaire in one language."""

    name: Text | None = None
    introduction: Text | None = None
    definition: Text | None = None
    verdict: VerdictTexts = VerdictTexts()
    levels: Annotated[tuple[LevelTexts, ...], Field(strict=False)] | None = None
    lenses: Named = {}
    tiers: Named = {}
    roles: Named = {}
    sides: Named = {}
    functions: dict[str, FunctionTexts] = {}
    capabilities: dict[str, CapabilityTexts] = {}
    questions: dict[str, QuestionTexts] = {}
    importance: RatingTexts = RatingTexts()
    self_rating: SelfRatingTexts = SelfRatingTexts()
    benchmarks: dict[str, BenchmarkTexts] = {}
