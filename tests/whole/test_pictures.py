"""The pictures that the README shows are there, and small."""

import re

from tests.kit.folders import ROOT

PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 120_000


def test_the_readme_shows_every_picture_the_questionnaire_first() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert named[0] == "docs/pictures/questionnaire.png"
    assert sorted(named) == sorted(str(file.relative_to(ROOT)) for file in PICTURES.iterdir())


def test_pictures_are_small() -> None:
    for file in PICTURES.iterdir():
        content = file.read_bytes()
        assert content.startswith(b"\x89PNG"), file
        assert len(content) < MOST_BYTES, file
