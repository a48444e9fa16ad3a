"""The change between two profiles, split by replaying it in the order of §13.

From the earlier profile's consolidated questions and rules, one kind of change after another is made, and the
engine rates every state. What then still differs from the later profile comes from questionnaire, rules, tier
and scope. A part is the difference between two states that follow one another, so the parts add up to the
whole change to the digit. Of an anonymous assessment only what may be shown is in the profile, and nothing
else is replayed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from scoring.arithmetic import Score
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


STAYING = 4096


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


class _State(NamedTuple):
    outcome: Outcome
    nodes: Mapping[str, Node]
    clauses: Mapping[str, ClauseStatus]


def compare(before: Profile, after: Profile, known: Collection[Questionnaire] = ()) -> Comparison:
    """Split every change between two profiles, of one questionnaire in one or two versions.

    `known` are versions that mappings may lead through from one to the other.
    """
    pairs = paired(before, after, known)
    by_part = {part: tuple([p for p in pairs if p.change == part]) for part in ORDER[:-1]}
    states = _states(_outcomes(before, after, by_part))
    top = before.questionnaire.max_level
    wholes = [_overall(state.outcome) for state in states]
    tops = [top] * (len(states) - 1) + [after.questionnaire.max_level]
    return Comparison(
        before=before,
        after=after,
        overall=_change("overall", wholes),
        index=score_change([as_index(node, most) for node, most in zip(wholes, tops, strict=True)]),
        functions=_functions(before, after, states),
        lenses=_lenses(before, after, states),
        verdict=word_change([state.outcome.verdict.status for state in states]),
        clauses=_clauses(states),
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
            outcome = end if is_end else rate(before.questionnaire, before.form, questions)
        yield outcome
    yield end


def _outcome(profile: Profile) -> Outcome:
    return Outcome(profile.functions, profile.overall, profile.lenses, profile.verdict)


def _states(outcomes: Iterable[Outcome]) -> list[_State]:
    """One for each; where a part changed nothing, the one before it."""
    states: list[_State] = []
    for outcome in outcomes:
        last = states[-1] if states else None
        states.append(last if last and last.outcome is outcome else _state(outcome, last))
    return states


def _state(outcome: Outcome, last: _State | None) -> _State:
    """The nodes of an outcome; those of a function that has not been rated again are the last state's."""
    rated_before = {id(result) for result in last.outcome.functions} if last else ()
    nodes: dict[str, Node] = {}
    for result in outcome.functions:
        if last and id(result) in rated_before:
            names = (result.function.id, *[capability.id for capability, _ in result.capabilities])
            nodes |= {name: last.nodes[name] for name in names}
            continue
        nodes[result.function.id] = Node(result.score, result.level)
        for capability, rated in result.capabilities:
            nodes[capability.id] = Node(rated.score, rated.level) if rated else Node(None, None)
    return _State(outcome, nodes, {clause.function: clause.status for clause in outcome.verdict.clauses})


def _overall(outcome: Outcome) -> Node:
    return Node(outcome.overall.score, outcome.overall.level)


def _change(name: str, nodes: Sequence[Node]) -> NodeChange:
    if nodes.count(nodes[0]) == len(nodes):
        return _stays(name, nodes[0])
    return NodeChange(name, score_change(nodes), word_change([node.level for node in nodes]), stays=False)


@lru_cache(maxsize=STAYING)
def _stays(name: str, node: Node) -> NodeChange:
    """Most nodes of a comparison stay as they are, and there are few scores that they stay at."""
    nodes = [node] * (len(ORDER) + 1)
    return NodeChange(name, score_change(nodes), word_change([n.level for n in nodes]), stays=True)


def _functions(before: Profile, after: Profile, states: Sequence[_State]) -> tuple[FunctionChange, ...]:
    results = after.functions, before.functions
    functions = _each(result.function.id for part in results for result in part)
    return tuple(
        [
            FunctionChange(
                _node(name, states),
                tuple([_node(own, states) for own in _capabilities(name, *results)]),
            )
            for name in functions
        ]
    )


def _capabilities(function: str, *results: Sequence[FunctionResult]) -> list[str]:
    return _each(
        capability.id
        for part in results
        for result in part
        if result.function.id == function
        for capability, _ in result.capabilities
    )


def _node(name: str, states: Sequence[_State]) -> NodeChange:
    return _change(name, [state.nodes.get(name, NOWHERE) for state in states])


def _lenses(before: Profile, after: Profile, states: Sequence[_State]) -> dict[str, ScoreChange]:
    def node(state: _State, lens: str) -> Node:
        lenses: Mapping[str, Score | None] = state.outcome.lenses
        return Node(lenses[lens], None) if lens in lenses else NOWHERE

    lenses = _each([*after.lenses, *before.lenses])
    return {lens: score_change([node(state, lens) for state in states]) for lens in lenses}


def _clauses(states: Sequence[_State]) -> tuple[ClauseChange, ...]:
    functions = _each([*states[-1].clauses, *states[0].clauses])
    return tuple(
        [ClauseChange(name, word_change([state.clauses.get(name) for state in states])) for name in functions]
    )


def _each(names: Iterable[str]) -> list[str]:
    """The names in their order, each once."""
    return list(dict.fromkeys(names))
