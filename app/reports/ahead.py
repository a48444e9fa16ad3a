"""What next and how sure: the plan in waves, the questions to ask first, and what the result hangs on."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from app.reports.budgets import Budget, budgets, half_said, integrated_then
from app.reports.charts.frontier import PAPER, frontier_chart
from app.reports.charts.small import SmallStrip, small_strips
from app.reports.drawing import on_paper, small_on_paper
from app.reports.raised import raised
from app.reports.reading import Reading
from app.reports.sides import Part, part_of
from app.reports.speech import sentence, within
from app.reports.sure import sure_part

if TYPE_CHECKING:  # the shapes alone
    from scoring.outlook.document import NextQuestionsDocument, OpenQuestionDocument
    from scoring.paths.document import AskingFirstDocument, PlanDocument, StepDocument, WaveDocument

QUESTIONS, ROLES, NAMED = 3, 3, 3
BUDGET_COLUMNS = ("budget_column", "effort", "index_column")
TOGETHER = "\u00a0·\u00a0"  # between a level and its effort, which stay on a line


class PlannedStep(NamedTuple):
    """A capability that a wave raises: from which level to which, at which cost, by doing what.

    `evidence`: what would show it, where the plan raises it no further.
    """

    name: str
    function: str
    way: str
    actions: Sequence[str]
    evidence: str | None


class FunctionThen(NamedTuple):
    """A function's level after a wave, and its capabilities as dots."""

    name: str
    cell: str
    tone: int | None
    strip: SmallStrip


class PlannedWave(NamedTuple):
    """A wave: what it costs, what is done in it, and where the functions stand then."""

    title: str
    cost: str
    steps: Sequence[PlannedStep]
    then: str
    functions: Sequence[FunctionThen]


class ToAsk(NamedTuple):
    """A question to ask next, of whom, and what its answer can settle."""

    name: str
    function: str
    whom: str
    settles: str


class NextPart(NamedTuple):
    """The plan and the questions."""

    title: str
    said: str
    conflicts: Sequence[str]
    waves: Sequence[PlannedWave]
    asking: str | None
    budgets: Sequence[Budget]
    half: str | None
    questions: Sequence[ToAsk]


def next_part(reading: Reading) -> NextPart | None:
    """What next; `None` where it was not looked for."""
    plan, speech = reading.beyond.plan, reading.speech
    if reading.beyond.outlook is None:
        return None
    if plan is None:
        title, said = speech("next_too_early"), speech("next_said_too_early")
        return NextPart(title, said, [], [], None, [], None, [*_questions(reading)])
    status, cost = plan["status"], plan["cost"] or 0
    verdict = reading.verdict_said("met")
    return NextPart(
        speech(f"next_{status}", n=cost, verdict=verdict),
        speech(f"next_said_{status}", bound=plan["bound"]),
        [conflict["detail"] for conflict in plan["conflicts"]],
        [*_waves(plan, reading)],
        _asking(plan["asking_first"], cost, reading),
        budgets(reading),
        half_said(reading),
        [*_questions(reading)],
    )


def _waves(plan: "PlanDocument", reading: Reading) -> Iterator[PlannedWave]:
    speech, spent = reading.speech, 0
    for number, wave in enumerate(plan["waves"], 1):
        spent += wave["cost"]
        said = speech("effort_points", n=wave["cost"])
        yield PlannedWave(
            speech("wave", number=number),
            said if spent == wave["cost"] else speech("wave_cost", cost=said, total=spent),
            [*_steps(plan, number, reading)],
            _then(wave, reading),
            [*_functions(raised(plan, number, reading))],
        )


def _steps(plan: "PlanDocument", wave: int, reading: Reading) -> Iterator[PlannedStep]:
    """What a wave raises, each capability once, also where another has to come between two of its levels."""
    by_capability: dict[str, list[StepDocument]] = {}
    for step in plan["steps"]:
        if step["wave"] == wave:
            by_capability.setdefault(step["capability"], []).append(step)
    last = {step["capability"]: step["wave"] for step in plan["steps"]}
    for name, own in by_capability.items():
        speech, levels = reading.speech, reading.words.levels
        way = speech("from_to", low=levels[own[0]["from"]], high=levels[own[-1]["to"]])
        yield PlannedStep(
            reading.capability[name]["name"],
            reading.words.short_functions[reading.function_of(name)["id"]],
            TOGETHER.join((way, speech.number(sum(step["cost"] for step in own), 0))),
            [action for step in own for action in step["actions"]],
            _evidence(own[-1], reading) if last[name] == wave else None,
        )


def _evidence(step: "StepDocument", reading: Reading) -> str | None:
    evidence = step["evidence"]
    return reading.speech("shown_by", evidence=within(evidence)) if evidence else None


def _then(wave: "WaveDocument", reading: Reading) -> str:
    """The verdict after a wave, and how many functions are integrated."""
    verdict = reading.verdict_said(wave["outcome"]["verdict"])
    return reading.speech("after_wave", verdict=verdict, said=integrated_then(wave, reading))


