"""How the company has moved since the result before: each function then and now, and in sentences (§4)."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.reports.about import Before, Figures
from app.reports.reading import Reading, Standing, is_mostly_known
from app.reports.speech import figures, sentence
from scoring.presentation import formats

FEW = 3
EXACT = 6  # decimals that differences of levels and of the index are exact to

Direction = Literal["rose", "fell", "same", "open"]


class Move(NamedTuple):
    """A function then and now: means and levels in words, the change, and what of it is possible."""

    standing: Standing
    before: Figures
    now: Figures
    said_before: str
    said_now: str
    change: str
    possible: str | None
    levels: str

    @property
    def described(self) -> str:
        """The change with what is possible."""
        return self.change if self.possible is None else f"{self.change}; {self.possible}"


class Trend(NamedTuple):
    """What moved, in sentences; `caution` says where the two are not of the same rules."""

    title: str
    said: str
    caution: str | None


def now_of(standing: Standing) -> Figures:
    """What a function comes to now."""
    function = standing.function
    return Figures(function["score"], function["level"], is_mostly_known(function["counts"]))


def moves(reading: Reading) -> Sequence[Move]:
    """The functions that the result before has too, in the questionnaire's order."""
    if reading.before is None:
        return []
    known = reading.before.functions
    return [
        _move(standing, known[standing.function["id"]], reading)
        for standing in reading.standings
        if _is_known(standing, reading.before)
    ]


def has_moved(reading: Reading) -> bool:
    """Whether any function has another mean, level or range: else a chart shows nothing."""
    return any(move.before[:2] != move.now[:2] for move in moves(reading))


def _is_known(standing: Standing, before: Before) -> bool:
    was = before.functions.get(standing.function["id"])
    return was is not None and was.score is not None and standing.function["score"] is not None


def _move(standing: Standing, was: Figures, reading: Reading) -> Move:
    now, speech = now_of(standing), reading.speech
    span = _span(was, now)
    shown = _value(was), _value(now)
    said_span = speech("from_to", low=_signed(span[0], reading), high=_signed(span[1], reading))
    if shown[0] is None or shown[1] is None:
        change, possible = said_span, None
    else:
        change = _signed(shown[1] - shown[0], reading)
        possible = None if span[0] == span[1] else speech("possible", span=said_span)
    return Move(
        standing,
        was,
        now,
        _score(was, reading),
        _score(now, reading),
        change,
        possible,
        _levels(was, now, reading),
    )


def _value(shown: Figures) -> float | None:
    """The figure that may stand alone."""
    return shown.score["value"] if shown.score is not None and shown.is_mostly_known else None


def _span(was: Figures, now: Figures) -> tuple[float, float]:
    """The least and the greatest change that open answers leave possible."""
    if was.score is None or now.score is None:
        return 0, 0
    least, most = now.score["low"] - was.score["high"], now.score["high"] - was.score["low"]
    return round(least, EXACT), round(most, EXACT)


def _signed(change: float, reading: Reading) -> str:
    """A change with its sign; with two decimals where one would hide it."""
    change = round(change, EXACT)
    if change == 0:
        return "0"
    places = 1 if abs(change) >= 0.05 else 2  # noqa: PLR2004 -- less is 0.0 with one
    return formats.decimal(change, places, reading.speech.language, signed=True)


def _score(shown: Figures, reading: Reading) -> str:
    return reading.speech.score(shown.score, alone=shown.is_mostly_known)


def _levels(was: Figures, now: Figures, reading: Reading) -> str:
    speech, names = reading.speech, reading.words.levels
    if not all(f.level is not None and f.level["low"] == f.level["high"] for f in (was, now)):
        return speech("level_before_now", before=figures(was.level), now=figures(now.level))
    before, after = speech.level(was.level, names), speech.level(now.level, names)
    if before == after:
        return speech("level_still", level=after)
    return speech("from_to", low=before, high=after)


def trend(reading: Reading) -> Trend | None:
    """What has become of the index and of the levels; `None` where there is no result before."""
    if reading.before is None:
        return None
    said = [*_index(reading.before, reading), *_moved_levels(reading), *_only_now(reading)]
    return Trend(_since(reading.before, reading), " ".join(said), _caution(reading.before, reading))


def _since(before: Before, reading: Reading) -> str:
    day, speech = reading.speech.date(before.day), reading.speech
    if before.occasion == before.day.isoformat():
        return speech("since_day", day=day)
    return speech("since_named", occasion=before.occasion, day=day)


def _index(before: Before, reading: Reading) -> Sequence[str]:
    was, document = before.overall, reading.document
    now = Figures(document["overall"]["index"], None, is_mostly_known(document["counts"]))
    if was.score is None or now.score is None:
        return []
    direction, is_certain = _direction(was, now)
    ending = "" if is_certain else "_so_far"
    values = {"before": _score(was, reading), "now": _score(now, reading)}
    return [reading.speech(f"index_{direction}{ending}", **values)]


def _direction(was: Figures, now: Figures) -> tuple[Direction, bool]:
    """Which way, and whether no open answer can change that."""
    least, most = _span(was, now)
    if least > 0 or most < 0:
        return ("rose" if least > 0 else "fell"), True
    if least == most == 0:
        return "same", True
    values = _value(was), _value(now)
    if values[0] is None or values[1] is None or values[0] == values[1]:
        return "open", True
    return ("rose" if values[1] > values[0] else "fell"), False


def _moved_levels(reading: Reading) -> Sequence[str]:
    """Which functions are at another level for certain, and of which that is open."""
    found: dict[Direction, list[Standing]] = {"rose": [], "fell": [], "open": [], "same": []}
    for move in moves(reading):
        found[_turn(move)].append(move.standing)
    said = [
        sentence(reading.speech(f"levels_{direction}", n=len(standings), names=_named(standings, reading)))
        for direction, standings in found.items()
        if standings and direction != "same"
    ]
    return said or ([reading.speech("levels_same")] if found["same"] else [])


def _turn(move: Move) -> Direction:
    was, now = move.before.level, move.now.level
    if was is None or now is None:
        return "open"
    if now["low"] > was["high"]:
        return "rose"
    if now["high"] < was["low"]:
        return "fell"
    return "same" if was == now and was["low"] == was["high"] else "open"


def _named(standings: Sequence[Standing], reading: Reading) -> str:
    """Their names, or how many they are."""
    if len(standings) > FEW:
        return reading.speech("functions", n=len(standings))
    short = reading.words.short_functions
    return reading.speech.listed([short[standing.function["id"]] for standing in standings])


def _only_now(reading: Reading) -> Sequence[str]:
    before = reading.before
    new = [s for s in reading.standings if before is not None and not _is_known(s, before)]
    return [sentence(reading.speech("only_now", n=len(new), names=_named(new, reading)))] if new else []


def _caution(before: Before, reading: Reading) -> str | None:
    speech, document = reading.speech, reading.document
    version, tier = document["questionnaire"]["version"], document["tier"]
    if before.version != version:
        return speech("version_changed", before=before.version, now=version)
    if before.tier != tier:
        names = reading.words.texts.tiers
        return speech("tier_changed", before=names.get(before.tier, before.tier), now=names.get(tier, tier))
    return None
