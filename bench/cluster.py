"""Spark and Ray on local workers beside one machine, to the digit: `python -m bench.cluster [ROWS]`.

Needs `pip install ray pyspark`, and a Java runtime for Spark; what is not there is said in a line.
"""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa

from scoring.batch.arrow import output_schema, score_batches, score_table
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.source import parse

FILE = Path(__file__).parents[1] / "questionnaires" / "social-business" / "1.0.0" / "questionnaire.toml"
ROWS = 200_000
WORKERS = 2
COLUMNS = ["verdict", "overall.*", "*.score.value", "*.lenses.*", "*.gap.value"]
SEPARATOR = "__"


def portfolio(questionnaire: Questionnaire, rows: int) -> pa.Table:
    """Companies with a number, and an answer or none to every question."""
    rng = np.random.default_rng(1)
    columns: dict[str, pa.Array] = {"company": pa.array(range(rows), pa.int64())}
    for question in questionnaire.forms["full"].questions:
        cells = pa.array([*(option.id for option in question.options), "dont_know", None])
        columns[question.id] = cells.take(pa.array(rng.integers(0, len(cells), rows)))
    return pa.table(columns)


def on_ray(questionnaire: Questionnaire, table: pa.Table) -> pa.Table:
    """`map_batches` with `score_table` as it stands."""
    import ray  # noqa: PLC0415 -- only where it is installed

    ray.init(num_cpus=WORKERS, include_dashboard=False, log_to_driver=False)
    try:
        how = {"questionnaire": questionnaire, "columns": COLUMNS}
        data = ray.data.from_arrow(table).repartition(2 * WORKERS)
        parts = data.map_batches(score_table, batch_format="pyarrow", fn_kwargs=how).to_arrow_refs()
        return pa.concat_tables(ray.get(parts))
    finally:
        ray.shutdown()


def on_spark(questionnaire: Questionnaire, table: pa.Table) -> pa.Table:
    """`mapInArrow` with `score_batches` as it stands."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- only where it is installed
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers run whatever python3 is
    spark = SparkSession.builder.master(f"local[{WORKERS}]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        renamed = table.rename_columns([name.replace(".", SEPARATOR) for name in table.schema.names])
        how: dict[str, Any] = {"columns": COLUMNS, "separator": SEPARATOR}
        schema = from_arrow_schema(output_schema(renamed.schema, questionnaire, **how))
        data = spark.createDataFrame(renamed).repartition(2 * WORKERS)
        scored: pa.Table = data.mapInArrow(score_batches(questionnaire, **how), schema).toArrow()
        return scored.rename_columns([name.replace(SEPARATOR, ".") for name in scored.schema.names])
    finally:
        spark.stop()


ENGINES: dict[str, Callable[[Questionnaire, pa.Table], pa.Table]] = {"ray": on_ray, "pyspark": on_spark}


def missing(engine: str) -> str | None:
    """Why an engine cannot be run here."""
    if find_spec(engine) is None:
        return f"it is not installed (pip install {engine})"
    if engine == "pyspark" and shutil.which("java") is None:
        return "it needs a Java runtime, and there is no java on the PATH"
    return None


def main(rows: int) -> None:
    """Run both where they can be run, and compare; raises `SystemExit` where they differ."""
    questionnaire = parse(FILE.read_text("utf-8"), {})
    table = portfolio(questionnaire, rows)
    expected = score_table(table, questionnaire, columns=COLUMNS)
    for engine, score in ENGINES.items():
        why = missing(engine)
        if why:
            print(f"{engine}: {why}")
            continue
        start = perf_counter()
        found = score(questionnaire, table).sort_by("company")
        if found.cast(expected.schema).combine_chunks() != expected.combine_chunks():
            raise SystemExit(f"{engine}: not what one machine gives")
        print(f"{engine}: {rows:,} rows to the digit on {WORKERS} workers, {perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
