"""Portfolios over HTTP: a table in, row by row a table out, in the same format.

CSV and NDJSON are scored in blocks, so that a long table takes little memory.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, Any, Protocol

import orjson
import polars as pl

from app.portfolio.blocks import blocks, end_of_csv_rows, end_of_lines
from app.portfolio.frames import ERROR, ROW, FrameScorer
from scoring import AnswersRefusedError, Fault
from scoring.batch import Batch

BLOCK = 1 << 20  # bytes that are scored at once

Json = dict[str, Any]


class Table(Protocol):
    """A format of tables whose rows can be read in blocks."""

    def end_of_rows(self, read: bytes, /) -> int:
        """Where the last whole row ends."""

    def score(self, block: bytes) -> bytes:
        """The profiles of the whole rows of a block."""

    def failure(self, cause: str) -> bytes:
        """A last row that says why no more follow."""


class Ndjson:
    """One JSON object a line: answers by question, and whatever else is passed through."""

    end_of_rows = staticmethod(end_of_lines)

    def __init__(self, batch: Batch) -> None:
        """Read the answers of any of the batch's questions."""
        self._scorer = FrameScorer(batch, list(batch.cells))
        self._names = {name: q.id for q in batch.form.questions for name in (q.id, *q.aliases)}

    def score(self, block: bytes) -> bytes:
        """A line for every line; `error` says why one has no profile."""
        rows = [self._row(line) for line in block.splitlines() if line.strip()]
        schema = {ROW: pl.UInt32} | dict.fromkeys(self._scorer.answers, pl.String)
        cells = [{ROW: number} | answers for number, (answers, _) in enumerate(rows, 1)]
        profiles = self._scorer.score_in_place(pl.DataFrame(cells, schema=schema)).to_dicts()
        pairs = zip(rows, profiles, strict=True)
        return b"".join(_line({**rest, **profile, **_error(rest, profile)}) for (_, rest), profile in pairs)

    def _row(self, line: bytes) -> tuple[Json, Json]:
        """The answers of a line by question, and the rest of it, with an `error` where it cannot be read."""
        try:
            read = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            return {}, {ERROR: f"the line is no JSON: {error.msg}"}
        if not isinstance(read, dict):
            return {}, {ERROR: "the line is no JSON object"}
        answers = {self._names[name]: cell for name, cell in read.items() if name in self._names}
        rest = {name: value for name, value in read.items() if name not in self._names}
        odd = [name for name, cell in answers.items() if not isinstance(cell, str | int | None)]
        rest[ERROR] = f"{', '.join(odd)}: an answer is a text" if odd else None
        return {name: None if cell is None else str(cell) for name, cell in answers.items() if not odd}, rest

    def failure(self, cause: str) -> bytes:
        """A line with nothing but an `error`."""
        return _line({ERROR: cause})


def _error(rest: Json, profile: Json) -> Json:
    """A line that could not be read has no profile."""
    return dict.fromkeys(profile) | {ERROR: rest[ERROR]} if rest[ERROR] else {}


def _line(value: Json) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


class Csv:
    """A header, and one row a company."""

    end_of_rows = staticmethod(end_of_csv_rows)

    def __init__(self, batch: Batch) -> None:
        """Read the header with the first block."""
        self._batch = batch
        self._scorer: FrameScorer | None = None
        self._columns: Sequence[str] = ()

    def score(self, block: bytes) -> bytes:
        """A row for every row, with a header first; a block that is no CSV ends the table."""
        is_first = self._scorer is None
        try:
            frame = pl.read_csv(
                BytesIO(block), infer_schema=False, has_header=is_first, new_columns=self._columns or None
            )
        except pl.exceptions.PolarsError as error:
            raise _refusal(str(error).splitlines()[0], code="malformed_csv") from None
        if self._scorer is None:
            self._columns = frame.columns
            self._scorer = FrameScorer(self._batch, frame.columns)
        profiles = self._scorer.score_in_place(frame.with_row_index(ROW, offset=1))
        self._width = profiles.width
        return profiles.write_csv(include_header=is_first).encode()

    def failure(self, cause: str) -> bytes:
        """A row with nothing but an `error`."""
        quoted = cause.replace('"', '""')
        return b"," * (self._width - 1) + f'"{quoted}"\n'.encode()


def score_blocks(table: Table, body: IO[bytes], size: int = BLOCK) -> Iterator[bytes]:
    """The profiles of a table, about `size` bytes at once; raises `AnswersRefusedError` before the first."""
    is_first = True
    for block in blocks(body, table.end_of_rows, size):
        try:
            yield table.score(block)
        except AnswersRefusedError as error:
            if is_first:
                raise
            yield table.failure("; ".join(fault.detail for fault in error.faults))
            return
        is_first = False


def score_parquet(batch: Batch, body: IO[bytes], most_rows: int) -> bytes:
    """The profiles of a Parquet file, as one; compressed, a small file can hold very many rows."""
    try:
        rows = pl.scan_parquet(body).select(pl.len()).collect().item()
        if rows > most_rows:
            detail = f"a portfolio has at most {most_rows} rows"
            raise _refusal(detail, code="too_many_rows")
        body.seek(0)
        frame = pl.read_parquet(body)
    except pl.exceptions.PolarsError as error:
        raise _refusal(str(error).splitlines()[0], code="malformed_parquet") from None
    profiles = FrameScorer(batch, frame.columns).score_in_place(frame.with_row_index(ROW, offset=1))
    written = BytesIO()
    profiles.write_parquet(written)
    return written.getvalue()


def _refusal(detail: str, *, code: str) -> AnswersRefusedError:
    return AnswersRefusedError([Fault((), code, detail)])
