"""`sbm template`: an answer sheet to fill in, which `sbm score`, `sbm report` and `sbm plan` take."""

import json
from pathlib import Path

from tests.kit.answer_sheets import answered, tables
from tests.kit.commands import refused, sbm


def test_a_template_is_filled_in_scored_and_reported(tmp_path: Path) -> None:
    sheet = tmp_path / "answers.xlsx"
    assert sbm("template", "-o", sheet, "--tier", "express", "--lang", "it") == f"{sheet} written.\n"
    assert "Inizio" in tables(sheet.read_bytes())
    said = {"marketing.dialogue": "4", "sales.presence": "Non so", "self_rating": "6"}
    sheet.write_bytes(answered(sheet.read_bytes(), said))
    profile = json.loads(sbm("score", sheet, "--json"))
    counts = profile["counts"]
    assert (profile["tier"], counts["answered"], counts["dont_know"]) == ("express", 1, 1)
    assert profile["self_rating"]["values"] == [{"role": None, "value": 6}]
    assert "Giudizio" in sbm("score", sheet, "--lang", "it")
    report = tmp_path / "report.html"
    assert sbm("report", sheet, "-o", report) == f"{report} written.\n"
    assert {step["capability"] for step in json.loads(sbm("plan", sheet, "--json"))["steps"]}


def test_a_role_is_asked_its_questions_and_answers_as_one(tmp_path: Path) -> None:
    sheet = tmp_path / "answers.xlsx"
    sbm("template", "-o", sheet, "--role", "cmo")
    names = [*tables(sheet.read_bytes())]
    assert "Marketing" in names
    assert "Sales" not in names
    sheet.write_bytes(answered(sheet.read_bytes(), {"marketing.dialogue": "4"}))
    profile = json.loads(sbm("score", sheet, "--json"))
    spread = profile["respondents"]["questions"][0]
    assert (spread["id"], spread["by_role"]) == (
        "marketing.dialogue",
        [{"role": "cmo", "n": 1, "mean": 4.0}],
    )


def test_faults_are_told_a_line_each(tmp_path: Path) -> None:
    sheet = tmp_path / "answers.xlsx"
    sbm("template", "-o", sheet)
    sheet.write_bytes(answered(sheet.read_bytes(), {"marketing.dialogue": "Whenever", "self_rating": "11"}))
    lines = refused("app", "score", sheet).splitlines()
    assert lines[0] == "sbm: /Start here/C11: write a whole number from 1 to 10"
    assert lines[1].startswith("sbm: /Marketing/C3: this is none of the answers; the nearest is “")
    assert len(lines) == 2


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert "ends in .xlsx" in refused("app", "template", "-o", tmp_path / "a.ods")
    assert "tier" in refused("app", "template", "-o", tmp_path / "a.xlsx", "--tier", "none")
    assert "cmo, cio" in refused("app", "template", "-o", tmp_path / "a.xlsx", "--role", "none")
