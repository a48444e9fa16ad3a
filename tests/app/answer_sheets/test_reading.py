"""What somebody has filled in is read as it was meant, or refused by sheet and cell."""

import re
from collections.abc import Mapping
from io import BytesIO
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.answer_sheets.answers import Wanted, said_in
from app.answer_sheets.cells import read_cells
from app.answer_sheets.content import Asked, Said
from scoring import AnswersRefusedError, Fault
from tests.kit.answer_sheets import (
    ERROR,
    FORMULA,
    answered,
    blank_sheet,
    filled,
    number,
    place_of,
    repacked,
    shipped,
    text,
)

EXPRESS = shipped().questionnaire.forms["express"]
ASKED = Asked(shipped(), "express", EXPRESS.question_ids)
SHEET = blank_sheet(tier="express")
DIALOGUE = "marketing.dialogue"
ALL = Wanted(ASKED)
LEVELS = {lang: shipped().words(lang).capabilities[DIALOGUE].levels for lang in ("en", "it")}


def read(workbook: bytes, wanted: Wanted = ALL) -> Said:
    return said_in(read_cells(workbook), wanted)


def faults(workbook: bytes, wanted: Wanted = ALL) -> list[Fault]:
    with pytest.raises(AnswersRefusedError) as refused:
        read(workbook, wanted)
    return list(refused.value.faults)


def codes(found: list[Fault]) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in found]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (text(LEVELS["en"][3] or ""), "3"),
        (text(LEVELS["it"][2] or ""), "2"),
        (text(f"  {(LEVELS['it'][4] or '').upper()}\n"), "4"),
        (text(normalize("NFD", LEVELS["it"][5] or "")), "5"),
        (text("4"), "4"),
        (number(4), "4"),
        (text("I don't know"), "dont_know"),
        (text("Non so"), "dont_know"),
        (text("dont_know"), "dont_know"),
    ],
)
def test_an_answer_is_a_sentence_in_any_language_or_an_id(written: str, meant: str) -> None:
    assert read(filled(SHEET, {place_of(SHEET, DIALOGUE): written})).answers == {DIALOGUE: meant}


def test_whatever_is_left_empty_is_open() -> None:
    assert read(SHEET) == Said({}, None, None)


def test_reason_comment_and_evidence_are_read() -> None:
    said = {
        "C": text("Not applicable"),
        "D": text("Lo fa un partner per conto nostro."),
        "E": text(" Acme does it. "),
        "F": text("https://example.com/a\n https://example.com/b "),
    }
    workbook = filled(SHEET, {place_of(SHEET, DIALOGUE, column): cell for column, cell in said.items()})
    assert read(workbook).answers[DIALOGUE] == {
        "not_applicable": "done_by_partner",
        "comment": "Acme does it.",
        "evidence": ["https://example.com/a", "https://example.com/b"],
    }


def test_a_rating_is_a_whole_number_from_1_to_10() -> None:
    place = place_of(SHEET, "self_rating")
    assert [read(filled(SHEET, {place: cell})).self_rating for cell in (number(7), text(" 10 "))] == [7, 10]
    for cell in (number(0), number(11), number(6.5), text("seven"), text("\u0667")):
        found = faults(filled(SHEET, {place: cell}))
        assert codes(found) == [(f"/Start here/{place[1]}", "self_rating_out_of_range")]


FAULTY: dict[str, tuple[Mapping[str, str], tuple[str, str]]] = {
    "no answer of the list": ({"C": text("Sometimes")}, ("C", "unknown_option")),
    "a comment alone": ({"E": text("Why?")}, ("C", "answer_missing")),
    "no reason": ({"C": text("Not applicable")}, ("D", "reason_missing")),
    "another reason": ({"C": text("Not applicable"), "D": text("Because")}, ("D", "unknown_reason")),
    "a reason too many": ({"C": text("3"), "D": text("other")}, ("D", "reason_not_wanted")),
    "a long comment": ({"C": text("3"), "E": text("x" * 2001)}, ("E", "too_long")),
    "no link": ({"C": text("3"), "F": text("https://ok.example ask=Ada")}, ("F", "malformed")),
    "a formula": ({"C": FORMULA}, ("C", "formula_in_cell")),
    "a formula as a comment": ({"C": text("3"), "E": FORMULA}, ("E", "formula_in_cell")),
    "an error": ({"C": ERROR}, ("C", "error_in_cell")),
    "a NUL": ({"C": text("3"), "E": text("a_x0000_b")}, ("E", "nul_character")),
    "another id": ({"A": text("marketing.nothing")}, ("A", "unknown_question")),
    "a formula as id": ({"A": FORMULA}, ("A", "formula_in_cell")),
    "an id twice": ({"A": text("marketing.listening")}, ("A", "repeated_row")),
}


@pytest.mark.parametrize("case", FAULTY)
def test_every_fault_is_told_by_sheet_and_cell(case: str) -> None:
    cells, (column, code) = FAULTY[case]
    sheet, cell = place_of(SHEET, DIALOGUE)
    workbook = filled(SHEET, {(sheet, f"{column}{cell[1:]}"): xml for column, xml in cells.items()})
    found = [pair for pair in codes(faults(workbook)) if pair[1] != "missing_row"]
    row = int(cell[1:]) + (case == "an id twice")
    assert found == [(f"/{sheet}/{column}{row}", code)]


