"""What stands in a workbook that was filled in: rows with the id of a question, and what it is a sheet of."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from app.answer_sheets.content import ABOUT
from app.answer_sheets.packed import Marks, malformed, unpacked
from app.answer_sheets.workbook import ID
from scoring import Fault
from scoring.errors import Place

COLUMNS = ("A", "B", "C", "D", "E", "F")
ANSWER, REASON, COMMENT, EVIDENCE = 2, 3, 4, 5


class Row(NamedTuple):
    """A row about a question: where it stands, what is in its cells, and what of it is no plain value."""

    sheet: str
    number: int
    cells: Sequence[str]
    faults: Sequence[Fault]

    @property
    def id(self) -> str:
        """What it is about."""
        return self.cells[0]

    def place(self, column: int) -> Place:
        """A cell of it."""
        return self.sheet, f"{COLUMNS[column]}{self.number}"


class FilledIn(NamedTuple):
    """An answer sheet as it came back."""

    about: Mapping[str, str]
    rows: Sequence[Row]


def is_answer_sheet(file: Path) -> bool:
    """Whether a workbook is an answer sheet, and no table of companies."""
    try:
        with ZipFile(file) as packed, packed.open("xl/workbook.xml") as listed:
            return ABOUT.encode() in listed.read(1 << 20)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return False


def read_cells(body: bytes) -> FilledIn:
    """The rows with an id; raises `AnswersRefusedError` for what is no answer sheet.

    Sheets may be called otherwise and stand elsewhere; those without ids in their first column are not read.
    """
    sound = unpacked(body)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(sound.workbook))
        if ABOUT not in workbook.sheet_names:
            raise malformed("it is no answer sheet, or what says of whom and what it is one is gone")
        about = _table(workbook.get_sheet_by_name(ABOUT))
        rows = [
            row
            for name in workbook.sheet_names
            if name != ABOUT
            for row in _rows(name, _table(workbook.get_sheet_by_name(name)), sound.marks[name])
        ]
    except (CalamineError, KeyError, ValueError) as error:
        raise malformed(f"the workbook cannot be read: {type(error).__name__}") from None
    return FilledIn({row[0]: row[1] for row in about if len(row) > 1}, rows)


def _table(sheet: CalamineSheet) -> list[list[str]]:
    return [[_text(cell) for cell in row[: len(COLUMNS)]] for row in sheet.to_python(skip_empty_area=False)]


def _text(cell: Any) -> str:  # noqa: ANN401 -- whatever a cell holds
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _rows(sheet: str, table: list[list[str]], marks: Marks) -> Iterator[Row]:
    if not table or not table[0] or table[0][0].strip() != ID:
        return
    for number, cells in enumerate(table[1:], 2):
        filled = [*cells, *[""] * (len(COLUMNS) - len(cells))]
        filled[0] = filled[0].strip()
        row = Row(sheet, number, filled, ())
        if filled[0]:
            yield row._replace(faults=list(_faults(row, marks)))


def _faults(row: Row, marks: Marks) -> Iterator[Fault]:
    """Formulas, errors and characters that no answer has."""
    for place in (0, *range(ANSWER, len(COLUMNS))):
        cell = row.number, place + 1
        if cell in marks.formulas:
            yield Fault(row.place(place), "formula_in_cell", "write the answer itself instead of a formula")
        elif cell in marks.errors:
            yield Fault(row.place(place), "error_in_cell", "the cell holds an error; empty it")
        elif "\0" in row.cells[place]:
            yield Fault(row.place(place), "nul_character", "there is a NUL character in it")
