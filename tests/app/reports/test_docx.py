"""The document of Word: complete, with real styles, the same bytes each time, and inert."""

from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from app.reports.ahead import next_part
from app.reports.changes import MovedFunction, MovedLens
from app.reports.content import report_content
from app.reports.formats import Choice, Profiled
from app.reports.moved import moved_part
from app.reports.signs import visible_text
from app.reports.summary import summarize
from tests.kit.hostile_texts import HOSTILE_TEXTS
from tests.kit.reported import DAY, hostile, made, profiled, whole


@pytest.fixture(scope="module")
def told() -> Profiled:
    return profiled("it")


@pytest.fixture(scope="module")
def content(told: Profiled) -> bytes:
    return made(told, name="docx")


@pytest.fixture(scope="module")
def document(content: bytes) -> WordDocument:
    return Document(BytesIO(content))


def styled(document: WordDocument, name: str) -> list[str]:
    """What the paragraphs of a style say."""
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == name]


def test_what_introduces_stays_with_what_it_introduces(document: WordDocument) -> None:
    """No sentence or head of a table stands alone at the foot of a page; a picture ends with its caption."""
    body = list(document.element.body)
    first = document.tables[0]._tbl  # noqa: SLF001 -- the same
    for before, table in pairwise(body):
        if table.tag == qn("w:tbl"):
            head = table.find(qn("w:tr"))
            assert all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in head.iter(qn("w:p")))
            said = Paragraph(before, document._body)  # noqa: SLF001 -- there is no other way from an element
            assert said.style is not None
            own = said.paragraph_format.keep_with_next or said.style.paragraph_format.keep_with_next
            assert own or table is first or said.style.name == "Caption", said.text


def test_the_parts_begin_on_the_page_after_the_cover(document: WordDocument) -> None:
    """A summary has no cover."""
    summary = Document(BytesIO(made(profiled("it"), Choice("summary"), "docx")))
    for each, begins in ((document, True), (summary, None)):
        first, *others = [p for p in each.paragraphs if p.style is not None and p.style.name == "Heading 1"]
        assert first.paragraph_format.page_break_before is begins
        assert not any(heading.paragraph_format.page_break_before for heading in others)


def test_the_number_of_a_page_stands_at_the_right(document: WordDocument) -> None:
    footer = document.sections[0].footer.paragraphs[0]
    assert footer.style is not None
    assert len(footer.style.paragraph_format.tab_stops) == 0
    (stop,) = footer.paragraph_format.tab_stops
    assert stop.alignment == WD_TAB_ALIGNMENT.RIGHT


def cells(document: WordDocument) -> list[str]:
    return ["".join(cell.itertext(qn("w:t"))) for cell in document.element.iter(qn("w:tc"))]


def test_it_says_the_verdict_and_every_part_in_its_order(told: Profiled, document: WordDocument) -> None:
    reading = told.reading
    parts = report_content(reading, told.about, "a4")["parts"]
    assert styled(document, "Title") == ["Bellandi"]
    assert styled(document, "Verdict") == [summarize(reading).headline]
    assert styled(document, "Heading 1") == [part["title"] for part in parts]
    assert styled(document, "toc 1") == [part["title"] for part in parts]
    held_back = [
        f for f in told.document["functions"] if f["scored"] and f["level"] and f["level"]["low"] < 4
    ]
    assert {function["name"] for function in held_back} <= set(styled(document, "Heading 2"))
    said = "\n".join(cells(document))
    assert "da sperimentale a integrato" in said
    for gap in told.document["gaps"]:
        assert gap["name"] in said
        assert gap["next_step"] is None or gap["next_step"] in said
    assert len(styled(document, "List Number")) == 10


