"""What stands beside a function's dots: what the gate sees, also where answers are open, in its column."""

from collections.abc import Mapping

import pytest

from app.core.editions import Edition
from app.reports.charts.functions import PAPER, SCREEN, why
from app.reports.charts.text import width_of
from app.reports.reading import Count, Reading
from scoring import score
from scoring.presentation.document import present
from tests.kit.folders import QUESTIONNAIRES, load

SHIPPED = load(QUESTIONNAIRES / "social-business" / "2.0.0")
EDITION = Edition(SHIPPED, released=True)
MARKETING = [c.id for f in SHIPPED.forms["full"].functions if f.id == "marketing" for c in f.capabilities]
SIZE = 15  # px, of the letters


def read(answers: Mapping[str, object], language: str) -> Reading:
    return Reading(present(score(SHIPPED, answers), EDITION.words(language)), EDITION, language)


@pytest.mark.parametrize(
    ("levels", "language", "said"),
    [
        ("444443", "en", ["5 of 6 at the line", "none below the floor"]),
        ("444421", "it", ["4 su 6 alla soglia", "due sotto il minimo"]),
        ("4432", "en", ["2–4 of 6 at the line", "1–3 below the floor", "two not known"]),
        ("44443", "it", ["4–5 su 6 alla soglia", "0–1 sotto il minimo", "una da chiarire"]),
        ("", "en", ["0–6 of 6 at the line", "0–6 below the floor", "six not known"]),
    ],
)
def test_what_is_open_is_counted_from_how_many_to_how_many(
    levels: str, language: str, said: list[str]
) -> None:
    reading = read(dict(zip(MARKETING, levels, strict=False)) | {"sales.crm_link": "1"}, language)
    assert why(reading.function_standing["marketing"], reading) == said


@pytest.mark.parametrize("language", ["en", "it"])
def test_it_fits_its_column_whatever_the_numbers_are(language: str) -> None:
    reading = read({}, language)
    standing = reading.standings[0]
    counts = [Count(least, most) for least in range(11) for most in range(least, 11)]
    for count in counts:
        other = standing._replace(at_line=count, below_floor=count, unknown=[*standing.unknown] * 2)
        unknown = standing.unknown[: count.most]
        for shown in (other, other._replace(unknown=unknown)):
            for columns in (SCREEN, PAPER):
                room = columns.width - columns.why
                assert [said for said in why(shown, reading) if width_of(said, SIZE) > room] == []
