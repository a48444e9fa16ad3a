"""The PDF: complete, accessible, the same bytes each time, and inert whatever was typed."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, Destination, DictionaryObject, PdfObject

from app.core.editions import Edition
from app.reports.about import About
from app.reports.ahead import next_part
from app.reports.content import Paper
from app.reports.drawing import with_backs
from app.reports.formats import Choice, Profiled, View
from app.reports.moved import moved_part
from app.reports.signs import shown
from app.reports.speech import within
from app.reports.summary import summarize
from app.reports.sure import sure_part
from scoring import score
from scoring.presentation.document import present
from tests.kit.examples import questionnaire
from tests.kit.hostile_texts import HOSTILE_TEXTS
from tests.kit.portraits import portraits
from tests.kit.reported import DAY, hostile, made, profiled, whole


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def plain(text: str) -> str:
    """A text without spaces, which a line may break at."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


def text_of(reader: PdfReader) -> str:
    return plain("".join(page.extract_text() for page in reader.pages))


def elements(node: PdfObject) -> Iterator[DictionaryObject]:
    """The elements of the tree of tags."""
    entry = node.get_object()
    if isinstance(entry, ArrayObject):
        for child in entry:
            yield from elements(child)
    elif isinstance(entry, DictionaryObject):
        if "/S" in entry:
            yield entry
        if "/K" in entry:
            yield from elements(entry["/K"])


@pytest.fixture(scope="module", params=["en", "it"])
def report(request: pytest.FixtureRequest) -> tuple[Profiled, PdfReader]:
    told = whole(request.param)
    return told, read(made(told))


def test_it_says_the_verdict_and_every_part(report: tuple[Profiled, PdfReader]) -> None:
    told, reader = report
    reading = told.reading
    assert 4 <= len(reader.pages) <= 12
    assert plain(summarize(reading).headline) in plain(reader.pages[0].extract_text())
    text = text_of(reader)
    assert "+0.8" in text or "+0,8" in text
    for gap in told.document["gaps"]:
        assert plain(gap["name"]) in text
    plan, sure, moved = next_part(reading), sure_part(reading), moved_part(reading)
    assert plan
    assert sure
    assert moved
    steps = [step.name for wave in plan.waves for step in wave.steps]
    sentences = [said for line in sure.lines for said in line.said]
    functions = [f"{f.name}{f.because}{f.before}{f.after}{f.change}" for f in moved.functions]
    lenses = [f"{lens.name}{lens.because}{lens.before}{lens.after}{lens.change}" for lens in moved.lenses]
    for said in (
        plan.title,
        *functions,
        *lenses,
        *steps,
        *sentences,
        moved.title,
        *(step.figure for step in moved.steps),
    ):
        assert plain(said) in text


def test_what_would_show_a_step_is_said_once(report: tuple[Profiled, PdfReader]) -> None:
    """With the plan where it takes the step, else with the gap."""
    told, reader = report
    text, evidence = text_of(reader), {gap["capability"]: gap["evidence"] for gap in told.document["gaps"]}
    assert told.beyond.plan
    evidence |= {step["capability"]: step["evidence"] for step in told.beyond.plan["steps"]}
    speech = told.reading.speech
    said = [plain(speech("shown_by", evidence=within(each))) for each in evidence.values() if each]
    assert len(said) > len(told.reading.planned)
    assert [text.count(shown) for shown in said] == [1] * len(said)
    assert plain(speech("gaps_planned")) in text
    assert plain(speech("gaps_planned")) not in text_of(read(made(profiled(told.language))))


def test_it_is_tagged_in_its_language_with_an_outline(report: tuple[Profiled, PdfReader]) -> None:
    told, reader = report
    root = cast("dict[str, Any]", reader.root_object)
    assert str(root["/Lang"]).startswith(told.language)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert "Bellandi" in str(reader.metadata and reader.metadata.title)
    parts = [entry for entry in reader.outline if isinstance(entry, Destination)]
    assert len(parts) == 11


