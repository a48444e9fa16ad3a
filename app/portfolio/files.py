"""Portfolios in files: Parquet, CSV and NDJSON in and out, streamed, so that they may be larger than memory.

The result is written beside its place and moved there at the end: it is whole or not there at all.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Literal

import polars as pl

from app.portfolio.frames import ROW, FrameScorer, Rejection
from scoring import AnswersRefusedError
from scoring.batch import Batch

OnError = Literal["stop", "skip"]
SUFFIXES = (".parquet", ".csv", ".ndjson", ".jsonl")
NEWLINE_BLOCK = 1 << 20
ROWS_TO_INFER = 10_000
ROWS_AT_ONCE = 65_536

Progress = Callable[[int], None]


class PortfolioError(Exception):
    """A portfolio cannot be read, or one of its rows not be scored."""


def scan(file: Path, batch: Batch) -> pl.LazyFrame:
    """The rows of a file, numbered from 1; what is no answer keeps its type, in CSV as text."""
    answers = {name: pl.String() for q in batch.form.questions for name in (q.id, *q.aliases)}
    match file.suffix:
        case ".parquet":
            frame = pl.scan_parquet(file)
        case ".csv":
            frame = pl.scan_csv(file, infer_schema=False)
        case ".ndjson" | ".jsonl":
            schema = pl.scan_ndjson(file, infer_schema_length=ROWS_TO_INFER).collect_schema()
            kinds = {name: answers.get(name, kind) for name, kind in schema.items()}
            frame = pl.scan_ndjson(file, schema=kinds, batch_size=ROWS_AT_ONCE)
        case _:
            raise PortfolioError(_unknown_format(file))
    return frame.with_row_index(ROW, offset=1)


def _unknown_format(file: Path) -> str:
    return f"{file}: a portfolio ends in {', '.join(SUFFIXES)}"


def count_rows(file: Path) -> int:
    """How many rows a file has; of text its lines, for showing progress."""
    if file.suffix == ".parquet":
        rows: int = pl.scan_parquet(file).select(pl.len()).collect().item()
        return rows
    with file.open("rb") as lines:
        newlines = sum(block.count(b"\n") for block in iter(lambda: lines.read(NEWLINE_BLOCK), b""))
    return newlines - (file.suffix == ".csv")


def score_file(
    batch: Batch, portfolio: Path, profiles: Path, *, on_error: OnError, progress: Progress
) -> int:
    """Score a file into another; `progress` is told of rows as they are done.

    Gives the number of rejected cells. With `skip` their rows are left out and listed in a CSV file beside
    the result (`rejected_file`); with `stop` the first of them raises `PortfolioError`, and nothing is
    written.
    """
    if profiles.suffix not in SUFFIXES:
        raise PortfolioError(_unknown_format(profiles))
    frame = scan(portfolio, batch)
    scorer = FrameScorer(batch, frame.collect_schema().names())
    rejects = _Rejects(rejected_file(profiles)) if on_error == "skip" else None
    stopped: list[Rejection] = []

    def score(rows: pl.DataFrame) -> pl.DataFrame:
        result, rejected = scorer.score(rows)
        if rejected and rejects is None:
            stopped.extend(rejected)
            raise PortfolioError
        if rejected and rejects is not None:
            rejects.add(rejected)
        progress(rows.height)
        return result

    schema = _result_schema(scorer, frame)
    partial = profiles.with_name(f".{profiles.name}.partial")
    try:
        sink(frame.map_batches(score, schema=schema, streamable=True), profiles.suffix, partial)
    except (pl.exceptions.PolarsError, PortfolioError) as error:
        partial.unlink(missing_ok=True)
        if rejects:
            rejects.discard()
        raise PortfolioError(_cause(stopped, portfolio, error)) from None
    partial.replace(profiles)
    return rejects.finish() if rejects else 0


def rejected_file(profiles: Path) -> Path:
    """Where the rejected rows of a result are listed."""
    return profiles.with_name(f"{profiles.stem}.rejected.csv")


def _result_schema(scorer: FrameScorer, frame: pl.LazyFrame) -> pl.Schema:
    """The columns of the result, from scoring no row."""
    return scorer.score(frame.head(0).collect())[0].schema


def sink(frame: pl.LazyFrame, suffix: str, file: Path) -> None:
    """Write a stream of rows in the format that a suffix names."""
    match suffix:
        case ".parquet":
            frame.sink_parquet(file)
        case ".csv":
            frame.sink_csv(file)
        case _:
            frame.sink_ndjson(file)


def _cause(stopped: list[Rejection], portfolio: Path, error: Exception) -> str:
    if not stopped:
        return f"{portfolio}: {error}"
    row, column, cause = min(stopped)
    return f"{portfolio}: row {row}, column {column}: {cause}"


class _Rejects:
    """The rejected cells, written as they are found and put in order at the end."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._partial = file.with_name(f".{file.name}.partial")
        self._lock = Lock()
        self._count = 0
        self._handle = self._partial.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._handle)
        self._writer.writerow(Rejection._fields)

    def add(self, rejected: list[Rejection]) -> None:
        with self._lock:
            self._writer.writerows(rejected)
            self._count += len(rejected)

    def discard(self) -> None:
        self._handle.close()
        self._partial.unlink(missing_ok=True)

    def finish(self) -> int:
        """Put the file into its place; without rejected cells there is none."""
        self._handle.close()
        if self._count:
            ordered = self._file.with_name(f".{self._file.name}.ordered")
            pl.scan_csv(self._partial, schema_overrides={"row": pl.UInt32}).sort("row").sink_csv(ordered)
            ordered.replace(self._file)
        else:
            self._file.unlink(missing_ok=True)
        self._partial.unlink()
        return self._count


def answers_of_row(batch: Batch, portfolio: Path, number: int) -> dict[str, object]:
    """The answers of one row, from 1, as `POST /v1/score` takes them."""
    frame = scan(portfolio, batch)
    scorer = FrameScorer(batch, frame.collect_schema().names())
    row = frame.slice(number - 1, 1).collect()
    if not row.height:
        message = f"{portfolio}: there is no row {number}"
        raise PortfolioError(message)
    cells = {name: row[column].cast(pl.String)[0] for name, column in scorer.answers.items()}
    return {name: _answer(cell) for name, cell in cells.items() if cell}


def _answer(cell: str) -> object:
    state, _, reason = cell.partition(":")
    return {"not_applicable": reason or "other"} if state == "not_applicable" else cell


def refused(file: Path, error: AnswersRefusedError) -> PortfolioError:
    """The faults of a portfolio's columns, or of how it is to be scored."""
    lines = [f"{file}: {'.'.join(map(str, fault.place))}: {fault.detail}" for fault in error.faults]
    return PortfolioError("\n".join(lines))
