"""Agreement against published figures and by exact enumeration."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import Response, score, score_responses
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from scoring.respondents.agreement import Metric, alpha, in_thousandths, r_wg
from tests.kit.examples import questionnaire
from tests.kit.folders import QUESTIONNAIRES, load

LEVELS = [1000 * level for level in range(6)]
SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "1.1.0")

# Four observers, twelve units, missing values: the worked example of Krippendorff, Computing
# Krippendorff's Alpha-Reliability (2011), section C.
OBSERVERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]


def units(observers: Sequence[str]) -> list[list[int]]:
    return [[int(value) for value in unit if value != "."] for unit in zip(*observers, strict=True)]


@pytest.mark.parametrize(("metric", "published"), [("nominal", 743), ("ordinal", 815), ("interval", 849)])
def test_alpha_is_its_authors_in_his_worked_example(metric: Metric, published: int) -> None:
    assert in_thousandths(alpha(units(OBSERVERS), metric)) == published


@given(st.lists(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=4), max_size=6))
def test_alpha_is_at_most_1_and_is_1_only_without_any_disagreement(given_units: list[list[int]]) -> None:
    agreement = alpha(given_units)
    if agreement is not None:
        assert agreement <= 1
        assert (agreement == 1) == all(len(set(unit)) == 1 for unit in given_units)


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=4), max_size=6),
    st.lists(st.integers(1, 500), min_size=6, max_size=6),
)
def test_ordinal_alpha_knows_nothing_but_the_order(ranks: list[list[int]], steps: list[int]) -> None:
    points = [sum(steps[: rank + 1]) for rank in range(6)]
    stretched = [[points[rank] for rank in unit] for unit in ranks]
    assert alpha(stretched) == alpha(ranks)


@pytest.mark.parametrize("given_units", [[], [[1000]], [[1000], [2000]], [[1000, 1000], [1000, 1000]]])
def test_alpha_is_undefined_without_pairs_or_variation(given_units: list[list[int]]) -> None:
    assert alpha(given_units) is None


def test_who_answers_one_question_alone_plays_no_part_in_alpha() -> None:
    pairs = [[1000, 2000], [4000, 4000]]
    assert alpha([*pairs, [0]]) == alpha(pairs)


def chance_of_passing(raters: int) -> Fraction:
    """How often raters who choose at random reach an r_wg of .70, counted over all their choices."""
    agreements = [r_wg(points, LEVELS, least_raters=2) for points in product(LEVELS, repeat=raters)]
    return Fraction(
        sum(agreement is not None and agreement >= 700 for agreement in agreements), len(agreements)
    )


@pytest.mark.parametrize(("raters", "percent"), [(2, 44), (3, 17)])
def test_with_fewer_than_four_raters_chance_passes_too_often(raters: int, percent: int) -> None:
    assert round(100 * chance_of_passing(raters)) == percent


def test_with_four_raters_chance_rarely_passes() -> None:
    assert 100 * chance_of_passing(4) < 10


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([3000] * 4, 1000),
        # s² = 1/3 of a level squared, σ² = 35/12: 1 - 4/35 = 0.8857…
        ([3000, 3000, 4000, 4000], 886),
        # s² = 25/3, greater than chance
        ([0, 0, 5000, 5000], 0),
        ([3000] * 3, None),
        ([], None),
    ],
)
def test_r_wg_compares_the_spread_with_that_of_chance(points: list[int], expected: int | None) -> None:
    assert r_wg(points, LEVELS) == expected


def test_r_wg_takes_the_options_that_there_are() -> None:
    """Three options, 0, 2 and 5: σ² = 38/9; s² = 1: 1 - 9/38 = 0.763."""
    assert r_wg([2000, 2000, 2000, 0], [0, 2000, 5000]) == 763


def test_the_least_number_of_raters_can_be_raised() -> None:
    four = [Response(answers={"sales.a": "3"})] * 4
    for raters, expected in ((4, 1000), (5, None)):
        form = questionnaire({"sales": "a"}, notices={"raters": raters})
        spread = score_responses(form, four).spread
        assert spread
        assert spread.questions[0].r_wg == expected


# The study's five figures, as the numbers of people that make them: 662 in marketing, 263 in IT.
FREQUENCY = {
    "cmo": {"frequently": 238, "occasionally": 424},
    "cio": {"frequently": 68, "non_existent": 42, "rarely": 153},
}
TREND = {"cmo": {"improved": 271, "unchanged": 391}, "cio": {"improved": 92, "unchanged": 171}}


def people(role: str) -> list[Response]:
    frequencies = Counter(FREQUENCY[role]).elements()
    trends = Counter(TREND[role]).elements()
    return [
        Response(role=role, answers={"collaboration.frequency": frequency, "collaboration.trend": trend})
        for frequency, trend in zip(frequencies, trends, strict=True)
    ]


def test_the_studys_figures_come_out_of_its_respondents() -> None:
    profile = score_responses(SOCIAL_BUSINESS, [*people("cmo"), *people("cio")])
    assert [side.n for side in profile.collaboration.sides] == [662, 263]
    collaboration: Any = present(profile, Words(SOCIAL_BUSINESS, "en"))["collaboration"]
    study = [(figure["side"], figure["percent"], figure["n"]) for figure in collaboration["study"]]
    here = [(f["side"], f["company"]["percent"], f["company"]["n"]) for f in collaboration["study"]]
    assert here == study
    assert [percent for _, percent, _ in study] == [36, 26, 16, 41, 35]


def test_who_changes_a_document_changes_no_other() -> None:
    profile, words = score(SOCIAL_BUSINESS, {}, self_rating=5), Words(SOCIAL_BUSINESS, "en")
    document: Any = present(profile, words)
    document["self_rating"]["study"][0]["percent"] = 0
    again: Any = present(profile, words)
    assert again["self_rating"]["study"][0]["percent"] == 52
