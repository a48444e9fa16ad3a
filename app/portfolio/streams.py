"""Portfolios over HTTP: a table in, the same rows out in the same format, each scored or with its error."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import IO, Any

import orjson
import polars as pl

from app.portfolio.readers import LINES, ROWS, CsvReader, NdjsonReader, ParquetReader, no_rows
from scoring import AnswersRefusedError, Fault
from scoring.batch import Batch
from scoring.batch.frames import FrameScorer
from scoring.questionnaire.form import FULL


def score_csv(batch: Batch, body: IO[bytes], rows: int = ROWS, encoding: str = "utf-8") -> Iterator[bytes]:
    """The profiles of a CSV file, so many rows at once: in UTF-8, with what stood between its cells."""
    reader = CsvReader(body, batch.questionnaire.forms[FULL].question_of, encoding)
    write = partial(pl.DataFrame.write_csv, separator=reader.delimiter)
    scorer, has_header = FrameScorer(batch, reader.schema), True
    for part in reader.parts(rows):
        yield write(scorer.score_in_place(part), include_header=has_header).encode()
        has_header = False
    if has_header:
        yield write(scorer.score_in_place(no_rows(reader))).encode()


def score_ndjson(batch: Batch, body: IO[bytes], rows: int = LINES) -> Iterator[bytes]:
    """The profiles of NDJSON, so many lines at once; what is no answer comes out as it was."""
    reader = NdjsonReader(body, batch.questionnaire.forms[FULL].question_of)
    if not reader.schema:
        yield b""
        return
    scorer = FrameScorer(batch, reader.schema)
    answers = {*scorer.answers.values(), *scorer.header.unasked}
    for part, lines in reader.parts_with_lines(rows):
        profiles = scorer.score_in_place(part).drop(scorer.passed).to_dicts()
        said = ({k: v for k, v in line.value.items() if k not in answers} for line in lines)
        yield b"".join(_line(rest | profile) for rest, profile in zip(said, profiles, strict=True))


def _line(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def score_parquet(batch: Batch, body: IO[bytes], most_cells: int) -> bytes:
    """The profiles of a Parquet file, as one; compressed, a small file can hold very many cells."""
    reader = ParquetReader(body)
    if reader.length * len(reader.schema) > most_cells:
        detail = f"a portfolio has at most {most_cells} cells"
        raise AnswersRefusedError([Fault((), "too_many_cells", detail)])
    scorer = FrameScorer(batch, reader.schema)
    part = next(reader.parts(max(reader.length, 1)), no_rows(reader))
    written = BytesIO()
    scorer.score_in_place(part).write_parquet(written)
    return written.getvalue()
