"""What a standing hangs on, against the engine with other rules, other answers, other people."""

from collections.abc import Iterator
from math import comb, sqrt
from typing import Any

import numpy as np
import pytest

from scoring import Profile, Questionnaire, Response, score, score_responses
from scoring.levels import Level, LevelRule, function_level
from scoring.method.scheme import Scheme
from scoring.outlook.resampling import LEAST_PEOPLE, SAMPLES, resampled, samples
from scoring.outlook.sensitivity import Sensitivity, sensitivity
from scoring.outlook.weightings import SEED, WEIGHTINGS, draws, shares, weightings
from scoring.respondents.consolidate import Consolidation
from scoring.respondents.responses import Consensus
from tests.kit.effort import THOROUGH
from tests.kit.ways import Way, ways

SEEDS = range(30_000, 30_200 if THOROUGH else 30_040)
Json = dict[str, Any]
Standing = tuple[dict[str, Level | None], Level | None, str]


def standing(profile: Profile) -> Standing:
    levels = {f.function.id: f.level for f in profile.functions if f.function.scored}
    return levels, profile.overall.level, profile.verdict.status


def by_rule(way: Way, rule: LevelRule) -> Standing:
    return standing(score(way.questionnaire, way.answers, scheme=Scheme(rule=rule)))


def seen(seeds: range = SEEDS) -> Iterator[tuple[Way, Profile, Sensitivity]]:
    for seed in seeds:
        way = ways(seed)
        profile = way.profile
        yield way, profile, sensitivity(profile)


def test_the_nearest_other_gates_are_those_under_which_the_engine_says_something_else() -> None:
    changed = 0
    for way, profile, found in seen(SEEDS[::4]):
        own, top = profile.form.rule, way.questionnaire.max_level
        under = {n: by_rule(way, LevelRule(n, own.max_shortfall)) for n in range(1, 101)}
        for name, gate in found.gates.functions.items():
            differing = [n for n, s in under.items() if s[0][name] != under[own.coverage_percent][0][name]]
            nearest = gate.coverage_percent
            assert nearest.below == max((n for n in differing if n < own.coverage_percent), default=None)
            assert nearest.above == min((n for n in differing if n > own.coverage_percent), default=None)
            changed += bool(differing)
        for part, gate in ((1, found.gates.overall), (2, found.gates.verdict)):
            allowed = {n: by_rule(way, LevelRule(own.coverage_percent, n)) for n in range(top + 1)}
            differing = [n for n, s in allowed.items() if s[part] != standing(profile)[part]]
            nearest = gate.max_shortfall
            assert nearest.below == max((n for n in differing if n < own.max_shortfall), default=None)
            assert nearest.above == min((n for n in differing if n > own.max_shortfall), default=None)
    assert changed


def test_no_smaller_change_of_a_weight_makes_the_level_another() -> None:
    changed = 0
    for way, profile, found in seen():
        rule, top = profile.form.rule, way.questionnaire.max_level
        for result in profile.functions:
            if not result.function.scored or not result.counted:
                continue
            weights = [c.weight for c in result.counted]

            def at(place: int, share: int) -> Level:
                others = sum(weights) - weights[place]  # noqa: B023 -- called at once
                rated = [
                    c._replace(weight=share * others if n == place else (1000 - share) * c.weight)
                    for n, c in enumerate(result.counted)  # noqa: B023 -- called at once
                ]
                return function_level(rated, rule, top)  # noqa: B023 -- called at once

            differing = [
                (abs(share - 1000 * weight / sum(weights)), share, place)
                for place, weight in enumerate(weights)
                for share in range(1, 1000, 1 if THOROUGH else 7)
                if len(weights) > 1 and at(place, share) != result.level
            ]
            change = found.weights[result.function.id]
            if change is None:
                assert differing == []
                continue
            changed += 1
            place = [c.id for c in result.counted].index(change.capability)
            assert at(place, change.changed) == change.level != result.level
            distance = abs(change.changed - 1000 * weights[place] / sum(weights))
            assert all(distance <= other for other, _, _ in differing)
    assert changed


