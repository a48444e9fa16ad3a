"""Workbook and CSV: the numbers of the profile, the same bytes each time, and texts that compute nothing."""

import csv
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from app.core.editions import Edition
from app.reports.about import About
from app.reports.ahead import next_part
from app.reports.facts import Fact
from app.reports.formats import Profiled
from app.reports.signs import visible_text
from app.scores.ahead import look_ahead
from scoring import score
from scoring.presentation.document import present
from tests.kit.examples import questionnaire
from tests.kit.hostile_texts import HOSTILE_TEXTS
from tests.kit.reported import hostile, made, profiled, whole

FORMULA_SIGNS = ("=", "+", "-", "@", "|", "%")


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode())))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Profile", "Gaps", "Answers", "People", "Method"]),
        ("it", ["Profilo", "Divari", "Risposte", "Persone", "Metodo"]),
    ],
)
def test_a_workbook_holds_the_profile_as_numbers(language: str, names: list[str]) -> None:
    told = profiled(language)
    content = made(told, name="xlsx")
    assert made(told, name="xlsx") == content
    read = sheets(content)
    assert list(read) == names
    profile, gaps, answers, people, _ = read.values()
    marketing = next(f for f in told.document["functions"] if f["id"] == "marketing")
    line = next(row for row in profile if row[0] == marketing["name"])
    score = marketing["score"]
    assert score is not None
    assert line[1:5] == [pytest.approx(score["value"]), score["low"], score["high"], 4]
    assert [row[0] for row in gaps[-len(told.document["gaps"]) :]] == [
        g["name"] for g in told.document["gaps"]
    ]
    assert len(answers) == told.document["counts"]["total"] + 1
    respondents = told.document["respondents"]
    assert respondents is not None
    assert [row[-1] for row in people[-len(respondents["questions"]) :]] == [
        question["id"] for question in respondents["questions"]
    ]


def test_a_function_that_nothing_counts_in_is_called_that_and_is_not_raised() -> None:
    """It applies: it was asked about and answered."""
    told = whole("en")
    profile, ahead, *_ = sheets(made(told, name="xlsx")).values()
    own = told.reading.function["conduct"]["name"]
    assert [row[5] for row in profile if row[0] == own] == ["not counted"]
    assert not any(own in row for row in ahead)


@pytest.mark.parametrize(("language", "name"), [("en", "What next"), ("it", "Che cosa fare")])
def test_a_workbook_says_what_next_as_numbers(language: str, name: str) -> None:
    told = whole(language)
    plan, outlook, words = told.beyond.plan, told.beyond.outlook, told.reading.words
    part = next_part(told.reading)
    assert plan
    assert outlook
    assert part
    read = [[cell for cell in row if cell != ""] for row in sheets(made(told, name="xlsx"))[name]]
    assert read[0] == [part.title]
    asked = next(row for row in read if outlook["next_questions"]["questions"][0]["question"] in row)
    assert asked[:2] == [1, part.questions[0].name]
    assert part.questions[0].whom in asked
    for step in plan["steps"]:
        capability = told.reading.capability[step["capability"]]["name"]
        row = next(r for r in read if r[:2] == [step["wave"], capability] and r[4:5] == [step["to"]])
        assert row[3:6] == [step["from"], step["to"], step["cost"]]
        assert row[6:] == [said for said in (" ".join(step["actions"]), step["evidence"]) if said]
    spent = 0
    for number, wave in enumerate(plan["waves"], 1):
        spent += wave["cost"]
        verdict = told.reading.verdict_said(wave["outcome"]["verdict"])
        assert any(row[0] == number and row[-2:] == [spent, verdict] for row in read if row)
        for function in wave["outcome"]["functions"]:
            if (level := function["level"]) and level["low"] == level["high"]:
                own = told.reading.function[function["id"]]["name"]
                said = [number, own, words.levels[level["low"]], level["low"], level["high"]]
                assert said in read
    for stop in plan["stops"]:
        assert any(row[0] == stop["budget"] and row[-1] == stop["index"] for row in read if row)


