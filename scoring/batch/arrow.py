"""Portfolios as Arrow record batches, for engines that spread them over a cluster (`[cluster]`).

`score_batches` gives a function from batches to batches, which is what Spark's `mapInArrow` takes as it
stands, with `output_schema` for its schema; `score_table` is the same for one table, as Ray's and Dask's
mapping functions take it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from scoring.batch import Batch
from scoring.batch.cells import Cells
from scoring.batch.header import Ignorable
from scoring.errors import AnswersRefusedError, Fault
from scoring.questionnaire.definition import Questionnaire
from scoring.questionnaire.form import FULL

Batches = Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def score_batches(  # noqa: PLR0913 -- how to score, and how columns are named
    questionnaire: Questionnaire,
    *,
    tier: str = FULL,
    targets: Mapping[str, int] | None = None,
    columns: Sequence[str] | None = None,
    ignore: Collection[Ignorable] = (),
    separator: str = ".",
) -> Batches:
    """A function that scores record batches: columns named by questions in, columns of `Batch` out.

    `columns` are names or patterns, with dots. `separator` stands for the dots in the names of the batches,
    in and out: Spark takes a dot for a field of a struct, so `__` is for it. Cells are texts as in
    `Batch.codebook`; other columns are passed through. Numbers are whole: points, tenths of the index,
    places in `CLAUSES` and `VERDICTS`; null where there is none. The function raises `AnswersRefusedError`
    for a cell that is no answer.
    """
    batch = Batch(questionnaire, tier=tier, targets=targets, columns=columns, ignore=ignore)

    def score(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for records in batches:
            yield _score(batch, records, separator)

    return score


def score_table(table: pa.Table, questionnaire: Questionnaire, **how: Any) -> pa.Table:  # noqa: ANN401 -- as above
    """The profiles of a table, by the arguments of `score_batches`."""
    score = score_batches(questionnaire, **how)
    empty = pa.RecordBatch.from_pylist([], schema=table.schema)
    return pa.Table.from_batches(score(table.to_batches() or [empty]))


def output_schema(schema: pa.Schema, questionnaire: Questionnaire, **how: Any) -> pa.Schema:  # noqa: ANN401 -- as above
    """The schema of what tables of this schema become, by the arguments of `score_batches`."""
    return score_table(schema.empty_table(), questionnaire, **how).schema


def _score(batch: Batch, records: pa.RecordBatch, separator: str) -> pa.RecordBatch:
    dots = {name.replace(".", separator): name for name in (*batch.questionnaire.forms[FULL].question_of,)}
    dotted = [dots.get(name, name.replace(separator, ".")) for name in records.schema.names]
    header = batch.header(dotted)
    codes = np.empty((len(batch.cells), records.num_rows), batch.code_type)
    for row, (name, cells) in zip(codes, batch.cells.items(), strict=True):
        if name in header.answers:
            column = header.answers[name]
            row[:] = _codes(column, cells, records.column(dotted.index(column)))
        else:
            row.fill(cells.unanswered)
    (columns,) = batch.score(codes, workers=1)
    passed = [place for place, name in enumerate(dotted) if name in header.passed]
    arrays = [records.column(place) for place in passed]
    arrays += [pa.array(column, mask=column < 0) for column in columns.values()]
    names = [records.schema.names[place] for place in passed]
    names += [name.replace(".", separator) for name in columns]
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _codes(name: str, cells: Cells, written: pa.Array) -> Any:  # noqa: ANN401 -- an array
    """The codes of a column of texts, or of whole numbers."""
    try:
        whole = written.cast(pa.int64()) if pa.types.is_floating(written.type) else written
        texts = whole.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise AnswersRefusedError([Fault((name,), "unknown_option", cells.refusal)]) from None
    places = pc.index_in(texts, value_set=pa.array(list(cells.codes)))
    if places.null_count > texts.null_count:
        odd = pc.unique(texts.filter(pc.and_(places.is_null(), texts.is_valid())))
        understood = pa.array([cells.place_of(text) for text in odd.to_pylist()], places.type)
        places = pc.coalesce(places, understood.take(pc.index_in(texts, value_set=odd)))
        if pc.any(pc.equal(places, len(cells.codes))).as_py():
            raise AnswersRefusedError([Fault((name,), "unknown_option", cells.refusal)])
    return cells.by_place[places.fill_null(len(cells.codes)).to_numpy(zero_copy_only=False)]
