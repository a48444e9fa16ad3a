"""Portfolios in files: Parquet, CSV, NDJSON and workbooks in and out.

All but workbooks are read and written in parts, so that they may be larger than memory.
The result is written beside its place and moved there at the end: it is whole or not there at all.
"""

import csv
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, Self

import numpy as np
import polars as pl

from app.core.mendable import MendableError
from app.portfolio.csv_text import UnreadableError
from app.portfolio.readers import ROWS, CsvReader, NdjsonReader, ParquetReader, Reader, no_rows
from app.portfolio.workbooks import WorkbookReader
from app.portfolio.writers import PLAIN, Layout, beside, sink
from scoring.batch import Batch
from scoring.batch.frames import FrameScorer, Part, Rejection
from scoring.batch.header import Header
from scoring.questionnaire.form import FULL

OnError = Literal["stop", "skip"]
CSV = (".csv", ".tsv")
SUFFIXES = (".parquet", ".csv", ".tsv", ".xlsx", ".ndjson", ".jsonl")
MOST_SHOWN = 60  # characters of a cell
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


class Scored(NamedTuple):
    """What became of a portfolio: how it is written, its columns, and how many rows are left out."""

    said: str | None
    header: Header
    rejected: int


def count_rows(file: Path) -> int | None:
    """About how many rows a file has, for showing progress; of text its lines, of a workbook `None`."""
    suffix = file.suffix.lower()
    if suffix == ".xlsx":
        return None
    if suffix == ".parquet":
        with _opened(file, None) as reader:
            return reader.length
    with file.open("rb") as lines:
        newlines = sum(block.count(b"\n") for block in iter(lambda: lines.read(NEWLINES), b""))
    return max(newlines - (suffix in CSV), 0)


@contextmanager
def _opened(file: Path, batch: Batch | None, encoding: str | None = None) -> Iterator[Reader]:
    """The reader of a file; raises `PortfolioError` where it cannot be read."""
    check_format(file)
    if not file.stat().st_size:
        message = f"{file}: the file is empty"
        raise PortfolioError(message)
    names = frozenset(batch.questionnaire.forms[FULL].question_of if batch else ())
    try:
        match file.suffix.lower():
            case ".parquet":
                yield ParquetReader(file)
            case ".xlsx":
                yield WorkbookReader(file, names)
            case suffix:
                with file.open("rb") as body:
                    yield CsvReader(body, names, encoding) if suffix in CSV else NdjsonReader(body, names)
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
    encoding: str | None = None,
    layout: Layout = PLAIN,
) -> Scored:
    """Score a file into another, so many rows at once; `progress` is told of rows as they are done.

    With `skip` rows that cannot be scored are left out and listed in `rejected_file`. With `stop` the first
    of them, and ever a file that cannot be read, raises `PortfolioError`, and nothing is written.
    """
    _check_places(portfolio, profiles)
    rejects = _Rejects(rejected_file(profiles), portfolio, stops=on_error == "stop")
    with _opened(portfolio, batch, encoding) as reader, beside(profiles) as partial, rejects as found:
        scorer = FrameScorer(batch, reader.schema)
        failed: list[Exception] = []

        def scored(*_: object) -> Iterator[pl.DataFrame]:
            try:
                for part in reader.parts(rows):
                    result, rejected = scorer.score(part)
                    found.add(rejected)
                    progress(part.frame.height)
                    yield result
            except (PortfolioError, UnreadableError) as error:
                failed.append(error)

        schema = scorer.score(no_rows(reader))[0].schema
        frames = pl.io.plugins.register_io_source(scored, schema=schema)
        sink(frames, profiles.suffix.lower(), partial, layout)
        if failed:
            raise failed[0]
        partial.replace(profiles)
        found.finish()
        return Scored(reader.said, scorer.header, found.rows)


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
        self._writer.writerows(
            one._replace(found=shortened(one.found) if one.column else "") for one in rejected
        )
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
    found = f"{shortened(rejection.found)} is no answer; " if rejection.column else ""
    return f"{portfolio}: row {rejection.row}{column}: {found}{rejection.cause}"


def shortened(cell: str) -> str:
    """A cell as a line shows it: quoted, without what moves a cursor, not too long."""
    return repr(cell if len(cell) <= MOST_SHOWN else f"{cell[:MOST_SHOWN]}…")


def rejected_file(profiles: Path) -> Path:
    """Where the rows are listed that a result leaves out."""
    return profiles.with_name(f"{profiles.name}.rejected.csv")


def answers_of_row(
    batch: Batch, portfolio: Path, number: int, encoding: str | None = None
) -> dict[str, object]:
    """The answers of the row of this number, as `POST /v1/score` takes them."""
    with _opened(portfolio, batch, encoding) as reader:
        scorer = FrameScorer(batch, reader.schema)
        for part in reader.parts():
            places = np.flatnonzero(part.numbers == number)
            if len(places):
                row = part._replace(frame=part.frame[places], numbers=part.numbers[places])
                return _answers(scorer, row, portfolio)
    header = ", and row 1 is the header" if number == 1 else ""
    message = f"{portfolio}: there is no row {number}{header}"
    raise PortfolioError(message)


def _answers(scorer: FrameScorer, row: Part, portfolio: Path) -> dict[str, object]:
    cells, rejected = scorer.cells(row)
    if rejected:
        raise PortfolioError(_cause(portfolio, rejected[0]))
    return {name: _answer(cell) for name, cell in cells.items() if cell}


def _answer(cell: str) -> object:
    """A cell as an answer; one that says no reason has no other than that."""
    state, _, reason = cell.partition(":")
    return {"not_applicable": reason or "other"} if state == "not_applicable" else cell
