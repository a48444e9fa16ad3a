"""Portfolios as Arrow record batches, for engines that spread them over a cluster (`[cluster]`).

`score_batches` gives a function from batches to batches, which is what Spark's `mapInArrow` takes as it
stands; `score_table` is the same for one table, as Ray's and Dask's mapping functions take it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scoring.batch import Batch
from scoring.batch.cells import Cells
from scoring.errors import AnswersRefusedError, Fault
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL

Batches = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def score_batches(
    questionnaire: Questionnaire,
    *,
    tier: str = FULL,
    targets: Mapping[str, int] | None = None,
    columns: Sequence[str] | None = None,
) -> Batches:
    """A function that scores record batches: columns named by questions in, columns of `Batch` out.

    Cells are texts as in `Batch.codebook`; other columns are passed through. Numbers are whole: points,
    tenths of the index, places in `CLAUSES` and `VERDICTS`; null where there is none. The function raises
    `AnswersRefusedError` for a cell that is no answer.
    """
    batch = Batch(questionnaire, tier=tier, targets=targets, columns=columns)

    def score(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for records in batches:
            yield _score(batch, records)

    return score


def score_table(table: pa.Table, questionnaire: Questionnaire, **how: Any) -> pa.Table:  # noqa: ANN401 -- as above
    """The profiles of a table, by the arguments of `score_batches`."""
    score = score_batches(questionnaire, **how)
    empty = pa.RecordBatch.from_pylist([], schema=table.schema)
    return pa.Table.from_batches(score(table.to_batches() or [empty]))


def _score(batch: Batch, records: pa.RecordBatch) -> pa.RecordBatch:
    answers = batch.answer_columns(records.schema.names)
    codes = np.empty((len(batch.cells), records.num_rows), batch.code_type)
    for row, (name, cells) in zip(codes, batch.cells.items(), strict=True):
        row[:] = _codes(answers[name], cells, records) if name in answers else cells.unanswered
    (columns,) = batch.score(codes, workers=1)
    passed = [name for name in records.schema.names if name not in answers.values()]
    arrays = [records.column(name) for name in passed]
    arrays += [pa.array(column, mask=column < 0) for column in columns.values()]
    return pa.RecordBatch.from_arrays(arrays, names=[*passed, *columns])


def _codes(name: str, cells: Cells, records: pa.RecordBatch) -> Any:  # noqa: ANN401 -- an array
    """The codes of a column of texts, or of whole numbers."""
    written = records.column(name)
    try:
        whole = written.cast(pa.int64()) if pa.types.is_floating(written.type) else written
        texts = whole.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise AnswersRefusedError([Fault((name,), "unknown_option", cells.refusal)]) from None
    places = pc.index_in(texts, value_set=pa.array(list(cells.codes)))
    if places.null_count > texts.null_count:
        raise AnswersRefusedError([Fault((name,), "unknown_option", cells.refusal)])
    return cells.by_place[places.fill_null(len(cells.codes)).to_numpy(zero_copy_only=False)]