def test_the_steps_of_a_wave_say_what_would_show_them_and_functions_and_lenses_why_they_moved() -> None:
    told = whole("it")
    plan = next_part(told.reading)
    assert plan
    said = cells(Document(BytesIO(made(told, name="docx"))))
    steps = [step for wave in plan.waves for step in wave.steps if step.evidence]
    assert len(steps) > 10
    for step in steps:
        assert f"{''.join(step.actions)}{step.evidence}" in said
    moved = moved_part(told.reading)
    assert moved
    told_apart: list[MovedFunction | MovedLens] = [*moved.functions, *moved.lenses]
    for one in told_apart:
        place = [n for n, name in enumerate(said) if name == f"{one.name}{one.because}"][-1]
        assert said[place + 1 : place + 4] == [one.before, one.after, one.change]


def test_tables_have_heads_and_captions_that_word_counts(document: WordDocument) -> None:
    assert len(document.tables) > 8
    for table in document.tables:
        assert table.style is not None
        assert table.style.name == "Report Table"
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None  # noqa: SLF001
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))  # noqa: SLF001
    captions = styled(document, "Caption")
    assert [caption.partition(".")[0] for caption in captions if caption.startswith("Figura")] == [
        f"Figura {place}" for place in range(1, 6)
    ]
    instructions = [said.text for said in document.element.iter(qn("w:instrText"))]
    assert instructions.count(" SEQ Figura \\* ARABIC ") == 5
    assert instructions.count(" SEQ Tabella \\* ARABIC ") > 4


def test_pictures_are_png_with_alternative_texts(document: WordDocument) -> None:
    assert len(document.inline_shapes) == 5
    said = [shape._inline.docPr for shape in document.inline_shapes]  # noqa: SLF001
    assert "Marketing: " in said[0].get("descr")
    assert all(properties.get("descr") for properties in said)
    pictures = [part.blob for part in document.part.package.iter_parts() if part.partname.ext == "png"]
    assert len(pictures) == 5
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_it_says_whose_it_is_and_nothing_of_the_machine(content: bytes, document: WordDocument) -> None:
    own = document.core_properties
    assert (own.author, own.last_modified_by, own.language) == ("Studio", "Studio", "it")
    assert own.title.startswith("Bellandi · ")
    assert own.created is not None
    assert own.created.date() == DAY
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "it-IT"
    footer = document.sections[0].footer
    assert footer.paragraphs[0].text == "Studio · 20 novembre 2026\t1 / 1"
    assert " PAGE " in [said.text for said in footer._element.iter(qn("w:instrText"))]  # noqa: SLF001
    with ZipFile(BytesIO(content)) as packed:
        assert not any("thumbnail" in name or "app.xml" in name for name in packed.namelist())
        assert {entry.date_time for entry in packed.infolist()} == {(2026, 11, 20, 0, 0, 0)}
        assert b"python-docx" not in b"".join(packed.read(name) for name in packed.namelist())


def test_the_summary_is_the_same_bytes_each_time_and_of_the_size_asked_for() -> None:
    told, choice = profiled("en"), Choice("summary", "letter")
    first = made(told, choice, "docx")
    assert made(told, choice, "docx") == first
    document = Document(BytesIO(first))
    page = document.sections[0].page_width
    assert page is not None
    assert round(page.inches, 1) == 8.5
    assert len(document.tables[-1].rows) == 6
    assert len(document.inline_shapes) == 2


def test_what_was_typed_appears_as_typed_and_does_nothing() -> None:
    told = hostile()
    fewer_pictures = told.document | {"collaboration": None, "respondents": None}
    content = made(told._replace(document=fewer_pictures), name="docx")
    document = Document(BytesIO(content))
    said = set(cells(document))
    for typed in HOSTILE_TEXTS:
        assert any(cell.startswith(visible_text(typed)) for cell in said), typed[:40]
    assert document.paragraphs[1].text == visible_text(HOSTILE_TEXTS[23])
    with ZipFile(BytesIO(content)) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
    for active in (b'TargetMode="External"', b"vbaProject", b"DDEAUTO", b"oleObject"):
        assert active not in everything
    fields = {(said.text or "").split()[0] for said in document.element.iter(qn("w:instrText"))}
    assert fields == {"TOC", "SEQ"}
