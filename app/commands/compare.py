"""`sbm compare`: why the figures moved between two files of answers."""

from collections.abc import Iterator
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
from app.scores.comparisons import compare_bodies
from scoring.comparison.questions import PartName
from scoring.comparison.shapes import (
    AnswerStateDocument,
    ChangesDocument,
    ComparisonDocument,
    LevelChangeDocument,
    ScoreChangeDocument,
)
from scoring.presentation.display import LevelDocument, ScoreDocument
from scoring.presentation.formats import counted, decimal
from scoring.presentation.sentences import verdict_words
from scoring.questionnaire.words import Words

command = declare()

Before = Annotated[
    Path, Argument(help="The earlier answers: a body of POST /v1/score, as JSON; or an answer sheet.")
]
After = Annotated[
    Path, Argument(help="The later answers, of the same questionnaire in the same or another version.")
]
Questionnaire = Annotated[
    Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
]


@command.command()
def compare(
    before: Before,
    after: After,
    questionnaire: Questionnaire = None,
    lang: Lang = "en",
    as_json: Annotated[bool, Option("--json", help="The comparison as JSON.")] = False,  # noqa: FBT002 -- a flag
) -> None:
    """Split what moved between two files of answers into what changed, to the digit."""
    with scoring_errors():
        catalog, default = catalog_of(questionnaire)
        bodies = {"before": body_of(catalog, before), "after": body_of(catalog, after)}
        difference = compare_bodies(catalog, default, bodies)
    document = difference.present(lang)
    if as_json:
        echo(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    else:
        _print(Console(markup=False), document, difference.after.words(lang))


def _print(console: Console, document: ComparisonDocument, words: Words) -> None:
    say, status = words_of(words.language), document["verdict"]["status"]
    verdicts = verdict_words(words)
    ends = [verdicts[status["before"]], verdicts[status["after"]]]
    console.print(f"{say['verdict']}: {' → '.join(dict.fromkeys(ends))}", style="bold")
    console.print(_standing(document, words, say))
    console.print(_parts(document, words, say))
    for notice in document["notices"]:
        console.print(f"· {notice['detail']}")
    if document["in_both"]:
        console.print(
            counted(
                say["compare_in_both"], (document["respondents"] or {"stayed": 0})["stayed"], words.language
            )
        )
        console.print(_standing(document["in_both"], words, say))


def _standing(changes: ChangesDocument, words: Words, say: Sentences) -> Table:
    """Every function and the whole: level and score before and after."""
    table = Table()
    table.add_column(say["function"])
    table.add_column(say["level"], no_wrap=True)
    for heading in ("before", "after", "difference"):
        table.add_column(say[heading], justify="right", no_wrap=True)
    for function in changes["functions"]:
        table.add_row(function["name"], _levels(function["level"]), *_figures(function["score"], 2, words))
    overall = changes["overall"]
    table.add_section()
    table.add_row(say["overall"], _levels(overall["level"]), *_figures(overall["score"], 2, words))
    table.add_row(say["index_0_to_100"], "", *_figures(overall["index"], 1, words))
    return table


def _parts(document: ComparisonDocument, words: Words, say: Sentences) -> Table:
    """What the change of the index is made of, in the order of the replay, with each part's questions."""
    table = Table(title=say["compare_why"], title_style="bold", show_lines=True)
    table.add_column(say["compare_part"])
    table.add_column(say["index_0_to_100"], justify="right")
    table.add_column(say["compare_questions"], ratio=1)
    parts = document["overall"]["index"]["parts"]
    for part in document["order"]:
        change = _difference(parts[part]["value"], 1, words)
        table.add_row(say[f"part_{part}"], change, "\n".join(_moved(document, part, words, say)) or "–")
    return table


def _moved(document: ComparisonDocument, part: PartName, words: Words, say: Sentences) -> Iterator[str]:
    """The questions of a part; the rules have none."""
    if part == "rules":
        return
    for question in document["questions"][part]:
        called = words.capability_names.get(question["question"], question["question"])
        ends = (question["before"], question["after"])
        yield f"{called}: {' → '.join(_answer(end, words, say) for end in ends)}"


def _answer(answer: AnswerStateDocument, words: Words, say: Sentences) -> str:
    """What a question came to: its points as levels, or its state."""
    score = answer["score"]
    if answer["state"] != "answered" or score is None:
        return say[f"state_{answer['state']}"]
    places = 0 if score["value"] == int(score["value"] or 0) else 2
    return _score(score, places, words)


def _figures(change: ScoreChangeDocument, places: int, words: Words) -> list[str]:
    ends = [_score(change[end], places, words) for end in ("before", "after")]
    return [*ends, _difference(change["change"]["value"], places, words)]


def _difference(value: float | None, places: int, words: Words) -> str:
    """A difference with its sign, and none where it comes to nothing."""
    return decimal(value, places, words.language, signed=bool(round(value or 0, places)))


def _score(score: ScoreDocument | None, places: int, words: Words) -> str:
    if score is None:
        return "–"
    value, low, high = (decimal(score[key], places, words.language) for key in ("value", "low", "high"))
    return value if score["low"] == score["high"] else f"{value} ({low}–{high})"


def _levels(change: LevelChangeDocument) -> str:
    return " → ".join(dict.fromkeys(_level(change[end]) for end in ("before", "after")))


def _level(level: LevelDocument | None) -> str:
    return "–" if level is None else "–".join(dict.fromkeys((str(level["low"]), str(level["high"]))))
