"""The result of scoring: whole points and ids, no words (§4 to §7, §10).

`scoring.presentation` turns a profile into the JSON that people and portals read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from scoring.arithmetic import Score
from scoring.definition import Questionnaire
from scoring.form import Answer, Capability, Form, Function, QuestionScore
from scoring.levels import Level, NextLevel, Rated

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


@dataclass(frozen=True, slots=True)
class Profile:
    """A maturity profile with gaps."""

    questionnaire: Questionnaire
    form: Form
    answers: Mapping[str, Answer]
    questions: Mapping[str, QuestionScore]
    targets: Mapping[str, int]
    target_of: Mapping[str, int | None]
    self_rating: int | None
    verdict: Verdict
    overall: Overall
    counts: Counts
    functions: tuple[FunctionResult, ...]
    lenses: Mapping[str, Score | None]
    gaps: tuple[Gap, ...]
    to_answer: tuple[str, ...]
