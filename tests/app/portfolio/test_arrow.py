"""The same numbers as Arrow record batches, on one machine and on a cluster of two workers."""

import pickle
from collections.abc import Iterator

import cloudpickle
import polars as pl
import pyarrow as pa
import pytest
from distributed import Client, LocalCluster

from scoring import AnswersRefusedError
from scoring.batch import VERDICTS
from scoring.batch.arrow import output_schema, score_batches, score_table
from tests.kit.portfolio import ROWS, SOCIAL_BUSINESS, flat, profile_of

COLUMNS = ["verdict", "overall.score.value", "sales.level.low", "research.idea_loop.score.high"]
SHOWN = {"overall.score.value": 1000, "sales.level.low": 1, "research.idea_loop.score.high": 1000}


def scored(table: pa.Table) -> pa.Table:
    """The profiles of a table, on a worker."""
    return score_table(table, SOCIAL_BUSINESS, columns=COLUMNS)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Client]:
    how = {"n_workers": 2, "host": "127.0.0.1", "dashboard_address": None}
    with LocalCluster(**how) as two, Client(two) as client:  # type: ignore[no-untyped-call]
        yield client


def test_rows_are_those_of_the_single_engine(table: pl.DataFrame) -> None:
    found = scored(table.to_arrow()).to_pylist()
    for row, profile in zip(table.to_dicts(), found, strict=True):
        expected = flat(profile_of(row))
        assert VERDICTS[profile["verdict"]] == expected["verdict"]
        for name, unit in SHOWN.items():
            assert (None if profile[name] is None else profile[name] / unit) == expected[name]
        assert (profile["company"], profile["sector"]) == (row["company"], row["sector"])


def test_what_is_not_there_is_null() -> None:
    table = pa.table({"research.idea_loop": ["not_applicable", "dont_know", None, "2"]})
    found = scored(table).column("research.idea_loop.score.high").to_pylist()
    assert found == [None, 5000, 5000, 2000]


def test_batches_come_out_one_by_one(table: pl.DataFrame) -> None:
    batches = table.to_arrow().to_batches(max_chunksize=7)
    score = score_batches(SOCIAL_BUSINESS, columns=COLUMNS)
    found = list(score(iter(batches)))
    assert [batch.num_rows for batch in found] == [batch.num_rows for batch in batches]
    assert pa.Table.from_batches(found) == scored(table.to_arrow()).cast(found[0].schema)


def test_a_cell_that_is_no_answer_is_refused() -> None:
    with pytest.raises(AnswersRefusedError) as refused:
        scored(pa.table({"sales.presence": ["3", "9"]}))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/sales.presence", "unknown_option")
    ]


def test_the_function_can_be_sent_to_a_worker(table: pl.DataFrame) -> None:
    """Spark and Ray send it as it stands."""
    score = score_batches(SOCIAL_BUSINESS, columns=COLUMNS)
    sent = pickle.loads(cloudpickle.dumps(score))  # noqa: S301 -- our own function
    batches = table.to_arrow().to_batches()
    assert list(sent(iter(batches))) == list(score(iter(batches)))


def test_two_workers_give_what_one_machine_gives(cluster: Client, table: pl.DataFrame) -> None:
    parts = [table[start : start + 10].to_arrow() for start in range(0, ROWS, 10)]
    found = cluster.gather(cluster.map(scored, parts))  # type: ignore[no-untyped-call]
    assert pa.concat_tables(found).to_pylist() == scored(table.to_arrow()).to_pylist()
    assert len(cluster.scheduler_info()["workers"]) == 2


def test_a_table_without_rows_has_the_same_columns(table: pl.DataFrame) -> None:
    assert scored(table.to_arrow()[:0]).schema.names == scored(table.to_arrow()).schema.names


@pytest.mark.parametrize(
    "columns",
    [{"company": ["Rossi"]}, {"sales.presence": [[3]]}, {"sales.presence": [2.5]}, {"verdict": ["met"]}],
    ids=str,
)
def test_tables_that_hold_no_answers_are_refused(columns: dict[str, list[object]]) -> None:
    with pytest.raises(AnswersRefusedError):
        scored(pa.table(columns))


def test_whole_numbers_are_levels() -> None:
    table = pa.table({"research.idea_loop": [4, 2]})
    floats = pa.table({"research.idea_loop": [4.0, None]})
    assert scored(table).column("research.idea_loop.score.high").to_pylist() == [4000, 2000]
    assert scored(floats).column("research.idea_loop.score.high").to_pylist() == [4000, 5000]


def test_columns_may_have_another_separator(table: pl.DataFrame) -> None:
    """Spark takes a dot for a field of a struct."""
    renamed = table.rename({name: name.replace(".", "__") for name in table.columns}).to_arrow()
    found = score_table(renamed, SOCIAL_BUSINESS, columns=COLUMNS, separator="__")
    expected = scored(table.to_arrow())
    assert found.schema.names == [name.replace(".", "__") for name in expected.schema.names]
    assert found.rename_columns(expected.schema.names) == expected
    with pytest.raises(AnswersRefusedError, match=r"the nearest is sales\.presence"):
        score_table(
            pa.table({"sales__presense": ["3"], "sales__crm_link": ["3"]}), SOCIAL_BUSINESS, separator="__"
        )


def test_the_schema_of_the_output_is_known_before(table: pl.DataFrame) -> None:
    arrow = table.rename({name: name.replace(".", "__") for name in table.columns}).to_arrow()
    how = {"columns": ["verdict", "sales.*"], "separator": "__"}
    assert (
        output_schema(arrow.schema, SOCIAL_BUSINESS, **how)
        == score_table(arrow, SOCIAL_BUSINESS, **how).schema
    )


def test_patterns_choose_columns_and_other_spellings_are_understood() -> None:
    table = pa.table({"research.idea_loop": [" 4 ", "2,0", "DONT_KNOW", None]})
    found = score_table(table, SOCIAL_BUSINESS, columns=["research.idea_loop.score.*"])
    assert found.schema.names == [f"research.idea_loop.score.{bound}" for bound in ("value", "low", "high")]
    assert found.column(2).to_pylist() == [4000, 2000, 5000, 5000]
