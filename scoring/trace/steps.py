"""Steps of a trace: what each says, and those that several parts of it share (§1, §4)."""

from collections.abc import Iterator, Sequence
from typing import Any, TypedDict

from scoring.arithmetic import Score
from scoring.questionnaire.form import Question

Input = dict[str, Any]
Outcome = int | str | bool | None


class Step(TypedDict):
    """How one number came about; `number` is a pointer into the profile, or `~name` of one in between."""

    number: str
    rule: str
    inputs: Sequence[Input]
    parameters: dict[str, Any]
    result: Outcome


BOUNDS = Score._fields


def make_step(number: str, rule: str, inputs: Sequence[Input], result: Outcome, **parameters: object) -> Step:
    """How one number came about."""
    return {"number": number, "rule": rule, "inputs": inputs, "parameters": parameters, "result": result}


def means(number: str, parts: Sequence[tuple[str, int, Score]], score: Score) -> Iterator[Step]:
    """A weighted mean at each bound; parts are id, weight and score."""
    for bound in BOUNDS:
        inputs = [{"id": i, "weight": w, "points": getattr(part, bound)} for i, w, part in parts]
        yield make_step(f"{number}/{bound}", "weighted_mean", inputs, getattr(score, bound))


def unknown(number: str, between: str, question: Question) -> Iterator[Step]:
    """A question of which nothing is known: its least and its greatest points are possible (§4)."""
    options = [{"option": option, "points": points} for option, points in question.points.items()]
    _, low, high = question.anything
    yield make_step(number, "unknown", [], None)
    yield make_step(f"{between}/low", "least", options, low)
    yield make_step(f"{between}/high", "greatest", options, high)