def one(levels: str, coverage: int = 80) -> Questionnaire:
    capabilities = [{"id": f"c{n}"} for n in range(len(levels))]
    return Questionnaire.model_validate(
        {
            "id": "one",
            "version": "1.0.0",
            "level_rule": {"coverage_percent": coverage, "max_shortfall": 5},
            "definition": {"min_applicable": 1},
            "functions": [{"id": "f", "capabilities": capabilities}],
        }
    )


@pytest.mark.parametrize(("levels", "coverage"), [("44443", 80), ("4433", 50), ("433", 30), ("44443333", 40)])
def test_the_share_of_weightings_is_that_of_dirichlets_distribution(levels: str, coverage: int) -> None:
    profile = score(one(levels, coverage), {f"f.c{n}": level for n, level in enumerate(levels)})
    assert profile.overall.level == Level(4, 4)
    # The weight of m of k parts is distributed as Beta(m, k - m): its tail is a sum of binomial terms.
    k, m, c = len(levels), levels.count("4"), coverage / 100
    expected = sum(comb(k - 1, j) * c**j * (1 - c) ** (k - 1 - j) for j in range(m))
    kept = shares(profile).functions["f"] / WEIGHTINGS
    assert abs(kept - expected) < 4 * sqrt(expected * (1 - expected) / WEIGHTINGS)


def test_every_weighting_is_rated_by_the_engines_gate() -> None:
    profile = score(one("443"), {"f.c0": "4", "f.c1": "4", "f.c2": "3"})
    (result,) = profile.functions
    rows = weightings(3, SEED)
    assert set(rows.sum(axis=1)) == {1 << 31}
    assert np.all(rows >= 0)
    levels = [
        function_level(
            [c._replace(weight=int(w)) for c, w in zip(result.counted, row, strict=True)],
            profile.form.rule,
            5,
        )
        for row in rows
    ]
    assert shares(profile).functions["f"] == shares(profile).overall == levels.count(Level(3, 3))
    # No weighting takes the verdict from one whose every level is below the definition's, but some give it.
    assert shares(profile).verdict == sum(level.low < 4 for level in levels)


def test_what_all_parts_say_stays_under_any_weights() -> None:
    for level in "05":
        found = shares(score(one("000"), dict.fromkeys(("f.c0", "f.c1", "f.c2"), level)))
        assert (found.functions["f"], found.verdict, found.order) == (WEIGHTINGS,) * 3
        assert found.points == (1000 * int(level),) * 2


def test_a_place_is_kept_where_the_scores_keep_their_order() -> None:
    mapping = {
        "id": "two",
        "version": "1.0.0",
        "definition": {"min_applicable": 1},
        "functions": [{"id": name, "capabilities": [{"id": "a"}, {"id": "b"}]} for name in "xyz"],
    }
    questionnaire = Questionnaire.model_validate(mapping)
    answers = {"x.a": "1", "x.b": "3", "y.a": "3", "y.b": "3", "z.a": "5", "z.b": "2"}
    found = sensitivity(score(questionnaire, answers))
    assert found.order == ("z", "y", "x")
    # z is 2 + 3t, y is 3: z is above y where t is at least a third; x, never above 3, is not above y.
    places = found.weightings.places
    assert abs(places["z"] / WEIGHTINGS - 2 / 3) < 0.02
    assert places["x"] > 0.7 * WEIGHTINGS
    assert found.weightings.order <= min(places.values())


