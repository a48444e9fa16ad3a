"""How a document of Word looks: its page, and styles that whoever edits it finds by their usual names."""

from collections.abc import Mapping
from typing import NamedTuple

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

FONT = "Calibri"
PAGES: Mapping[str, tuple[float, float]] = {"a4": (210, 297), "us-letter": (215.9, 279.4)}  # mm
MARGIN = 20  # mm
TABLE = "Report Table"
BUILT_IN = {"toc 1"}  # Word has it, and the library's template does not
REGIONS = {"en": "en-GB", "it": "it-IT"}


class Look(NamedTuple):
    """A paragraph style: size in pt, weight, colour by name, and the space above and below in pt."""

    name: str
    size: float
    bold: bool
    colour: str
    before: float = 0
    after: float = 6


LOOKS = (
    Look("Normal", 10.5, bold=False, colour="ink", after=7),
    Look("Title", 28, bold=True, colour="ink", after=8),
    Look("Subtitle", 11, bold=False, colour="soft", after=4),
    Look("Verdict", 18, bold=True, colour="ink", before=10, after=8),
    Look("Heading 1", 17, bold=True, colour="accent", before=28, after=6),
    Look("Heading 2", 13, bold=True, colour="ink", before=16, after=4),
    Look("Heading 3", 11, bold=True, colour="soft", before=10, after=2),
    Look("toc 1", 10.5, bold=False, colour="ink", after=3),
    Look("Caption", 9, bold=False, colour="soft", before=4, after=8),
    Look("Quote", 12, bold=False, colour="ink", before=10, after=2),
    Look("List Bullet", 10, bold=False, colour="ink", after=4),
    Look("List Number", 10, bold=False, colour="ink", after=4),
    Look("Remark", 9.5, bold=False, colour="soft", before=4),
    Look("Table Heading", 9, bold=False, colour="soft", before=3, after=3),
    Look("Table Text", 9.5, bold=False, colour="ink", before=3, after=3),
    Look("Header", 9, bold=False, colour="soft", after=0),
    Look("Footer", 9, bold=False, colour="soft", after=0),
)


def style(document: Document, language: str, paper: str, colours: Mapping[str, str]) -> None:
    """Set the page, the language and the styles of a new document."""
    _page(document, paper)
    _defaults(document, REGIONS.get(language, language))
    _drop(document)
    for look in LOOKS:
        _apply(_style_called(document, look.name), look, colours)
    document.styles.element.append(parse_xml(_TABLE.format(ns=nsdecls("w"), name=TABLE, **_bare(colours))))


def room(document: Document) -> Length:
    """How wide the text is."""
    section = document.sections[0]
    across, left, right = section.page_width, section.left_margin, section.right_margin
    return Length((across or 0) - (left or 0) - (right or 0))


def six_digits(value: str) -> str:
    """A colour as in `#16211f` or `#fff` as Word writes it: `16211F`."""
    digits = value.removeprefix("#").upper()
    return digits if len(digits) > 3 else "".join(digit * 2 for digit in digits)  # noqa: PLR2004 -- the short way


def colour(value: str) -> RGBColor:
    """The same as the library takes it."""
    return RGBColor.from_string(six_digits(value))


def _page(document: Document, paper: str) -> None:
    section = document.sections[0]
    width, height = PAGES[paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN + 4)
    section.different_first_page_header_footer = True


def _defaults(document: Document, language: str) -> None:
    usual = document.styles.element.find(qn("w:docDefaults"))
    usual.getparent().replace(usual, parse_xml(_DEFAULTS.format(ns=nsdecls("w"), language=language)))
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), language)


def _drop(document: Document) -> None:
    """Take out the styles of the library's template that no report uses; Word knows them by itself."""
    written = document.styles.element
    kept = {look.name.lower() for look in LOOKS}
    for found in written.findall(qn("w:style")):
        is_base = found.get(qn("w:default")) or found.get(qn("w:type")) == "numbering"
        if not is_base and found.find(qn("w:name")).get(qn("w:val")).lower() not in kept:
            written.remove(found)
    for linked in written.findall(f"{qn('w:style')}/{qn('w:link')}"):
        linked.getparent().remove(linked)


def _style_called(document: Document, name: str) -> ParagraphStyle:
    styles = document.styles
    found = (
        styles[name]
        if name in styles
        else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in BUILT_IN)
    )
    if not isinstance(found, ParagraphStyle):
        raise TypeError(name)
    return found


def _apply(found: ParagraphStyle, look: Look, colours: Mapping[str, str]) -> None:
    properties = found.element.get_or_add_rPr()
    for inherited in (*properties.findall(qn("w:rFonts")), *properties.findall(qn("w:spacing"))):
        properties.remove(inherited)
    for name in ("w:pBdr", "w:tabs"):
        for inherited in found.element.findall(f"{qn('w:pPr')}/{qn(name)}"):
            inherited.getparent().remove(inherited)
    found.font.size, found.font.bold, found.font.italic = Pt(look.size), look.bold, False
    found.font.color.rgb = colour(colours[look.colour])
    found.hidden = found.unhide_when_used = False
    found.quick_style = True
    space = found.paragraph_format
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.line_spacing = 1.1 if look.size > 12 else 1.15  # noqa: PLR2004 -- large type is set closer


def _bare(colours: Mapping[str, str]) -> dict[str, str]:
    return {name: six_digits(colours[name]) for name in ("ink", "line")}


_DEFAULTS = (
    "<w:docDefaults {ns}><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    '<w:sz w:val="21"/><w:szCs w:val="21"/>'
    '<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
    "</w:docDefaults>"
)
# Lines between rows, a strong one below the heading, the first column strong.
_TABLE = (
    '<w:style {ns} w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="{name}"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>'
    '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{line}"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{line}"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ink}"/></w:tcBorders></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
)
