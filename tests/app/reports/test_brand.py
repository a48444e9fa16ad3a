"""Whose report it is: logo and accent in every format, readable whichever the accent is."""

from io import BytesIO
from typing import cast

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from app.look.logos import logo_png, size_of
from app.look.themes import EDGE_RATIO, TEXT_RATIO, accented, contrast
from app.reports.about import About, Brand
from app.reports.formats import Choice, View
from tests.kit.logos import svg
from tests.kit.reported import DAY, made, profiled

ACCENT = "#7a1f4b"
OURS = "#0b5d5b"


@pytest.fixture(scope="module")
def about() -> About:
    return About("Studio Rossi", "Bellandi", "Baseline", DAY, brand=Brand(ACCENT, logo_png(svg())))


def alternatives(reader: PdfReader) -> set[str]:
    """What is said to who cannot see the figures."""
    objects = (reader.get_object(number) for number in range(1, cast("int", reader.trailer["/Size"])))
    return {str(each["/Alt"]) for each in objects if isinstance(each, DictionaryObject) and "/Alt" in each}


@pytest.mark.parametrize("view", ["full", "summary"])
def test_a_pdf_shows_the_logo_with_the_name_for_who_cannot_see_it(about: About, view: View) -> None:
    told = profiled("it", about)
    reader = PdfReader(BytesIO(made(told, Choice(view))))
    pictures = [len(page.images) for page in reader.pages]
    assert all(pictures), "cover and every running header"
    assert "Studio Rossi" in alternatives(reader)
    assert made(told, Choice(view)) == made(told, Choice(view))


def test_a_document_of_word_shows_it_too(about: About) -> None:
    document = Document(BytesIO(made(profiled("en", about), Choice("summary"), "docx")))
    first = document.element.body.find(f".//{qn('wp:inline')}")
    assert first.docPr.get("descr") == "Studio Rossi"
    colours = {str(style.font.color.rgb).lower() for style in document.styles if hasattr(style, "font")}
    assert ACCENT.removeprefix("#") in colours
    assert size_of(
        document.part.related_parts[first.graphic.graphicData.pic.blipFill.blip.get(qn("r:embed"))].blob
    )


@pytest.mark.parametrize("name", ["svg", "png", "xlsx"])
def test_charts_are_in_the_accent(about: About, name: str) -> None:
    own, ours = (made(profiled("en", each), name=name) for each in (about, about._replace(brand=Brand())))
    assert own != ours
    if name == "svg":
        assert ACCENT.encode() in own


@pytest.mark.parametrize("accent", ["#000000", "#0000ff", "#757575", "#b00020", "#008000", ACCENT])
def test_what_follows_from_an_accent_can_be_read_in_both_themes(accent: str) -> None:
    for colours in accented(accent).values():
        for text in ("ink", "soft", "accent", "warn"):
            assert contrast(colours[text], colours["paper"]) >= TEXT_RATIO
        assert contrast(colours["edge"], colours["paper"]) >= EDGE_RATIO
        assert contrast(colours["accent"], colours["on"]) >= TEXT_RATIO
        assert all(contrast(colours[f"l{n}"], colours[f"t{n}"]) >= TEXT_RATIO for n in range(6))
