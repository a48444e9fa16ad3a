from typing import Any

from scoring import Profile, Questionnaire, score
from scoring.levels import LevelRule
from scoring.method.scheme import Scheme
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from tests.kit.examples import of_one, questionnaire, written

TWO_QUESTIONS: dict[str, Any] = {"questions": [{"id": "p"}, {"id": "q"}]}


def gaps(profile: Profile) -> dict[str, tuple[Any, ...]]:
    """By capability: level, target, (gap, least, greatest), breaks the floor, effort, gain."""
    return {gap.capability.id: gap[1:] for gap in profile.gaps}


def uneven() -> Questionnaire:
    """Sales: a, and b of weight 3. Service: a."""
    mapping = written({"sales": "a b", "service": "a"})
    mapping["functions"][0]["capabilities"][1]["weight"] = 3
    return Questionnaire.model_validate(mapping)


def test_gaps_of_a_whole_company_by_hand() -> None:
    profile = score(uneven(), {"sales.a": "2", "sales.b": "4", "service.a": "3"})
    # Efforts: 2 to 3 costs 3, 3 to 4 costs 5. Sales (2000 + 3 * 4000) / 4 = 3500, overall 3250.
    # sales.a at 4000: sales 4000, overall 3500. service.a at 4000: overall (3500 + 4000) / 2 = 3750.
    # sales.a lies below 4 - 1 and so comes first, though 250 / 8 < 500 / 5.
    assert list(gaps(profile).items()) == [
        ("sales.a", (2, 4, (2000, 2000, 2000), True, 8, 250)),
        ("service.a", (3, 4, (1000, 1000, 1000), False, 5, 500)),
    ]


def test_more_gain_for_effort_comes_first() -> None:
    # All at 3, each step costs 5: sales.b gains (3750 - 3000) / 2 = 375, sales.a (3250 - 3000) / 2 = 125,
    # service.a 500.
    profile = score(uneven(), {"sales.a": "3", "sales.b": "3", "service.a": "3"})
    assert [(g.capability.id, g.gain) for g in profile.gaps] == [
        ("service.a", 500),
        ("sales.b", 375),
        ("sales.a", 125),
    ]


def test_gain_is_weighed_against_effort_not_taken_alone() -> None:
    mapping = written({"sales": "a b"})
    mapping["functions"][0]["capabilities"][0] |= {"weight": 3, "step_efforts": [1, 1, 1, 7, 1]}
    mapping["functions"][0]["capabilities"][1] |= {"step_efforts": [1, 1, 1, 2, 1]}
    profile = score(Questionnaire.model_validate(mapping), {"sales.a": "3", "sales.b": "3"})
    # By effort a gains 750 / 7 = 107.1 and b 250 / 2 = 125.
    assert [(g.capability.id, g.gain, g.effort) for g in profile.gaps] == [
        ("sales.b", 250, 2),
        ("sales.a", 750, 7),
    ]


def test_equal_gain_for_effort_keeps_the_questionnaires_order() -> None:
    form = questionnaire({"sales": "c a b"})
    profile = score(form, {"sales.b": "3", "sales.a": "3", "sales.c": "3"})
    assert [gap.capability.id for gap in profile.gaps] == ["sales.c", "sales.a", "sales.b"]


def test_a_partly_known_capability_has_a_range_of_gaps_and_gains_from_its_low() -> None:
    form = Questionnaire.model_validate(of_one(TWO_QUESTIONS))
    # 3000 and unknown: value 3000, low 1500, high 4000. To 4000 from the low: 2500.
    assert gaps(score(form, {"sales.a.p": "3"})) == {"sales.a": (3, 4, (1000, 0, 2500), False, 5, 2500)}
    # Towards 5: at least 1000, at most 3500; 5 + 8 of effort.
    assert gaps(score(form, {"sales.a.p": "3"}, targets={"sales": 5})) == {
        "sales.a": (3, 5, (2000, 1000, 3500), False, 13, 3500)
    }


def test_effort_starts_at_the_completed_level() -> None:
    form = Questionnaire.model_validate(of_one(TWO_QUESTIONS))
    # (3000 + 4000) / 2 = 3500: level 3, the step to 4 costs 5
    profile = score(form, {"sales.a.p": "3", "sales.a.q": "4"})
    assert gaps(profile) == {"sales.a": (3, 4, (500, 500, 500), False, 5, 500)}


def test_the_floor_is_broken_only_where_even_the_high_bound_lies_below() -> None:
    form = Questionnaire.model_validate(of_one(TWO_QUESTIONS))
    # 1 and unknown: high 3000, level 3, is just enough
    assert [gap.breaks_floor for gap in score(form, {"sales.a.p": "1"}).gaps] == [False]
    # 0 and unknown: high 2500, level 2
    assert [gap.breaks_floor for gap in score(form, {"sales.a.p": "0"}).gaps] == [True]


