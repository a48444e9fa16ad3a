"""The result of scoring: whole points and ids, no words (§4 to §7, §10).

`scoring.presentation.document` turns a profile into the JSON that people and portals read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scoring.arithmetic import Score
from scoring.method.gaps import Gap, find_gaps, find_unknown
from scoring.method.rating import Counts, FunctionResult, Overall
from scoring.method.verdict import Verdict
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import Answer, Form, QuestionScore
from scoring.respondents.collaboration import Collaboration
from scoring.respondents.consolidate import Consolidation, Heard
from scoring.respondents.ratings import Rating
from scoring.respondents.responses import Respondent
from scoring.respondents.spread import Spread

SCORING_VERSION: Final = "1"


@dataclass(frozen=True)
class Profile:
    """A maturity profile with gaps.

    `respondents` are those who answered, one of them without a role where there is one answer set; then
    `consolidation` and `spread` are `None`. `answers` holds the consolidated answers. Of an anonymous
    assessment there are no respondents, and `heard` is what may be shown: nothing is computed from
    anything else.
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
    spread: Spread | None
    collaboration: Collaboration
    importance: Rating | None
    self_rating: Rating | None

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What separates capabilities from their targets, in the order in which to close them (§7)."""
        floor = self.questionnaire.definition.level - self.form.rule.max_shortfall
        return find_gaps(self.functions, self.target_of, floor)

    @cached_property
    def to_answer(self) -> tuple[str, ...]:
        """Applicable capabilities of which nothing is known (§7)."""
        return find_unknown(self.functions)