def test_a_step_of_a_hinge_does_what_it_says_and_no_other_step_does_anything() -> None:
    hinged = 0
    for way, profile, found in seen():
        said = {(hinge.question, hinge.changed): hinge for hinge in found.hinges}
        for question in profile.form.questions:
            known = profile.questions[question.id].score
            function = profile.form.function_of[question.id.partition(".")[0]]
            if known is None or known.low != known.high or known.value is None or not function.scored:
                continue
            for option in question.options:
                between = [p for p in question.option_points if min(option.points, known.low) < p]
                between = [p for p in between if p < max(option.points, known.low)]
                if option.points == known.low or between:
                    continue
                after = standing(score(way.questionnaire, way.answers | {question.id: option.id}))
                hinge = said.pop((question.id, option.points), None)
                if hinge is None:
                    assert after[0] == standing(profile)[0]
                    continue
                hinged += 1
                assert (hinge.after.functions, hinge.after.overall, hinge.after.verdict) == after
                assert hinge.level == after[0][hinge.function] != standing(profile)[0][hinge.function]
        assert said == {}
    assert hinged


def people(*answers: Json) -> list[Response]:
    return [Response(role=None, answers=said, submitted=True) for said in answers]


SMALL = one("44")
DIVIDED = people(*[{"f.c0": level, "f.c1": "4"} for level in "44431"])


def test_a_sample_is_scored_as_the_engine_scores_it() -> None:
    how = Consolidation()
    profile = score_responses(SMALL, DIVIDED, how)
    found = resampled(profile)
    assert found is not None
    assert found.people == len(DIVIDED)
    kept = values = 0
    points = []
    for sample in samples(len(DIVIDED)):
        assert sum(sample) == len(DIVIDED)
        drawn = [who for who, times in zip(DIVIDED, sample, strict=True) for _ in range(times)]
        after = score_responses(SMALL, drawn, how)
        kept += after.functions[0].level == profile.functions[0].level
        values += after.verdict.status == profile.verdict.status
        assert after.overall.score is not None
        assert after.overall.score.value is not None
        points.append(after.overall.score.value)
    assert (found.functions["f"], found.overall, found.verdict) == (kept, kept, values)
    assert 0 < kept < SAMPLES
    points.sort()
    assert found.points == (points[50], points[-51])


def test_people_who_say_the_same_are_the_same_whoever_is_asked() -> None:
    alike = people(*[{"f.c0": "4", "f.c1": "2"}] * LEAST_PEOPLE)
    found = resampled(score_responses(SMALL, alike))
    assert found is not None
    assert (found.overall, found.verdict) == (SAMPLES, SAMPLES)


def test_a_consensus_holds_in_every_sample() -> None:
    settled = dict.fromkeys(("f.c0", "f.c1"), Consensus(option="4", rationale="Agreed."))
    profile = score_responses(SMALL, DIVIDED, Consolidation(consensus=settled))
    found = resampled(profile)
    assert found is not None
    assert found.points == (4000, 4000)


@pytest.mark.parametrize(
    "profile",
    [
        score_responses(SMALL, DIVIDED[:-1]),
        score_responses(SMALL, DIVIDED, Consolidation(anonymous=True)),
        score_responses(SMALL, [*DIVIDED[:-1], *people({})]),
        score(SMALL, {"f.c0": "4"}),
    ],
    ids=["four", "anonymous", "one who says nothing", "one answer set"],
)
def test_nobody_is_drawn_again(profile: Profile) -> None:
    assert resampled(profile) is None


def test_the_digits_are_those_of_the_generator_everywhere() -> None:
    reference = [6457827717110365317, 3203168211198807973, 9817491932198370423]
    assert draws(1234567, 3).tolist() == reference


def test_nothing_answered_is_as_open_as_it_is() -> None:
    found = sensitivity(score(SMALL, {}))
    assert found.hinges == ()
    assert found.order == ()
    assert found.weightings.points is None
    excluded = {"not_applicable": "other"}
    nothing = sensitivity(score(SMALL, {"f.c0": excluded, "f.c1": excluded}))
    assert nothing.weights == {"f": None}
    assert (nothing.weightings.overall, nothing.weightings.verdict) == (WEIGHTINGS, WEIGHTINGS)