def test_the_floor_is_the_definitions_whatever_the_target() -> None:
    profile = score(questionnaire({"sales": "a b"}), {"sales.a": "3", "sales.b": "2"}, targets={"sales": 5})
    assert {name: gap[3] for name, gap in gaps(profile).items()} == {"sales.a": False, "sales.b": True}


def test_the_tiers_shortfall_sets_the_floor() -> None:
    tiers = {"strict": {"questions": ["sales.a"], "level_rule": {"max_shortfall": 0}}}
    form = questionnaire({"sales": "a"}, tiers=tiers)
    assert [gap.breaks_floor for gap in score(form, {"sales.a": "3"}).gaps] == [False]
    assert [gap.breaks_floor for gap in score(form, {"sales.a": "3"}, tier="strict").gaps] == [True]


def test_a_capabilitys_target_goes_before_its_functions_and_that_before_the_definitions() -> None:
    form = questionnaire({"sales": "a b", "service": "a"})
    answers = {"sales.a": "1", "sales.b": "1", "service.a": "1"}
    profile = score(form, answers, targets={"sales": 5, "sales.a": 2})
    assert {gap.capability.id: gap.target for gap in profile.gaps} == {
        "sales.a": 2,
        "sales.b": 5,
        "service.a": 4,
    }


def test_a_target_of_zero_is_a_target() -> None:
    form = questionnaire({"sales": "a b"})
    profile = score(form, {"sales.a": "1", "sales.b": "0"}, targets={"sales.a": 0, "sales.b": 0})
    assert profile.gaps == ()


def test_a_target_that_is_reached_is_no_gap() -> None:
    form = questionnaire({"sales": "a b"})
    assert score(form, {"sales.a": "4", "sales.b": "5"}).gaps == ()
    assert list(gaps(score(form, {"sales.a": "4", "sales.b": "5"}, targets={"sales": 5}))) == ["sales.a"]


def test_an_unscored_function_has_gaps_only_where_the_caller_sets_targets() -> None:
    form = questionnaire({"sales": "a", "aside": "a b"}, unscored="aside")
    answers = {"sales.a": "4", "aside.a": "0", "aside.b": "0"}
    assert score(form, answers).gaps == ()
    # 0 to 2 costs 1 + 2; nothing is gained overall and no floor is broken
    profile = score(form, answers, targets={"aside.b": 2})
    assert gaps(profile) == {"aside.b": (0, 2, (2000, 2000, 2000), False, 3, 0)}


def test_what_is_unknown_is_to_be_answered_and_what_does_not_apply_is_neither() -> None:
    form = questionnaire({"service": "b a", "sales": "a b"})
    answers = {"service.b": "dont_know", "sales.a": {"not_applicable": "other"}, "sales.b": "0"}
    profile = score(form, answers)
    assert profile.to_answer == ("service.b", "service.a")
    assert list(gaps(profile)) == ["sales.b"]


def test_gain_counts_unknown_answers_at_their_least() -> None:
    # Sales.a alone is known: at 4 sales rises from 3000 / 2 to 4000 / 2, the company by half of that.
    form = questionnaire({"sales": "a b", "service": "a"})
    assert [gap.gain for gap in score(form, {"sales.a": "3"}).gaps] == [250]


def test_gain_is_the_difference_of_rounded_scores() -> None:
    # Three capabilities at 3, 3, 4: 3333.33 -> 3333. One at 4 more: 3666.67 -> 3667, so 334 and not 333.
    form = questionnaire({"sales": "a b c"})
    assert [gap.gain for gap in score(form, {"sales.a": "3", "sales.b": "3", "sales.c": "4"}).gaps] == [
        334,
        334,
    ]


def test_the_next_step_is_the_action_else_the_text_of_the_next_level_else_null() -> None:
    levels = [f"level {level}" for level in range(6)]
    actions = [f"from {level} to {level + 1}" for level in range(5)]
    capabilities = {
        "sales.a": {"levels": levels, "actions": actions, "evidence": "a ticket"},
        "sales.b": {"levels": levels},
        "sales.c": {"actions": actions},
    }
    form = questionnaire({"sales": "a b c d"}, texts={"en": {"capabilities": capabilities}})
    answers = {"sales.a": "2", "sales.b": "2", "sales.c": "0", "sales.d": "2"}
    shown = present(score(form, answers), Words(form, "en"))["gaps"]
    assert {gap["capability"]: (gap["next_step"], gap["evidence"]) for gap in shown} == {
        "sales.a": ("from 2 to 3", "a ticket"),
        "sales.b": ("level 3", None),
        "sales.c": ("from 0 to 1", None),
        "sales.d": (None, None),
    }


def test_a_floor_is_broken_by_the_gate_that_is_scored_by() -> None:
    answers = {"sales.a": "3", "sales.b": "4", "service.a": "4"}
    strict = Scheme(rule=LevelRule(coverage_percent=80, max_shortfall=0))
    for scheme, breaks in ((None, False), (strict, True)):
        (gap,) = score(uneven(), answers, scheme=scheme).gaps
        assert (gap.capability.id, gap.breaks_floor) == ("sales.a", breaks)
