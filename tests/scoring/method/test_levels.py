import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Questionnaire, score
from scoring.arithmetic import Score
from scoring.levels import Level, LevelRule, NextLevel, gated_level, least_level, level_of
from tests.kit.examples import of_one, questionnaire

METHOD = LevelRule(coverage_percent=80, max_shortfall=1)


@pytest.mark.parametrize(
    ("points", "level"), [(0, 0), (999, 0), (1000, 1), (3999, 3), (4000, 4), (4999, 4), (5000, 5)]
)
def test_a_capability_has_the_levels_it_has_completed(points: int, level: int) -> None:
    assert level_of(Score(points, points, points)) == (level, level)


def test_a_capability_has_a_level_at_each_bound() -> None:
    assert level_of(Score(3500, 1999, 4000)) == (1, 4)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([4, 4, 4, 4, 3], 4),  # 80 % at 4, and 3 >= 4 - 1
        ([4, 4, 4, 3, 3], 3),  # 60 % at 4 is too little
        ([5, 5, 5, 5, 1], 2),  # 80 % at 5, but the floor of 1 allows only level 2
        ([5, 5, 5, 5, 0], 1),
        ([5, 5, 5, 5, 4], 5),
        ([5, 5, 5, 5, 3], 4),  # 4: 80 % at 4 and 3 >= 4 - 1; 5 would need 4
        ([0, 1], 0),  # 50 % at 1
        ([0, 0, 0], 0),
        ([5, 5], 5),
        ([2], 2),
        ([1, 5, 5], 1),  # 2: 67 % are too little; 1: all
    ],
)
def test_a_function_needs_enough_at_a_level_and_none_far_below(levels: list[int], expected: int) -> None:
    assert gated_level([1] * len(levels), levels, METHOD, 5) == expected


def test_coverage_is_of_weight_and_exact() -> None:
    # 79 of 99 are 79.8 %; 80 of 100 are 80 %
    assert gated_level([79, 20], [4, 3], METHOD, 5) == 3
    assert gated_level([80, 20], [4, 3], METHOD, 5) == 4


def test_two_of_three_cover_66_percent_but_not_67() -> None:
    weights, levels = [1, 1, 1], [4, 4, 3]
    assert gated_level(weights, levels, LevelRule(66, 1), 5) == 4
    assert gated_level(weights, levels, LevelRule(67, 1), 5) == 3


def test_without_any_shortfall_the_least_capability_decides() -> None:
    assert gated_level([1000, 1], [5, 3], LevelRule(1, 0), 5) == 3


def test_a_great_shortfall_leaves_coverage_to_decide_and_never_passes_the_top_level() -> None:
    assert gated_level([4, 1], [5, 0], LevelRule(80, 100), 5) == 5
    assert gated_level([1, 1], [3, 3], LevelRule(80, 100), 3) == 3


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 5)), min_size=1, max_size=6),
    st.builds(LevelRule, st.integers(1, 100), st.integers(0, 5)),
)
def test_a_function_stands_at_the_greatest_level_that_passes_both_conditions(
    capabilities: list[tuple[int, int]], rule: LevelRule
) -> None:
    def passes(wanted: int) -> bool:
        spread = [level for weight, level in capabilities for _ in range(weight)]
        covered = 100 * len([level for level in spread if level >= wanted])
        return covered >= rule.coverage_percent * len(spread) and min(spread) + rule.max_shortfall >= wanted

    weights, levels = zip(*capabilities, strict=True)
    level = gated_level(weights, levels, rule, 5)
    assert passes(level)
    assert not any(passes(wanted) for wanted in range(level + 1, 6))


def test_a_company_stands_at_its_least_function_at_each_bound() -> None:
    assert least_level([Level(2, 5), Level(3, 3), Level(4, 4)]) == (2, 3)
    assert least_level([]) is None


