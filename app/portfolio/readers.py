"""Portfolios as they are written, read in parts so that they may be very long: CSV, NDJSON and Parquet.

A row that cannot be read is told as such and the others are read; only what is no table at all raises
`UnreadableError`.
"""

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

import numpy as np
import orjson
import polars as pl

from app.core.errors import MalformedError
from app.core.strict_json import MAX_DEPTH, parse
from app.portfolio.csv_text import UnreadableError, recognise, text_of
from scoring.batch.frames import Part

ROWS = 65_536
MOST_COLUMNS = 2_000
SHAPES = 10_000  # of lines of NDJSON that are remembered, so that usual ones are looked at once
LINES = 4_096  # of NDJSON: each is an object of its own while it is read
NOT_READ = "the row cannot be read"

Json = dict[str, Any]
Schema = dict[str, pl.DataType]


class Reader(Protocol):
    """A portfolio in some format."""

    schema: Schema
    said: str | None  # how it is written, where that had to be found out

    @property
    def length(self) -> int | None:
        """How many rows there are, where that is known before they are read."""

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""


def check_width(columns: int) -> None:
    """Raise `UnreadableError` for a table that is too wide."""
    if columns > MOST_COLUMNS:
        message = f"a portfolio has at most {MOST_COLUMNS} columns"
        raise UnreadableError(message)


def check_header(header: Sequence[str]) -> None:
    """Raise `UnreadableError` for too many columns, or two of one name."""
    check_width(len(header))
    if len(set(header)) < len(header):
        message = "two columns have the same name"
        raise UnreadableError(message)


def no_rows(reader: Reader) -> Part:
    """A part with the portfolio's columns and nothing in them."""
    return Part.counted(pl.DataFrame(schema=reader.schema))


class ParquetReader:
    """A table with types; a part is read when it is its turn."""

    said: str | None = None
    length: int

    def __init__(self, body: Path | IO[bytes]) -> None:
        """Read the columns."""
        try:
            self._frame = pl.scan_parquet(body)
            self.schema = dict(self._frame.collect_schema())
            check_width(len(self.schema))
            self.length = self._frame.select(pl.len()).collect().item()
        except pl.exceptions.PolarsError as error:
            raise UnreadableError(_first_line(error)) from None

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""
        for start in range(0, self.length, rows):
            try:
                yield Part.counted(self._frame.slice(start, rows).collect(), start + 1)
            except pl.exceptions.PolarsError as error:
                raise UnreadableError(_first_line(error)) from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


