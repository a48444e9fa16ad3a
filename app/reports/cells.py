"""What the sheets of a workbook consist of, as data: columns, rows, tables."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["text", "whole", "number"]
Row = Sequence[str | float | None]


class Column(NamedTuple):
    """A column: its heading, how wide it is in letters, and what its cells are."""

    name: str
    width: int = 10
    kind: Kind = "number"


class Table(NamedTuple):
    """A table below another one, whose widths it has."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


class Sheet(NamedTuple):
    """A sheet: its name, lines above the table, and the table; `fixed` columns stay in sight.

    Where others follow `below` nothing stays: their headings are not those of the first.
    """

    name: str
    said: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Row]
    fixed: int
    below: Sequence[Table] = ()
