"""What a document of Word is made of: paragraphs, tables with a heading, pictures, captions that count."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from app.reports.raster import png
from app.reports.word.styles import TABLE, colour, room, six_digits, style

Part = dict[str, Any]

# Headings of the first level, as links, without the numbers of pages.
CONTENTS = ' TOC \\o "1-1" \\n \\h \\z '
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Said(NamedTuple):
    """What a cell says: first what stands out, in a colour or on one (both by name), then a remark.

    `is_framed` is for what is not decided.
    """

    text: str
    remark: str | None = None
    colour: str | None = None
    fill: str | None = None
    is_bold: bool = False
    is_framed: bool = False


class Grid(NamedTuple):
    """A table: what it is called for who cannot see it, columns and rows, shares of the width.

    Columns from `numbers` on are set to the right; `is_centred` sets them in the middle.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Said | str]]
    shares: Sequence[float]
    numbers: int
    is_centred: bool = False


class Writer:
    """A document that grows from top to bottom."""

    def __init__(self, data: Part) -> None:
        """Begin it in the language, on the paper and in the colours of the data."""
        self.document = Document()
        self.colours: Mapping[str, str] = data["colours"]
        self._labels = {"figure": data["figure"], "table": data["table"]}
        self._counted = {"figure": 0, "table": 0}
        self._marks = 0
        style(self.document, data["language"], data["paper"], self.colours)

    def say(
        self, text: str | None, look: str = "Normal", strong: str | None = None, *, introduces: bool = False
    ) -> None:
        """A paragraph, begun by what is strong in it; none where nothing is said.

        What `introduces` stays on the page of what follows.
        """
        if text or strong:
            paragraph = self.document.add_paragraph(style=look)
            paragraph.paragraph_format.keep_with_next = introduces or None
            if strong:
                paragraph.add_run(strong).bold = True
                paragraph.add_run(" " if text else "")
            paragraph.add_run(text or "")

    def heading(self, text: str, level: int, *, on_new_page: bool = False) -> None:
        """A heading; one of the first level can be found from the contents."""
        paragraph = self.document.add_heading(text, level)
        if on_new_page:
            paragraph.paragraph_format.page_break_before = True
        if level == 1:
            self._marks += 1
            begin = element("bookmarkStart", id=self._marks)
            begin.set(qn("w:name"), f"_Toc{self._marks}")
            xml_of(paragraph.runs[0]).addprevious(begin)
            xml_of(paragraph).append(element("bookmarkEnd", id=self._marks))

    def contents(self, title: str, entries: Sequence[str]) -> None:
        """The contents: what Word puts anew there when it is asked to, and what it would."""
        self.say(title, "Heading 3")
        for place, entry in enumerate(entries, 1):
            paragraph = self.document.add_paragraph(style="toc 1")
            if place == 1:
                xml_of(paragraph).extend(_field_begin(CONTENTS))
            link = element("hyperlink", anchor=f"_Toc{place}")
            link.append(_run(entry))
            xml_of(paragraph).append(link)
            if place == len(entries):
                xml_of(paragraph).append(_fold("end"))

    def picture(self, drawn: Part | None, share: float = 1) -> None:
        """A chart with its alternative text and its caption; `share` of the width."""
        if drawn is None:
            return
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(
            BytesIO(png(drawn["svg"])), width=int(room(self.document) * share)
        )
        said = xml_of(shape).docPr
        said.set("descr", drawn["alt"])
        said.set("title", drawn["caption"])
        said.set("name", f"{self._labels['figure']} {self._counted['figure'] + 1}")
        self._caption("figure", drawn["caption"])

    def logo(self, logo: Part) -> None:
        """The publisher's logo, as large as it says."""
        shape = (
            self.document.add_paragraph()
            .add_run()
            .add_picture(BytesIO(b64decode(logo["png"])), width=Mm(logo["width"]))
        )
        xml_of(shape).docPr.set("descr", logo["alt"])

    def table(self, grid: Grid, caption: str | None = None) -> None:
        """A table with a heading that every page repeats."""
        if caption:
            self._caption("table", caption).paragraph_format.keep_with_next = True
        table = self.document.add_table(len(grid.rows) + 1, len(grid.columns), TABLE)
        _describe(table, grid.title)
        table.autofit = False
        widths = [Length(int(room(self.document) * share / sum(grid.shares))) for share in grid.shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        head, *rows = table.rows
        _prepare(head, is_head=True)
        self._fill(head, [Said(name) for name in grid.columns], grid, widths, "Table Heading")
        for cell in head.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        for row, said in zip(rows, grid.rows, strict=True):
            _prepare(row, is_head=False)
            cells = [each if isinstance(each, Said) else Said(each) for each in said]
            self._fill(row, cells, grid, widths, "Table Text")

    def _fill(self, row: _Row, said: Sequence[Said], grid: Grid, widths: Sequence[Length], look: str) -> None:
        aside = WD_ALIGN_PARAGRAPH.CENTER if grid.is_centred else WD_ALIGN_PARAGRAPH.RIGHT
        for place, (cell, each) in enumerate(zip(row.cells, said, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph.style = look
            if place >= grid.numbers:
                paragraph.alignment = aside
            self._write(cell, paragraph, each)

    def _write(self, cell: _Cell, paragraph: Paragraph, said: Said) -> None:
        run = paragraph.add_run(said.text)
        if said.is_bold:
            run.bold = True
        if said.colour:
            run.font.color.rgb = colour(self.colours[said.colour])
        if said.fill:
            shade = element("shd", val="clear", color="auto", fill=six_digits(self.colours[said.fill]))
            xml_of(cell).get_or_add_tcPr().append(shade)
        if said.is_framed:
            frame = element("tcBorders")
            for side in ("top", "left", "bottom", "right"):
                frame.append(element(side, val="single", sz=6, color=six_digits(self.colours["edge"])))
            xml_of(cell).get_or_add_tcPr().append(frame)
        if said.remark:
            paragraph.add_run().add_break()
            remark = paragraph.add_run(said.remark)
            remark.bold = False
            remark.font.color.rgb = colour(self.colours[said.colour or "soft"])

    def _caption(self, kind: str, text: str) -> Paragraph:
        """A caption with a number that Word counts."""
        self._counted[kind] += 1
        label, number = self._labels[kind], str(self._counted[kind])
        paragraph = self.document.add_paragraph(f"{label} ", style="Caption")
        xml_of(paragraph).extend(_field(f" SEQ {label} \\* ARABIC ", number))
        paragraph.add_run(f". {text}")
        return paragraph

    def running(self, head: str, foot: str) -> None:
        """What stands above every page but the first, and below every page with its number."""
        section = self.document.sections[0]
        section.header.paragraphs[0].add_run(head)
        section.first_page_header.is_linked_to_previous = False
        for footer in (section.footer, section.first_page_footer):
            paragraph = footer.paragraphs[0]
            paragraph.style = "Footer"
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(room(self.document), WD_TAB_ALIGNMENT.RIGHT)
            paragraph.add_run(f"{foot}\t")
            for place, field in enumerate(("PAGE", "NUMPAGES")):
                paragraph.add_run(" / " if place else "")
                xml_of(paragraph).extend(_field(f" {field} ", "1"))


def xml_of(piece: Any) -> Any:  # noqa: ANN401 -- what the library makes, and an element of lxml, untyped both
    """The element of a piece, for what the library has no name for: fields, bookmarks, alternative texts."""
    return piece._inline if hasattr(piece, "_inline") else piece._element  # noqa: SLF001 -- it shows none


def element(name: str, **attributes: object) -> Any:  # noqa: ANN401 -- an element of lxml, which has no types
    """An element of WordprocessingML."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), str(value))
    return made


def _run(text: str) -> Any:  # noqa: ANN401 -- as above
    run, words = element("r"), element("t")
    words.text = text
    words.set(SPACE, "preserve")
    run.append(words)
    return run


def _field(instruction: str, shown: str) -> list[Any]:
    """What Word works out, with what it shows until then."""
    return [*_field_begin(instruction), _run(shown), _fold("end")]


def _field_begin(instruction: str) -> list[Any]:
    run, said = element("r"), element("instrText")
    said.text = instruction
    said.set(SPACE, "preserve")
    run.append(said)
    return [_fold("begin"), run, _fold("separate")]


def _fold(kind: str) -> Any:  # noqa: ANN401 -- as above
    """Where a field begins, shows and ends."""
    run = element("r")
    run.append(element("fldChar", fldCharType=kind))
    return run


def _describe(table: Table, title: str) -> None:
    """What the table is called for who cannot see it."""
    xml_of(table).tblPr.append(element("tblCaption", val=title))


def _prepare(row: _Row, *, is_head: bool) -> None:
    """A row stays together; a head is repeated on every page."""
    properties = xml_of(row).get_or_add_trPr()
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
