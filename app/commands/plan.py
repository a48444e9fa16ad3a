"""`sbm plan`: the cheapest way up from a file of answers."""

from pathlib import Path
from typing import Annotated

import orjson
from rich.console import Console
from rich.table import Table
from typer import Argument, Option, echo

from app.commands.declared import declare
from app.commands.scoring import Lang, body_of, catalog_of, scoring_errors
from app.commands.words import words_of
from app.core.words import Sentences
from app.plans.service import plan_body
from scoring.paths.document import PlanDocument, StepDocument, present_plan
from scoring.presentation.sentences import verdict_words
from scoring.questionnaire.words import Words

command = declare()


@command.command()
def plan(
    answers: Annotated[
        Path,
        Argument(
            help="The body of POST /v1/plan, as JSON (that of /v1/score will do), or an answer sheet as XLSX."
        ),
    ],
    questionnaire: Annotated[
        Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
    ] = None,
    lang: Lang = "en",
    as_json: Annotated[bool, Option("--json", help="The plan as JSON.")] = False,  # noqa: FBT002 -- a flag
) -> None:
    """Find the cheapest steps from a file of answers to a goal, and show them in waves."""
    with scoring_errors():
        catalog, default = catalog_of(questionnaire)
        edition, planned = plan_body(catalog, default, body_of(catalog, answers))
    words = edition.words(lang)
    document = present_plan(planned, words)
    if as_json:
        echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        _print(Console(markup=False), document, words)


def _print(console: Console, document: PlanDocument, words: Words) -> None:
    say = words_of(words.language)
    console.print(say[f"plan_{document['status']}"].format(cost=document["cost"], bound=document["bound"]))
    for conflict in document["conflicts"]:
        console.print(f"· {conflict['detail']}")
    for number, wave in enumerate(document["waves"], 1):
        steps = [step for step in document["steps"] if step["wave"] == number]
        verdict = verdict_words(words)[wave["outcome"]["verdict"]]
        title = say["plan_wave"].format(number=number, cost=wave["cost"], verdict=verdict)
        console.print(_wave(title, steps, words, say))
    if asking := document["asking_first"]:
        questions = ", ".join(asking["questions"])
        console.print(say["plan_asking"].format(questions=questions, cost=asking["cost_at_best"]))


def _wave(title: str, steps: list[StepDocument], words: Words, say: Sentences) -> Table:
    table = Table(title=title, title_style="bold")
    table.add_column(say["capability"])
    table.add_column(say["level"], no_wrap=True)
    table.add_column(say["step"], ratio=1)
    table.add_column(say["plan_cost"], justify="right")
    for step in steps:
        name = words.capabilities[step["capability"]].name
        table.add_row(name, f"{step['from']} → {step['to']}", "\n".join(step["actions"]), str(step["cost"]))
    return table
