"""Portfolios as they are written: CSV, NDJSON and Parquet, read in parts so that they may be very long.

A row that cannot be read is told as such and the others are read; only what is no table at all raises
`UnreadableError`.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

import orjson
import polars as pl

from app.core.errors import MalformedError
from app.core.strict_json import MAX_DEPTH, parse
from app.portfolio.frames import Part

ROWS = 65_536
MOST_COLUMNS = 2_000
SHAPES = 10_000  # of lines of NDJSON that are remembered, so that usual ones are looked at once
LINES = 4_096  # of NDJSON: each is an object of its own while it is read
NOT_READ = "the row cannot be read"

Json = dict[str, Any]
Schema = dict[str, pl.DataType]


class UnreadableError(Exception):
    """A portfolio is not in the format that it is said to be in."""


class Reader(Protocol):
    """A portfolio in some format."""

    schema: Schema

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""


def _check_width(columns: int) -> None:
    if columns > MOST_COLUMNS:
        message = f"a portfolio has at most {MOST_COLUMNS} columns"
        raise UnreadableError(message)


def no_rows(reader: Reader) -> Part:
    """A part with the portfolio's columns and nothing in them."""
    return Part(pl.DataFrame(schema=reader.schema), 1)


class ParquetReader:
    """A table with types; a part is read when it is its turn."""

    def __init__(self, body: Path | IO[bytes]) -> None:
        """Read the columns."""
        try:
            self._frame = pl.scan_parquet(body)
            self.schema = dict(self._frame.collect_schema())
            _check_width(len(self.schema))
            self.length: int = self._frame.select(pl.len()).collect().item()
        except pl.exceptions.PolarsError as error:
            raise UnreadableError(_first_line(error)) from None

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""
        for start in range(0, self.length, rows):
            try:
                yield Part(self._frame.slice(start, rows).collect(), start + 1)
            except pl.exceptions.PolarsError as error:
                raise UnreadableError(_first_line(error)) from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


class CsvReader:
    """A header, and one row a company; cells are texts."""

    def __init__(self, body: IO[bytes]) -> None:
        """Read the header."""
        self._rows = csv.reader(TextIOWrapper(body, "utf-8-sig", newline=""))
        header = self._next()
        if not isinstance(header, list) or not header:
            message = "there is no header"
            raise UnreadableError(message)
        _check_width(len(header))
        self.schema: Schema = dict.fromkeys(header, pl.String())
        self._header = header
        if len(self.schema) < len(header):
            message = "two columns have the same name"
            raise UnreadableError(message)

    def _next(self) -> list[str] | str | None:
        """The next row, or why it cannot be read; `None` behind the last one."""
        try:
            return next(self._rows, None)
        except csv.Error as error:
            return str(error)
        except UnicodeDecodeError:
            message = "the text is not UTF-8"
            raise UnreadableError(message) from None

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once; a line without anything in it is no row."""
        first = 1
        filled = filter(None, iter(self._next, None))
        while read := list(islice(filled, rows)):
            unreadable = {first + i: cause for i, row in enumerate(read) if (cause := self._cause(row))}
            nothing = [""] * len(self._header)
            cells = [nothing if first + i in unreadable else row for i, row in enumerate(read)]
            columns = zip(*cells, strict=True)
            frame = pl.DataFrame(
                [
                    pl.Series(name, column, pl.String)
                    for name, column in zip(self._header, columns, strict=True)
                ]
            )
            yield Part(frame.with_columns(pl.all().replace("", None)), first, unreadable)
            first += len(read)

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

    def __init__(self, body: IO[bytes], answers: Iterable[str]) -> None:
        """Read all lines once to know the columns; `answers` are questions whose cells are texts."""
        self._body = body
        kinds: dict[str, set[type]] = {}
        seen: set[tuple[tuple[str, ...], tuple[type, ...]]] = set()
        for line in self._lines():
            shape = (tuple(line.value), tuple(map(type, line.value.values())))
            if shape not in seen:
                if len(seen) < SHAPES:
                    seen.add(shape)
                for name, kind in zip(*shape, strict=True):
                    kinds.setdefault(name, set()).add(kind)
                _check_width(len(kinds))
        self._answers = {name for name in answers if name in kinds}
        self.schema = {
            name: pl.String() if name in self._answers else _kind(found) for name, found in kinds.items()
        }

    def _lines(self) -> Iterator[Line]:
        self._body.seek(0)
        return (read_line(line) for line in self._body if line.strip())

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""
        for part, _ in self.parts_with_lines(min(rows, LINES)):
            yield part

    def parts_with_lines(self, rows: int = LINES) -> Iterator[tuple[Part, list[Line]]]:
        """Its rows, so many at once, with what the lines say."""
        first, lines = 1, self._lines()
        while read := list(islice(lines, rows)):
            unreadable = {first + i: line.cause for i, line in enumerate(read) if line.cause}
            for i, line in enumerate(read):
                if not set(map(type, line.value.values())) <= CELLS:
                    odd = [name for name in self._answers if type(line.value.get(name)) not in CELLS]
                    if odd:
                        unreadable[first + i] = f"{', '.join(sorted(odd))}: an answer is a text"
            # Line by line and then turned: column by column would look into every line over and over.
            cells = zip(*[[*map(line.value.get, self.schema)] for line in read], strict=True)
            columns = zip(self.schema.items(), cells, strict=True)
            frame = pl.DataFrame([_column(name, kind, values) for (name, kind), values in columns])
            yield Part(frame, first, unreadable), read
            first += len(read)


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
CELLS = {*TEXTS, int, float}
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
