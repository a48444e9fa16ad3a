"""What became of functions and lenses since an earlier result, and which parts changed their means."""

from collections.abc import Iterator
from typing import NamedTuple

from app.reports.reading import Reading
from app.reports.speech import DASH, figures
from scoring.comparison.shapes import ChangesDocument, ScoreChangeDocument
from scoring.presentation.display import ScoreDocument

TOGETHER = " · "
DIGITS = 2  # of what stands beside its parts


class MovedFunction(NamedTuple):
    """A function before and after; levels as cells. `because`: which parts changed its mean, by how much."""

    name: str
    before: str
    before_tone: int | None
    after: str
    after_tone: int | None
    change: str
    because: str


class MovedLens(NamedTuple):
    """A lens before and after, as means. `because`: which parts changed its mean, by how much."""

    name: str
    before: str
    after: str
    change: str
    because: str


def moved_functions(comparison: ChangesDocument, reading: Reading) -> Iterator[MovedFunction]:
    """What became of each function that counts and applies."""
    own = {standing.function["id"] for standing in reading.standings}
    for function in comparison["functions"]:
        level = function["level"]
        if function["id"] in own:
            yield MovedFunction(
                function["name"],
                figures(level["before"]),
                reading.decided_tone(level["before"]),
                figures(level["after"]),
                reading.decided_tone(level["after"]),
                _change(function["score"], reading),
                _because(function["score"], reading),
            )


def moved_lenses(comparison: ChangesDocument, reading: Reading) -> Iterator[MovedLens]:
    """What became of each lens that had a mean or has one."""
    for lens in comparison["lenses"]:
        score = lens["score"]
        if score["before"] is not None or score["after"] is not None:
            yield MovedLens(
                lens["name"],
                value_said(score["before"], reading, DIGITS),
                value_said(score["after"], reading, DIGITS),
                _change(score, reading, DIGITS),
                _because(score, reading),
            )


def _change(score: ScoreChangeDocument, reading: Reading, digits: int = 1) -> str:
    change = score["change"]["value"]
    return DASH if change is None else signed(change, reading, digits)


def _because(score: ScoreChangeDocument, reading: Reading) -> str:
    """The parts that changed a mean, in their order."""
    parts = [(part, difference["value"]) for part, difference in score["parts"].items()]
    named = [
        (reading.speech(f"part_{part}"), signed(value, reading, DIGITS)) for part, value in parts if value
    ]
    return TOGETHER.join(f"{name}\u00a0{by}" for name, by in named)


def value_said(score: ScoreDocument | None, reading: Reading, digits: int = 1) -> str:
    """A value in figures, a dash where there is none."""
    return DASH if score is None or score["value"] is None else reading.speech.number(score["value"], digits)


def signed(value: float, reading: Reading, digits: int = 1) -> str:
    """A difference with its sign, and none where it comes to nothing."""
    said = reading.speech.number(abs(value), digits)
    if said == reading.speech.number(0, digits):
        return said
    return f"+{said}" if value > 0 else f"−{said}"
