"""What if: the capabilities with the levels to try, and what becomes of verdict, functions and gaps."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.core.editions import Edition
from app.reports.charts.dots import Scale
from app.reports.charts.functions import Row, strip, strip_scale
from app.reports.parts import GapLine, gap_groups
from app.reports.reading import Reading, Standing
from app.reports.speech import figures, sentence
from app.reports.summary import headline, how_many
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.formats import decimal
from scoring.presentation.shapes import CapabilityProfile, ProfileDocument

FIRST = 5  # gaps that are named


class Tried(NamedTuple):
    """A profile as it was and as it would be with capabilities at these `levels`.

    `offered` are the levels, by capability, that can be tried.
    """

    before: ProfileDocument
    after: ProfileDocument
    edition: Edition
    language: str
    levels: Mapping[str, int]
    offered: Mapping[str, Sequence[int]]


class Choice(NamedTuple):
    """A level to choose; with `is_today` the capability stays as it is, and `move` is empty."""

    move: str
    cell: str
    tone: int | None
    said: str
    is_today: bool
    is_chosen: bool


class Lever(NamedTuple):
    """A capability, the levels that it can be moved to, and where it has gone."""

    id: str
    name: str
    way: str
    choices: Sequence[Choice]


class TriedFunction(NamedTuple):
    """A function as it would be, beside what it was; `was` is empty where its level stays.

    `left` are the places, in px, that moved capabilities have left.
    """

    id: str
    name: str
    row: Row
    left: Sequence[float]
    was: str
    mean: str
    levers: Sequence[Lever]


class TriedFact(NamedTuple):
    """A main figure, and by how much or from what it has changed."""

    name: str
    value: str
    change: str


class WhatIf(NamedTuple):
    """The section; `said` is what a screen reader is told after a move."""

    scale: Scale
    line: int
    floor: int
    levels: str
    headline: str
    was: str
    integrated: str
    facts: Sequence[TriedFact]
    functions: Sequence[TriedFunction]
    gaps_said: str
    gaps: Sequence[GapLine]
    said: str
    moved: int


def what_if(tried: Tried) -> WhatIf:
    """The section of a profile, as it is where nothing is moved."""
    before = Reading(tried.before, tried.edition, tried.language)
    after = Reading(tried.after, tried.edition, tried.language)
    speech, moved = after.speech, len(tried.levels)
    was = headline(before)
    facts = list(_facts(before, after))
    functions = [
        _function(standing, after.function_standing[standing.function["id"]], before, after, tried)
        for standing in before.standings
    ]
    now, gaps = headline(after), [gap for group in gap_groups(after) for gap in group.gaps]
    integrated = sentence(how_many(after))
    return WhatIf(
        scale=strip_scale(after),
        line=after.line,
        floor=after.floor,
        headline=now,
        levels=speech(
            "what_if_levels", names=", ".join(f"{n} {name}" for n, name in enumerate(after.words.levels))
        ),
        was=_verdict_was(was, now, moved, after),
        integrated=integrated,
        facts=facts,
        functions=functions,
        gaps_said=_gaps_said(len(before.document["gaps"]), len(gaps), after),
        gaps=gaps[:FIRST],
        said=" ".join(_said(now, facts, functions, moved, after)),
        moved=moved,
    )


def _verdict_was(was: str, now: str, moved: int, reading: Reading) -> str:
    if was != now:
        return reading.speech("what_if_was", said=was)
    return reading.speech("what_if_same" if moved else "what_if_as_today")


def _facts(before: Reading, after: Reading) -> Iterator[TriedFact]:
    """Overall level and index."""
    speech = after.speech
    was, now = ({"level": _level(r), "index": _index(r)} for r in (before, after))
    yield TriedFact(speech("overall_level"), now["level"], _was(was["level"], now["level"], after))
    change = _index_change(before, after) or _was(was["index"], now["index"], after)
    yield TriedFact(speech("index"), now["index"], change)


def _level(reading: Reading) -> str:
    return reading.speech.level(reading.document["overall"]["level"], reading.words.levels)


def _index(reading: Reading) -> str:
    return reading.mean(reading.document["overall"]["index"], reading.document["counts"])


def _index_change(before: Reading, after: Reading) -> str:
    """The change of the index where it is one figure both times."""
    ends = [_alone(reading.document["overall"]["index"]) for reading in (before, after)]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return ""
    change = decimal(ends[1] - ends[0], 1, after.speech.language, signed=True)
    return after.speech("what_if_change", change=change, before=after.speech.number(ends[0]))


def _alone(index: ScoreDocument | None) -> float | None:
    return index["value"] if index is not None and index["low"] == index["high"] else None


def _was(before: str, after: str, reading: Reading) -> str:
    return "" if before == after else reading.speech("before_value", value=before)


def _function(was: Standing, now: Standing, before: Reading, after: Reading, tried: Tried) -> TriedFunction:
    row, names, speech, scale = strip(now, after), after.words.levels, after.speech, strip_scale(after)
    level_was = speech.level(was.function["level"], names)
    is_moved = was.function["level"] != now.function["level"]
    mean_was, mean = (
        r.mean(s.function["score"], s.function["counts"]) for r, s in ((before, was), (after, now))
    )
    change = f" ({speech('before_value', value=mean_was)})" if mean != mean_was else ""
    return TriedFunction(
        now.function["id"],
        now.function["name"],
        row,
        [scale.x(value) for value in _left(was, tried)],
        speech("before_value", value=level_was) if is_moved else "",
        f"{speech('mean_of', value=mean)}{change}; {', '.join(row.why)}",
        [_lever(capability, after, tried) for capability in was.capabilities],
    )


def _left(was: Standing, tried: Tried) -> Iterator[float]:
    """Where the capabilities stand that are moved, and known."""
    for capability in was.capabilities:
        score = capability["score"]
        if capability["id"] in tried.levels and score is not None and score["value"] is not None:
            yield score["value"]


def _lever(capability: CapabilityProfile, after: Reading, tried: Tried) -> Lever:
    name, level = capability["id"], capability["level"]
    chosen = tried.levels.get(name)
    today = _only(level)
    offered = sorted({*tried.offered[name], *([] if today is None else [today])})
    said_today = _level_said(level, after)
    stays = Choice("", figures(level), after.decided_tone(level), said_today, True, chosen is None)  # noqa: FBT003 -- named in the type
    choices = [] if today is not None else [stays]
    for n in offered:
        said = after.words.levels[n]
        move = Choice(f"{name}@{n}", str(n), after.tone(n), said, False, chosen == n)  # noqa: FBT003 -- the same
        choices.append(stays if n == today else move)
    speech = after.speech
    way = (
        said_today
        if chosen is None
        else speech("what_if_way", before=said_today, now=after.words.levels[chosen])
    )
    return Lever(name, capability["name"], way, choices)


def _only(level: LevelDocument | None) -> int | None:
    return level["low"] if level is not None and level["low"] == level["high"] else None


def _level_said(level: LevelDocument | None, reading: Reading) -> str:
    if _only(level) is None:
        return reading.speech("what_if_open", span=figures(level))
    return reading.speech.level(level, reading.words.levels)


def _gaps_said(before: int, after: int, reading: Reading) -> str:
    said = reading.speech("what_if_gaps", n=after)
    were = reading.speech("what_if_gaps_were", n=before)
    return said if before == after else f"{said} {were}"


def _said(
    now: str, facts: Sequence[TriedFact], functions: Sequence[TriedFunction], moved: int, reading: Reading
) -> Iterator[str]:
    """How many are moved, the verdict, and all that has changed."""
    yield reading.speech("what_if_moved", n=moved)
    yield now
    for name, value, change in facts:
        if change:
            yield f"{name}: {value}, {change}."
    for function in functions:
        if function.was:
            yield f"{function.name}: {' '.join(function.row.level_words)}, {function.was}."
