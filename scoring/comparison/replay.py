"""The change between two profiles, split by replaying it in the order of §13.

From the earlier profile's consolidated questions and rules, one kind of change after another is made, and the
engine rates every state. What then still differs from the later profile comes from questionnaire, rules, tier
and scope. A part is the difference between two states that follow one another, so the parts add up to the
whole change to the digit. Of an anonymous assessment only what may be shown is in the profile, and nothing
else is replayed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from scoring.comparison.parts import (
    NOWHERE,
    Node,
    ScoreChange,
    WordChange,
    as_index,
    score_change,
    word_change,
)
from scoring.comparison.questions import ORDER, Paired, PartName, paired
from scoring.engine import Outcome, rate
from scoring.levels import Level
from scoring.method.rating import FunctionResult
from scoring.method.verdict import ClauseStatus, VerdictStatus
from scoring.profile import Profile
from scoring.questionnaire.definition import Questionnaire

STAYING = 4096  # nodes that are remembered


class NodeChange(NamedTuple):
    """What became of a node: its score, and its level where it has one; `stays` where neither ever moves."""

    id: str
    score: ScoreChange
    level: WordChange[Level | None]
    stays: bool


class FunctionChange(NamedTuple):
    """What became of a function and of its capabilities."""

    node: NodeChange
    capabilities: tuple[NodeChange, ...]


class ClauseChange(NamedTuple):
    """What became of a clause; `None` where there is no such clause."""

    function: str
    status: WordChange[ClauseStatus | None]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two profiles and what every change between them is made of; `questions` by part, without the rules."""

    before: Profile
    after: Profile
    overall: NodeChange
    index: ScoreChange
    functions: tuple[FunctionChange, ...]
    lenses: Mapping[str, ScoreChange]
    verdict: WordChange[VerdictStatus]
    clauses: tuple[ClauseChange, ...]
    questions: Mapping[PartName, tuple[Paired, ...]]
    pairs: tuple[Paired, ...]


def compare(before: Profile, after: Profile, known: Collection[Questionnaire] = ()) -> Comparison:
    """Split every change between two profiles, of one questionnaire in one or two versions.

    `known` are versions that mappings may lead through from one to the other.
    """
    pairs = paired(before, after, known)
    moved = [pair for pair in pairs if pair.change]
    by_part = {part: tuple([pair for pair in moved if pair.change == part]) for part in ORDER[:-1]}
    outcomes = [*_outcomes(before, after, by_part)]
    top = before.questionnaire.max_level
    wholes = [Node(outcome.overall.score, outcome.overall.level) for outcome in outcomes]
    tops = [top] * (len(outcomes) - 1) + [after.questionnaire.max_level]
    return Comparison(
        before=before,
        after=after,
        overall=_change("overall", wholes),
        index=score_change([as_index(node, most) for node, most in zip(wholes, tops, strict=True)]),
        functions=_functions(outcomes),
        lenses=_lenses(outcomes),
        verdict=word_change([outcome.verdict.status for outcome in outcomes]),
        clauses=_clauses(outcomes),
        questions=by_part,
        pairs=tuple(pairs),
    )


def _outcomes(
    before: Profile, after: Profile, by_part: Mapping[PartName, Sequence[Paired]]
) -> Iterable[Outcome]:
    """The engine's outcome before, after each part, and after all; what is rated alike is rated once."""
    outcome, end = _outcome(before), _outcome(after)
    questions = dict(before.questions)
    is_ruled_alike = before.questionnaire is after.questionnaire and before.form is after.form
    yield outcome
    for moved in by_part.values():
        if moved:
            questions |= {pair.before: after.questions[pair.after] for pair in moved}
            is_end = is_ruled_alike and questions == after.questions
            outcome = end if is_end else rate(before.questionnaire, before.form, questions, before)
        yield outcome
    yield end


def _outcome(profile: Profile) -> Outcome:
    return Outcome(profile.functions, profile.overall, profile.lenses, profile.verdict)


def _change(name: str, nodes: Sequence[Node]) -> NodeChange:
    if nodes.count(nodes[0]) == len(nodes):
        return _stays(name, nodes[0])
    return NodeChange(name, score_change(nodes), word_change([node.level for node in nodes]), stays=False)


@lru_cache(maxsize=STAYING)
def _stays(name: str, node: Node) -> NodeChange:
    """Most nodes of a comparison stay as they are, and there are few scores that they stay at."""
    nodes = [node] * (len(ORDER) + 1)
    return NodeChange(name, score_change(nodes), word_change([n.level for n in nodes]), stays=True)


def _functions(outcomes: Sequence[Outcome]) -> tuple[FunctionChange, ...]:
    """The functions of the end, then those that only the beginning has."""
    rated = [{result.function.id: result for result in outcome.functions} for outcome in outcomes]
    return tuple([_function(name, [own.get(name) for own in rated]) for name in _each(rated)])


def _function(name: str, results: Sequence[FunctionResult | None]) -> FunctionChange:
    rated_once = {id(result): result for result in results}
    nodes_of = {key: _nodes(result) for key, result in rated_once.items()}
    states = [nodes_of[id(result)] for result in results]
    if len(rated_once) == 1:
        own, *capabilities = [_stays(*each) for each in states[0].items()]
    else:
        own, *capabilities = [
            _change(each, [nodes.get(each, NOWHERE) for nodes in states])
            for each in (name, *[other for other in _each(states) if other != name])
        ]
    return FunctionChange(own, tuple(capabilities))


def _nodes(result: FunctionResult | None) -> dict[str, Node]:
    """A function and its capabilities by id, in this order; none where there is no such function."""
    if result is None:
        return {}
    nodes = {result.function.id: Node(result.score, result.level)}
    for capability, rated in result.capabilities:
        nodes[capability.id] = Node(rated.score, rated.level) if rated else Node(None, None)
    return nodes


def _lenses(outcomes: Sequence[Outcome]) -> dict[str, ScoreChange]:
    lenses = [outcome.lenses for outcome in outcomes]
    return {
        lens: score_change([Node(own[lens], None) if lens in own else NOWHERE for own in lenses])
        for lens in _each(lenses)
    }


def _clauses(outcomes: Sequence[Outcome]) -> tuple[ClauseChange, ...]:
    statuses = [{clause.function: clause.status for clause in o.verdict.clauses} for o in outcomes]
    return tuple(
        [ClauseChange(name, word_change([own.get(name) for own in statuses])) for name in _each(statuses)]
    )


def _each(states: Sequence[Mapping[str, object]]) -> list[str]:
    """The names of the last state, then those that only the first has."""
    return list(dict.fromkeys([*states[-1], *states[0]]))
