"""Tables of profiles as they are written: Parquet, CSV, NDJSON, workbooks."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

import polars as pl

from app.portfolio.workbooks import write_workbook

COMPUTED = r"^[=+@\t\r-]"  # what a text begins with that a spreadsheet may compute


class Layout(NamedTuple):
    """How CSV is written: what stands between cells (by its file's ending unless given), and in numbers."""

    delimiter: str | None = None
    decimal: str = "."


PLAIN = Layout()


@contextmanager
def beside(file: Path) -> Iterator[Path]:
    """A file of another name in the same folder, to write into until it is whole; gone where it is not."""
    partial = file.with_name(f".{file.name}.{token_hex(8)}")
    # With the rights that the user's umask leaves to new files, as the result will have.
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def sink(frame: pl.LazyFrame, suffix: str, file: Path, layout: Layout = PLAIN) -> None:
    """Write a stream of rows in the format that a suffix names."""
    match suffix:
        case ".parquet":
            frame.sink_parquet(file)
        case ".csv" | ".tsv":
            _sink_text(frame, suffix, file, layout)
        case ".xlsx":
            write_workbook(iter(frame.collect_batches()), frame.collect_schema().names(), file)
        case _:
            frame.sink_ndjson(file)


def _sink_text(frame: pl.LazyFrame, suffix: str, file: Path, layout: Layout) -> None:
    """CSV; with decimal commas for a spreadsheet: marked as UTF-8, with texts that it does not compute."""
    for_spreadsheet = layout.decimal == ","
    usual = "\t" if suffix == ".tsv" else ";" if for_spreadsheet else ","
    if for_spreadsheet:
        frame = frame.with_columns(pl.col(pl.String).str.replace(COMPUTED, "'$0"))
    frame.sink_csv(
        file,
        separator=layout.delimiter or usual,
        decimal_comma=for_spreadsheet,
        include_bom=for_spreadsheet,
    )
