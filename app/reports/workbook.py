"""A profile as a workbook (XLSX, ISO/IEC 29500), for analysts: sheets with numbers, and charts of them."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Texts are never formulas, links or numbers.
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_CHARACTERS = 32_767  # that a cell holds
MOST_HIGH = 409  # points of a row
MOST_OF_NAME = 31  # characters of the name of a sheet
# Shown with the signs of the reader's country, and apart from what follows by the widths of two brackets.
NUMBERS = {"text": "@", "whole": "0_)_)", "number": "0.00_)_)"}
A4 = 9  # by the number that the format has for it
FONT, SIZE, LINE = "Calibri", 11, 15  # points
WIDE = 0.9  # of its letters that a line of a cell surely holds

Data = dict[str, Any]


def xlsx(data: bytes, moment: datetime) -> bytes:
    """A workbook of JSON `data`, made at a moment: the same bytes for the same."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- a library that only workbooks need

    told, written = orjson.loads(data), BytesIO()
    with Workbook(written, {"in_memory": True, **INERT}) as workbook:
        workbook.set_properties(
            {
                "title": told["title"][:255],
                "author": told["author"][:255],
                "comments": told["day"] or "",
                "created": moment.replace(tzinfo=None),
            }
        )
        formats = _formats(workbook, told["colours"])
        places = [_sheet(workbook, sheet, formats) for sheet in told["sheets"]]
        if told["functions"]:
            _charts(workbook, told, places[0])
    return written.getvalue()


def _formats(workbook: "Workbook", colours: Mapping[str, str]) -> Mapping[str, "Format"]:
    usual = {"font_name": FONT, "font_size": SIZE, "valign": "top"}
    made = {
        kind: workbook.add_format(usual | {"num_format": shown, "text_wrap": kind == "text"})
        for kind, shown in NUMBERS.items()
    }
    made["said"] = workbook.add_format(usual | {"bold": True, "font_size": 13})
    made["head"] = workbook.add_format(
        usual
        | {"bold": True, "text_wrap": True, "bottom": 2, "bottom_color": colours["accent"]}
        | {"font_color": colours["accent"]}
    )
    return made


def _sheet(workbook: "Workbook", told: list[Any], formats: Mapping[str, "Format"]) -> int:
    """Write a sheet; the row of its heading, from 0."""
    name, said, columns, rows, fixed, below = told
    sheet = workbook.add_worksheet(name[:MOST_OF_NAME])
    for place, line in enumerate(said):
        sheet.write_string(place, 0, line[:MOST_CHARACTERS], formats["said"])
    head = len(said) + 1 if said and not below else len(said)
    for place, (_, width, _) in enumerate(columns):
        sheet.set_column(place, place, width)
    end = _table(sheet, head, (columns, rows), formats)
    for title, *table in below:
        sheet.write_string(end + 1, 0, title[:MOST_CHARACTERS], formats["said"])
        end = _table(sheet, end + 2, table, formats)
    if not below:
        sheet.freeze_panes(head + 1, fixed)
        sheet.repeat_rows(head)
    if len(rows) > 1 and fixed:
        sheet.autofilter(head, 0, head + len(rows), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    return head


def _table(sheet: "Worksheet", head: int, told: Sequence[Any], formats: Mapping[str, "Format"]) -> int:
    """Write columns and rows from the row of the heading on; the first row that is free then."""
    columns, rows = told
    sheet.set_row(head, _height([heading for heading, _, _ in columns], columns))
    for place, (heading, _, _) in enumerate(columns):
        sheet.write_string(head, place, heading, formats["head"])
    for number, row in enumerate(rows, head + 1):
        sheet.set_row(number, _height(row, columns))
        for place, cell in enumerate(row):
            _write(sheet, (number, place), cell, formats[columns[place][2]])
    return head + 1 + len(rows)


def _height(row: Sequence[object], columns: Sequence[Any]) -> float:
    """How high a row is for its texts, in points: not every reader finds that out by itself."""
    lines = [
        math.ceil(len(cell) / (WIDE * width))
        for cell, (_, width, _) in zip(row, columns, strict=False)
        if isinstance(cell, str)
    ]
    return min(LINE * max(lines, default=1), MOST_HIGH)


def _write(sheet: "Worksheet", place: tuple[int, int], cell: object, format_: "Format") -> None:
    if isinstance(cell, str) and cell:
        sheet.write_string(*place, cell[:MOST_CHARACTERS], format_)
    elif isinstance(cell, int | float):
        sheet.write_number(*place, cell, format_)


def _charts(workbook: "Workbook", told: Data, head: int) -> None:
    """The means of the functions that count, as bars with the line at "integrated", and as a radar."""
    first, last = head + 1, head + told["functions"]
    name = told["sheets"][0][0][:MOST_OF_NAME]
    colours = told["colours"]
    below = head + len(told["sheets"][0][3]) + 2

    def series(column: int, called: str, **look: object) -> Data:
        return {
            "name": called,
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
        } | look

    line = {"color": colours["accent"], "width": 2.25}
    bars = workbook.add_chart({"type": "column"})
    bars.add_series(series(1, told["mean"], fill={"color": colours["l3"]}, gap=80))
    gate = workbook.add_chart({"type": "line"})
    gate.add_series(series(4, told["line"], line=line))
    bars.combine(gate)
    radar = workbook.add_chart({"type": "radar"})
    radar.add_series(series(1, told["mean"], line={"color": colours["ink"], "width": 2}))
    radar.add_series(series(4, told["line"], line=line))
    sheet = workbook.get_worksheet_by_name(name)
    for chart, title, place in ((bars, told["bars"], 0), (radar, told["radar"], 5)):
        _dress(chart, title, told["max_level"])
        sheet.insert_chart(below, place, chart, {"description": title})


def _dress(chart: "Chart", title: str, top: int) -> None:
    chart.set_title({"name": title, "name_font": {"size": 12}})
    chart.set_y_axis({"min": 0, "max": top, "major_unit": 1, "num_format": "0"})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 560, "height": 340})