def test_a_workbook_says_why_there_is_no_plan() -> None:
    written = questionnaire({"f": "a", "g": "a"}, definition={"level": 4, "min_applicable": 2})
    profile = score(written, {"f.a": "5", "g.a": {"not_applicable": "other"}})
    edition = Edition(written, released=False)
    words = edition.words("en")
    told = Profiled(present(profile, words), edition, "en", About("Studio"), look_ahead(profile, words))
    part = next_part(told.reading)
    assert part
    said = [row[0] for row in sheets(made(told, name="xlsx"))["What next"]]
    assert said[: 2 + len(part.conflicts)] == [part.title, part.said, *part.conflicts]


def test_a_workbook_has_charts_that_excel_draws_and_names_no_machine() -> None:
    with ZipFile(BytesIO(made(profiled("en"), name="xlsx"))) as packed:
        charts = [packed.read(name) for name in packed.namelist() if name.startswith("xl/charts/chart")]
        assert len(charts) == 2
        assert b"<c:barChart>" in charts[0]
        assert b"<c:lineChart>" in charts[0]
        assert b"<c:radarChart>" in charts[1]
        assert b"ySplit=" in packed.read("xl/worksheets/sheet1.xml")
        assert b"<dc:creator>Studio</dc:creator>" in packed.read("docProps/core.xml")
        assert b"2026-11-20T00:00:00Z" in packed.read("docProps/core.xml")


def test_csv_is_one_fact_a_row() -> None:
    told = profiled("it")
    content = made(told, name="csv")
    read = rows(content)
    assert tuple(read[0]) == Fact._fields
    found = {(row["section"], row["id"], row["measure"]): row for row in read}
    assert len(found) == len(read)
    overall = told.document["overall"]["score"]
    assert overall is not None
    assert float(found["overall", "", "score"]["value"]) == overall["value"]
    assert found["overall", "", "verdict"]["text"] == told.document["verdict"]["status"]
    assert {found["function", "conduct", measure]["text"] for measure in ("status", "score", "level")} == {
        "not_scored"
    }
    gap = told.document["gaps"][0]
    assert found["gap", gap["capability"], "effort"]["value"] == str(gap["effort"])
    assert found["gap", gap["capability"], "effort"]["unit"] == "effort points"
    assert {"report", "overall", "lens", "function", "capability", "answer", "gap", "side", "spread"} <= {
        row["section"] for row in read
    }


def test_what_is_not_told_of_people_is_in_no_table() -> None:
    told = profiled("en")
    respondents = told.document["respondents"]
    assert respondents is not None
    hidden = respondents | {"anonymous": True, "asked": None, "submitted": None, "questions": []}
    anonymous = told._replace(document=told.document | {"respondents": hidden})
    people = sheets(made(anonymous, name="xlsx"))["People"]
    assert len(people) == 4
    assert not [row for row in rows(made(anonymous, name="csv")) if row["section"] == "spread"]


def test_what_was_typed_appears_as_typed_in_a_workbook_and_does_nothing() -> None:
    content = made(hostile(), name="xlsx")
    read = sheets(content)
    gaps = {row[0] for row in read["Gaps"]}
    for typed in HOSTILE_TEXTS:
        assert visible_text(typed) in gaps, typed[:40]
    with ZipFile(BytesIO(content)) as packed:
        everything = b"".join(packed.read(n) for n in packed.namelist() if n.startswith("xl/worksheets"))
    assert b"<f>" not in everything
    assert b"<hyperlink" not in everything


def test_what_was_typed_appears_as_typed_in_csv_and_is_no_formula() -> None:
    said = {cell for row in rows(made(hostile(), name="csv")) for cell in row.values()}
    for typed in HOSTILE_TEXTS:
        shown = visible_text(typed)
        assert (f"'{shown}" if shown.startswith(FORMULA_SIGNS) else shown) in said, typed[:40]
    numbers = {cell for cell in said if cell.startswith("-") and cell[1:].replace(".", "", 1).isdigit()}
    assert not [cell for cell in said - numbers if cell.lstrip().startswith(FORMULA_SIGNS)]
