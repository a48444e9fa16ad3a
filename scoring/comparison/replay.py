"""The change between two profiles, split by replaying it in the order of §13.

From the earlier profile's consolidated questions and rules, one kind of change after another is made, and the
engine rates every state. What then still differs from the later profile comes from questionnaire, rules, tier
and scope. A part is the difference between two states that follow one another, so the parts add up to the
whole change to the digit. Of an anonymous assessment only what may be shown is in the profile, and nothing
else is replayed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

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

Found = TypeVar("Found")
NOT_APPLICABLE = Node(None, None)
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
    replay = _replay(before, after, by_part)
    wholes = [Node(outcome.overall.score, outcome.overall.level) for outcome in replay.outcomes]
    tops = [before.questionnaire.max_level] * (len(wholes) - 1) + [after.questionnaire.max_level]
    indices = [as_index(node, most) for node, most in zip(wholes, tops, strict=True)]
    return Comparison(
        before=before,
        after=after,
        overall=_change("overall", replay.along(wholes)),
        index=score_change(replay.along(indices)),
        functions=_functions(replay),
        lenses=_lenses(replay),
        verdict=word_change(replay.along([outcome.verdict.status for outcome in replay.outcomes])),
        clauses=_clauses(replay),
        questions=by_part,
        pairs=tuple(pairs),
    )


class _Replay(NamedTuple):
    """The engine's outcomes, each once, and which of them each state of the replay comes to."""

    outcomes: Sequence[Outcome]
    states: Sequence[int]

    def along(self, found: Sequence[Found]) -> list[Found]:
        """What was found in each outcome, state by state."""
        return [found[place] for place in self.states]


def _replay(before: Profile, after: Profile, by_part: Mapping[PartName, Sequence[Paired]]) -> _Replay:
    """Before, after each part, and after all; what is rated alike is rated once."""
    outcomes, end = [_outcome(before)], _outcome(after)
    states = [0]
    questions = dict(before.questions)
    is_ruled_alike = before.questionnaire is after.questionnaire and before.form is after.form
    for moved in by_part.values():
        if moved:
            questions |= {pair.before: after.questions[pair.after] for pair in moved}
            is_end = is_ruled_alike and questions == after.questions
            outcomes.append(end if is_end else rate(before.questionnaire, before.form, questions, before))
        states.append(len(outcomes) - 1)
    if outcomes[-1] is not end:
        outcomes.append(end)
    return _Replay(outcomes, [*states, len(outcomes) - 1])


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


def _functions(replay: _Replay) -> tuple[FunctionChange, ...]:
    """The functions of the end, then those that only the beginning has."""
    rated = [{result.function.id: result for result in outcome.functions} for outcome in replay.outcomes]
    return tuple([_function(name, [own.get(name) for own in rated], replay) for name in _each(rated)])


def _function(name: str, results: Sequence[FunctionResult | None], replay: _Replay) -> FunctionChange:
    first, *others = results
    nodes = _nodes(first)
    if all([other is first for other in others]):
        own, *capabilities = [_stays(*each) for each in nodes.items()]
        return FunctionChange(own, tuple(capabilities))
    found = [nodes, *map(_nodes, others)]
    capabilities = [
        _change(each, replay.along([nodes.get(each, NOWHERE) for nodes in found]))
        for each in _each(found)
        if each != name
    ]
    own = _change(name, replay.along([nodes.get(name, NOWHERE) for nodes in found]))
    return FunctionChange(own, tuple(capabilities))


def _nodes(result: FunctionResult | None) -> dict[str, Node]:
    """A function and its capabilities by id, in this order; none where there is no such function."""
    if result is None:
        return {}
    nodes = {result.function.id: Node(result.score, result.level)}
    for capability, rated in result.capabilities:
        nodes[capability.id] = Node(rated.score, rated.level) if rated else NOT_APPLICABLE
    return nodes


def _lenses(replay: _Replay) -> dict[str, ScoreChange]:
    lenses = [outcome.lenses for outcome in replay.outcomes]
    return {
        lens: score_change(
            replay.along([Node(own[lens], None) if lens in own else NOWHERE for own in lenses])
        )
        for lens in _each(lenses)
    }


def _clauses(replay: _Replay) -> tuple[ClauseChange, ...]:
    statuses = [{clause.function: clause.status for clause in o.verdict.clauses} for o in replay.outcomes]
    return tuple(
        [
            ClauseChange(name, word_change(replay.along([own.get(name) for own in statuses])))
            for name in _each(statuses)
        ]
    )


def _each(found: Sequence[Mapping[str, object]]) -> list[str]:
    """The names of the last outcome, then those that only the first has."""
    return list(dict.fromkeys([*found[-1], *found[0]]))
