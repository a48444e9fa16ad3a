"""A questionnaire as it is written: the shape of `questionnaire.toml`, sparse where a default says it.

Only shape and single values are checked here; `scoring.questionnaire.faults` compares the parts with one
another and `scoring.questionnaire.form` writes the defaults out.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from scoring.questionnaire.texts import Texts
from scoring.wording import pattern

_ID = pattern(
    r"^[a-z0-9][a-z0-9_-]*$", "write small letters, digits, _ and -, beginning with a letter or a digit"
)
_VERSION = pattern(r"^[0-9A-Za-z][0-9A-Za-z.+-]*$", "write letters, digits, dots, + and -, such as 1.0.0")
LANGUAGE = pattern(r"^[a-z]{2,3}$", "write a language as two or three small letters, such as en")

Id = Annotated[str, StringConstraints(pattern=_ID, max_length=64, strict=True)]
Version = Annotated[str, StringConstraints(pattern=_VERSION, max_length=64)]
Weight = Annotated[int, Field(ge=1, le=1_000_000)]
TopLevel = Annotated[int, Field(ge=1, le=100)]
Points = Annotated[int, Field(ge=0, le=100_000)]
Effort = Annotated[int, Field(ge=1, le=1_000_000)]
Percent = Annotated[int, Field(ge=0, le=100)]
# A TOML or JSON array arrives as a list; its items stay strictly checked.
FromArray = Field(strict=False)
Ids = Annotated[tuple[Id, ...], FromArray]
References = Annotated[tuple[str, ...], FromArray]

DEFAULT_SIDES = ("marketing", "it")


class Entry(BaseModel):
    """A table of the file: unknown keys and values of another type are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class OptionEntry(Entry):
    """A possible answer, worth points: thousandths of a level, from 0 to the top level."""

    id: Id
    points: Points


Options = Annotated[tuple[OptionEntry, ...], FromArray]


class QuestionEntry(Entry):
    """A question of a capability that has several, or whose weight or options differ."""

    id: Id
    weight: Weight = 1
    options: Options | None = None
    not_applicable: bool | None = None


class CapabilityEntry(Entry):
    """A capability. Without `questions` it has one question, which bears its id.

    One with `scored = false` is only shown, and enters no mean, lens, level or verdict.
    """

    id: Id
    weight: Weight = 1
    scored: bool = True
    lens: str | None = None
    step_efforts: Annotated[tuple[Effort, ...], FromArray] | None = None
    options: Options | None = None
    not_applicable: bool = True
    questions: Annotated[tuple[QuestionEntry, ...], FromArray, Field(min_length=1)] | None = None


class FunctionEntry(Entry):
    """A function of the company. One with `scored = false` is reported by itself."""

    id: Id
    weight: Weight = 1
    scored: bool = True
    capabilities: Annotated[tuple[CapabilityEntry, ...], FromArray, Field(min_length=1)]


class LevelRuleEntry(Entry):
    """The gate: what a tier leaves out it takes from the questionnaire, that from the method (§5)."""

    coverage_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    max_shortfall: Annotated[int, Field(ge=0, le=100)] | None = None


class DefinitionEntry(Entry):
    """When a company meets the definition (§6)."""

    level: Annotated[int, Field(ge=1)] = 4
    min_applicable: Annotated[int, Field(ge=0)] = 4


class TierEntry(Entry):
    """A shorter form: the questions it keeps (a capability's id stands for all of its) and its gate."""

    questions: Annotated[References, Field(min_length=1)]
    level_rule: LevelRuleEntry = LevelRuleEntry()


class PrerequisiteEntry(Entry):
    """`capability` at `level` comes before each of `before`, written `function.capability@level`."""

    capability: str
    level: Annotated[int, Field(ge=1)]
    before: References


class RoleEntry(Entry):
    """A respondent's role: its side, and the patterns of what it is asked.

    A pattern is `*`, `function.*`, `lens:ID`, or the id of a capability or question.
    """

    id: Id
    side: str | None = None
    asked: References


