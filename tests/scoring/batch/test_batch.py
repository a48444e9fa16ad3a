"""Arrays of answer sets come out as the single engine scores each of them, to the digit."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn

from scoring import AnswersRefusedError, Profile, Questionnaire, Response, score, score_responses
from scoring.arithmetic import Score, index_tenths
from scoring.batch import CLAUSES, NONE, VERDICTS, Batch, Scheme
from scoring.batch.arrays import half_up
from scoring.batch.cells import Codes
from scoring.digests import answers_digest, result_digest
from scoring.levels import Level, LevelRule
from scoring.method.scheme import MOST_WEIGHT
from scoring.questionnaire.form import Form
from tests.kit.examples import of_one, questionnaire, written
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.strategies import Answers, Mapping, answer_sets, build, mappings, target_sets

SOCIAL_BUSINESS = load(QUESTIONNAIRES / "social-business" / "1.1.0")

Row = dict[str, int]


def cell(answer: Any) -> str:  # noqa: ANN401 -- an answer of any form
    """An answer as it stands in a table."""
    if isinstance(answer, str):
        return answer
    reason = answer.get("not_applicable")
    return f"not_applicable:{reason}" if reason else str(answer["option"])


def codes_of(batch: Batch, sets: Sequence[Answers]) -> Codes:
    rows = [
        [codes[cell(answers[name]) if name in answers else ""] for answers in sets]
        for name, codes in batch.codebook.items()
    ]
    return np.array(rows, batch.code_type)


def expected(profile: Profile) -> Row:
    """All columns of one answer set, from the single engine's profile."""
    row: Row = {}
    _add_score(row, "overall.score", profile.overall.score)
    _add_score(row, "overall.index", _tenths(profile))
    _add_level(row, "overall.level", profile.overall.level)
    _add(row, "counts", profile.counts._asdict())
    for lens, score_of_lens in profile.lenses.items():
        _add_score(row, f"lenses.{lens}", score_of_lens)
    row["verdict"] = VERDICTS.index(profile.verdict.status)
    row |= {f"{clause.function}.clause": CLAUSES.index(clause.status) for clause in profile.verdict.clauses}
    unexcluded = profile.verdict.if_nothing_excluded
    row["if_nothing_excluded.verdict"] = VERDICTS.index(unexcluded.status)
    row["if_nothing_excluded.level"] = NONE if unexcluded.level is None else unexcluded.level
    gaps = {gap.capability.id: gap for gap in profile.gaps}
    for function in profile.functions:
        name = function.function.id
        _add_score(row, f"{name}.score", function.score)
        _add_level(row, f"{name}.level", function.level)
        _add(row, f"{name}.counts", function.counts._asdict())
        for lens, cell_of_lens in function.lenses.items():
            _add_score(row, f"{name}.lenses.{lens}", cell_of_lens)
        for capability, rated in function.capabilities:
            _add_score(row, f"{capability.id}.score", rated and rated.score)
            _add_level(row, f"{capability.id}.level", rated and rated.level)
            gap = gaps.get(capability.id)
            _add_score(row, f"{capability.id}.gap", gap and gap.gap)
            for field in ("effort", "gain", "breaks_floor"):
                row[f"{capability.id}.{field}"] = int(getattr(gap, field)) if gap else NONE
    return row


def _tenths(profile: Profile) -> Score | None:
    points = profile.overall.score
    if points is None:
        return None
    top = profile.questionnaire.max_level
    value = None if points.value is None else index_tenths(points.value, top)
    return Score(value, index_tenths(points.low, top), index_tenths(points.high, top))


def _add(row: Row, node: str, fields: Any) -> None:  # noqa: ANN401 -- a mapping of numbers
    for field, number in fields.items():
        row[f"{node}.{field}"] = NONE if number is None else int(number)


def _add_score(row: Row, node: str, points: Score | None) -> None:
    _add(row, node, dict.fromkeys(Score._fields) if points is None else points._asdict())


def _add_level(row: Row, node: str, level: Level | None) -> None:
    _add(row, node, dict.fromkeys(Level._fields) if level is None else level._asdict())


def row_of(columns: dict[str, Any], place: int) -> Row:
    return {name: int(column[place]) for name, column in columns.items()}


@st.composite
def portfolios(draw: DrawFn) -> tuple[Questionnaire, str, list[Answers], dict[str, int]]:
    form_of = draw(mappings())
    drawn = build(form_of)
    tier = draw(st.sampled_from(list(drawn.forms)))
    form = drawn.forms[tier]
    sets = draw(st.lists(answer_sets(form, drawn.definition.level), min_size=1, max_size=5))
    return drawn, tier, sets, draw(target_sets(form, drawn.max_level))


@given(portfolios())
def test_every_column_of_every_row_is_that_of_the_single_engine(
    portfolio: tuple[Questionnaire, str, list[Answers], dict[str, int]],
) -> None:
    form, tier, sets, targets = portfolio
    everything = list(Batch(form, tier=tier).types)
    batch = Batch(form, tier=tier, targets=targets, columns=everything)
    (columns,) = batch.score(codes_of(batch, sets))
    for place, answers in enumerate(sets):
        assert row_of(columns, place) == expected(score(form, answers, tier=tier, targets=targets))


