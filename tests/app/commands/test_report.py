"""`sbm report`: what it writes, and what it says where it cannot."""

import json
from pathlib import Path

import pytest

from tests.kit.commands import refused, sbm
from tests.kit.reading import example


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("report.pdf", b"%PDF"),
        ("report.html", b"<!doctype html>"),
        ("report.docx", b"PK\x03\x04"),
        ("report.xlsx", b"PK\x03\x04"),
        ("report.csv", b"section,id,name,measure,value,low,high,unit,text\r\n"),
        ("chart.svg", b"<svg "),
        ("chart.png", b"\x89PNG"),
    ],
)
def test_a_report_is_written_in_the_format_of_its_name(tmp_path: Path, name: str, begin: bytes) -> None:
    answers, output = tmp_path / "answers.json", tmp_path / name
    answers.write_text(json.dumps(example()))
    said = sbm("report", answers, "-o", output, "--lang", "it", "--company", "Officine & Figli")
    assert said == f"{output} written.\n"
    assert output.read_bytes().startswith(begin)


def test_another_format_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(example()))
    assert ".html, .pdf, .docx, .xlsx, .csv, .svg, .png" in refused(
        "app", "report", answers, "-o", tmp_path / "report.odt"
    )
    sbm("report", answers, "-o", tmp_path / "plan.svg", "--chart", "frontier")
    assert "The plan:" in (tmp_path / "plan.svg").read_text("utf-8")
    nothing = refused("app", "report", answers, "-o", tmp_path / "a.svg", "--chart", "spread")
    assert "nothing to show" in nothing
