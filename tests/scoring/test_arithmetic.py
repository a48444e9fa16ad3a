from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Questionnaire, score
from scoring.arithmetic import Score, half_up, index_tenths, weighted_mean
from scoring.presentation.display import show_index
from tests.kit.examples import of_one, questionnaire

WHOLE = st.integers(-(10**9), 10**9)
DIVISORS = st.integers(1, 10**6)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (0, 1, 0),
        (1, 2, 1),  # 0.5
        (3, 2, 2),  # 1.5: to the even neighbour and away from zero
        (5, 2, 3),  # 2.5: away from zero, not to the even neighbour
        (1, 3, 0),
        (2, 3, 1),
        (4999, 10000, 0),
        (5000, 10000, 1),
        (-1, 2, -1),
        (-5, 2, -3),
        (-4, 3, -1),
        (-5, 3, -2),
    ],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert half_up(numerator, denominator) == expected


@given(WHOLE, DIVISORS)
def test_no_whole_number_lies_nearer_and_of_two_the_greater_in_size_is_taken(n: int, d: int) -> None:
    exact, rounded = Fraction(n, d), half_up(n, d)
    assert abs(exact - rounded) <= Fraction(1, 2)
    if abs(exact - rounded) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(WHOLE, DIVISORS, st.integers(1, 1000))
def test_a_common_factor_changes_no_quotient(n: int, d: int, factor: int) -> None:
    assert half_up(factor * n, factor * d) == half_up(n, d)


def test_a_mean_weighs_its_parts_and_is_rounded_once() -> None:
    # (1 * 1000 + 2 * 2000) / 3 = 1666.67
    assert weighted_mean([(1, Score(1000, 1000, 1000)), (2, Score(2000, 2000, 2000))]) == (1667, 1667, 1667)


def test_a_part_without_value_counts_in_the_bounds_only() -> None:
    # value 4000 / 1; low (1 * 4000 + 2 * 0) / 3 = 1333.33; high (1 * 4000 + 2 * 5000) / 3 = 4666.67
    assert weighted_mean([(1, Score(4000, 4000, 4000)), (2, Score(None, 0, 5000))]) == (4000, 1333, 4667)


def test_a_part_partly_known_counts_with_its_own_bounds() -> None:
    # The value is (3000 + 2000) / 2, the low (1500 + 2000) / 2, the high (4000 + 2000) / 2.
    assert weighted_mean([(1, Score(3000, 1500, 4000)), (1, Score(2000, 2000, 2000))]) == (2500, 1750, 3000)


def test_the_mean_of_unknown_parts_has_bounds_only() -> None:
    assert weighted_mean([(1, Score(None, 0, 5000)), (1, Score(None, 0, 5000))]) == (None, 0, 5000)


def test_a_value_of_zero_is_known() -> None:
    # value 0 / 1; low (0 + 0) / 2; high (0 + 5000) / 2
    assert weighted_mean([(1, Score(0, 0, 0)), (1, Score(None, 0, 5000))]) == (0, 0, 2500)


def test_the_mean_of_nothing_is_nothing() -> None:
    assert weighted_mean([]) is None


def test_a_parent_uses_the_rounded_points_of_its_children() -> None:
    # a: three questions at 1, 0 and 0 thousandths, 0.33, rounded 0. b: 1. The function, a weighing 2:
    # (2 * 0 + 1) / 3 = 0.33, rounded 0. From a unrounded it would be (2 * 0.33 + 1) / 3 = 0.56, rounded 1.
    options = [{"id": "none", "points": 0}, {"id": "trace", "points": 1}, {"id": "all", "points": 5000}]
    questions = [{"id": "p"}, {"id": "q"}, {"id": "r"}]
    mapping = of_one({})
    mapping["functions"][0]["capabilities"] = [
        {"id": "a", "weight": 2, "options": options, "questions": questions},
        {"id": "b", "options": options},
    ]
    answers = {"sales.a.p": "trace", "sales.a.q": "none", "sales.a.r": "none", "sales.b": "trace"}
    profile = score(Questionnaire.model_validate(mapping), answers)
    assert profile.functions[0].score == (0, 0, 0)


def test_scores_from_questions_to_the_whole_company() -> None:
    mapping = of_one({}, lenses=["people", "process", "technology"])
    mapping["functions"] = [
        {
            "id": "sales",
            "weight": 3,
            "capabilities": [
                {"id": "a", "lens": "people", "questions": [{"id": "p", "weight": 2}, {"id": "q"}]},
                {"id": "b", "lens": "people", "weight": 2},
                {"id": "c", "lens": "process"},
            ],
        },
        {"id": "service", "capabilities": [{"id": "a", "lens": "people"}, {"id": "b", "lens": "process"}]},
        {"id": "aside", "scored": False, "capabilities": [{"id": "a", "lens": "people"}]},
    ]
    answers = {
        "sales.a.p": "4",
        "sales.a.q": "3",
        "sales.b": "1",
        "sales.c": "dont_know",
        "service.a": "5",
        "service.b": {"not_applicable": "out_of_scope"},
        "aside.a": "0",
    }
    profile = score(Questionnaire.model_validate(mapping), answers)
    sales, service, aside = profile.functions
    # sales.a is (2 * 4000 + 1 * 3000) / 3 = 3666.67
    assert sales.capabilities[0][1] is not None
    assert sales.capabilities[0][1].score == (3667, 3667, 3667)
    # sales: value (3667 + 2 * 1000) / 3 = 1889; low 5667 / 4 = 1416.75; high (5667 + 5000) / 4 = 2666.75
    assert sales.score == (1889, 1417, 2667)
    # people in sales: (3667 + 2 * 1000) / 3 = 1889; nothing has the lens technology
    assert sales.lenses == {"people": (1889, 1889, 1889), "process": (None, 0, 5000), "technology": None}
    # service without b, which is not applicable
    assert service.score == (5000, 5000, 5000)
    assert service.lenses == {"people": (5000, 5000, 5000), "process": None, "technology": None}
    assert aside.score == (0, 0, 0)
    # overall without aside: value (3 * 1889 + 5000) / 4 = 2666.75; low (4251 + 5000) / 4 = 2312.75;
    # high (8001 + 5000) / 4 = 3250.25
    assert profile.overall.score == (2667, 2313, 3250)
    # people: (3 * 1889 + 5000) / 4 = 2666.75; process: sales only, by which service is left out
    assert profile.lenses == {"people": (2667, 2667, 2667), "process": (None, 0, 5000), "technology": None}
    assert profile.counts == (5, 1, 0, 1, 7)


def test_nothing_known_and_nothing_applicable_are_told_apart() -> None:
    form = questionnaire({"sales": "a b"})
    assert score(form, {}).overall.score == (None, 0, 5000)
    excluded = {"not_applicable": "done_by_partner"}
    profile = score(form, {"sales.a": excluded, "sales.b": excluded})
    assert profile.overall == (None, None)
    assert profile.functions[0][1:3] == (None, None)
    assert profile.functions[0].next_level is None


def test_the_index_is_the_overall_score_on_0_to_100_with_one_decimal() -> None:
    # 3250 / 5000 = 65.0 %; with seven levels 3250 / 7000 = 46.43 %; half of a tenth rounds up: 2 / 4 -> 1
    assert index_tenths(3250, 5) == 650
    assert index_tenths(3250, 7) == 464
    assert index_tenths(2, 4) == 1
    assert show_index(Score(None, 0, 5000), 5) == {"value": None, "low": 0.0, "high": 100.0}
    assert show_index(None, 5) is None
