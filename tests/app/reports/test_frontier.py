"""The index against the effort: as a chart that keeps its words apart, and as the table beside it."""

import xml.etree.ElementTree as ET
from functools import cache

import pytest

from app.core.editions import Edition
from app.core.errors import MissingError
from app.reports.about import About
from app.reports.budgets import budgets
from app.reports.charts.frontier import SCREEN, frontier_chart
from app.reports.charts.text import width_of
from app.reports.formats import Choice, Profiled
from app.reports.page import profile_page
from app.scores.ahead import look_ahead
from scoring import score
from scoring.presentation.document import present
from tests.kit.examples import questionnaire
from tests.kit.reported import made, profiled, whole

SVG = "{http://www.w3.org/2000/svg}"
CHART = Choice(chart="frontier")


@cache
def named(name: str) -> Profiled:
    """A profile whose levels and verdict are called so, with what is beyond it."""
    texts = {
        "levels": [{"name": f"{name} {level}"} for level in range(6)],
        "verdict": {"met": name, "not_met": name, "undetermined": name},
    }
    written = questionnaire({"f": "a b c", "g": "a b"}, texts={"en": texts})
    edition = Edition(written, released=False)
    answers = {"f.a": "1", "f.b": "0", "f.c": "2", "g.a": "3", "g.b": "0"}
    profile = score(written, answers)
    words = edition.words("en")
    return Profiled(present(profile, words), edition, "en", About("Studio"), look_ahead(profile, words))


def test_today_every_stop_and_the_plan_are_points_by_what_they_cost() -> None:
    told = whole("en")
    shown, plan = budgets(told.reading), told.beyond.plan
    assert plan
    assert [budget.points for budget in shown] == sorted(budget.points for budget in shown)
    assert [(b.points, b.least) for b in shown if b.kind == "today"] == [
        (0, told.document["overall"]["index"]["low"] if told.document["overall"]["index"] else None)
    ]
    stops = {(s["budget"], s["index"]) for s in plan["stops"] if s["budget"] != plan["cost"]}
    assert {(b.points, b.least) for b in shown if b.kind == "stop"} == stops
    (chosen,) = [b for b in shown if b.kind == "plan"]
    assert chosen.points == plan["cost"]
    assert chosen.name == "The plan: “socially-enabled”"
    assert "overall level “transforming”" in shown[-1].name.lower()


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_plan_is_marked_and_all_is_said_to_who_cannot_see_it(language: str) -> None:
    told = whole(language)
    root = ET.fromstring(made(told, CHART, "svg"))  # noqa: S314 -- our own
    assert len([dot for dot in root.iter(f"{SVG}circle") if dot.attrib["r"] == "9"]) == 1
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    assert all(budget.name in (desc.text or "") for budget in budgets(told.reading))
    page = profile_page(*told[:5]).html
    assert 'id="frontier-title"' in page
    for budget in budgets(told.reading):
        assert f'<th scope="row">{budget.name}<' in page


@pytest.mark.parametrize("name", ["at", "Collaborazione interna e comunicazione con i clienti", "W" * 60])
def test_labels_of_any_length_stay_inside_and_apart(name: str) -> None:
    chart = frontier_chart(named(name).reading)
    assert chart is not None
    for above, below in zip(chart.points, chart.points[1:], strict=False):
        assert above.top + above.height <= below.top
    assert chart.points[0].top >= 0
    assert chart.points[-1].top + chart.points[-1].height <= chart.height
    for point in chart.points:
        assert chart.left <= point.x <= chart.right
        assert chart.top <= point.y <= chart.bottom
        assert all(width_of(line, 15) <= SCREEN.width - SCREEN.labels for line in point.name)


def test_the_level_that_brings_the_verdict_is_named_with_it() -> None:
    told = whole("en")
    plan = told.beyond.plan
    assert plan
    dearer = told.beyond._replace(plan=plan | {"cost": 1})
    names = [budget.name for budget in budgets(told._replace(beyond=dearer).reading)]
    assert "Overall level “integrated”, and with it “socially-enabled”" in names


def test_there_is_no_chart_without_a_plan() -> None:
    assert budgets(profiled("en").reading) == []
    with pytest.raises(MissingError):
        made(profiled("en"), CHART, "svg")
