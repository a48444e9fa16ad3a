"""How sure a result is, in sentences: what was varied, and how often the outcome stays."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.reports.reading import Reading
from app.reports.speech import sentence

if TYPE_CHECKING:  # the shapes alone
    from scoring.outlook.document import (
        FunctionSensitivityDocument,
        KeptDocument,
        NearestDocument,
        SensitivityDocument,
    )
    from scoring.presentation.display import LevelDocument

NAMED = 6


class SureLine(NamedTuple):
    """What is spoken of, and the sentences on it."""

    name: str
    said: Sequence[str]


class SurePart(NamedTuple):
    """What the result hangs on."""

    title: str
    said: str
    lines: Sequence[SureLine]


def sure_part(reading: Reading) -> SurePart | None:
    """What the result hangs on, line by line; `None` where it was not looked for."""
    outlook, speech = reading.beyond.outlook, reading.speech
    if outlook is None or not reading.standings:
        return None
    found = outlook["sensitivity"]
    number = speech.number(found["weightings"]["number"], 0)
    lines = [
        SureLine(speech("verdict_name"), [*_verdict(found, reading)]),
        SureLine(speech("overall_level"), [*_overall(found, reading)]),
        *(
            SureLine(each["name"], [*_function(each, found, reading)])
            for each in found["functions"]
            if each["level"] is not None
        ),
    ]
    if len(found["order"]["functions"]) > 1:
        lines.append(SureLine(speech("order_name"), [*_order(found, reading)]))
    return SurePart(speech("sure_title"), speech("sure_said", number=number), lines)


def _verdict(found: "SensitivityDocument", reading: Reading) -> Iterator[str]:
    part = found["verdict"]
    yield from _kept(part["kept"], "verdict", found, reading)
    yield _hangs(part["answers"], reading)
    yield from _gate(part["gate"]["coverage_percent"], reading)


def _overall(found: "SensitivityDocument", reading: Reading) -> Iterator[str]:
    part, index = found["overall"], found["weightings"]["index"]
    yield from _still_open(part["level"], reading)
    yield from _kept(part["kept"], "level", found, reading)
    yield _hangs(part["answers"], reading)
    yield from _gate(part["gate"]["coverage_percent"], reading)
    if index is not None:
        low, high = (reading.speech.number(each) for each in index)
        yield reading.speech("index_between", low=low, high=high)


def _function(
    part: "FunctionSensitivityDocument", found: "SensitivityDocument", reading: Reading
) -> Iterator[str]:
    speech, weight = reading.speech, part["weight"]
    yield from _still_open(part["level"], reading)
    if part["kept"] is not None:
        yield from _kept(part["kept"], "level", found, reading)
    yield _hangs([hinge["question"] for hinge in part["answers"]], reading)
    if weight is not None:
        yield speech(
            "weighed",
            name=weight["name"],
            before=f"{speech.short(weight['from'])}%",
            after=f"{speech.short(weight['to'])}%",
            level=speech.level(weight["level"], reading.words.levels),
        )


def _order(found: "SensitivityDocument", reading: Reading) -> Iterator[str]:
    short, order = reading.words.short_functions, found["order"]
    yield reading.speech("in_order", names=", ".join(short[name] for name in order["functions"]))
    yield _share("weightings", order["kept"], "order", found, reading)


def _still_open(level: "LevelDocument | None", reading: Reading) -> Iterator[str]:
    """What is varied where a level is not known: the range of what it can be."""
    if level is not None and level["low"] != level["high"]:
        yield reading.speech("level_open", level=reading.speech.level(level, reading.words.levels))


def _kept(kept: "KeptDocument", what: str, found: "SensitivityDocument", reading: Reading) -> Iterator[str]:
    """In how many of ten random weightings it stays, and in how many samples of those who answered."""
    yield _share("weightings", kept["weightings"], what, found, reading)
    if kept["samples"] is not None:
        yield _share("samples", kept["samples"], what, found, reading)


def _share(drawn: str, share: float, what: str, found: "SensitivityDocument", reading: Reading) -> str:
    speech, tenths = reading.speech, round(share * 10)
    varied = found["samples"] if drawn == "samples" else found["weightings"]
    number = speech.number(varied["number"], 0) if varied else ""
    stays = speech(f"kept_{what}")
    if share in {0, 1}:
        said = speech(f"{drawn}_{'all' if share else 'none'}", what=stays, number=number)
    elif tenths in {0, 10}:
        said = speech(f"{drawn}_{'nearly_all' if tenths else 'hardly'}", what=stays)
    else:
        said = speech(f"{drawn}_some", n=tenths, what=stays)
    return sentence(said)


def _hangs(questions: Sequence[str], reading: Reading) -> str:
    """On which answers it hangs: one step up or down, and it is another."""
    speech = reading.speech
    names = list(dict.fromkeys(map(reading.question_name, questions)))
    if not names:
        return speech("hangs_on_no_answer")
    key = "hangs_on" if len(names) <= NAMED else "hangs_on_many"
    return speech(key, n=len(names), names=speech.listed(names))


def _gate(nearest: "NearestDocument", reading: Reading) -> Iterator[str]:
    """The nearest other share of capabilities that a level could ask for, where it would change anything."""
    own = reading.form.rule.coverage_percent
    others = [other for other in (nearest["below"], nearest["above"]) if other is not None]
    if others:
        other = min(others, key=lambda percent: abs(percent - own))
        yield reading.speech(
            "gate_changed", other=reading.speech.percent(other), own=reading.speech.percent(own)
        )
