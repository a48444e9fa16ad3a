"""Every table, list and value of a file has its place in the text."""

import tomllib
from typing import Any

import pytest

from scoring.errors import Place
from scoring.questionnaire.places import comments, line_of, spans
from tests.kit.folders import QUESTIONNAIRES

FILES = sorted(QUESTIONNAIRES.glob("*/*/**/*.toml"))

TEXT = '''# one
id = "a" # two
points = [1,
  2.5, # three
  "x # y"]
[[f]]
id = 'b'
long = """
a ""b" # no comment
"""
options = [
  { id = "c", "p.q" = { r = 1 } },
]
[[f.c]]
id = 1979-05-27 07:32:00
[[f]]
d.e."f.g" = true
[[f.c]]
[texts.'x.y']
'''


def places(value: Any, place: Place = ()) -> dict[Place, Any]:  # noqa: ANN401 -- any part of a TOML file
    found = {place: value}
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        found |= places(part, (*place, step))
    return found


@pytest.mark.parametrize("text", [TEXT, *(file.read_text("utf-8") for file in FILES)])
def test_every_value_is_found(text: str) -> None:
    found = spans(text)
    for place, value in places(tomllib.loads(text)).items():
        if place and not isinstance(value, dict | list):
            span = found[place]
            assert tomllib.loads(f"x = {text[span.start : span.end]}")["x"] == value
            assert span.line == text.count("\n", 0, span.start) + 1
        elif place:
            assert place in found


def test_lines() -> None:
    found = spans(TEXT)
    wanted: dict[Place, int | None] = {
        ("id",): 2,
        ("points", 2): 5,
        ("f", 0, "options", 0, "p.q", "r"): 12,
        ("f", 0, "c", 0, "id"): 15,
        ("f", 1): 16,
        ("f", 1, "missing"): 16,
        ("f", 1, "c", 0): 18,
        ("texts", "x.y"): 19,
        ("nowhere",): None,
    }
    assert {place: line_of(found, place) for place in wanted} == wanted


def test_comments_are_none_of_the_texts() -> None:
    assert comments(TEXT) == {"# one", "# two", "# three"}
