"""Chart `perception`: what both sides say on the same questions, the farthest apart first (§8, §9)."""

from collections.abc import Sequence
from typing import NamedTuple

from app.reports.charts.dots import Scale
from app.reports.charts.text import lines_of
from app.reports.reading import Reading

WIDTH, NAMES, SCALE_LEFT, SCALE_WIDTH = 560, 200, 216, 240
TOP, ROW, LINE, NAME_SIZE = 46, 32, 18, 15
FAR = 2


class PerceptionRow(NamedTuple):
    """A question: where each side stands in px, and how far they are apart in words."""

    top: int
    height: int
    name: Sequence[str]
    first: float
    second: float
    values: tuple[str, str]
    apart: str
    is_far: bool


class PerceptionChart(NamedTuple):
    """Both sides on the questions that both answered."""

    width: int
    height: int
    scale: Scale
    sides: tuple[str, str]
    rows: Sequence[PerceptionRow]
    description: str


def perception_chart(reading: Reading) -> PerceptionChart | None:
    """Both sides on what the unscored functions count; `None` where they do not compare."""
    collaboration = reading.document["collaboration"]
    if collaboration is None:
        return None
    ids = [side["id"] for side in collaboration["sides"] if side["id"] is not None]
    asked = reading.form.unscored_ids - reading.form.shown_only
    gaps = [gap for gap in collaboration["perception"]["questions"] if gap["id"] in asked]
    if len(ids) != 2 or not gaps:  # noqa: PLR2004 -- two sides are compared
        return None
    first, second = ids
    scale = Scale(SCALE_LEFT, SCALE_WIDTH, reading.max_level)
    rows: list[PerceptionRow] = []
    top = TOP
    for gap in gaps:
        name = lines_of(reading.question_name(gap["id"]), NAMES, NAME_SIZE)
        height = max(ROW, LINE * len(name) + 12)
        rows.append(
            PerceptionRow(
                top,
                height,
                name,
                scale.x(gap[first]),
                scale.x(gap[second]),
                (reading.speech.short(gap[first]), reading.speech.short(gap[second])),
                _apart(abs(gap["difference"]), reading),
                abs(gap["difference"]) >= FAR,
            )
        )
        top += height
    sides = reading.side_name(first), reading.side_name(second)
    described = (
        f"{' '.join(row.name)}: {sides[0]} {row.values[0]}, {sides[1]} {row.values[1]}" for row in rows
    )
    return PerceptionChart(WIDTH, top, scale, sides, rows, "; ".join(described))


def _apart(difference: float, reading: Reading) -> str:
    if not difference:
        return reading.speech("the_same")
    if difference == 1:
        return reading.speech("level_apart")
    return reading.speech("levels_apart", levels=reading.speech.short(difference))