class BandEntry(Entry):
    """A band of the self-rating, up to and including a value."""

    id: Id
    up_to: Annotated[int, Field(ge=1, le=10)]


class SelfRatingEntry(Entry):
    """The opening question, 1 to 10: its bands and the published distribution shown beside it."""

    bands: Annotated[tuple[BandEntry, ...], FromArray, Field(min_length=1)]
    benchmark: str | None = None


class ImportanceEntry(Entry):
    """The opening question how important it is to the company, 1 to 10; its words are texts."""


class FigureEntry(Entry):
    """A published figure in percent, with its 95 % interval and number of respondents where known."""

    id: Id
    percent: Percent
    question: str | None = None
    option: str | None = None
    side: str | None = None
    interval: Annotated[tuple[Percent, Percent], FromArray] | None = None
    n: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None


class BenchmarkEntry(Entry):
    """A published study: dated context that never changes a score."""

    id: Id
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    n: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    figures: Annotated[tuple[FigureEntry, ...], FromArray, Field(min_length=1)]


class NoticesEntry(Entry):
    """From when on a profile carries a notice, and from how many `raters` on it gives r_wg.

    Neither changes a score.
    """

    not_applicable_percent: Percent = 20
    dont_know_percent: Percent = 20
    same_level_answers: Annotated[int, Field(ge=2, le=1000)] = 8
    high_level: Annotated[int, Field(ge=0, le=100)] | None = None  # 0: never
    self_rating_distance: Annotated[int, Field(ge=1, le=9)] = 2
    importance_distance: Annotated[int, Field(ge=1, le=9)] = 3
    side_distance: Annotated[int, Field(ge=1, le=100)] = 2
    raters: Annotated[int, Field(ge=4, le=1000)] = 4


class MappingEntry(Entry):
    """What became of the questions of the version `older`: each of both versions is named exactly once.

    `same`, `changed` and `new` name questions of this version, `dropped` those of the older one. `renamed`
    says what questions that are the same or changed were called; `split` names by an older question what
    it became, `merged` by a question of this version what it was made of. Full ids.
    """

    older: Version
    same: References = ()
    changed: References = ()
    renamed: dict[str, str] = {}
    split: dict[str, Annotated[References, Field(min_length=2)]] = {}
    merged: dict[str, Annotated[References, Field(min_length=2)]] = {}
    dropped: References = ()
    new: References = ()


class Structure(Entry):
    """Everything a questionnaire says; `texts` holds its words, by language (`texts/<lang>.toml`)."""

    id: Id
    version: Version
    max_level: TopLevel = 5
    level_rule: LevelRuleEntry = LevelRuleEntry()
    definition: DefinitionEntry = DefinitionEntry()
    step_efforts: Annotated[tuple[Effort, ...], FromArray] | None = None
    lenses: Ids = ()
    sides: Ids = ()
    tiers: dict[Id, TierEntry] = {}
    functions: Annotated[tuple[FunctionEntry, ...], FromArray, Field(min_length=1)]
    prerequisites: Annotated[tuple[PrerequisiteEntry, ...], FromArray] = ()
    roles: Annotated[tuple[RoleEntry, ...], FromArray] = ()
    importance: ImportanceEntry | None = None
    self_rating: SelfRatingEntry | None = None
    benchmarks: Annotated[tuple[BenchmarkEntry, ...], FromArray] = ()
    notices: NoticesEntry = NoticesEntry()
    mapping: MappingEntry | None = None
    texts: dict[Annotated[str, StringConstraints(pattern=LANGUAGE)], Texts] = {}

    @property
    def known_sides(self) -> tuple[str, ...]:
        """The sides that are listed; where none are, those that roles name, marketing and IT first (§8)."""
        named = [role.side for role in self.roles if role.side]
        return self.sides or tuple(
            dict.fromkeys([*(side for side in DEFAULT_SIDES if side in named), *named])
        )