class CsvReader:
    """A header, which is row 1, and one row a company; cells are texts."""

    length: int | None = None

    def __init__(self, body: IO[bytes], names: Collection[str] = (), encoding: str | None = None) -> None:
        """Read the header, by the rules of `recognise`."""
        how = recognise(body, names, encoding)
        self.said, self.delimiter = how.said, how.delimiter
        self._rows = csv.reader(text_of(body, how), delimiter=how.delimiter)
        header = self._next()
        if not isinstance(header, list) or not header:
            message = "there is no header"
            raise UnreadableError(message)
        check_header(header)
        self.schema: Schema = dict.fromkeys(header, pl.String())
        self._header = header

    def _next(self) -> list[str] | str | None:
        """The next row, or why it cannot be read; `None` behind the last one."""
        try:
            return next(self._rows, None)
        except csv.Error as error:
            return str(error)

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once; a line without anything in it is no row."""
        numbered = enumerate(iter(self._next, None), 2)
        filled = (pair for pair in numbered if pair[1])
        while read := list(islice(filled, rows)):
            unreadable = {number: cause for number, row in read if (cause := self._cause(row))}
            nothing = [""] * len(self._header)
            cells = [nothing if number in unreadable else row for number, row in read]
            columns = zip(*cells, strict=True)
            frame = pl.DataFrame(
                [
                    pl.Series(name, column, pl.String)
                    for name, column in zip(self._header, columns, strict=True)
                ]
            )
            numbers = np.array([number for number, _ in read])
            yield Part(frame.with_columns(pl.all().replace("", None)), numbers, unreadable)

    def _cause(self, row: Sequence[str]) -> str | None:
        if isinstance(row, str):
            return f"{NOT_READ}: {row}"
        if len(row) != len(self._header):
            return f"the row has {len(row)} cells and the header {len(self._header)}"
        return None


class Line(NamedTuple):
    """A line of NDJSON: what it says, or why it cannot be read."""

    value: Json
    cause: str | None = None


class NdjsonReader:
    """One JSON object a line; columns are those of any line, and types those of all."""

    said: str | None = None
    length: int | None = None

    def __init__(self, body: IO[bytes], answers: Iterable[str]) -> None:
        """Read all lines once to know the columns; `answers` are questions whose cells are texts."""
        self._body = body
        kinds: dict[str, set[type]] = {}
        seen: set[tuple[tuple[str, ...], tuple[type, ...]]] = set()
        for _, line in self._lines():
            shape = (tuple(line.value), tuple(map(type, line.value.values())))
            if shape not in seen:
                if len(seen) < SHAPES:
                    seen.add(shape)
                for name, kind in zip(*shape, strict=True):
                    kinds.setdefault(name, set()).add(kind)
                check_width(len(kinds))
        self._answers = {name for name in answers if name in kinds}
        self.schema = {
            name: pl.String() if name in self._answers else _kind(found) for name, found in kinds.items()
        }

    def _lines(self) -> Iterator[tuple[int, Line]]:
        self._body.seek(0)
        return ((number, read_line(line)) for number, line in enumerate(self._body, 1) if line.strip())

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""
        for part, _ in self.parts_with_lines(min(rows, LINES)):
            yield part

    def parts_with_lines(self, rows: int = LINES) -> Iterator[tuple[Part, list[Line]]]:
        """Its rows, so many at once, with what the lines say."""
        lines = self._lines()
        while numbered := list(islice(lines, rows)):
            unreadable = {number: line.cause for number, line in numbered if line.cause}
            read = [line for _, line in numbered]
            # Line by line and then turned: column by column would look into every line over and over.
            cells = zip(*[[*map(line.value.get, self.schema)] for line in read], strict=True)
            columns = zip(self.schema.items(), cells, strict=True)
            frame = pl.DataFrame([_column(name, kind, values) for (name, kind), values in columns])
            yield Part(frame, np.array([number for number, _ in numbered]), unreadable), read


def read_line(line: bytes) -> Line:
    """A line of NDJSON, strictly: an object without repeated keys, not nested too deep."""
    try:
        value = orjson.loads(line)
        usual = isinstance(value, dict) and line.count(b'":') == len(value)
        if not usual or line.count(b"[") + line.count(b"{") > MAX_DEPTH or b"\\u" in line:
            value = parse(line)
    except orjson.JSONDecodeError as error:
        return Line({}, f"the line is no JSON: {error.msg}")
    except MalformedError as error:
        return Line({}, "; ".join(fault.detail for fault in error.faults))
    return Line(value) if isinstance(value, dict) else Line({}, "the line is no JSON object")


TEXTS = {str, type(None)}
KINDS: dict[frozenset[type], pl.DataType] = {
    frozenset({str}): pl.String(),
    frozenset({bool}): pl.Boolean(),
    frozenset({int}): pl.Int64(),
    frozenset({float}): pl.Float64(),
    frozenset({int, float}): pl.Float64(),
}


def _kind(found: set[type]) -> pl.DataType:
    """The type of a column; of mixed or nested values it is their JSON."""
    return KINDS.get(frozenset(found - {type(None)}), pl.String())


def _column(name: str, kind: pl.DataType, values: Sequence[Any]) -> pl.Series:
    """The cells of a column; usually they are of its type already."""
    if isinstance(kind, pl.String) and not set(map(type, values)) <= TEXTS:
        values = [_cell(value, kind) for value in values]
    return pl.Series(name, values, kind, strict=isinstance(kind, pl.String))


def _cell(value: object, kind: pl.DataType) -> object:
    if value is None or not isinstance(kind, pl.String) or isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return orjson.dumps(value).decode()
