"""`sbm demo-portfolio`."""

from pathlib import Path
from typing import Annotated

from typer import Option, echo

from app.commands.declared import declare
from app.commands.scoring import Tier, catalog_of, scoring_errors
from app.portfolio.columns import prepare
from app.portfolio.demo import write_demo
from app.portfolio.progress import progress_bar
from scoring.questionnaire.form import FULL

command = declare()


@command.command()
def demo_portfolio(
    output: Annotated[
        Path, Option("--output", "-o", help="A .parquet, .csv or .ndjson file to write.")
    ] = Path("portfolio.parquet"),
    rows: Annotated[int, Option(min=1, help="How many companies.")] = 1_000_000,
    seed: Annotated[int, Option(min=0, help="The same seed gives the same companies.")] = 1,
    tier: Tier = FULL,
) -> None:
    """Write a portfolio of made-up companies to try things with."""
    with scoring_errors():
        catalog, default = catalog_of(None)
        batch = prepare(catalog.find(default, None).questionnaire, tier, {}, [])
        with progress_bar(rows) as progress:
            write_demo(batch, output, rows, seed, progress)
    echo(f"{output} written. Try: sbm score {output} -o profiles{output.suffix}")
