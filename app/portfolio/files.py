"""Portfolios in files: Parquet, CSV and NDJSON in and out, in parts, so that they may be larger than memory.

The result is written beside its place and moved there at the end: it is whole or not there at all.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Literal, Self

import polars as pl

from app.core.mendable import MendableError
from app.portfolio.frames import FrameScorer, Rejection
from app.portfolio.readers import (
    ROWS,
    CsvReader,
    NdjsonReader,
    ParquetReader,
    Reader,
    UnreadableError,
    no_rows,
)
from scoring.batch import Batch

OnError = Literal["stop", "skip"]
SUFFIXES = (".parquet", ".csv", ".ndjson", ".jsonl")
NEWLINES = 1 << 20  # bytes that are searched for line ends at once

Progress = Callable[[int], None]


class PortfolioError(MendableError):
    """A portfolio cannot be read, or one of its rows not be scored."""


def is_portfolio(file: Path) -> bool:
    """Whether a file is called like a portfolio."""
    return file.suffix.lower() in SUFFIXES


def check_format(file: Path) -> None:
    """Raise `PortfolioError` for a file that is not called like a portfolio."""
    if not is_portfolio(file):
        message = f"{file}: a portfolio ends in {', '.join(SUFFIXES)}"
        raise PortfolioError(message)


def count_rows(file: Path) -> int:
    """How many rows a file has; of text its lines, for showing progress."""
    if file.suffix.lower() == ".parquet":
        with _opened(file, ()) as reader:
            return reader.length if isinstance(reader, ParquetReader) else 0
    with file.open("rb") as lines:
        newlines = sum(block.count(b"\n") for block in iter(lambda: lines.read(NEWLINES), b""))
    return newlines - (file.suffix.lower() == ".csv")


@contextmanager
def _opened(file: Path, answers: Iterable[str]) -> Iterator[Reader]:
    """The reader of a file; raises `PortfolioError` where it cannot be read."""
    check_format(file)
    try:
        if file.suffix.lower() == ".parquet":
            yield ParquetReader(file)
            return
        with file.open("rb") as body:
            yield CsvReader(body) if file.suffix.lower() == ".csv" else NdjsonReader(body, answers)
    except UnreadableError as error:
        message = f"{file}: {error}"
        raise PortfolioError(message) from None


def score_file(  # noqa: PLR0913 -- two files, and how to go from one to the other
    batch: Batch,
    portfolio: Path,
    profiles: Path,
    *,
    on_error: OnError,
    progress: Progress,
    rows: int = ROWS,
) -> int:
    """Score a file into another, so many rows at once; `progress` is told of rows as they are done.

    Gives the number of rows that could not be scored: with `skip` they are left out and listed in a CSV file
    (`rejected_file`). With `stop` the first of them, and ever a file that cannot be read, raises
    `PortfolioError`, and nothing is written.
    """
    _check_places(portfolio, profiles)
    rejects = _Rejects(rejected_file(profiles), portfolio, stops=on_error == "stop")
    with _opened(portfolio, batch.form.question_of) as reader, beside(profiles) as partial, rejects as found:
        scorer = FrameScorer(batch, reader.schema)
        failed: list[Exception] = []

        def scored(*_: object) -> Iterator[pl.DataFrame]:
            try:
                for part in reader.parts(rows):
                    result, rejected = scorer.score(part)
                    found.add(rejected)
                    yield result
                    progress(part.frame.height)
            except (PortfolioError, UnreadableError) as error:
                failed.append(error)

        schema = scorer.score(no_rows(reader))[0].schema
        sink(pl.io.plugins.register_io_source(scored, schema=schema), profiles.suffix.lower(), partial)
        if failed:
            raise failed[0]
        partial.replace(profiles)
        found.finish()
        return found.rows


def _check_places(portfolio: Path, profiles: Path) -> None:
    """Raise `PortfolioError` where the result cannot be told apart from what it comes from."""
    check_format(profiles)
    if portfolio.resolve() in {profiles.resolve(), rejected_file(profiles).resolve()}:
        message = f"{portfolio}: the result would stand in its place"
        raise PortfolioError(message)


class _Rejects:
    """The rows that are left out, listed as they are found; the first is one too many where it is to stop."""

    def __init__(self, file: Path, portfolio: Path, *, stops: bool) -> None:
        self.rows = 0
        self._file, self._portfolio, self._stops = file, portfolio, stops
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._partial = self._stack.enter_context(beside(self._file))
        self._handle = self._stack.enter_context(self._partial.open("w", encoding="utf-8", newline=""))
        self._writer = csv.writer(self._handle)
        self._writer.writerow(Rejection._fields)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def add(self, rejected: list[Rejection]) -> None:
        if rejected and self._stops:
            raise PortfolioError(_cause(self._portfolio, rejected[0]))
        self._writer.writerows(rejected)
        self.rows += len({rejection.row for rejection in rejected})

    def finish(self) -> None:
        """Put the list into its place; where there is nothing on it, none stays from before."""
        self._handle.flush()
        if self.rows:
            self._partial.replace(self._file)
        elif not self._stops:
            self._file.unlink(missing_ok=True)


def _cause(portfolio: Path, rejection: Rejection) -> str:
    column = f", column {rejection.column}" if rejection.column else ""
    return f"{portfolio}: row {rejection.row}{column}: {rejection.cause}"


def rejected_file(profiles: Path) -> Path:
    """Where the rows are listed that a result leaves out."""
    return profiles.with_name(f"{profiles.name}.rejected.csv")


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """A file of another name in the same folder, to write into until it is whole; gone where it is not."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as made:
        partial = Path(made.name)
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def sink(frame: pl.LazyFrame, suffix: str, file: Path) -> None:
    """Write a stream of rows in the format that a suffix names."""
    match suffix:
        case ".parquet":
            frame.sink_parquet(file)
        case ".csv":
            frame.sink_csv(file)
        case _:
            frame.sink_ndjson(file)


def answers_of_row(batch: Batch, portfolio: Path, number: int) -> dict[str, object]:
    """The answers of one row, from 1, as `POST /v1/score` takes them."""
    with _opened(portfolio, batch.form.question_of) as reader:
        scorer = FrameScorer(batch, reader.schema)
        for part in reader.parts():
            if number < part.first + part.frame.height:
                row = part.frame[number - part.first]
                cells = {name: row[column].cast(pl.String)[0] for name, column in scorer.answers.items()}
                return {name: _answer(cell) for name, cell in cells.items() if cell}
    message = f"{portfolio}: there is no row {number}"
    raise PortfolioError(message)


def _answer(cell: str) -> object:
    """A cell as an answer; one that says no reason has no other than that."""
    state, _, reason = cell.partition(":")
    return {"not_applicable": reason or "other"} if state == "not_applicable" else cell