def _functions(then: Reading) -> Iterator[FunctionThen]:
    for strip in small_strips(then):
        yield FunctionThen(strip.name, strip.cell, strip.tone, strip)


def _asking(asking: "AskingFirstDocument | None", cost: int, reading: Reading) -> str | None:
    """What asking first could save."""
    if asking is None:
        return None
    speech = reading.speech
    best = speech("effort_points", n=asking["cost_at_best"])
    names = list(dict.fromkeys(map(reading.question_name, asking["questions"])))
    if len(names) > NAMED:
        return speech("asking_many", n=len(names), best=best, cost=cost)
    return speech("asking", n=len(names), names=speech.listed(names), best=best, cost=cost)


def _questions(reading: Reading) -> Iterator[ToAsk]:
    """The first open questions whose answers can settle anything."""
    outlook = reading.beyond.outlook
    if outlook is None:
        return
    found = outlook["next_questions"]
    for question in useful_questions(found)[:QUESTIONS]:
        function = reading.function_of(question["question"])["name"]
        yield ToAsk(
            question["name"],
            function,
            whom_said(question["question"], found, reading),
            _settles(question, function, reading),
        )


def useful_questions(found: "NextQuestionsDocument") -> "Sequence[OpenQuestionDocument]":
    """The open questions whose answers can settle anything, in the order to ask them."""
    return [q for q in found["questions"] if q["decides"] or q["if_least"] or q["if_greatest"]]


def whom_said(question: str, found: "NextQuestionsDocument", reading: Reading) -> str:
    """Those to ask it: who has the fewest others to answer first."""
    by_role = [(reading.role_name(role), names) for role, names in found["by_role"].items()]
    others = [(_asked_about(each["functions"], reading), each["questions"]) for each in found["by_functions"]]
    asked = [(len(names), asker) for asker, names in (*by_role, *others) if question in names]
    nearest = sorted(asked, key=itemgetter(0))[:ROLES]
    return sentence(reading.speech.either([asker for _, asker in nearest]))


def _asked_about(functions: Sequence[str], reading: Reading) -> str:
    """Somebody without a role: by what he or she is asked about."""
    speech = reading.speech
    if len(functions) == len(reading.document["functions"]):
        return speech("asked_everything")
    names = [reading.words.short_functions[name] for name in functions]
    return speech("asked_about", functions=speech.listed(names))


def _settles(question: "OpenQuestionDocument", function: str, reading: Reading) -> str:
    speech, most = reading.speech, max(question["if_least"], question["if_greatest"])
    said = [speech("settles_function", function=function)] if question["decides"] else []
    if most:
        said.append(speech("settles_range", levels=speech.number(most, 2)))
    return " ".join(said)


def next_content(reading: Reading) -> Part | None:
    """What next, for a document."""
    part, speech = next_part(reading), reading.speech
    if part is None:
        return None
    return part_of(
        "next",
        speech("next_nav"),
        part.title,
        part.said,
        conflicts=part.conflicts,
        waves=[
            wave._asdict()
            | {
                "steps": [step._asdict() for step in wave.steps],
                "functions": [_drawn(function, reading) for function in wave.functions],
            }
            for wave in part.waves
        ],
        columns=[speech("capability"), speech("step_column"), speech("to_do")],
        asking_title=speech("asking_title"),
        asking=part.asking,
        budgets_title=speech("budgets_title"),
        budgets_said=speech("budgets_said"),
        half_title=speech("half_title"),
        half=part.half,
        budgets=_frontier(part.budgets, reading),
        questions_title=speech("questions_title"),
        question_columns=[speech("question"), speech("whom"), speech("settles")],
        questions=[question._asdict() for question in part.questions],
    )


def _drawn(function: FunctionThen, reading: Reading) -> Part:
    """A function after a wave, its dots as a picture."""
    drawing = {
        "svg": small_on_paper("small", "small_strip", reading, function.strip),
        "alt": f"{function.name}: {function.cell}",
    }
    return function._asdict() | {"strip": drawing}


def _frontier(shown: Sequence[Budget], reading: Reading) -> Part | None:
    """What each budget buys: the chart as a picture, and its table."""
    speech, chart = reading.speech, frontier_chart(reading, PAPER)
    if chart is None:
        return None
    return {
        "chart": {
            "svg": on_paper("frontier", chart, reading),
            "alt": chart.description,
            "caption": speech("frontier_chart"),
        },
        "columns": [speech(key) for key in BUDGET_COLUMNS],
        "rows": [[budget.name, budget.level, *budget.figures(reading)] for budget in shown],
    }


def sure_content(reading: Reading) -> Part | None:
    """How sure it is, for a document."""
    part = sure_part(reading)
    if part is None:
        return None
    lines = [(sentence(line.name), " ".join(line.said)) for line in part.lines]
    return part_of("sure", reading.speech("sure_nav"), part.title, part.said, lines=lines)
