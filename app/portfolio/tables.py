"""A small table as CSV, workbook or Parquet: the same bytes for the same rows."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Literal, NamedTuple

from app.reports.facts import inert

if TYPE_CHECKING:
    import polars as pl

TableFormat = Literal["csv", "xlsx", "parquet"]
Cell = str | int | float | date | None


class Table(NamedTuple):
    """Columns by name with the type of their cells, any of which can be empty, and the rows."""

    columns: Mapping[str, type]
    rows: Sequence[Sequence[Cell]]


def written(table: Table, form: TableFormat) -> bytes:
    """A table in a format; no text of it is a formula or a link."""
    return {"csv": _csv, "xlsx": _xlsx, "parquet": _parquet}[form](table)


def _csv(table: Table) -> bytes:
    """UTF-8 with commas; what looks like a formula begins with an apostrophe."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_plain(cell) for cell in row])
    return text.getvalue().encode()


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return inert(cell) if isinstance(cell, str) else cell


def _xlsx(table: Table) -> bytes:
    from app.portfolio.workbooks import write_workbook  # noqa: PLC0415 -- with polars, half a second

    file = BytesIO()
    write_workbook(iter([_frame(table)]), list(table.columns), file)
    return file.getvalue()


def _parquet(table: Table) -> bytes:
    file = BytesIO()
    _frame(table).write_parquet(file)
    return file.getvalue()


def _frame(table: Table) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 -- as above

    return pl.DataFrame([*table.rows], schema=dict(table.columns), orient="row")
