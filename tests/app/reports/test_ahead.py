"""What a report says beyond the profile: what next, how sure, and why it moved."""

from copy import deepcopy
from html import unescape
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings

from app.core.editions import Edition
from app.reports.about import About
from app.reports.ahead import next_content, next_part
from app.reports.beyond import Moved
from app.reports.formats import Profiled
from app.reports.moved import moved_content, moved_part
from app.reports.page import profile_page
from app.reports.sure import sure_part
from app.scores.ahead import look_ahead
from app.scores.comparisons import compare_bodies
from app.scores.example import RESPONSES
from app.scores.service import score_body
from scoring import Questionnaire, Response, score, score_responses
from scoring.presentation.document import present
from tests.kit.effort import THOROUGH
from tests.kit.examples import questionnaire
from tests.kit.reported import DAY, catalog, whole
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
    assert all(question.whom and question.settles for question in part.questions)


def test_what_would_show_it_is_said_once_where_the_plan_ends(told: Profiled) -> None:
    part, plan = next_part(told.reading), told.beyond.plan
    assert part
    assert plan
    shown = [step.evidence for wave in part.waves for step in wave.steps if step.evidence]
    texts = {step["evidence"] for step in plan["steps"] if step["evidence"]}
    assert len(shown) == len(texts)
    assert all(any(text[1:-1] in said for said in shown) for text in texts)
    page = unescape(page_of(told))
    assert all(said in page for said in shown)


def test_after_each_wave_stand_the_verdict_and_every_capability_that_it_raised(told: Profiled) -> None:
    part, plan = next_part(told.reading), told.beyond.plan
    assert part
    assert plan
    levels: dict[str, int] = {}
    for number, (shown, wave) in enumerate(zip(part.waves, plan["waves"], strict=True), 1):
        assert told.reading.verdict_said(wave["outcome"]["verdict"]) in shown.then
        levels |= {step["capability"]: step["to"] for step in plan["steps"] if step["wave"] == number}
        dots = [dot.name for function in shown.functions for dot in function.strip.dots]
        for name, level in levels.items():
            said = f"{told.reading.capability[name]['name']}: {told.reading.words.levels[level]}"
            assert said in dots


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
                f"Con {tenths} ponderazioni casuali su 10 il livello resta lo stesso.",
            )
            assert (it if told.language == "it" else en) in said[function["name"]]
        level = function["level"]
        is_open = ("Il livello è ancora aperto" if told.language == "it" else "still open") in said[
            function["name"]
        ]
        assert level is None or is_open == (level["low"] != level["high"])
        names = {told.reading.question_name(hinge["question"]) for hinge in function["answers"]}
        assert len(names) > 6 or all(name in said[function["name"]] for name in names)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "No random weighting keeps the verdict."),
        (0.04, "Hardly any random weighting keeps the verdict."),
        (0.52, "5 of 10 random weightings keep the verdict."),
        (0.98, "Almost all random weightings keep the verdict."),
        (1.0, "All 10,000 random weightings keep the verdict."),
    ],
)
def test_no_share_is_told_as_more_or_less_than_it_is(share: float, said: str) -> None:
    told = whole("en")
    outlook = deepcopy(told.beyond.outlook)
    assert outlook
    verdict = outlook["sensitivity"]["verdict"]
    verdict["kept"]["weightings"] = share
    verdict["gate"]["coverage_percent"] = {"below": 62, "above": 90}
    part = sure_part(told._replace(beyond=told.beyond._replace(outlook=outlook)).reading)
    assert part
    assert said in part.lines[0].said
    # Of two other gates the nearer one is named: 90 lies 10 from the 80 of the questionnaire, 62 lies 18.
    assert any("required 90% instead of 80%" in sentence for sentence in part.lines[0].said)


