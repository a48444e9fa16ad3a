"""What next as a sheet of a workbook: the questions, the plan step by step and wave by wave, the budgets."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.reports.ahead import next_part, useful_questions, whom_said
from app.reports.budgets import budgets
from app.reports.cells import Column, Row, Sheet, Table
from app.reports.reading import Reading

if TYPE_CHECKING:  # the shapes alone
    from scoring.paths.document import PlanDocument
    from scoring.presentation.display import LevelDocument

FIRST, NAME, WHERE, LONG = 10, 34, 26, 60  # letters: all tables of the sheet share the widths of the first


def next_sheet(reading: Reading) -> Sheet | None:
    """What next; `None` where it was not looked for."""
    part, plan = next_part(reading), reading.beyond.plan
    if part is None:
        return None
    made = [_questions(reading)] + ([] if plan is None else [_steps(plan, reading), _waves(plan, reading)])
    tables = [table for table in (*made, _budgets(reading)) if table.rows]
    said = [part.title, part.said, *part.conflicts, *filter(None, (part.asking, part.half))]
    if not tables:
        return Sheet(reading.speech("next_nav"), said, [], [], 0)
    first, *others = tables
    return Sheet(reading.speech("next_nav"), [*said, "", first.title], first.columns, first.rows, 0, others)


def _questions(reading: Reading) -> Table:
    """All open questions that can settle anything, in the order to ask them."""
    speech = reading.speech
    columns = [
        Column(speech("place_column"), FIRST, "whole"),
        Column(speech("question"), NAME, "text"),
        Column(speech("function"), WHERE, "text"),
        Column(speech("if_least_column")),
        Column(speech("if_greatest_column")),
        Column(speech("deciding_column"), 10, "whole"),
        Column(speech("whom"), LONG, "text"),
        Column("id", LONG, "text"),
    ]
    return Table(speech("questions_title"), columns, [*_open_questions(reading)])


def _open_questions(reading: Reading) -> Iterator[Row]:
    outlook = reading.beyond.outlook
    if outlook is None:
        return
    deciding = outlook["next_questions"]["deciding"]
    decides = deciding["questions"] if deciding else ()
    for place, question in enumerate(useful_questions(outlook["next_questions"]), 1):
        name = question["question"]
        yield [
            place,
            question["name"],
            reading.function_of(name)["name"],
            question["if_least"],
            question["if_greatest"],
            int(name in decides),
            whom_said(name, outlook["next_questions"], reading),
            name,
        ]


def _steps(plan: "PlanDocument", reading: Reading) -> Table:
    """Each step in the order of the plan, with what to do and what would show it."""
    speech = reading.speech
    columns = [
        Column(speech("wave_column"), FIRST, "whole"),
        Column(speech("capability"), NAME, "text"),
        Column(speech("function"), WHERE, "text"),
        Column(speech("from_column"), 10, "whole"),
        Column(speech("to_column"), 10, "whole"),
        Column(speech("effort"), 10, "whole"),
        Column(speech("to_do"), LONG, "text"),
        Column(speech("evidence"), LONG, "text"),
    ]
    rows = [
        [
            step["wave"],
            reading.capability[step["capability"]]["name"],
            reading.function_of(step["capability"])["name"],
            step["from"],
            step["to"],
            step["cost"],
            " ".join(step["actions"]),
            step["evidence"],
        ]
        for step in plan["steps"]
    ]
    return Table(speech("plan_table"), columns, rows)


def _waves(plan: "PlanDocument", reading: Reading) -> Table:
    """After each wave the whole with the verdict, and the functions."""
    speech = reading.speech
    columns = [
        Column(speech("wave_column"), FIRST, "whole"),
        Column(speech("function"), NAME, "text"),
        Column(speech("level"), WHERE, "text"),
        Column(speech("least"), 10, "whole"),
        Column(speech("most"), 10, "whole"),
        Column(speech("effort"), 10, "whole"),
        Column(speech("verdict_name"), LONG, "text"),
    ]
    return Table(speech("waves_table"), columns, [*_after_waves(plan, reading)])


def _after_waves(plan: "PlanDocument", reading: Reading) -> Iterator[Row]:
    spent = 0
    for number, wave in enumerate(plan["waves"], 1):
        spent += wave["cost"]
        outcome = wave["outcome"]
        verdict = reading.verdict_said(outcome["verdict"])
        whole = _level(outcome["overall"]["level"], reading)
        yield [number, reading.speech("all_functions"), *whole, spent, verdict]
        for function in outcome["functions"]:
            own = reading.function[function["id"]]
            if reading.has_level(own):
                yield [number, own["name"], *_level(function["level"], reading), None, None]


def _level(level: "LevelDocument | None", reading: Reading) -> Row:
    said = reading.speech.level(level, reading.words.levels)
    return [said, None, None] if level is None else [said, level["low"], level["high"]]


def _budgets(reading: Reading) -> Table:
    """What each budget buys, the stops among them."""
    speech = reading.speech
    columns = [
        Column(speech("effort"), FIRST, "whole"),
        Column(speech("budget_column"), NAME, "text"),
        Column(speech("level"), WHERE, "text"),
        Column(speech("index_column")),
    ]
    rows: Sequence[Row] = [[b.points, b.name, b.level, b.least] for b in budgets(reading)]
    return Table(speech("budgets_title"), columns, rows)
