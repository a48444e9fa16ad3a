"""`sbm report`: what it writes, and what it says where it cannot."""

import json
from pathlib import Path

import pytest

from tests.kit.commands import run
from tests.kit.reading import example


@pytest.mark.parametrize(
    ("name", "begin"), [("report.pdf", b"%PDF"), ("report.html", b"<!doctype html>"), ("chart.svg", b"<svg ")]
)
def test_a_report_is_written_in_the_format_of_its_name(tmp_path: Path, name: str, begin: bytes) -> None:
    answers, output = tmp_path / "answers.json", tmp_path / name
    answers.write_text(json.dumps(example()))
    run("report", str(answers), "-o", str(output), "--lang", "it", "--company", "Officine & Figli")
    assert output.read_bytes().startswith(begin)
