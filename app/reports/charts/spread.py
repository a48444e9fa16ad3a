"""Chart `spread`: the questions on which roles lie farthest apart, a dot a role (§8)."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from app.reports.charts.dots import Scale
from app.reports.charts.text import lines_of
from app.reports.reading import Reading
from scoring.presentation.respondent_shapes import QuestionSpreadDocument

MOST = 8
WIDTH, NAMES, SCALE_LEFT, SCALE_WIDTH, COUNTS = 972, 250, 280, 440, 776
TOP, ROW, LINE, NAME_SIZE = 46, 58, 19, 17


class RoleDot(NamedTuple):
    """The mean of the roles that stand at the same place."""

    x: float
    level: int
    label: str


class SpreadRow(NamedTuple):
    """A question with its dots, what counts and from how many answers."""

    top: int
    height: int
    name: Sequence[str]
    dots: Sequence[RoleDot]
    counts: str
    based_on: str
    table: str


class SpreadChart(NamedTuple):
    """The questions with the widest spread, in px."""

    width: int
    height: int
    scale: Scale
    level_names: Sequence[str]
    rows: Sequence[SpreadRow]
    description: str


def widest(reading: Reading) -> Sequence[QuestionSpreadDocument]:
    """The questions whose answers lie farthest apart; those that lie together are left out."""
    respondents = reading.document["respondents"]
    if respondents is None:
        return []
    apart = [q for q in respondents["questions"] if _range(q) > 0 and len(q["by_role"]) > 1]
    return sorted(apart, key=_range, reverse=True)[:MOST]


def _range(question: QuestionSpreadDocument) -> float:
    low, high = question["min"], question["max"]
    return 0 if low is None or high is None else high - low


def spread_chart(reading: Reading) -> SpreadChart | None:
    """The spread; `None` where answers do not lie apart or may not be told."""
    questions = widest(reading)
    if not questions:
        return None
    scale = Scale(SCALE_LEFT, SCALE_WIDTH, reading.max_level)
    rows: list[SpreadRow] = []
    top = TOP
    for question in questions:
        name = lines_of(reading.question_name(question["id"]), NAMES, NAME_SIZE)
        height = max(ROW, LINE * len(name) + 24)
        rows.append(_row(question, name, reading, scale, top, height))
        top += height
    described = "; ".join(f"{' '.join(row.name)}: {row.table}" for row in rows)
    return SpreadChart(WIDTH, top, scale, reading.words.levels, rows, described)


def _row(
    question: QuestionSpreadDocument, name: Sequence[str], reading: Reading, scale: Scale, top: int, height: int
) -> SpreadRow:
    means = sorted((role["mean"], reading.role_name(role["role"])) for role in question["by_role"])
    dots = [
        RoleDot(scale.x(value), int(value), ", ".join(label for _, label in roles))
        for value, group in groupby(means, key=lambda mean: mean[0])
        for roles in [list(group)]
    ]
    table = ", ".join(f"{role} {value:g}" for value, role in means)
    return SpreadRow(top, height, name, dots, _counts(question, reading), _based_on(question, reading), table)


def _counts(question: QuestionSpreadDocument, reading: Reading) -> str:
    function, _, _ = question["id"].partition(".")
    answers = (q for c in reading.function[function]["capabilities"] for q in c["questions"])
    points = next((q["points"] for q in answers if q["id"] == question["id"]), None)
    key = "counts_as" if question["consensus"] is None else "workshop_decided"
    return reading.speech(key, value="–" if points is None else reading.speech.number(points, points != int(points)))


def _based_on(question: QuestionSpreadDocument, reading: Reading) -> str:
    speech = reading.speech
    n = speech("answers_n", n=question["n"]) if question["n"] is not None else ""
    agreement = question["r_wg"]
    said = speech("agreement", value=speech.number(agreement, 2)) if agreement is not None else ""
    return ", ".join(part for part in (n, said) if part)
