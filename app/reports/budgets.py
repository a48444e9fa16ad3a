"""What each budget buys: today, every stop, the plan wave by wave, as points of cost against index."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.reports.reading import Reading
from app.reports.speech import sentence
from scoring.method.verdict import VerdictStatus

if TYPE_CHECKING:  # the shapes alone
    from scoring.paths.document import PlanDocument, WaveDocument

Kind = Literal["today", "wave", "stop", "other", "plan"]


class Budget(NamedTuple):
    """What so much effort leads to: the least index, and in words what is reached.

    `level`: the overall level, where what is reached does not say it.
    """

    kind: Kind
    points: int
    least: float
    name: str
    level: str

    def figures(self, reading: Reading) -> tuple[str, str]:
        """Its points and its index, as they are written."""
        return reading.speech("effort_points", n=self.points), reading.speech.number(self.least)


def budgets(reading: Reading) -> Sequence[Budget]:
    """By what they cost; none where there is no plan that raises anything."""
    plan, overall = reading.beyond.plan, reading.document["overall"]
    if plan is None or not plan["waves"] or overall["index"] is None or overall["level"] is None:
        return []
    level = reading.words.levels[overall["level"]["low"]]
    today = Budget("today", 0, overall["index"]["low"], reading.speech("budget_today"), level)
    return sorted([today, *_waves(plan, reading), *_stops(plan, reading)], key=lambda budget: budget.points)


def integrated_then(wave: "WaveDocument", reading: Reading) -> str:
    """How many functions are integrated after a wave."""
    speech, levels = reading.speech, {f["id"]: f["level"] for f in wave["outcome"]["functions"]}
    own = [levels[standing.function["id"]] for standing in reading.standings]
    met = sum(level is not None and level["low"] >= reading.line for level in own)
    if met == len(own):
        return speech("all_integrated", n=met, level=reading.line_said)
    if len(own) == 1:
        return speech("only_not_integrated", level=reading.line_said)
    return speech("integrated", n=met, total=speech.counted(len(own)), level=reading.line_said)


def half_said(reading: Reading) -> str | None:
    """What half of what the plan costs buys; `None` where it is not proven that it cannot buy all of it."""
    plan, speech = reading.beyond.plan, reading.speech
    if plan is None or plan["status"] != "optimal" or not plan["cost"] or plan["cost"] == 1:
        return None
    half, asking = plan["cost"] // 2, plan["asking_first"]
    key = "half_if_best" if asking is not None and asking["cost_at_best"] <= half else "half_said"
    said = [speech(key, half=speech("effort_points", n=half), verdict=reading.verdict_said("met"))]
    stops = [stop for stop in plan["stops"] if stop["budget"] <= half]
    if stops:
        level, points = reading.words.levels[stops[-1]["level"]], stops[-1]["budget"]
        said.append(speech("half_level", level=level, cost=speech("effort_points", n=points)))
    else:
        said.append(speech("half_no_level"))
    spent = [*accumulate(wave["cost"] for wave in plan["waves"])]
    paid = sum(points <= half for points in spent)
    if paid:
        then = integrated_then(plan["waves"][paid - 1], reading)
        said.append(speech("half_waves", n=paid, said=then))
    return " ".join(said)


def _waves(plan: "PlanDocument", reading: Reading) -> Iterator[Budget]:
    """After each wave; the last is the plan."""
    speech, points = reading.speech, 0
    for number, wave in enumerate(plan["waves"], 1):
        points += wave["cost"]
        overall, is_last = wave["outcome"]["overall"], number == len(plan["waves"])
        if overall["index"] is None or overall["level"] is None:
            continue
        verdict = reading.verdict_said(wave["outcome"]["verdict"])
        name = speech("budget_plan", verdict=verdict) if is_last else speech("budget_wave", number=number)
        level = reading.words.levels[overall["level"]["low"]]
        yield Budget("plan" if is_last else "wave", points, overall["index"]["low"], name, level)


def _stops(plan: "PlanDocument", reading: Reading) -> Iterator[Budget]:
    """Where the level or the verdict becomes another, but for the plan itself, and other plans."""
    speech, levels, before = reading.speech, reading.words.levels, reading.document["verdict"]["status"]
    for stop in plan["stops"]:
        name, verdict = levels[stop["level"]], stop["verdict"]
        if stop["budget"] != plan["cost"]:
            yield Budget("stop", stop["budget"], stop["index"], _named(name, verdict, before, reading), "")
        before = verdict
    for other in plan["alternatives"]:
        yield Budget("other", other["cost"], other["index"], speech("budget_other"), "")


def _named(level: str, verdict: VerdictStatus, before: VerdictStatus, reading: Reading) -> str:
    """The level that is reached, and the verdict where it becomes another with it."""
    if verdict == "met" != before:
        said = reading.verdict_said(verdict)
        return sentence(reading.speech("budget_level_verdict", level=level, verdict=said))
    return sentence(reading.speech("budget_level", level=level))
