"""Steps of a trace: what each says, and the weighted mean that most of them are (§1, §4)."""

from collections.abc import Iterator, Sequence
from typing import Any

from scoring.arithmetic import Score

Step = dict[str, Any]
Input = dict[str, Any]

BOUNDS = Score._fields


def make_step(number: str, rule: str, inputs: Sequence[Input], result: object, **parameters: object) -> Step:
    """How one number came about."""
    return {"number": number, "rule": rule, "inputs": inputs, "parameters": parameters, "result": result}


def means(number: str, parts: Sequence[tuple[str, int, Score]], score: Score) -> Iterator[Step]:
    """A weighted mean at each bound; parts are id, weight and score."""
    for bound in BOUNDS:
        inputs = [{"id": i, "weight": w, "points": getattr(part, bound)} for i, w, part in parts]
        yield make_step(f"{number}/{bound}", "weighted_mean", inputs, getattr(score, bound))