def test_all_faults_are_told_at_once_with_the_nearest_answer() -> None:
    near = (LEVELS["en"][3] or "")[:-9]
    found = faults(answered(SHEET, {DIALOGUE: near, "sales.presence": "Whenever"}))
    assert [fault.code for fault in found] == ["unknown_option"] * 2
    assert found[0].detail == f"this is none of the answers; the nearest is “{LEVELS['en'][3]}”"
    assert "Whenever" not in found[1].detail


def test_a_row_that_is_gone_is_missed() -> None:
    cells = {("Marketing", "A3"): text(""), place_of(SHEET, "self_rating", "A"): text("")}
    assert codes(faults(filled(SHEET, cells))) == [
        ("/self_rating", "missing_row"),
        (f"/{DIALOGUE}", "missing_row"),
    ]


def test_a_question_that_is_not_asked_stays_open() -> None:
    less = Wanted(ASKED._replace(asked=EXPRESS.question_ids - {DIALOGUE}))
    assert read(SHEET, less).answers == {}
    found = faults(answered(SHEET, {DIALOGUE: "3"}), less)
    assert codes(found) == [("/Marketing/C3", "question_not_asked")]


def test_sheets_may_be_called_otherwise_and_stand_elsewhere() -> None:
    def moved(content: bytes) -> bytes:
        listed = re.findall(rb"<sheet .*?/>", content)
        turned = b"".join(reversed(listed)).replace(b'name="Marketing"', b'name="Mktg (Ada)"')
        return content.replace(b"".join(listed), turned)

    workbook = repacked(answered(SHEET, {DIALOGUE: "3"}), {"xl/workbook.xml": moved})
    assert read(workbook).answers == {DIALOGUE: "3"}
    workbook = repacked(filled(SHEET, {("Marketing", "C3"): FORMULA}), {"xl/workbook.xml": moved})
    assert codes(faults(workbook)) == [("/Mktg (Ada)/C3", "formula_in_cell")]


@pytest.mark.parametrize("key", ["questionnaire", "version", "digest", "tier"])
def test_a_sheet_of_something_else_is_refused(key: str) -> None:
    other = filled(SHEET, {place_of(SHEET, key, "B"): text("other")})
    assert codes(faults(other)) == [(f"/{key}", "other_answer_sheet")]


@pytest.mark.parametrize("key", ["assessment", "participant"])
def test_a_sheet_of_somebody_else_is_refused_and_one_of_nobody_is_not(key: str) -> None:
    own = Wanted(ASKED, assessment="asm_1", participant="prt_1")
    assert read(SHEET, own).answers == {}
    named = repacked(
        SHEET, {r"xl/sharedStrings\.xml": lambda texts: texts.replace(b"language", key.encode())}
    )
    assert codes(faults(named, own)) == [(f"/{key}", "other_answer_sheet")]


def packed(files: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return written.getvalue()


def in_a_sheet(xml: bytes) -> bytes:
    """The workbook with XML at the end of the rows of a sheet."""
    change = {
        r"xl/worksheets/sheet2\.xml": lambda content: content.replace(b"</sheetData>", xml + b"</sheetData>")
    }
    return repacked(SHEET, change)


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
FAR = b'<row r="1048576"><c r="%s" t="inlineStr"><is><t>x</t></is></c></row>'
HARMFUL = {
    "no workbook": b"id,answer\n",
    "nothing": b"",
    "half of it": SHEET[: len(SHEET) // 2],
    "damaged": SHEET[:3000] + b"\0" * 50 + SHEET[3050:],
    "no files": packed({}),
    "another workbook": packed({"xl/workbook.xml": b"<workbook/>"}),
    "a bomb": repacked(SHEET, {}, {"xl/media/a.xml": b"<a>" + b" " * 9_000_000 + b"</a>"}),
    "many files": repacked(SHEET, {}, {f"xl/{name}.xml": b"<a/>" for name in range(600)}),
    "entities": repacked(SHEET, {}, {"xl/a.xml": DOCTYPE}),
    "no XML": repacked(SHEET, {}, {"xl/a.xml": b"<a>"}),
    "a cell far away": in_a_sheet(FAR % b"XFD1048576"),
    "a cell far away in disguise": in_a_sheet(FAR % b"&#88;FD1048576"),
    "a cell nowhere": in_a_sheet(FAR % b"A0"),
    "a row far away": in_a_sheet(b'<row r="1048576"/>' + b'<row r="1"><c r="AA1"><v>1</v></c></row>'),
    "a row nowhere": in_a_sheet(b'<row r="-1"/>'),
    "what it is of is gone": repacked(
        SHEET, {"xl/workbook.xml": lambda content: content.replace(b"sbm_answer_sheet", b"Sheet9")}
    ),
}


@pytest.mark.parametrize("case", HARMFUL)
def test_what_is_no_answer_sheet_or_would_do_harm_is_refused_as_a_whole(case: str) -> None:
    assert codes(faults(HARMFUL[case])) == [("", "malformed_workbook")]


def test_pictures_and_sheets_of_ones_own_are_left_out() -> None:
    assert read(repacked(SHEET, {}, {"xl/media/image1.png": b"\x89PNG"})).answers == {}