def test_levels_of_functions_and_company_from_answers() -> None:
    form = questionnaire({"sales": "a b c d e", "service": "a"})
    answers = dict.fromkeys(["sales.a", "sales.b", "sales.c", "sales.d"], "4") | {"service.a": "5"}
    profile = score(form, answers)
    # sales.e unknown: at 0 the floor allows 1, at 5 all stand at 4
    assert [f.level for f in profile.functions] == [(1, 4), (5, 5)]
    assert profile.overall.level == (1, 4)


def test_an_unscored_function_has_a_level_that_never_enters_the_overall_one() -> None:
    form = questionnaire({"sales": "a", "aside": "a"}, unscored="aside")
    profile = score(form, {"sales.a": "4", "aside.a": "1"})
    assert [f.level for f in profile.functions] == [(4, 4), (1, 1)]
    assert profile.overall.level == (4, 4)


def test_the_tier_has_its_own_gate() -> None:
    tiers = {
        "express": {"questions": ["sales.a", "sales.b", "sales.c"], "level_rule": {"coverage_percent": 66}}
    }
    form = questionnaire({"sales": "a b c"}, tiers=tiers)
    answers = {"sales.a": "4", "sales.b": "4", "sales.c": "3"}
    assert score(form, answers).overall.level == (3, 3)
    assert score(form, answers, tier="express").overall.level == (4, 4)


def test_the_next_level_names_what_must_what_may_and_what_is_unknown() -> None:
    form = questionnaire({"sales": "a b c d e f"})
    answers = {"sales.a": "5", "sales.b": "3", "sales.c": "2", "sales.d": "1", "sales.e": "5", "sales.f": "5"}
    # Level 2: the floor of 1 allows it, and 5 of 6 stand at 2. Level 3 needs 2 or more everywhere, and
    # ceil(80 * 6 / 100) = 5 at 3; a, b, e and f are there.
    assert score(form, answers).functions[0].next_level == NextLevel(3, 4, 5, ("sales.d",), ("sales.c",), ())
    # Without f: level 1 at the low bound (f at 0); level 2 needs 5, which a, b, c and e do not reach.
    del answers["sales.f"]
    step = score(form, answers).functions[0].next_level
    assert step == NextLevel(2, 4, 5, (), ("sales.d",), ("sales.f",))


def test_the_next_level_counts_a_partly_known_capability_at_its_low_bound() -> None:
    capability = {"weight": 3, "questions": [{"id": "p"}, {"id": "q"}]}
    form = Questionnaire.model_validate(of_one(capability))
    # 5000 and unknown: low 2500, level 2; level 3 needs ceil(80 * 3 / 100) = 3
    step = score(form, {"sales.a.p": "5"}).functions[0].next_level
    assert step == NextLevel(3, 0, 3, (), ("sales.a",), ())


def test_what_must_be_raised_is_decided_at_the_low_bound() -> None:
    capability = {"questions": [{"id": "p"}, {"id": "q"}]}
    mapping = of_one(capability, level_rule={"max_shortfall": 0})
    # 1000 and unknown: low 500, level 0, which level 1 without any shortfall forbids; high 3000, level 3
    step = score(Questionnaire.model_validate(mapping), {"sales.a.p": "1"}).functions[0].next_level
    assert step == NextLevel(1, 0, 1, ("sales.a",), (), ())


def test_weight_required_is_rounded_up_to_whole_weight_only_where_it_has_to_be() -> None:
    # 80 % of 5 are 4; of 6 they are 4.8
    five, six = questionnaire({"sales": "a b c d e"}), questionnaire({"sales": "a b c d e f"})
    steps = [score(form, {}).functions[0].next_level for form in (five, six)]
    assert [step and step.weight_required for step in steps] == [4, 5]


def test_there_is_no_level_after_the_top() -> None:
    form = questionnaire({"sales": "a"})
    assert score(form, {"sales.a": "5"}).functions[0].next_level is None
    assert score(form, {"sales.a": "4"}).functions[0].next_level is not None
