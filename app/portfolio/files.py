"""Portfolios in files: Parquet, CSV and NDJSON in and out, streamed, so that they may be larger than memory.

The result is written beside its place and moved there at the end: it is whole or not there at all.
"""

import csv
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal

import polars as pl

from app.portfolio.blocks import blocks, end_of_csv_rows, end_of_lines
from app.portfolio.frames import ROW, FrameScorer, Rejection
from scoring import AnswersRefusedError
from scoring.batch import Batch

OnError = Literal["stop", "skip"]
SUFFIXES = (".parquet", ".csv", ".ndjson", ".jsonl")
NEWLINE_BLOCK = 1 << 20
ROWS_TO_INFER = 10_000
ROWS_AT_ONCE = 65_536
BLOCK = 1 << 24  # bytes of text

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
            frame = pl.scan_ndjson(file, schema=kinds)
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
    the result (`rejected_file`); with `stop` the first of them raises `PortfolioError`. A file that cannot
    be read does so too. Then nothing is written.
    """
    if profiles.suffix not in SUFFIXES:
        raise PortfolioError(_unknown_format(profiles))
    frame = scan(portfolio, batch)
    scorer = FrameScorer(batch, frame.collect_schema().names())
    schema = scorer.score(frame.head(0).collect())[0].schema
    rejects = _Rejects(rejected_file(profiles), on_error)

    def scored(*_: object) -> Iterator[pl.DataFrame]:
        for rows in _parts(portfolio, frame):
            result, rejected = scorer.score(rows)
            rejects.add(rejected)
            yield result
            progress(rows.height)

    partial = beside(profiles)
    try:
        sink(pl.io.plugins.register_io_source(scored, schema=schema), profiles.suffix, partial)
    except (pl.exceptions.PolarsError, PortfolioError) as error:
        partial.unlink(missing_ok=True)
        rejects.discard()
        message = f"{portfolio}: {rejects.first or error}"
        raise PortfolioError(message) from None
    partial.replace(profiles)
    return rejects.finish()


def _parts(file: Path, frame: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """The rows of a file in parts, none of which is read before it is its turn."""
    if file.suffix == ".parquet":
        for start in range(0, count_rows(file), ROWS_AT_ONCE):
            yield frame.slice(start, ROWS_AT_ONCE).collect()
        return
    schema = frame.drop(ROW).collect_schema()
    is_csv, numbered = file.suffix == ".csv", 0
    with file.open("rb") as body:
        for index, block in enumerate(blocks(body, end_of_csv_rows if is_csv else end_of_lines, BLOCK)):
            if is_csv:
                rows = pl.read_csv(BytesIO(block), schema=schema, has_header=index == 0)
            else:
                rows = pl.read_ndjson(BytesIO(block), schema=schema)
            yield rows.with_row_index(ROW, offset=numbered + 1)
            numbered += rows.height


def beside(file: Path) -> Path:
    """Where a file is written until it is whole."""
    return file.with_name(f".{file.name}.partial")


def rejected_file(profiles: Path) -> Path:
    """Where the rejected rows of a result are listed."""
    return profiles.with_name(f"{profiles.stem}.rejected.csv")


def sink(frame: pl.LazyFrame, suffix: str, file: Path) -> None:
    """Write a stream of rows in the format that a suffix names."""
    match suffix:
        case ".parquet":
            frame.sink_parquet(file)
        case ".csv":
            frame.sink_csv(file)
        case _:
            frame.sink_ndjson(file)


class _Rejects:
    """The rejected cells, in a file as they are found; the first is one too many where it is to stop."""

    def __init__(self, file: Path, on_error: OnError) -> None:
        self.first = ""
        self._file = file
        self._stops = on_error == "stop"
        self._count = 0
        self._handle = beside(file).open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._handle)
        self._writer.writerow(Rejection._fields)

    def add(self, rejected: list[Rejection]) -> None:
        if rejected and self._stops:
            row, column, cause = rejected[0]
            self.first = f"row {row}, column {column}: {cause}"
            raise PortfolioError(self.first)
        self._writer.writerows(rejected)
        self._count += len(rejected)

    def discard(self) -> None:
        self._handle.close()
        beside(self._file).unlink()

    def finish(self) -> int:
        """Put the file into its place; without rejected cells there is none."""
        self._handle.close()
        if self._count:
            beside(self._file).replace(self._file)
        else:
            beside(self._file).unlink()
            self._file.unlink(missing_ok=True)
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