def test_pages_say_whose_they_are_what_goes_on_there_and_which_they_are() -> None:
    for name in ("First", "Second"):  # of which the second finds much of the first laid out
        pages = read(made(profiled("en", About(f"Studio {name}", f"{name} S.p.A.", "Baseline", DAY)))).pages
        number = len(pages)
        for place, chapter in ((2, "Functions"), (number, "Basis")):
            top, *_, bottom = pages[place - 1].extract_text().splitlines()
            assert (top, bottom) == (
                f"{name} S.p.A. · Baseline {chapter}",
                f"Studio {name} · 20 November 2026 {place} / {number}",
            )


def test_pictures_have_alternative_texts_and_tables_heads(report: tuple[Profiled, PdfReader]) -> None:
    _, reader = report
    tree = list(elements(reader.root_object["/StructTreeRoot"]))
    figures = [element for element in tree if str(element["/S"]) == "/Figure"]
    assert len(figures) >= 10
    assert all(str(figure["/Alt"]) for figure in figures)
    kinds = {str(element["/S"]) for element in tree}
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= kinds


@pytest.mark.parametrize("view", ["full", "summary"])
def test_it_is_the_same_bytes_each_time(view: View) -> None:
    choice = Choice(view)
    assert made(profiled("it"), choice) == made(profiled("it"), choice)


@pytest.mark.parametrize(("paper", "width"), [("a4", 595), ("letter", 612)])
def test_it_is_of_the_size_asked_for(paper: Paper, width: int) -> None:
    assert int(read(made(profiled("en"), Choice(paper=paper))).pages[0].mediabox.width) == width


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_summary_is_one_page(language: str, paper: Paper) -> None:
    told = profiled(language)
    reader = read(made(told, Choice("summary", paper)))
    assert len(reader.pages) == 1
    headline = summarize(told.reading).headline
    assert plain(headline) in text_of(reader)
    assert plain("The year before") in text_of(reader)


def test_the_summary_of_many_functions_with_long_names_is_one_page() -> None:
    functions = {f"f{place}": "a b c d" for place in range(12)}
    names = {f: {"name": f"Collaborazione interna e comunicazione {f}"} for f in functions}
    definition = {"level": 4, "min_applicable": 1}
    written = questionnaire(functions, texts={"en": {"functions": names}}, definition=definition)
    edition = Edition(written, released=False)
    document = present(score(written, {f"{f}.a": "1" for f in functions}), edition.words("en"))
    told = Profiled(document, edition, "en", About("Studio"))
    assert len(read(made(told, Choice("summary"))).pages) == 1
    assert len(read(made(told)).pages) <= 12


@pytest.mark.parametrize(("language", "paper"), [("en", "letter"), ("it", "a4")])
def test_what_moved_is_in_tables_that_no_page_cuts(language: str, paper: Paper) -> None:
    """The head of each is there once: a table that goes on begins with it again."""
    told = portraits()["two-results"].whole(language)
    pages = [plain(page.extract_text()) for page in read(made(told, Choice(paper=paper))).pages]
    for head in ("part_column", "mean_change"):
        assert sum(plain(told.reading.speech(head)) in page for page in pages) == 1


def test_what_was_typed_appears_as_typed_and_does_nothing() -> None:
    told = hostile()
    content = made(told)
    reader = read(content)
    cover, text = plain(reader.pages[0].extract_text()), text_of(reader)
    assert plain(shown(HOSTILE_TEXTS[23])) in cover
    for typed in HOSTILE_TEXTS:
        if typed.isascii():
            assert plain(shown(typed))[:200] in text, typed[:40]
    annotations = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert {str(a.get("/A", {}).get("/S")) for a in annotations} <= {"/GoTo", "None"}
    for active in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/URI"):
        assert active not in content
    html = made(told, name="html").decode()
    assert "<script" not in html
    assert "<img" not in html


def test_a_label_on_paper_has_its_back_behind_it_whichever_way_it_is_held() -> None:
    made = [
        with_backs(f'<text x="100" y="20" class="{kind}">mean 3.0</text>')
        for kind in ("halo ", "halo e", "m k halo")
    ]
    begins = [float(re.findall(r'<rect x="([\d.]+)"', svg)[0]) for svg in made]
    assert begins[0] == 98
    assert begins[1] < begins[2] < begins[0]
    assert not any("halo" in svg for svg in made)
