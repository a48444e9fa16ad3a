"""`sbm columns`: what each column of a table of profiles holds, and in which unit."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import orjson
from rich.console import Console
from rich.table import Table
from typer import Option, echo

from app.commands.declared import declare
from app.commands.scoring import Lang, Tier, catalog_of, portfolio_errors
from app.commands.words import words_of
from app.core.words import Sentences
from app.portfolio.columns import prepare
from scoring.batch import Batch
from scoring.batch.units import unit_of
from scoring.questionnaire.form import FULL
from scoring.questionnaire.words import Words

command = declare()


class Described(NamedTuple):
    """A column: its name, what it holds, in which unit."""

    column: str
    label: str
    unit: str


@command.command()
def columns(
    pattern: Annotated[
        list[str] | None, Option("--columns", help="Columns to explain, such as 'sales.*'; may be repeated.")
    ] = None,
    questionnaire: Annotated[
        Path | None, Option(help="A questionnaire.toml of your own, instead of a released one.")
    ] = None,
    tier: Tier = FULL,
    lang: Lang = "en",
    style: Annotated[Literal["table", "csv", "json"], Option("--format", help="How to write it.")] = "table",
) -> None:
    """Explain the columns of a table of profiles: what each holds, and in which unit."""
    catalog, default = catalog_of(questionnaire)
    edition = catalog.find(default, None)
    with portfolio_errors({"columns": pattern or []}):
        batch = prepare(edition.questionnaire, tier, {}, pattern or [])
    described = list(_described(batch, edition.words(lang)))
    if style == "json":
        echo(orjson.dumps([one._asdict() for one in described], option=orjson.OPT_INDENT_2))
    elif style == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([Described._fields, *described])
    else:
        table = Table("", "", "", box=None, show_header=False)
        for one in described:
            table.add_row(*one)
        Console(markup=False).print(table)


def _described(batch: Batch, words: Words) -> Iterator[Described]:
    say = words_of(words.language)
    nodes = _nodes(words, say)
    units = {"level": say["unit_level"].format(top=batch.questionnaire.max_level)}
    for name in batch.columns:
        node = max((node for node in nodes if name.startswith(f"{node}.")), key=len, default="")
        measure = say["column_" + name.removeprefix(f"{node}.").replace(".", "_")]
        label = f"{nodes.get(node, say['overall'])}: {measure}"
        unit = unit_of(name)
        yield Described(name, label, units.get(unit) or say[f"unit_{unit}"])


def _nodes(words: Words, say: Sentences) -> dict[str, str]:
    """What columns are about, by the beginning of their names."""
    nodes = {"overall": say["overall"], "if_nothing_excluded": say["if_nothing_excluded"]}
    nodes |= words.functions | {name: one.name for name, one in words.capabilities.items()}
    for lens, name in words.lenses.items():
        nodes[f"lenses.{lens}"] = name
        nodes |= {f"{function}.lenses.{lens}": f"{own}, {name}" for function, own in words.functions.items()}
    return nodes