@pytest.mark.parametrize(
    ("language", "about", "everything"),
    [
        (
            "en",
            "Someone without a role who is asked about Marketing and Sales",
            "Someone without a role who is asked everything",
        ),
        (
            "it",
            "Chi, senza un ruolo, risponde alle domande su Marketing e Vendite",
            "Chi, senza un ruolo, risponde a tutte le domande",
        ),
    ],
)
def test_who_is_asked_without_a_role_is_named_by_functions(
    language: str, about: str, everything: str
) -> None:
    edition = catalog().find("social-business", None)
    for functions, said in ((("sales", "marketing"), about), (None, everything)):
        profile = score_responses(edition.questionnaire, [Response(functions=functions)])
        words = edition.words(language)
        ahead = look_ahead(profile, words)
        told = Profiled(present(profile, words), edition, language, About("Studio"), ahead)
        part, content = next_part(told.reading), next_content(told.reading)
        assert part
        assert content
        assert part.questions[0].whom == content["questions"][0]["whom"] == said
        assert said in page_of(told)


def test_few_questions_that_moved_are_named_and_many_counted(told: Profiled) -> None:
    since = told.beyond.moved
    assert since
    comparison = deepcopy(since.comparison)
    questions = comparison["questions"]
    moved_question = questions["newly_answered"][0]
    names = [
        told.reading.question_name(name) for name in ("sales.presence", "sales.enablement", "sales.buying")
    ]

    def remark(*moved: str) -> str:
        questions["answers_changed"] = [moved_question | {"question": name} for name in moved]
        changed = told.beyond._replace(moved=since._replace(comparison=comparison))
        part = moved_part(told._replace(beyond=changed).reading)
        assert part
        return part.steps[4].remark

    three = ("sales.presence", "sales.enablement", "sales.buying")
    assert all(name in remark(*three) for name in names)
    assert not any(name in remark(*three, "sales.crm_link") for name in names)


def test_the_parts_of_the_change_add_up(told: Profiled) -> None:
    part = moved_part(told.reading)
    assert part
    first, *parts, last = [
        float(step.figure.replace(",", ".").replace("−", "-").replace("+", "")) for step in part.steps
    ]
    assert first + sum(parts) == pytest.approx(last, abs=0.3)  # each is rounded to a tenth
    assert [len(group.answers) for group in part.groups] == [2]
    assert part.verdict
    assert told.reading.speech("part_answers_changed") in part.said


def test_what_changed_the_mean_of_each_function_is_said_beside_it(told: Profiled) -> None:
    part, moved, speech = moved_part(told.reading), told.beyond.moved, told.reading.speech
    assert part
    assert moved
    by_name = {f["name"]: f["score"]["parts"] for f in moved.comparison["functions"]}
    for function in part.functions:
        changed = {name: p["value"] for name, p in by_name[function.name].items() if p["value"]}
        assert function.because.count(speech.number(0.5)[1]) == len(changed)
        for name, value in changed.items():
            sign = "+" if value > 0 else "−"
            said = f"{speech(f'part_{name}')}\u00a0{sign}{speech.number(abs(value), 2)}"
            assert said in function.because
            assert said in unescape(page_of(told))
    assert any(function.because for function in part.functions)


def test_what_changed_the_mean_of_each_lens_is_said_as_of_functions(told: Profiled) -> None:
    part, content, moved = moved_part(told.reading), moved_content(told.reading), told.beyond.moved
    speech, page = told.reading.speech, unescape(page_of(told))
    assert part
    assert content
    assert moved
    shown = {lens.name: lens for lens in part.lenses}
    assert list(shown) == [lens["name"] for lens in moved.comparison["lenses"]]
    for lens in moved.comparison["lenses"]:
        score, own = lens["score"], shown[lens["name"]]
        before, after = score["before"], score["after"]
        assert before
        assert after
        assert (own.before, own.after) == (
            speech.number(before["value"] or 0, 2),
            speech.number(after["value"] or 0, 2),
        )
        for name, difference in score["parts"].items():
            sign = "+" if (difference["value"] or 0) > 0 else "−"
            said = f"{speech(f'part_{name}')}\u00a0{sign}{speech.number(abs(difference['value'] or 0), 2)}"
            assert (said in own.because) == bool(difference["value"])
        assert f"{own.name}<small>{own.because}</small>" in page or not own.because
    assert any(lens.because for lens in part.lenses)
    assert [tuple(lens.values()) for lens in content["lenses"]] == [*part.lenses]
    assert content["lens_columns"][0] in page


