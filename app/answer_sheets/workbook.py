"""The answer sheet as a workbook (XLSX, ISO/IEC 29500): protected, but for the cells to fill in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

from app.answer_sheets.content import ABOUT, LISTS, Content, Line, Part
from app.reports.drawing import light_colours

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Texts are never formulas, links or numbers.
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = datetime(2020, 1, 1)  # noqa: DTZ001 -- not when: the same sheet has the same bytes
ID = "id"  # heads the column, not shown, that says what a row is about
WIDTHS = {"question": 44, "answer": 44, "reason": 24, "comment": 34, "evidence": 30}  # letters
START_WIDTHS = (64, 12)
LINE, LONGEST = 15.5, 400  # points: a line of a cell, the highest row
MOST_OF_COMMENT = 2000
A4 = 9
OPEN = {"format_columns": True, "format_rows": True}  # what else may be done to a protected sheet

Formats = Mapping[str, "Format"]


def workbook_of(content: Content) -> bytes:
    """The workbook: the same bytes for the same content."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- a library that only workbooks need

    written = BytesIO()
    with Workbook(written, {"in_memory": True, **INERT}) as workbook:
        workbook.set_properties({"title": content.title[:255], "created": MADE})
        formats = _formats(workbook, content.accent)
        _start(workbook, content, formats)
        lists = _Lists()
        for part in content.parts:
            _part(workbook, content, part, (formats, lists))
        lists.write(workbook)
        about = workbook.add_worksheet(ABOUT)
        for row, (key, value) in enumerate(content.about.items()):
            about.write_string(row, 0, key)
            about.write_string(row, 1, value)
        about.protect()
        about.very_hidden()
    return written.getvalue()


def _formats(workbook: "Workbook", accent: str | None) -> Formats:
    colours = light_colours(accent)
    usual = {"font_name": "Calibri", "font_size": 11, "valign": "top", "text_wrap": True}
    border = {"border": 1, "border_color": colours["edge"]}
    open_ = usual | border | {"locked": False, "bg_color": colours["tint"]}
    return {
        name: workbook.add_format(look)
        for name, look in {
            "title": usual | {"bold": True, "font_size": 16, "font_color": colours["accent"]},
            "text": usual,
            "asked": usual | border,
            "head": usual | {"bold": True, "font_color": colours["accent"], "bottom": 2},
            "said": usual | {"italic": True},
            "open": open_ | {"num_format": "@"},
            "rating": open_ | {"num_format": "0", "align": "center"},
        }.items()
    }


def _start(workbook: "Workbook", content: Content, formats: Formats) -> None:
    """The page that explains, with what is rated before the questions."""
    sheet = workbook.add_worksheet(content.start)
    _set_up(sheet, START_WIDTHS)
    sheet.set_portrait()
    sheet.write_string(0, 0, ID)
    sheet.write_string(0, 1, content.title, formats["title"])
    width = START_WIDTHS[0]
    sheet.set_row(0, 1.5 * LINE * _lines(content.title, width - 20))
    for row, line in enumerate(content.explained, 1):
        sheet.write_string(row, 1, line, formats["text"])
        sheet.set_row(row, LINE * _lines(line, width) + 4)
    for row, rated in enumerate(content.ratings, len(content.explained) + 2):
        sheet.write_string(row, 0, rated.id)
        sheet.write_string(row, 1, rated.question, formats["asked"])
        sheet.set_row(row, LINE * _lines(rated.question, width) + 4)
        if rated.value is None:
            sheet.write_blank(row, 2, None, formats["rating"])
        else:
            sheet.write_number(row, 2, rated.value, formats["rating"])
        _choose(sheet, (row, 2), [str(number) for number in range(1, 11)], content)


def _set_up(sheet: "Worksheet", widths: Sequence[int]) -> None:
    """What all sheets have: the column of ids is not shown, a page is as wide as the table."""
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    for place, width in enumerate(widths, 1):
        sheet.set_column(place, place, width)
    sheet.protect("", OPEN)
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.75, 0.75)
    sheet.set_header("&L&A")
    sheet.set_footer("&R&P / &N")


def _part(workbook: "Workbook", content: Content, part: Part, shared: tuple[Formats, "_Lists"]) -> None:
    formats, lists = shared
    sheet = workbook.add_worksheet(part.name)
    _set_up(sheet, [*WIDTHS.values()])
    sheet.set_landscape()
    sheet.write_string(0, 0, ID)
    for place, key in enumerate(WIDTHS, 1):
        sheet.write_string(0, place, content.words[key], formats["head"])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.merge_range(1, 1, 1, len(WIDTHS), "", formats["said"])
    sheet.write_string(1, 1, part.description, formats["said"])
    sheet.set_row(1, LINE * _lines(part.description, sum(WIDTHS.values())) + 8)
    for row, line in enumerate(part.lines, 2):
        _line(sheet, row, line, formats)
        _choose(sheet, (row, 2), lists.place(line.choices), content)
        if line.reasons:
            _choose(sheet, (row, 3), lists.place(line.reasons), content)
        limit = {"validate": "length", "criteria": "<=", "value": MOST_OF_COMMENT}
        said = {"error_title": content.words["short_title"], "error_message": content.words["short"]}
        sheet.data_validation(row, 4, row, 4, limit | said)


def _line(sheet: "Worksheet", row: int, line: Line, formats: Formats) -> None:
    sheet.write_string(row, 0, line.id)
    sheet.write_string(row, 1, line.question, formats["asked"])
    texts = (line.answer, line.reason, line.comment, line.evidence)
    for place, text in enumerate(texts, 2):
        if text:
            sheet.write_string(row, place, text, formats["open"])
        else:
            sheet.write_blank(row, place, None, formats["open"])
    # A protected row does not grow with what is chosen: it is as high as the longest needs.
    longest = [line.question, *line.choices], [line.comment], [line.evidence]
    widths = WIDTHS["answer"], WIDTHS["comment"], WIDTHS["evidence"]
    most = max(_lines(text, width) for texts, width in zip(longest, widths, strict=True) for text in texts)
    sheet.set_row(row, min(LINE * most + 6, LONGEST))


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column so many letters wide."""
    return sum(max(1, ceil(1.1 * len(line) / width)) for line in text.split("\n"))


def _choose(sheet: "Worksheet", place: tuple[int, int], source: str | list[str], content: Content) -> None:
    said = {"error_title": content.words["choose_title"], "error_message": content.words["choose"]}
    sheet.data_validation(*place, *place, {"validate": "list", "source": source} | said)


class _Lists:
    """The lists of the drop-downs, each once in a row of a hidden sheet: inside a cell 255 characters fit."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, ...], int] = {}

    def place(self, texts: tuple[str, ...]) -> str:
        """Where a list stands."""
        from xlsxwriter.utility import xl_range_abs  # noqa: PLC0415 -- as above

        row = self._rows.setdefault(texts, len(self._rows))
        return f"={LISTS}!{xl_range_abs(row, 0, row, len(texts) - 1)}"

    def write(self, workbook: "Workbook") -> None:
        sheet: Any = workbook.add_worksheet(LISTS)
        for texts, row in self._rows.items():
            for place, text in enumerate(texts):
                sheet.write_string(row, place, text)
        sheet.protect()
        sheet.very_hidden()
