"""Portfolios in workbooks (.xlsx): the first sheet is read; what is written computes nothing."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

import numpy as np
import polars as pl
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.portfolio.csv_text import UnreadableError
from app.portfolio.readers import ROWS, Schema, check_header
from scoring.batch.frames import Part

MOST_UNPACKED = 1 << 30  # bytes: a workbook is read into memory as a whole
MOST_RATIO = 250  # of bytes unpacked to bytes packed; a sheet of numbers has 10 to 30
MOST_ROWS = 1_048_576  # that a sheet holds, its header included
MOST_CHARACTERS = 32_767  # that a cell holds
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- a workbook knows no zones
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Rows = list[list[Any]]


class WorkbookReader:
    """The first sheet: its header is the first row with something in it; rows with nothing are none."""

    length: int | None = None

    def __init__(self, file: Path, names: frozenset[str]) -> None:
        """Read the sheet; columns called by one of these names are texts."""
        _check_size(file)
        try:
            workbook = CalamineWorkbook.from_path(file)
            sheet = workbook.get_sheet_by_index(0)
            cells: Rows = sheet.to_python(skip_empty_area=False)
        except (CalamineError, IndexError) as error:
            message = f"the workbook cannot be read: {error}"
            raise UnreadableError(message) from None
        filled = [(number, row) for number, row in enumerate(cells, 1) if any(cell != "" for cell in row)]
        if not filled:
            message = "there is no header"
            raise UnreadableError(message)
        header = _header([row for _, row in filled])
        self._numbers = np.array([number for number, _ in filled[1:]], np.int64)
        rows = [row[: len(header)] for _, row in filled[1:]]
        columns = zip(*rows, strict=True) if rows else [()] * len(header)
        texts = [name in names for name in header]
        self._frame = pl.DataFrame(
            [
                _column(name, column, as_text=text)
                for name, column, text in zip(header, columns, texts, strict=True)
            ]
        )
        self.schema: Schema = dict(self._frame.schema)
        more = len(workbook.sheet_names) - 1
        self.said = f"the sheet {workbook.sheet_names[0]!r}, without {more} more" if more else None

    def parts(self, rows: int = ROWS) -> Iterator[Part]:
        """Its rows, so many at once."""
        for start in range(0, self._frame.height, rows):
            yield Part(self._frame.slice(start, rows), self._numbers[start : start + rows])


def _check_size(file: Path) -> None:
    """Raise `UnreadableError` for a file that unpacks to far more than it should, or not at all."""
    try:
        with ZipFile(file) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
            if unpacked > min(MOST_UNPACKED, MOST_RATIO * max(file.stat().st_size, ROWS)):
                message = f"the workbook would unpack to {unpacked:,} bytes"
                raise UnreadableError(message)
            # What the directory says of sizes is compared with what is there.
            damaged = packed.testzip()
    except (BadZipFile, NotImplementedError, EOFError) as error:
        message = f"the file is no workbook: {error}"
        raise UnreadableError(message) from None
    if damaged:
        message = f"the workbook is damaged: {damaged}"
        raise UnreadableError(message)


def _header(rows: Rows) -> list[str]:
    """The names of the columns up to the last one that has anything in it."""
    width = max(place + 1 for row in rows for place, cell in enumerate(row) if cell != "")
    header = [_text(cell) or "" for cell in rows[0][:width]]
    if "" in header:
        message = f"column {header.index('') + 1} has no name"
        raise UnreadableError(message)
    check_header(header)
    return header


def _column(name: str, cells: Sequence[Any], *, as_text: bool) -> pl.Series:
    """Cells of one kind as that kind, of several as texts."""
    values = [None if cell == "" else cell for cell in cells]
    kinds = {type(value) for value in values if value is not None}
    if not as_text and kinds and kinds <= {int, float}:
        whole = all(value is None or float(value).is_integer() for value in values)
        return pl.Series(name, values, pl.Float64, strict=False).cast(pl.Int64 if whole else pl.Float64)
    if not as_text and len(kinds) == 1 and kinds <= {bool, date, datetime}:
        return pl.Series(name, values)
    return pl.Series(name, [_text(value) for value in values], pl.String)


def _text(cell: object) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def write_workbook(frames: Iterator[pl.DataFrame], columns: Sequence[str], file: Path | IO[bytes]) -> None:
    """Write rows as a sheet, the same bytes for the same; texts stay texts, whatever they begin with.

    Raises `UnreadableError` for more rows than a sheet holds, or a longer text than a cell does.
    """
    with Workbook(file, {"constant_memory": True, **INERT}) as workbook:
        workbook.set_properties({"created": MADE})
        sheet = workbook.add_worksheet("profiles")
        sheet.freeze_panes(1, 0)
        bold, day = workbook.add_format({"bold": True}), workbook.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, bold)
        number = 1
        for frame in frames:
            for row in frame.iter_rows():
                if number >= MOST_ROWS:
                    message = f"a sheet holds at most {MOST_ROWS - 1:,} rows: write .parquet or .csv"
                    raise UnreadableError(message)
                for place, cell in enumerate(row):
                    _write_cell(sheet, (number, place), cell, day)
                number += 1


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: object, day: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(*place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(*place, cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell, day)
    else:
        text = cell if isinstance(cell, str) else str(cell)
        if len(text) > MOST_CHARACTERS:
            message = f"a cell holds at most {MOST_CHARACTERS:,} characters: write .parquet or .csv"
            raise UnreadableError(message)
        sheet.write_string(*place, text)
