"""What has moved since the result before: in sentences, as a chart in both forms, and as a table."""

import xml.etree.ElementTree as ET

import pytest

from app.reports.about import About, Before, Figures
from app.reports.formats import Choice, Profiled
from app.reports.progress import progress_drawn, trend_drawn
from app.reports.reading import Reading
from app.reports.trend import moves, now_of, trend
from scoring.presentation.display import LevelDocument, ScoreDocument
from tests.kit.reported import BEFORE, DAY, INDEX, made, profiled

SVG = "{http://www.w3.org/2000/svg}"


def figures(value: float, level: int, spread: float = 0, known: str = "mostly") -> Figures:
    score: ScoreDocument = {"value": value, "low": value - spread, "high": value + spread}
    decided: LevelDocument = {"low": level, "high": level}
    return Figures(score, decided, is_mostly_known=known == "mostly")


def before(**given: Figures) -> Before:
    """What was measured a year before, and what else is given."""
    return BEFORE._replace(functions={**BEFORE.functions, **given})


def since(earlier: Before | None, language: str = "en") -> Profiled:
    about = About("Studio", "Bellandi", "Spring", DAY, before=earlier)
    return profiled(language, about)


def read(told: Profiled) -> Reading:
    return Reading(told.document, told.edition, told.language, told.about)


def said(earlier: Before, language: str = "en") -> str:
    found = trend(read(since(earlier, language)))
    assert found is not None
    return found.said


def test_the_trend_is_said_in_sentences() -> None:
    english, italian = said(before()), said(before(), "it")
    assert english.startswith("The index has risen from 41.2 to 54.2 (26.7–83.3), as far as is known.")
    assert "Marketing has reached a higher level. Four functions were not measured then." in english
    assert "L’indice è salito da 41,2 a 54,2 (26,7–83,3), per quanto si sa." in italian
    assert "Sale a un livello più alto: Marketing." in italian


def test_a_fall_and_what_is_open_are_said_as_such() -> None:
    low: Figures = INDEX._replace(score={"value": 90.0, "low": 85.0, "high": 95.0})
    fallen = before(marketing=figures(4.5, 5), sales=figures(1.0, 0))._replace(overall=low)
    assert "The index has fallen from 90.0 (85.0–95.0) to 54.2 (26.7–83.3)." in said(fallen)
    assert "Marketing has dropped to a lower level." in said(fallen)
    assert "For Sales it is not known whether the level has changed." in said(fallen)
    unknown = INDEX._replace(score={"value": 40.0, "low": 20.0, "high": 60.0}, is_mostly_known=False)
    assert "it was 20.0–60.0, now it is 54.2 (26.7–83.3)" in said(before()._replace(overall=unknown))


def test_the_same_is_no_move() -> None:
    told = since(before(marketing=figures(3.833, 4)))
    document = told.document["functions"][0]
    assert document["id"] == "marketing"
    same = before(marketing=Figures(document["score"], document["level"], is_mostly_known=True))
    (move,) = moves(read(since(same)))
    assert (move.change, move.levels) == ("0", "still integrated")
    assert "No function has changed its level." in said(same)


def test_a_change_too_small_for_one_decimal_has_two() -> None:
    (move,) = moves(read(since(before(marketing=figures(3.81, 4)))))
    assert move.change == "+0.02"


@pytest.mark.parametrize(
    ("earlier", "caution"),
    [
        (BEFORE._replace(version="1.0.0"), "from version 1.0.0 to 2.0.0: compare the direction only."),
        (BEFORE._replace(tier="express"), "now it is “Full questionnaire”: compare the direction only."),
    ],
)
def test_other_rules_are_said(earlier: Before, caution: str) -> None:
    assert caution in made(since(earlier), name="html").decode()
    assert caution in made(since(earlier), Choice("summary"), "html").decode()
    assert "compare the direction" not in made(since(before()), name="html").decode()


def test_the_day_stands_for_an_occasion_that_is_called_by_it() -> None:
    found = trend(read(since(before()._replace(occasion="2025-11-12"))))
    assert found is not None
    assert found.title == "Since the result before (12 November 2025)"


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_chart_keeps_its_words_inside_and_says_all_to_who_cannot_see_it(language: str) -> None:
    everything = before(
        sales=figures(0.0, 0),
        research=figures(5.0, 5),
        service=figures(2.5, 1, 2.5),
        internal=figures(1, 0, 1, "hardly"),
    )
    root = ET.fromstring(made(since(everything, language), Choice(chart="progress"), "svg"))  # noqa: S314 -- our own
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.attrib["x"]) <= width
        assert 0 < float(text.attrib["y"]) <= height
    title, desc = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
    assert title is not None
    assert title.text
    assert desc is not None
    moved = moves(read(since(everything, language)))
    assert all(move.standing.function["name"] in (desc.text or "") for move in moved)


def test_the_chart_has_a_table_beside_it_and_the_board_its_small_form() -> None:
    page = made(since(before()), name="html").decode()
    assert '<th scope="row" role="rowheader">Marketing<small>piloted to integrated</small></th>' in page
    assert 'id="progress-title"' in page
    board = made(since(before()), Choice("summary"), "html").decode()
    assert 'viewBox="0 0 500 60"' in board
    assert "Since “The year before” (12 November 2025)" in board


def test_where_nothing_has_moved_a_sentence_says_so_and_no_chart() -> None:
    marketing = next(s for s in read(since(None)).standings if s.function["id"] == "marketing")
    told = since(before()._replace(functions={"marketing": now_of(marketing)}))
    for drawn in (progress_drawn(read(told)), trend_drawn(read(told))):
        assert drawn
        assert drawn["chart"] is None
        assert "No function has changed its level." in drawn["said"]
    assert 'viewBox="0 0 500' not in made(told, Choice("summary"), "html").decode()


def test_without_a_result_before_nothing_is_said() -> None:
    assert "progress" not in made(since(None), name="html").decode().partition("</style>")[2]
    assert 'id="trend"' not in made(since(None), Choice("summary"), "html").decode()
