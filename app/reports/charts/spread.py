"""Chart `spread`: the questions on which roles lie farthest apart, a dot a role (§8)."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from app.reports.charts.dots import Scale
from app.reports.charts.text import lines_of, width_of
from app.reports.reading import Reading
from app.reports.speech import DASH
from scoring.presentation.respondent_shapes import QuestionSpreadDocument

MOST = 6
TOP, LEAST_HEIGHT, DOT, LINE, NAME_SIZE = 40, 50, 30, 19, 17
LABEL, LABEL_GAP, LABEL_LINE = 13, 8, 16
MOST_LINES = 6  # of one label


class Columns(NamedTuple):
    """Where the columns of the chart stand, in px: names, scale, and what counts."""

    width: int
    names: int
    scale_left: int
    scale_width: int
    counts: int


SCREEN = Columns(972, 250, 280, 440, 776)
PAPER = Columns(830, 176, 206, 410, 650)  # letters are as large beside it as on a page of paper


class Label(NamedTuple):
    """A line of a dot's label around `x`; `tier` counts upwards, 0 the nearest to the dots."""

    text: str
    x: float
    tier: int


class RoleDot(NamedTuple):
    """The mean of the roles at the same place, with their names."""

    x: float
    tone: int
    labels: Sequence[Label]


class SpreadRow(NamedTuple):
    """A question with its dots, what counts and from how many answers."""

    top: int
    height: int
    y: int
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
    counts_x: int
    description: str


def widest(reading: Reading) -> Sequence[QuestionSpreadDocument]:
    """The questions that count whose answers lie farthest apart; those that lie together are left out."""
    respondents = reading.document["respondents"]
    if respondents is None:
        return []
    counted = [q for q in respondents["questions"] if q["id"] not in reading.form.shown_only]
    apart = [q for q in counted if _range(q) > 0 and len(q["by_role"]) > 1]
    return sorted(apart, key=_range, reverse=True)[:MOST]


def _range(question: QuestionSpreadDocument) -> float:
    low, high = question["min"], question["max"]
    return 0 if low is None or high is None else high - low


def spread_chart(reading: Reading, columns: Columns = SCREEN) -> SpreadChart | None:
    """The spread; `None` where answers do not lie apart or may not be told."""
    questions = widest(reading)
    if not questions:
        return None
    scale = Scale(columns.scale_left, columns.scale_width, reading.max_level)
    rows: list[SpreadRow] = []
    top = TOP
    for question in questions:
        rows.append(_row(question, reading, scale, columns, top))
        top += rows[-1].height
    described = "; ".join(f"{' '.join(row.name)}: {row.table}" for row in rows)
    return SpreadChart(columns.width, top, scale, reading.words.levels, rows, columns.counts, described)


def _row(
    question: QuestionSpreadDocument, reading: Reading, scale: Scale, columns: Columns, top: int
) -> SpreadRow:
    name = lines_of(reading.question_name(question["id"]), columns.names, NAME_SIZE)
    means = sorted((role["mean"], reading.role_name(role["role"])) for role in question["by_role"])
    dots = _dots(means, scale, columns, reading)
    above = LABEL_LINE * max(label.tier for dot in dots for label in dot.labels)
    height = max(LEAST_HEIGHT + above, LINE * len(name) + 24)
    table = ", ".join(f"{role} {reading.speech.short(value)}" for value, role in means)
    return SpreadRow(
        top,
        height,
        top + DOT + above,
        name,
        dots,
        _counts(question, reading),
        _based_on(question, reading),
        table,
    )


def _dots(
    means: Sequence[tuple[float, str]], scale: Scale, columns: Columns, reading: Reading
) -> Sequence[RoleDot]:
    """A dot for all roles at the same mean; labels that would meet go to lines of their own above."""
    dots: list[RoleDot] = []
    ends: list[float] = []
    for value, group in groupby(means, key=lambda mean: mean[0]):
        names = ", ".join(role for _, role in group)
        x = scale.x(value)
        labels = _placed(names, x, columns, ends)
        dots.append(RoleDot(x, reading.tone(value), labels))
    return dots


def _placed(names: str, x: float, columns: Columns, ends: list[float]) -> Sequence[Label]:
    """The lines of a label above a dot at `x`; `ends` of what stands in each tier is brought up to date."""
    left, right = columns.names + LABEL_GAP, columns.counts - LABEL_GAP
    lines = lines_of(names, right - left, LABEL, most=MOST_LINES)[::-1]
    halves = [width_of(line, LABEL) / 2 for line in lines]
    centres = [min(max(x, left + half), right - half) for half in halves]
    begins = [centre - half - LABEL_GAP for centre, half in zip(centres, halves, strict=True)]
    base = next(
        n for n in range(len(ends) + 1) if all(e <= b for e, b in zip(ends[n:], begins, strict=False))
    )
    ends[base : base + len(lines)] = [centre + half for centre, half in zip(centres, halves, strict=True)]
    return [
        Label(line, round(centre, 1), base + place)
        for place, (line, centre) in enumerate(zip(lines, centres, strict=True))
    ]


def _counts(question: QuestionSpreadDocument, reading: Reading) -> str:
    function, _, _ = question["id"].partition(".")
    answers = (q for c in reading.function[function]["capabilities"] for q in c["questions"])
    points = next((q["points"] for q in answers if q["id"] == question["id"]), None)
    key = "counts_as" if question["consensus"] is None else "workshop_decided"
    return reading.speech(key, value=DASH if points is None else reading.speech.short(points))


def _based_on(question: QuestionSpreadDocument, reading: Reading) -> str:
    speech = reading.speech
    n = speech("answers_n", n=question["n"]) if question["n"] is not None else ""
    agreement = question["r_wg"]
    said = speech("agreement", value=speech.number(agreement, 2)) if agreement is not None else ""
    return ", ".join(part for part in (n, said) if part)
