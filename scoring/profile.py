"""The result of scoring: whole points and ids, no words (§4 to §7, §10).

`scoring.presentation` turns a profile into the JSON that people and portals read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scoring.arithmetic import Score
from scoring.consolidate import Consolidation, Heard
from scoring.definition import Questionnaire
from scoring.form import Answer, Capability, Form, Function, QuestionScore
from scoring.levels import Level, NextLevel, Rated
from scoring.responses import Respondent

SCORING_VERSION = "1"

ClauseStatus = Literal["met", "not_met", "undetermined", "not_applicable"]
VerdictStatus = Literal["met", "not_met", "undetermined", "not_assessable"]


class Counts(NamedTuple):
    """Questions by state; the four add up to `total` (§3)."""

    answered: int
    dont_know: int
    unanswered: int
    not_applicable: int
    total: int


# Each capability beside how it was rated; `None` where it is not applicable.
CapabilityResults = Sequence[tuple[Capability, Rated | None]]


class FunctionResult(NamedTuple):
    """A function's outcome; score, level and next level are `None` where it is not applicable."""

    function: Function
    score: Score | None
    level: Level | None
    counts: Counts
    next_level: NextLevel | None
    lenses: Mapping[str, Score | None]
    capabilities: CapabilityResults


class Overall(NamedTuple):
    """The whole company: the mean of functions, and the least of their levels (§4, §5)."""

    score: Score | None
    level: Level | None


class Clause(NamedTuple):
    """One function's part in the definition (§6)."""

    function: str
    status: ClauseStatus


class Blocking(NamedTuple):
    """The capabilities that deny a clause (§6)."""

    function: str
    capabilities: tuple[str, ...]


class Unexcluded(NamedTuple):
    """The outcome if every not-applicable question counted at its least; `level` at the low bound (§6)."""

    status: VerdictStatus
    level: int | None


class Verdict(NamedTuple):
    """Whether the company meets Oracle's definition (§6)."""

    status: VerdictStatus
    clauses: tuple[Clause, ...]
    blocking: tuple[Blocking, ...]
    if_nothing_excluded: Unexcluded


class Gap(NamedTuple):
    """What separates a capability from its target; `gap` and `gain` in points (§7)."""

    capability: Capability
    level: int
    target: int
    gap: Score
    breaks_floor: bool
    effort: int
    gain: int


class RoleMean(NamedTuple):
    """The mean points that a role gave; `n` is `None` where it may not be shown (§8)."""

    role: str
    n: int | None
    mean: int


class QuestionSpread(NamedTuple):
    """How far the answers to a question lie apart: points, counts by state, r_wg in thousandths (§8).

    What may not be shown, or is not defined, is `None`.
    """

    question: str
    n: int | None
    min: int | None
    max: int | None
    dont_know: int | None
    not_applicable: int | None
    unanswered: int | None
    by_role: tuple[RoleMean, ...]
    r_wg: int | None


class Spread(NamedTuple):
    """The respondents, how far their answers lie apart, and alpha by function in thousandths (§8).

    `submitted` counts those who have answered everything they are asked. What may not be shown is `None`.
    """

    asked: int | None
    submitted: int | None
    questions: tuple[QuestionSpread, ...]
    alpha: Mapping[str, int | None]


class SideAnswer(NamedTuple):
    """A side's consolidated answer; `chosen` counts its known answers by option, `n` all of them (§9).

    `n` and `chosen` are `None` where they may not be shown.
    """

    question: str
    points: int | None
    option: str | None
    n: int | None
    chosen: Mapping[str, int] | None


class Side(NamedTuple):
    """A side's view of the unscored functions (§9); with one answer set it has no name.

    `n` counts its respondents who have answered anything there, `None` where it may not be shown.
    """

    id: str | None
    roles: tuple[str, ...]
    n: int | None
    score: Score | None
    answers: tuple[SideAnswer, ...]


class PerceptionGap(NamedTuple):
    """The two sides' mean points on a question, and the first's minus the second's (§8)."""

    question: str
    function: str
    first: int
    second: int

    @property
    def difference(self) -> int:
        """Points by which the first side's mean lies above the second's."""
        return self.first - self.second


class Collaboration(NamedTuple):
    """The sides beside one another, greatest perception gap first; `apart` by function in points (§8, §9)."""

    sides: tuple[Side, ...]
    gaps: tuple[PerceptionGap, ...]
    apart: Mapping[str, int]


class SelfRating(NamedTuple):
    """The company in its respondents' own eyes, 1 to 10, beside the scored result.

    `values` are role and rating of each; `value` is their median. `equivalent` is the overall value on the
    same scale, `difference` how far `value` lies above it, both in thousandths.
    """

    values: tuple[tuple[str | None, int], ...]
    value: int
    band: str | None
    equivalent: int | None
    difference: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A maturity profile with gaps.

    `respondents` are those who answered, one of them without a role where there is one answer set; then
    `consolidation` and `spread` are `None`. `answers` holds the consolidated answers.
    """

    questionnaire: Questionnaire
    form: Form
    respondents: tuple[Respondent, ...]
    consolidation: Consolidation | None
    heard: Heard
    answers: Mapping[str, Answer]
    questions: Mapping[str, QuestionScore]
    targets: Mapping[str, int]
    target_of: Mapping[str, int | None]
    verdict: Verdict
    overall: Overall
    counts: Counts
    functions: tuple[FunctionResult, ...]
    lenses: Mapping[str, Score | None]
    gaps: tuple[Gap, ...]
    to_answer: tuple[str, ...]
    spread: Spread | None
    collaboration: Collaboration
    self_rating: SelfRating | None
