"""Answer sheets as people fill them in: cells written into a workbook, and what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook

from app.answer_sheets.content import Asked, Whom, content_of
from app.answer_sheets.workbook import workbook_of
from app.catalog.service import load_catalog
from app.core.editions import Edition
from app.core.settings import Settings
from scoring.respondents.responses import asked_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_XLSX = {"Content-Type": XLSX}
Change = Callable[[bytes], bytes]


@cache
def shipped(version: str = "2.0.0") -> Edition:
    """The questionnaire that comes with the service."""
    return load_catalog(Settings().questionnaire_folders).find("social-business", version)


@cache
def blank_sheet(functions: tuple[str, ...] = (), role: str | None = None, tier: str = "full") -> bytes:
    """An empty answer sheet that is nobody's."""
    edition = shipped()
    form = edition.questionnaire.form_of(tier)
    asked = asked_of(edition.questionnaire, form, role, functions or None)
    return workbook_of(content_of(Asked(edition, tier, asked), Whom(), "en"))


def tables(workbook: bytes) -> dict[str, list[list[Any]]]:
    """All cells, by the names of the sheets."""
    read = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in read.sheet_names}


def repacked(
    workbook: bytes, changes: Mapping[str, Change], more: Mapping[str, bytes] | None = None
) -> bytes:
    """The workbook with the files in it that match a pattern changed, and more files."""
    written = BytesIO()
    with ZipFile(BytesIO(workbook)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            for pattern, change in changes.items():
                if re.fullmatch(pattern, name):
                    content = change(content)
            after.writestr(name, content)
        for name, content in (more or {}).items():
            after.writestr(name, content)
    return written.getvalue()


def place_of(workbook: bytes, question: str, column: str = "C") -> tuple[str, str]:
    """Sheet and cell of a question."""
    for name, rows in tables(workbook).items():
        for number, row in enumerate(rows, 1):
            if row and row[0] == question and row[1]:
                return name, f"{column}{number}"
    raise LookupError(question)


def filled(workbook: bytes, cells: Mapping[tuple[str, str], str]) -> bytes:
    """The workbook with XML put into cells (sheet, cell): such as `text("…")`."""
    names = [*tables(workbook)]
    changes: dict[str, list[tuple[str, str]]] = {}
    for (sheet, cell), content in cells.items():
        changes.setdefault(rf"xl/worksheets/sheet{names.index(sheet) + 1}\.xml", []).append((cell, content))
    return repacked(workbook, {pattern: _writer(given) for pattern, given in changes.items()})


def _writer(given: Sequence[tuple[str, str]]) -> Change:
    def write(content: bytes) -> bytes:
        whole = content.decode()
        for cell, xml in given:
            found = re.search(rf'<c r="{cell}"( s="\d+")?( t="\w+")?(/>|>.*?</c>)', whole)
            assert found, cell
            made = xml.replace("<c", f'<c r="{cell}"', 1)
            whole = whole[: found.start()] + made + whole[found.end() :]
        return whole.encode()

    return write


def text(value: str) -> str:
    """A cell with a text, as spreadsheets write it."""
    escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace("\r", "&#13;")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'


def number(value: float) -> str:
    return f"<c><v>{value}</v></c>"


FORMULA = '<c t="str"><f>1+1</f><v>2</v></c>'
ERROR = '<c t="e"><v>#REF!</v></c>'


def answered(workbook: bytes, said: Mapping[str, str]) -> bytes:
    """The workbook with these texts as answers to these questions."""
    return filled(workbook, {place_of(workbook, name): text(value) for name, value in said.items()})
