"""The workbook that is filled in: what it says, what can be done to it, and that texts are only texts."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.answer_sheets.answers import Wanted, said_in
from app.answer_sheets.cells import read_cells
from app.answer_sheets.choices import lines_shown
from app.answer_sheets.content import Asked, Said, Whom, content_of
from app.answer_sheets.workbook import workbook_of
from app.core.editions import Edition
from scoring import Questionnaire
from tests.kit.answer_sheets import blank_sheet, place_of, shipped, tables
from tests.kit.hostile_texts import HOSTILE_TEXTS
from tests.kit.reading import Json

WHOM = Whom("Rossi Consulting", "Officine Valle", "Ada Bruni", "cmo", None, date(2026, 9, 25))
FORM = shipped().questionnaire.forms["express"]
ASKED = Asked(shipped(), "express", FORM.question_ids)


def files(workbook: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(workbook)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")}


@pytest.fixture(scope="module")
def workbook() -> bytes:
    said = Said({"marketing.dialogue": "3", "sales.presence": {"not_applicable": "other"}}, None, 6)
    return workbook_of(content_of(ASKED, WHOM, "it", said))


def test_the_first_sheet_says_who_asks_until_when_and_how_it_is_filled_in(workbook: bytes) -> None:
    first = [str(row[1]) for row in tables(workbook)["Inizio"]]
    assert first[1:4] == [
        "Rossi Consulting vi chiede di rispondere per Officine Valle.",
        "Per: Ada Bruni, Direzione marketing",
        "Rimandatelo entro il 25 settembre 2026.",
    ]
    assert first[4].startswith("18 domande")
    assert first[10] == "Alla fine salvate il file in formato .xlsx e rimandatelo a Rossi Consulting."
    rated = {row[0]: row[2] for row in tables(workbook)["Inizio"][12:] if row[0]}
    assert rated == {"importance": "", "self_rating": 6.0}


def test_there_is_a_sheet_a_function_and_a_row_a_question(workbook: bytes) -> None:
    words = shipped().words("it")
    sheets = tables(workbook)
    named = [words.functions[function.id] for function in FORM.functions]
    assert [*sheets] == ["Inizio", *(name[:31].strip() for name in named), "sbm_lists", "sbm_answer_sheet"]
    rows = sheets["Marketing"]
    assert rows[0] == [
        "id", "Domanda", "Risposta", "Se non applicabile: perché", "Commento", "Prove (link)",
    ]  # fmt: skip
    assert rows[2][:2] == ["marketing.dialogue", "Come dialogate con i clienti sui canali social?"]
    ids = [row[0] for rows in sheets.values() for row in rows if str(row[0]) in FORM.question_ids]
    assert ids == [question.id for question in FORM.questions]


def test_what_has_been_said_stands_in_its_cells(workbook: bytes) -> None:
    name, cell = place_of(workbook, "sales.presence", "C")
    row = tables(workbook)[name][int(cell[1:]) - 1]
    assert row[2:] == ["Non applicabile", "C’è un altro motivo.", "", ""]


def test_a_drop_down_lists_the_sentences_of_its_question(workbook: bytes) -> None:
    sheet = files(workbook)["xl/worksheets/sheet2.xml"]
    found = re.search(r'sqref="C3"[^>]*><formula1>sbm_lists!\$A\$(\d+):\$H\$\1</formula1>', sheet)
    assert found
    listed = tables(workbook)["sbm_lists"][int(found[1]) - 1]
    levels = shipped().words("it").capabilities["marketing.dialogue"].levels
    assert listed == [*levels, "Non so", "Non applicabile"]
    assert max(len(str(text)) for text in listed) * len(listed) > 255
    assert re.search(r'sqref="D3"', sheet)


def test_only_the_cells_to_fill_in_are_open_and_no_password_is_needed(workbook: bytes) -> None:
    written = files(workbook)
    formats = re.search(r"<cellXfs.*?</cellXfs>", written["xl/styles.xml"])
    assert formats
    styles = re.findall(r"<xf .*?(?:</xf>|/>(?=<xf|</cellXfs>))", formats[0])
    open_ = {str(place) for place, style in enumerate(styles) if 'locked="0"' in style}
    sheets = {name: text for name, text in written.items() if "worksheets/" in name}
    for text in sheets.values():
        assert "<sheetProtection " in text
        assert "password" not in text
    cells = re.findall(r'<c r="([A-Z])(\d+)" s="(\d+)"', sheets["xl/worksheets/sheet2.xml"])
    assert {column for column, _, style in cells if style in open_} == {"C", "D", "E", "F"}
    assert {int(row) for column, row, style in cells if style in open_} == {3, 4, 5}


def test_it_is_set_up_for_a_screen_and_for_paper(workbook: bytes) -> None:
    written = files(workbook)
    sheet = written["xl/worksheets/sheet2.xml"]
    for part in ('state="frozen"', 'orientation="landscape"', 'fitToHeight="0"', 'hidden="1"'):
        assert part in sheet
    assert written["xl/workbook.xml"].count('state="veryHidden"') == 2
    assert "_xlnm.Print_Titles" in written["xl/workbook.xml"]


def test_it_bears_the_accent_of_who_asks() -> None:
    written = workbook_of(content_of(ASKED, WHOM._replace(accent="#7a2350"), "en"))
    assert "FF7A2350" in files(written)["xl/styles.xml"]


def test_the_same_has_the_same_bytes(workbook: bytes) -> None:
    said = Said({"marketing.dialogue": "3", "sales.presence": {"not_applicable": "other"}}, None, 6)
    assert workbook_of(content_of(ASKED, WHOM, "it", said)) == workbook


def test_whose_it_is_and_of_what_stands_in_it(workbook: bytes) -> None:
    about = {str(row[0]): row[1] for row in tables(workbook)["sbm_answer_sheet"]}
    questionnaire = shipped().questionnaire
    assert (about["questionnaire"], about["version"]) == ("social-business", "2.0.0")
    assert (about["digest"], about["tier"], about["role"]) == (questionnaire.digest, "express", "cmo")


def test_hostile_comments_appear_as_typed_and_come_back_as_they_were() -> None:
    edition = shipped()
    names = sorted(edition.questionnaire.forms["full"].question_ids)[: len(HOSTILE_TEXTS)]
    texts = dict(zip(names, (text[:2000] for text in HOSTILE_TEXTS), strict=True))
    said = Said({name: {"option": "dont_know", "comment": text} for name, text in texts.items()})
    asked = Asked(edition, "full", frozenset(names))
    written = workbook_of(content_of(asked, WHOM._replace(company=HOSTILE_TEXTS[0]), "en", said))
    shown = {str(row[0]): row[4] for rows in tables(written).values() for row in rows if len(row) > 4}
    assert {name: shown[name] for name in names} == {n: lines_shown(t) for n, t in texts.items()}
    whole = "".join(text for name, text in files(written).items() if "worksheets/" in name)
    assert not re.search("<f>|<hyperlink", whole)
    assert said_in(read_cells(written), Wanted(asked, said)).answers == said.answers


def made_of(functions: list[Json], texts: Json) -> Asked:
    """Everything that a questionnaire of these functions asks."""
    about = {"id": "q", "version": "1", "max_level": 5, "lenses": ["l"], "definition": {"min_applicable": 1}}
    made = Questionnaire.model_validate(about | {"functions": functions, "texts": {"en": texts}})
    return Asked(Edition(made, released=True), "full", made.forms["full"].question_ids)


def test_hostile_words_of_a_questionnaire_make_names_that_sheets_may_have() -> None:
    ids = [f"f{number}" for number in range(len(HOSTILE_TEXTS))]
    texts = {name: text.replace("\0", "\1")[:2000] for name, text in zip(ids, HOSTILE_TEXTS, strict=True)}
    functions = [{"id": name, "capabilities": [{"id": "c", "lens": "l"}]} for name in ids]
    said = {
        "functions": {name: {"name": text} for name, text in texts.items()},
        "capabilities": {f"{n}.c": {"question": t, "levels": [t] * 4 + ["x", "y"]} for n, t in texts.items()},
    }
    asked = made_of(functions, said)
    written = workbook_of(content_of(asked, WHOM, "en"))
    names = [*tables(written)]
    assert len({name.casefold() for name in names}) == len(names) == len(ids) + 3
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert said_in(read_cells(written), Wanted(asked)) == Said({}, None, None)


def test_answers_that_read_alike_can_be_told_apart() -> None:
    levels = ["The same."] * 2 + ["b", "c", "d", "e"]
    function = {"id": "f", "capabilities": [{"id": "c", "lens": "l"}]}
    asked = made_of([function], {"capabilities": {"f.c": {"levels": levels}}})
    written = workbook_of(content_of(asked, WHOM, "en", Said({"f.c": "1"})))
    assert tables(written)["f"][2][2] == "The same. [1]"
    assert said_in(read_cells(written), Wanted(asked)).answers == {"f.c": "1"}


def test_a_template_of_nobody_is_sent_back_to_whoever_gave_it() -> None:
    first = [row[1] for row in tables(blank_sheet())["Start here"]]
    assert first[1] == "44 questions. Each function has a sheet of its own."
    assert "whoever gave it to you" in str(first[7])
