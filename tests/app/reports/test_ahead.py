"""What a report says beyond the profile: what next, how sure, and why it moved."""

from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings

from app.core.editions import Edition
from app.reports.about import About
from app.reports.ahead import next_part
from app.reports.formats import Profiled
from app.reports.moved import moved_part
from app.reports.page import profile_page
from app.reports.sure import sure_part
from app.scores.ahead import look_ahead
from scoring import Questionnaire, score
from scoring.presentation.document import present
from tests.kit.effort import THOROUGH
from tests.kit.examples import questionnaire
from tests.kit.reported import whole
from tests.kit.strategies import Case, cases


@pytest.fixture(scope="module", params=["en", "it"])
def told(request: pytest.FixtureRequest) -> Profiled:
    return whole(request.param)


def page_of(told: Profiled) -> str:
    return profile_page(told.document, told.edition, told.language, told.about, told.beyond).html


def ahead_of(written: Questionnaire, answers: dict[str, Any]) -> Profiled:
    """A profile with what is beyond it."""
    edition, profile = Edition(written, released=False), score(written, answers)
    words = edition.words("en")
    beyond = look_ahead(profile, words)
    return Profiled(present(profile, words), edition, "en", About("Studio"), beyond)


def test_the_page_says_all_of_it_and_names_it_for_what_it_is(told: Profiled) -> None:
    page = page_of(told)
    for part in ("next", "moved", "sure"):
        assert f'<section class="part" id="{part}">' in page
        assert f'<a href="#{part}">' in page
    assert "««" not in page
    for claim in ("confidence interval", "intervallo di confidenza", "probabilit"):
        assert claim not in page


def test_the_plan_stands_in_waves_with_what_each_costs_and_reaches(told: Profiled) -> None:
    part, plan = next_part(told.reading), told.beyond.plan
    assert part
    assert plan
    assert str(plan["cost"]) in part.title
    assert 1 < len(part.waves) <= 3
    assert sum(wave["cost"] for wave in plan["waves"]) == plan["cost"]
    planned = {told.reading.capability[step["capability"]]["name"] for step in plan["steps"]}
    assert {step.name for wave in part.waves for step in wave.steps} == planned
    said = [action for wave in part.waves for step in wave.steps for action in step.actions]
    assert sorted(said) == sorted(action for step in plan["steps"] for action in step["actions"])
    assert {function.cell for function in part.waves[-1].functions} <= {"4", "5", "4–5"}
    assert len(part.questions) == 3
    assert all(question.roles and question.settles for question in part.questions)


def test_how_sure_is_said_with_the_shares_of_the_document(told: Profiled) -> None:
    part, outlook = sure_part(told.reading), told.beyond.outlook
    assert part
    assert outlook
    said = {line.name: " ".join(line.said) for line in part.lines}
    for function in outlook["sensitivity"]["functions"]:
        tenths = round(function["kept"]["weightings"] * 10) if function["kept"] else 0
        if 1 < tenths < 10:
            en, it = (
                f"{tenths} of 10 random weightings keep",
                f"{tenths} ponderazioni casuali su 10 mantengono",
            )
            assert said[function["name"]].startswith(it if told.language == "it" else en)
        names = {told.reading.question_name(hinge["question"]) for hinge in function["answers"]}
        assert len(names) > 6 or all(name in said[function["name"]] for name in names)


def test_the_parts_of_the_change_add_up(told: Profiled) -> None:
    part = moved_part(told.reading)
    assert part
    first, *parts, last = [
        float(step.figure.replace(",", ".").replace("−", "-").replace("+", "")) for step in part.steps
    ]
    assert first + sum(parts) == pytest.approx(last, abs=0.3)  # each is rounded to a tenth
    assert [len(group.answers) for group in part.groups] == [2]
    assert part.verdict


def test_there_is_no_plan_before_half_is_known() -> None:
    told = ahead_of(questionnaire({"f": "a b c"}, definition={"level": 4, "min_applicable": 1}), {"f.a": "3"})
    part = next_part(told.reading)
    assert part
    assert (part.title, part.waves) == ("Too early for a plan", [])
    assert len(part.questions) == 2


@pytest.mark.parametrize(
    ("other", "said"),
    [("5", "is reached"), ({"not_applicable": "other"}, "No plan leads to")],
)
def test_a_plan_that_is_none_says_why(other: Any, said: str) -> None:  # noqa: ANN401 -- an answer
    written = questionnaire({"f": "a b", "g": "a"}, definition={"level": 4, "min_applicable": 2})
    told = ahead_of(written, {"f.a": "5", "f.b": "5", "g.a": other})
    part = next_part(told.reading)
    assert part
    assert said in part.title
    assert bool(part.conflicts) == (other != "5")
    page = unescape(page_of(told))
    for shown in (part.title, *part.conflicts):
        assert shown in page


@settings(max_examples=100 if THOROUGH else 6)
@given(case=cases())
def test_every_profile_can_be_looked_ahead_from(case: Case) -> None:
    edition, profile = Edition(case.questionnaire, released=False), case.score()
    words = edition.words("it")
    told = Profiled(present(profile, words), edition, "it", About("Studio"), look_ahead(profile, words))
    page = page_of(told)
    assert 'id="next"' in page
    assert ">None<" not in page