def test_without_a_scored_function_no_column_keeps_what_its_memory_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    form = Questionnaire.model_validate(
        written({"sales": "a"}, unscored="sales", lenses=["people"])
        | {"definition": {"level": 4, "min_applicable": 0}}
    )
    batch = Batch(form, columns=list(Batch(form).types))
    monkeypatch.setattr(np, "empty", lambda shape, dtype: np.full(shape, 7, dtype))
    (columns,) = batch.score(codes_of(batch, [{"sales.a": "3"}]))
    assert row_of(columns, 0) == expected(score(form, {"sales.a": "3"}))


@given(st.data(), mappings(), st.integers(1, 100), st.integers(0, 4))
def test_other_weights_and_another_gate_are_those_of_another_questionnaire(
    data: DataObject, mapping: Mapping, coverage: int, shortfall: int
) -> None:
    form = build(mapping)
    sets = data.draw(st.lists(answer_sets(form.forms["full"], form.definition.level), min_size=1, max_size=3))
    other, weights = _reweighed(data, mapping)
    other["level_rule"] = {"coverage_percent": coverage, "max_shortfall": shortfall}
    batch = Batch(form)
    schemes = [Scheme(), Scheme(weights, LevelRule(coverage, shortfall))]
    own, changed = batch.score(codes_of(batch, sets), schemes)
    for place, answers in enumerate(sets):
        for columns, by in ((own, form), (changed, build(other))):
            wanted = expected(score(by, answers))
            assert row_of(columns, place) == {name: wanted[name] for name in columns}


@st.composite
def schemes(draw: DrawFn, form: Form) -> Scheme:
    """Weights of some of what can be weighed, and perhaps another gate."""
    names = sorted({*form.function_of, *form.capability_of, *form.question_ids})
    gates = st.builds(LevelRule, st.integers(1, 100), st.integers(0, 4))
    weights = st.dictionaries(st.sampled_from(names), st.integers(1, MOST_WEIGHT))
    return Scheme(draw(weights), draw(st.none() | gates))


@given(portfolios(), st.data())
def test_by_any_scheme_arrays_one_answer_set_and_one_respondent_agree_to_the_digit(
    portfolio: tuple[Questionnaire, str, list[Answers], dict[str, int]], data: DataObject
) -> None:
    form, tier, sets, targets = portfolio
    scheme = data.draw(schemes(form.forms[tier]))
    batch = Batch(form, tier=tier, targets=targets, columns=list(Batch(form, tier=tier).types))
    (columns,) = batch.score(codes_of(batch, sets), [scheme])
    for place, answers in enumerate(sets):
        alone = score(form, answers, tier=tier, targets=targets, scheme=scheme)
        response = Response(answers=answers)
        heard = score_responses(form, [response], tier=tier, targets=targets, scheme=scheme)
        assert row_of(columns, place) == expected(alone) == expected(heard)


def test_other_rules_are_part_of_a_results_digest_and_the_questionnaires_own_are_not() -> None:
    form = questionnaire({"sales": "a b", "service": "c"})

    def digest_by(scheme: Scheme | None) -> str:
        profile = score(form, {"sales.a": "3"}, scheme=scheme)
        return result_digest(profile, answers_digest(profile))

    own = digest_by(None)
    assert {digest_by(s) for s in (Scheme(), Scheme({"sales": 1}), Scheme(rule=LevelRule(80, 1)))} == {own}
    assert len({own, digest_by(Scheme({"service": 2})), digest_by(Scheme(rule=LevelRule(79, 1)))}) == 3


