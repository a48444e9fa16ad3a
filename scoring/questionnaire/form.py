"""The questions of one tier with every default written out, ready to be scored (§2).

A form is what an assessment sees: what its tier leaves out does not exist in it. Ids are full here
(`marketing.listening`, or `marketing.presence.reach` where a capability has several questions).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from scoring.arithmetic import Score
from scoring.levels import LevelRule, Rated, level_of

FULL = "full"
DONT_KNOW = "dont_know"

State = Literal["answered", "dont_know", "unanswered", "not_applicable"]
Reason = Literal["out_of_scope", "no_such_function", "done_by_partner", "other"]


class QuestionScore(NamedTuple):
    """A question reduced to what scoring needs; `score` is `None` where it is not applicable (§3)."""

    state: State
    score: Score | None


class Answer(NamedTuple):
    """One answer to one question, with what it reduces to (§3); `points` are those of a known answer."""

    reduced: QuestionScore
    option: str | None = None
    points: int | None = None
    reason: Reason | None = None
    comment: str | None = None
    evidence: tuple[str, ...] = ()


NOT_APPLICABLE = QuestionScore("not_applicable", None)


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer, worth `points` from 0 to 1000 times the top level."""

    id: str
    points: int


@dataclass(frozen=True)
class Question:
    """A question with its options and what each answer to it reduces to."""

    id: str
    weight: int
    options: tuple[Option, ...]
    not_applicable: bool
    aliases: tuple[str, ...] = ()

    @cached_property
    def by_option(self) -> Mapping[str, Answer]:
        """The answer that each option is, `dont_know` among them."""
        known = {
            option.id: Answer(_exactly(option.points), option.id, option.points) for option in self.options
        }
        return known | {DONT_KNOW: Answer(QuestionScore("dont_know", self.anything))}

    @cached_property
    def unanswered(self) -> QuestionScore:
        """No answer yet: everything from the least to the greatest points is possible."""
        return QuestionScore("unanswered", self.anything)

    @cached_property
    def anything(self) -> Score:
        """Nothing known: from the question's least to its greatest points."""
        points = [option.points for option in self.options]
        return Score(None, min(points), max(points))

    @cached_property
    def points(self) -> Mapping[str, int]:
        """Points by option."""
        return {option.id: option.points for option in self.options}

    @cached_property
    def ranks(self) -> Mapping[int, tuple[int, int]]:
        """By points, which option it is from the least up and which from the greatest down."""
        points = sorted({option.points for option in self.options})
        return {each: (n, len(points) - n) for n, each in enumerate(points)}

    @cached_property
    def option_points(self) -> tuple[int, ...]:
        """Points of the options, in their order."""
        return tuple(option.points for option in self.options)


def _exactly(points: int) -> QuestionScore:
    return QuestionScore("answered", Score(points, points, points))


@dataclass(frozen=True)
class Capability:
    """A capability; `step_efforts[i]` is the effort from level i to level i + 1.

    An unscored one is only shown: what it is part of does not count it (§2).
    """

    id: str
    function: str
    weight: int
    scored: bool
    lens: str | None
    step_efforts: tuple[int, ...]
    questions: tuple[Question, ...]

    def rated(self, score: Score) -> Rated:
        """The capability at this score, with its level (§5)."""
        return self.rated_answers.get(score) or Rated(self.id, self.weight, score, level_of(score))

    @cached_property
    def rated_answers(self) -> Mapping[Score, Rated]:
        """What the answers to a capability's only question make of it, prepared once."""
        if len(self.questions) > 1:
            return {}
        (question,) = self.questions
        scores = [question.anything, *(Score(p, p, p) for p in question.points.values())]
        return {score: Rated(self.id, self.weight, score, level_of(score)) for score in scores}

    def effort(self, level: int, target: int) -> int:
        """Effort from `level` up to `target`, the sum of the steps between (§7)."""
        return self._efforts_up_to[target] - self._efforts_up_to[level]

    @cached_property
    def _efforts_up_to(self) -> tuple[int, ...]:
        """Effort from level 0 up to each level."""
        return tuple(accumulate(self.step_efforts, initial=0))


@dataclass(frozen=True)
class Function:
    """A function of the company; unscored ones are reported by themselves (§2)."""

    id: str
    weight: int
    scored: bool
    capabilities: tuple[Capability, ...]

    @cached_property
    def question_ids(self) -> tuple[str, ...]:
        """Ids of all its questions."""
        return tuple(q.id for c in self.capabilities for q in c.questions)

    @cached_property
    def counted(self) -> tuple[Capability, ...]:
        """The capabilities that its score and its level come from; it can only apply if there are any."""
        return tuple(capability for capability in self.capabilities if capability.scored)

    @cached_property
    def places_by_lens(self) -> Mapping[str | None, tuple[int, ...]]:
        """Where the capabilities of each lens that count stand among its capabilities."""
        lenses = {i: capability.lens for i, capability in enumerate(self.capabilities) if capability.scored}
        return {lens: tuple(i for i, own in lenses.items() if own == lens) for lens in lenses.values()}


@dataclass(frozen=True)
class Form:
    """One tier of a questionnaire: its functions and its gate."""

    tier: str
    functions: tuple[Function, ...]
    rule: LevelRule
    questions: tuple[Question, ...] = field(init=False)

    def __post_init__(self) -> None:
        """List the questions in order once."""
        questions = (q for f in self.functions for c in f.capabilities for q in c.questions)
        object.__setattr__(self, "questions", tuple(questions))

    @cached_property
    def question_of(self) -> Mapping[str, Question]:
        """Question by id; the only question of a capability also by its own three-part id."""
        return {name: q for q in self.questions for name in (q.id, *q.aliases)}

    @cached_property
    def shown_only(self) -> frozenset[str]:
        """Ids of the questions of unscored capabilities."""
        return frozenset(q.id for c in self.capability_of.values() if not c.scored for q in c.questions)

    @cached_property
    def question_ids(self) -> frozenset[str]:
        """Ids of all questions."""
        return frozenset(question.id for question in self.questions)

    @cached_property
    def unscored(self) -> tuple[Function, ...]:
        """The functions that are reported by themselves (§2)."""
        return tuple(function for function in self.functions if not function.scored)

    @cached_property
    def unscored_ids(self) -> frozenset[str]:
        """Ids of the questions of the unscored functions."""
        return frozenset(name for function in self.unscored for name in function.question_ids)

    def within(self, scope: Collection[str] | None) -> frozenset[str]:
        """Ids of the questions of the functions in scope; `None`: of all."""
        if scope is None:
            return self.question_ids
        return frozenset(name for f in self.functions if f.id in scope for name in f.question_ids)

    def matching(self, patterns: Collection[str]) -> frozenset[str]:
        """Ids of the questions that the patterns of a role name (§8)."""
        return frozenset(
            question.id
            for function in self.functions
            for capability in function.capabilities
            for question in capability.questions
            if not {
                "*",
                f"{function.id}.*",
                f"lens:{capability.lens}",
                capability.id,
                question.id,
                *question.aliases,
            }.isdisjoint(patterns)
        )

    @cached_property
    def capability_of(self) -> Mapping[str, Capability]:
        """Capability by id."""
        return {c.id: c for f in self.functions for c in f.capabilities}

    @cached_property
    def function_of(self) -> Mapping[str, Function]:
        """Function by id."""
        return {f.id: f for f in self.functions}