def test_what_half_of_the_plans_cost_buys_is_said() -> None:
    """Four capabilities at 0 cost 11 each to level 4, 3 to level 2, 6 to level 3."""
    made = {"id": "f", "capabilities": [{"id": f"c{n}"} for n in range(4)]}
    small = Questionnaire.model_validate(
        {"id": "small", "version": "1.0.0", "definition": {"min_applicable": 1}, "functions": [made]}
    )
    told = ahead_of(small, dict.fromkeys(("f.c0", "f.c1", "f.c2", "f.c3"), "0"))
    part = next_part(told.reading)
    assert part
    assert part.half
    for said in ("22 points", "cannot be reached.", "level “2”", "12 points", "wave 1", "the only function"):
        assert said in part.half
    assert part.half in unescape(page_of(told))
    close = ahead_of(small, {"f.c0": "4", "f.c1": "4", "f.c2": "4", "f.c3": "3"})
    nearly = next_part(close.reading)
    assert nearly
    assert nearly.half
    assert "2 points" in nearly.half
    assert "No higher overall level" in nearly.half
    assert "wave" not in nearly.half
    open_still = next_part(
        ahead_of(small, {"f.c0": "4", "f.c1": "4", "f.c2": "4", "f.c3": "dont_know"}).reading
    )
    assert open_still
    assert open_still.half
    assert "can be reached only if what is not known turns out well" in open_still.half
    reached = next_part(ahead_of(small, dict.fromkeys(("f.c0", "f.c1", "f.c2", "f.c3"), "4")).reading)
    assert reached
    assert reached.half is None


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


def test_what_a_report_looks_ahead_to_does_not_hang_on_a_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    edition, profile = score_body(catalog(), "social-business", deepcopy(RESPONSES))
    words = edition.words("en")
    found = look_ahead(profile, words)
    hours = count(step=3600)
    monkeypatch.setattr("time.monotonic", lambda: float(next(hours)))
    assert look_ahead(profile, words) == found
    assert found.plan
    assert found.plan["status"] == "optimal"


@settings(max_examples=100 if THOROUGH else 6)
@given(case=cases())
def test_every_profile_can_be_looked_ahead_from(case: Case) -> None:
    edition, profile = Edition(case.questionnaire, released=False), case.score()
    words = edition.words("it")
    told = Profiled(present(profile, words), edition, "it", About("Studio"), look_ahead(profile, words))
    page = page_of(told)
    assert 'id="next"' in page
    assert ">None<" not in page


@pytest.mark.parametrize(("language", "people"), [("en", "the two people"), ("it", "delle due persone")])
def test_those_who_answered_both_times_are_compared_alone(language: str, people: str) -> None:
    told = whole(language)
    earlier, now = deepcopy(RESPONSES), deepcopy(RESPONSES)
    for body in (earlier, now):
        for name, response in zip("ab", body["responses"], strict=False):
            response["id"] = name
    first = next(iter(now["responses"][0]["answers"]))
    earlier["responses"][0]["answers"][first] = "0"
    now["responses"].append({"id": "c", "role": "head_of_sales", "answers": {"sales.presence": "5"}})
    found = compare_bodies(catalog(), "social-business", {"before": earlier, "after": now}).present(language)
    both = found["in_both"]
    assert both
    moved = told._replace(beyond=told.beyond._replace(moved=Moved(found, "Opening", DAY)))
    part = moved_part(moved.reading)
    assert part
    assert part.in_both
    assert people in part.in_both
    index = both["overall"]["index"]["after"]
    assert index
    assert moved.reading.speech.number(index["value"] or 0) in part.in_both
    assert part.in_both in unescape(page_of(moved))
    content = moved_content(moved.reading)
    assert content
    assert content["in_both"] == part.in_both
    told_nothing = moved_part(told.reading)
    assert told_nothing
    assert told_nothing.in_both is None