@pytest.mark.parametrize(
    ("scheme", "message"),
    [(Scheme({"sales.z": 2}), "weights"), (Scheme(rule=LevelRule(101, 1)), "coverage")],
)
def test_a_scheme_that_no_questionnaire_may_have_is_refused_for_one_answer_set_too(
    scheme: Scheme, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        score(questionnaire({"sales": "a"}), {}, scheme=scheme)


def _reweighed(data: DataObject, mapping: Mapping) -> tuple[Mapping, dict[str, int]]:
    """The questionnaire with other weights, and these by id."""
    other, weights = deepcopy(mapping), {}
    for function in other["functions"]:
        function["weight"] = weights[function["id"]] = data.draw(st.integers(1, 9))
        for capability in function["capabilities"]:
            name = f"{function['id']}.{capability['id']}"
            questions = capability.get("questions", [])
            capability["weight"] = weights[name] = data.draw(st.integers(1, 9))
            for question in questions if len(questions) > 1 else []:
                question["weight"] = weights[f"{name}.{question['id']}"] = data.draw(st.integers(1, 9))
    return other, weights


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_many_rows_in_chunks_on_threads_come_out_in_their_places(workers: int) -> None:
    batch = Batch(SOCIAL_BUSINESS, columns=["overall.score.value", "sales.level.low", "verdict"])
    rng = np.random.default_rng(20130501)
    length = 140_000
    codes = np.array(
        [rng.choice(list(set(known.values())), length) for known in batch.codebook.values()], batch.code_type
    )
    (columns,) = batch.score(codes, workers=workers)
    for place in (0, 1, 65_535, 65_536, 65_537, 131_072, length - 1):
        (alone,) = batch.score(codes[:, place : place + 1].copy())
        assert row_of(columns, place) == row_of(alone, 0)


def test_no_rows_give_empty_columns() -> None:
    batch = Batch(SOCIAL_BUSINESS)
    (columns,) = batch.score(np.empty((len(batch.cells), 0), batch.code_type))
    assert {len(column) for column in columns.values()} == {0}


@pytest.mark.parametrize(("number", "divisor", "rounded"), [(5, 2, 3), (4, 3, 1), (5, 3, 2), (0, 7, 0)])
def test_halves_are_rounded_up(number: int, divisor: int, rounded: int) -> None:
    assert half_up(np.array([number], np.uint16), np.array([divisor], np.uint16)).tolist() == [rounded]


@pytest.mark.parametrize("weight", [1, 1_000_000])
@pytest.mark.parametrize("max_level", [5, 100])
def test_the_greatest_weights_and_levels_do_not_overflow(weight: int, max_level: int) -> None:
    capabilities = [{"id": f"c{n}", "weight": weight} for n in range(40)]
    functions = [{"id": "f", "weight": weight, "capabilities": capabilities}]
    mapping = of_one({}) | {
        "functions": functions,
        "max_level": max_level,
        "step_efforts": [1_000_000] * max_level,
    }
    form = Questionnaire.model_validate(mapping)
    batch = Batch(form, columns=list(Batch(form).types))
    options = [str(max_level), "0", "dont_know"]
    sets: list[Answers] = [
        {name: options[place % n] for place, name in enumerate(batch.cells)} for n in (1, 2, 3)
    ]
    (columns,) = batch.score(codes_of(batch, sets))
    for place, answers in enumerate(sets):
        assert row_of(columns, place) == expected(score(form, answers))


def test_very_many_options_have_wider_codes() -> None:
    options = [{"id": f"o{n}", "points": 10 * n} for n in range(501)]
    form = Questionnaire.model_validate(of_one({"options": options}))
    batch = Batch(form)
    assert batch.code_type == np.uint16
    sets: list[Answers] = [{"sales.a": "o500"}, {"sales.a": "o1"}, {"sales.a": "dont_know"}, {}]
    (columns,) = batch.score(codes_of(batch, sets))
    assert columns["sales.a.score.value"].tolist() == [5000, 10, NONE, NONE]


def test_an_unknown_tier_target_or_column_is_refused_with_all_faults() -> None:
    with pytest.raises(AnswersRefusedError) as refused:
        Batch(SOCIAL_BUSINESS, tier="tiny", targets={"finance": 9}, columns=["verdict", "sales.mood"])
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/tier", "unknown_tier"),
        ("/targets/finance", "unknown_target"),
        ("/targets/finance", "level_out_of_range"),
        ("/columns/1", "unknown_column"),
    ]


@pytest.mark.parametrize(
    ("codes", "schemes", "said"),
    [
        (np.zeros((2, 3), np.uint8), (Scheme(),), "2 rows|1 rows"),
        (np.zeros((1, 3), np.int64), (Scheme(),), "uint8"),
        (np.full((1, 3), 7, np.uint8), (Scheme(),), "not in the codebook"),
        (np.zeros((1, 3), np.uint8), (Scheme({"sales.z": 2}),), "weights"),
        (np.zeros((1, 3), np.uint8), (Scheme({"sales.a": 0}),), "weights"),
        (np.zeros((1, 3), np.uint8), (Scheme({"sales": 10**16}),), "weights"),
        (np.zeros((1, 3), np.uint8), (Scheme({"sales": True}),), "weights"),
        (np.zeros((1, 3), np.uint8), (Scheme(rule=LevelRule(0, 1)),), "coverage"),
        (np.zeros((1, 3), np.uint8), (Scheme(rule=LevelRule(101, 1)),), "coverage"),
        (np.zeros((1, 3), np.uint8), (Scheme(rule=LevelRule(80, -1)),), "shortfall"),
    ],
)
def test_arrays_that_cannot_be_scored_are_refused(codes: Codes, schemes: Any, said: str) -> None:  # noqa: ANN401
    batch = Batch(questionnaire({"sales": "a"}))
    with pytest.raises(ValueError, match=said):
        batch.score(codes, schemes)


def test_what_may_not_be_excluded_has_no_code_for_it() -> None:
    batch = Batch(Questionnaire.model_validate(of_one({"not_applicable": False})))
    assert "not_applicable" not in batch.codebook["sales.a"]
    excluded = np.full((1, 1), np.iinfo(batch.code_type).max - 2, batch.code_type)
    with pytest.raises(ValueError, match="not in the codebook"):
        batch.score(excluded)
