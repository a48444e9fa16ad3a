"""What a change is made of: numbers and words at every step of the replay, and the differences (§13)."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Generic, Literal, NamedTuple, TypeVar

from scoring.arithmetic import Score, index_tenths
from scoring.levels import Level

Word = TypeVar("Word")  # a level or a status

# Why a number is undefined: nothing is known, it does not apply, or the questionnaire has no such part.
Why = Literal["not_known", "not_applicable", "not_asked"]


class Undefined(NamedTuple):
    """Why a difference is undefined, at each of its ends; `None` where the number is defined there."""

    before: Why | None
    after: Why | None


class Node(NamedTuple):
    """A score and a level in one state of the replay; `asked` says whether the form has this part."""

    score: Score | None
    level: Level | None
    asked: bool = True


NOWHERE = Node(None, None, asked=False)


class Difference(NamedTuple):
    """The difference of two scores, in the unit of these, `None` where it is undefined at one end."""

    value: int | None
    low: int | None
    high: int | None
    undefined: Undefined | None


UNCHANGED = Difference(0, 0, 0, None)


class ScoreChange(NamedTuple):
    """A score before and after, the whole change, and its parts in the order of the replay."""

    before: Score | None
    after: Score | None
    change: Difference
    parts: tuple[Difference, ...]


class Turn(NamedTuple, Generic[Word]):
    """A level or a status at both ends of a part."""

    start: Word
    end: Word


class WordChange(NamedTuple, Generic[Word]):
    """A level or a status before and after, and what it is at both ends of each part."""

    before: Word
    after: Word
    parts: tuple[Turn[Word], ...]


def score_change(nodes: Sequence[Node]) -> ScoreChange:
    """What a node's score does over the states of the replay.

    >>> score_change([Node(Score(2000, 1000, 3000), None), Node(Score(2500, 2500, 2500), None)]).change
    Difference(value=500, low=1500, high=-500, undefined=None)
    """
    first, last = nodes[0], nodes[-1]
    whole = _difference(first, last)
    if nodes.count(first) == len(nodes):
        return ScoreChange(first.score, last.score, whole, (whole,) * (len(nodes) - 1))
    parts = tuple([_difference(*pair) for pair in pairwise(nodes)])
    return ScoreChange(first.score, last.score, whole, parts)


def word_change(words: Sequence[Word]) -> WordChange[Word]:
    """What a level or a status does over the states of the replay."""
    first, last = words[0], words[-1]
    if words.count(first) == len(words):
        return WordChange(first, last, (Turn(first, last),) * (len(words) - 1))
    turns = tuple([Turn(start, end) for start, end in pairwise(words)])
    return WordChange(first, last, turns)


def as_index(node: Node, max_level: int) -> Node:
    """The node's score as an index, in tenths (§4)."""
    if node.score is None:
        return node
    value, low, high = node.score
    known = None if value is None else index_tenths(value, max_level)
    bounds = index_tenths(low, max_level), index_tenths(high, max_level)
    return node._replace(score=Score(known, *bounds))


def _difference(before: Node, after: Node) -> Difference:
    if before.score == after.score and before.score is not None and before.score.value is not None:
        return UNCHANGED
    why = Undefined(_why(before), _why(after))
    undefined = None if why == (None, None) else why
    if before.score is None or after.score is None:
        return Difference(None, None, None, undefined)
    was, now = before.score, after.score
    value = None if was.value is None or now.value is None else now.value - was.value
    return Difference(value, now.low - was.low, now.high - was.high, undefined)


def _why(node: Node) -> Why | None:
    if node.score is None:
        return "not_applicable" if node.asked else "not_asked"
    return "not_known" if node.score.value is None else None
