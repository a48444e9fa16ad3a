"""The files in a workbook, looked at before anything computes with them.

A few kilobytes can unpack to gigabytes, and one cell far down makes a reader set aside memory for all cells
above it. What is read is therefore a new workbook of those files alone that were looked at.
"""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from scoring import AnswersRefusedError, Fault

MOST_UNPACKED = 8 * 1024 * 1024  # bytes
MOST_FILES = 500
MOST_AREA = 500_000  # cells of all sheets, empty ones among them
_READ = (".xml", ".rels")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

Cell = tuple[int, int]  # row and column, from 1
Attributes = Mapping[str, str]


class Marks(NamedTuple):
    """Cells of a sheet that hold something else than what was typed."""

    formulas: set[Cell]
    errors: set[Cell]


class Unpacked(NamedTuple):
    """A workbook that can be read without harm, and the marks of its sheets by their names."""

    workbook: bytes
    marks: Mapping[str, Marks]


def malformed(detail: str) -> AnswersRefusedError:
    """What is refused as a whole."""
    return AnswersRefusedError([Fault((), "malformed_workbook", detail)])


def unpacked(body: bytes) -> Unpacked:
    """Look at all files of a workbook; raises `AnswersRefusedError` for what is none, or is too large."""
    files = _files(body)
    scans = {name: _scanned(name, content) for name, content in files.items()}
    if sum(scan.area for scan in scans.values()) > MOST_AREA:
        raise malformed(f"its sheets reach over more than {MOST_AREA:,} cells")
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as sound:
        for name, content in files.items():
            sound.writestr(name, content)
    return Unpacked(written.getvalue(), _by_sheet(scans))


def _files(body: bytes) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    try:
        with ZipFile(BytesIO(body)) as packed:
            entries = packed.infolist()
            if len(entries) > MOST_FILES:
                raise malformed(f"a workbook has at most {MOST_FILES} files in it")
            for entry in entries:
                if entry.filename.lower().endswith(_READ):
                    with packed.open(entry) as file:
                        content = file.read(left + 1)
                    left -= len(content)
                    if left < 0:
                        raise malformed(f"it would unpack to more than {MOST_UNPACKED:,} bytes")
                    files[entry.filename] = content
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError, OSError):
        raise malformed("the file is no workbook (.xlsx), or it is damaged or encrypted") from None
    return files


class _Scan:
    """What is to be known of one file before it is read."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []  # name and relation, of the workbook
        self.relations: dict[str, str] = {}
        self.marks = Marks(set(), set())
        self._row = self._column = 0
        self._last = (0, 0)

    @property
    def area(self) -> int:
        """How many cells a reader sets aside."""
        return self._last[0] * self._last[1]

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        match name.rpartition(":")[2]:
            case "sheet":
                relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
                self.sheets.append((attributes.get("name", ""), relation))
            case "Relationship":
                self.relations[attributes.get("Id", "")] = attributes.get("Target", "")
            case "row":
                self._row, self._column = _whole(attributes.get("r"), self._row + 1), 0
                self._reach()
            case "c":
                self._cell(attributes)
            case "f":
                self.marks.formulas.add((self._row, self._column))

    def _cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            found = _CELL.fullmatch(place)
            if found is None:
                raise malformed("a cell in it has no proper place")
            self._row, self._column = int(found[2]), column_number(found[1])
        self._reach()
        if attributes.get("t") == "e":
            self.marks.errors.add((self._row, self._column))

    def _reach(self) -> None:
        self._last = (max(self._last[0], self._row), max(self._last[1], self._column))


def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 8):  # noqa: PLR2004 -- rows have seven digits
        raise malformed("a row in it has no proper number")
    return int(text)


def _scanned(name: str, content: bytes) -> _Scan:
    """Raises `AnswersRefusedError` for what is no XML, or declares entities."""
    scan, parser = _Scan(), ParserCreate()
    parser.StartElementHandler = scan.start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- the last part of it
    except ExpatError:
        raise malformed(f"{PurePosixPath(name).name} in it is no XML") from None
    return scan


def _refuse_doctype(*_: object) -> None:
    raise malformed("it declares types of documents, which workbooks do not")


def _by_sheet(scans: Mapping[str, _Scan]) -> Mapping[str, Marks]:
    """The marks of each sheet, found by the relations of the workbook."""
    relations = dict(
        chain.from_iterable(scan.relations.items() for name, scan in scans.items() if "workbook" in name)
    )
    marks = {PurePosixPath(name).name: scan.marks for name, scan in scans.items() if not scan.relations}
    sheets = chain.from_iterable(scan.sheets for scan in scans.values())
    nothing = Marks(set(), set())
    return {
        name: marks.get(PurePosixPath(relations.get(relation, "")).name, nothing) for name, relation in sheets
    }


def column_number(letters: str) -> int:
    """The place of a column, from 1."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
