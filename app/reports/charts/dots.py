"""Capabilities as dots on the scale from 0 to the top level, those at the same points side by side."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from app.reports.charts.text import width_of
from app.reports.reading import Reading, Standing, is_mostly_known

SPACING = 14.5
LABEL, LABEL_GAP = 13, 9


class Scale(NamedTuple):
    """Where the levels stand, in px."""

    left: float
    width: float
    max_level: int

    def x(self, level: float) -> float:
        """Where a level, or a mean between two, stands."""
        return round(self.left + self.width * level / self.max_level, 1)

    @property
    def levels(self) -> range:
        """All levels."""
        return range(self.max_level + 1)


class Dot(NamedTuple):
    """A capability whose value is known; `is_framed` where others' answers can still move it."""

    x: float
    tone: int
    is_under: bool
    is_framed: bool
    name: str


class Mean(NamedTuple):
    """A function's mean with its whisker and its label, in px; `anchor` is where the label is held."""

    x: float | None
    low: float
    high: float
    label: str
    label_x: float
    anchor: Literal["start", "middle", "end"]


def dots(standing: Standing, reading: Reading, scale: Scale, most_apart: float = SPACING) -> Sequence[Dot]:
    """A dot for each capability with a value, centred on its points; at most so many px apart."""
    known = sorted(_known(standing, reading))
    beside = Counter(value for value, *_ in known)
    placed: Counter[float] = Counter()
    shown: list[Dot] = []
    for value, name, is_framed in known:
        spacing = min(most_apart, scale.width / scale.max_level / beside[value])
        shift = (placed[value] - (beside[value] - 1) / 2) * spacing
        placed[value] += 1
        x = round(scale.x(value) + shift, 1)
        shown.append(Dot(x, reading.tone(value), int(value) < reading.floor, is_framed, name))
    return shown


def _known(standing: Standing, reading: Reading) -> Iterator[tuple[float, str, bool]]:
    for capability in standing.capabilities:
        score, level = capability["score"], capability["level"]
        if score is None or level is None or score["value"] is None:
            continue
        said = reading.speech.level(level, reading.words.levels)
        yield score["value"], f"{capability['name']}: {said}", score["low"] != score["high"]


def mean(standing: Standing, reading: Reading, scale: Scale, right: float) -> Mean | None:
    """The function's mean, with a label that ends before `right`; `None` where it has none.

    The label is left of it where it lies below the line, else right of it, or upon it where neither has room.
    """
    score, counts = standing.function["score"], standing.function["counts"]
    if score is None:
        return None
    value = score["value"] if is_mostly_known(counts) else None
    label = reading.speech("mean_between" if value is None else "mean_of", value=reading.mean(score, counts))
    low, high = scale.x(score["low"]), scale.x(score["high"])
    at = None if value is None else scale.x(value)
    room = LABEL_GAP + width_of(label, LABEL)
    if score["low"] < reading.line and low - room >= scale.left:
        return Mean(at, low, high, label, low - LABEL_GAP, "end")
    if high + room <= right:
        return Mean(at, low, high, label, high + LABEL_GAP, "start")
    return Mean(at, low, high, label, round((low + high) / 2, 1), "middle")
