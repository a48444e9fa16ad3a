from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from scoring import Questionnaire
from scoring.levels import LevelRule
from scoring.questionnaire.form import Option
from scoring.questionnaire.words import Words
from tests.kit.examples import Place, faults_of, of_one, questionnaire, written
from tests.kit.strategies import Mapping, build, mappings

A = ("functions", 0, "capabilities", 0)
LOW_AND_TOP = [{"id": "no", "points": 0}, {"id": "yes", "points": 5000}]
STUDY: Mapping = {"id": "study", "figures": [{"id": "often", "percent": 36}]}


def study(**figure: Any) -> list[Mapping]:  # noqa: ANN401 -- parts of a figure
    return [{"id": "study", "figures": [{"id": "often", "percent": 36} | figure]}]


def refuses(mapping: Mapping, place: Place, code: str) -> None:
    """The questionnaire is refused for this fault and no other."""
    assert faults_of(mapping) == {(place, code)}


@given(mappings())
def test_the_random_questionnaires_of_the_laws_are_valid_and_leave_their_mapping_alone(
    mapping: Mapping,
) -> None:
    before = deepcopy(mapping)
    Questionnaire.model_validate(mapping)
    assert mapping == before


# Ids


@pytest.mark.parametrize(
    "name", ["", "Sales", "-sales", "_sales", "sales.eu", "vérité", "a b", "a\n", "a" * 65]
)
def test_a_malformed_id_is_refused(name: str) -> None:
    mapping = written({"sales": "a", "service": "a"})
    code = "too_long" if len(name) > 64 else "malformed"
    for place, part in {
        ("id",): mapping,
        ("functions", 1, "id"): mapping["functions"][1],
        ("functions", 1, "capabilities", 0, "id"): mapping["functions"][1]["capabilities"][0],
    }.items():
        sound, part["id"] = part["id"], name
        assert (place, code) in faults_of(mapping)
        part["id"] = sound
    assert faults_of(mapping) == set()


@pytest.mark.parametrize("name", ["a", "0", "a" * 64, "a-b_c", "9-"])
def test_ids_are_lower_case_letters_digits_hyphens_and_underscores(name: str) -> None:
    assert faults_of(written({name: name})) == set()


def test_an_id_that_is_no_text_is_refused() -> None:
    refuses(written({"sales": "a"}, id=1), ("id",), "wrong_type")


def test_a_repeated_function_is_refused() -> None:
    mapping = written({"sales": "a", "service": "a"})
    mapping["functions"][1]["id"] = "sales"
    refuses(mapping, ("functions", 1), "repeated_id")


def test_a_repeated_capability_is_refused() -> None:
    refuses(written({"sales": "a b a"}), ("functions", 0, "capabilities", 2), "repeated_id")


def test_capabilities_of_two_functions_may_share_an_id() -> None:
    assert faults_of(written({"sales": "a b", "service": "a b"})) == set()


def test_a_repeated_question_is_refused() -> None:
    refuses(of_one({"questions": [{"id": "p"}, {"id": "p"}]}), (*A, "questions", 1), "repeated_id")


def test_a_repeated_option_is_refused() -> None:
    options = [*LOW_AND_TOP, {"id": "yes", "points": 3000}]
    refuses(of_one({"options": options}), (*A, "options", 2), "repeated_id")
    refuses(
        of_one({"questions": [{"id": "p", "options": options}]}),
        (*A, "questions", 0, "options", 2),
        "repeated_id",
    )


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        ({"lenses": ["people", "people"]}, ("lenses", 1)),
        ({"sides": ["it", "it"]}, ("sides", 1)),
        ({"roles": [{"id": "cmo", "asked": ["*"]}] * 2}, ("roles", 1)),
        ({"tiers": {"express": {"questions": ["sales.a", "sales.a"]}}}, ("tiers", "express", "questions", 1)),
        ({"benchmarks": [STUDY, STUDY]}, ("benchmarks", 1)),
        ({"benchmarks": [STUDY | {"figures": STUDY["figures"] * 2}]}, ("benchmarks", 0, "figures", 1)),
    ],
)
def test_every_other_repeated_id_is_refused(rest: Mapping, place: Place) -> None:
    refuses(written({"sales": "a"}, **rest), place, "repeated_id")


@pytest.mark.parametrize("name", ["dont_know", "not_applicable"])
def test_an_options_id_must_not_be_the_name_of_another_state(name: str) -> None:
    options = [*LOW_AND_TOP, {"id": name, "points": 0}]
    refuses(of_one({"options": options}), (*A, "options", 2, "id"), "reserved_id")


def test_the_tier_full_is_not_for_the_taking() -> None:
    refuses(
        written({"sales": "a"}, tiers={"full": {"questions": ["sales.a"]}}), ("tiers", "full"), "reserved_id"
    )


# References


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        ({"tiers": {"express": {"questions": ["sales.a", "sales.z"]}}}, ("tiers", "express", "questions", 1)),
        ({"tiers": {"express": {"questions": ["sales.a", "sales"]}}}, ("tiers", "express", "questions", 1)),
        ({"roles": [{"id": "cmo", "asked": ["*", "sales.a", "sales.z"]}]}, ("roles", 0, "asked", 2)),
        ({"roles": [{"id": "cmo", "asked": ["sales.*", "legal.*"]}]}, ("roles", 0, "asked", 1)),
        ({"roles": [{"id": "cmo", "asked": ["lens:people"]}]}, ("roles", 0, "asked", 0)),
        ({"sides": ["it"], "roles": [{"id": "cmo", "side": "sea", "asked": []}]}, ("roles", 0, "side")),
        (
            {"prerequisites": [{"capability": "sales.z", "level": 1, "before": []}]},
            ("prerequisites", 0, "capability"),
        ),
        (
            {"prerequisites": [{"capability": "sales.a", "level": 1, "before": ["sales.b@1", "sales.z@1"]}]},
            ("prerequisites", 0, "before", 1),
        ),
        (
            {"self_rating": {"bands": [{"id": "all", "up_to": 10}], "benchmark": "poll"}},
            ("self_rating", "benchmark"),
        ),
        ({"benchmarks": study(side="sea")}, ("benchmarks", 0, "figures", 0, "side")),
        ({"benchmarks": study(question="sales.z", option="1")}, ("benchmarks", 0, "figures", 0, "question")),
        ({"benchmarks": study(question="sales.a", option="9")}, ("benchmarks", 0, "figures", 0, "option")),
        ({"benchmarks": study(option="1")}, ("benchmarks", 0, "figures", 0, "question")),
        ({"texts": {"en": {"lenses": {"people": "People"}}}}, ("texts", "en", "lenses", "people")),
        ({"texts": {"en": {"tiers": {"express": "Express"}}}}, ("texts", "en", "tiers", "express")),
        ({"texts": {"en": {"roles": {"cmo": "CMO"}}}}, ("texts", "en", "roles", "cmo")),
        ({"texts": {"en": {"sides": {"it": "IT"}}}}, ("texts", "en", "sides", "it")),
        ({"texts": {"en": {"functions": {"legal": {}}}}}, ("texts", "en", "functions", "legal")),
        ({"texts": {"en": {"capabilities": {"sales.z": {}}}}}, ("texts", "en", "capabilities", "sales.z")),
        ({"texts": {"en": {"questions": {"sales.z": {}}}}}, ("texts", "en", "questions", "sales.z")),
        (
            {"texts": {"en": {"questions": {"sales.a": {"options": {"9": "Nine"}}}}}},
            ("texts", "en", "questions", "sales.a", "options", "9"),
        ),
        (
            {"texts": {"en": {"capabilities": {"sales.a": {"options": {"9": "Nine"}}}}}},
            ("texts", "en", "capabilities", "sales.a", "options", "9"),
        ),
        (
            {"texts": {"en": {"importance": {"question": "How important is it?"}}}},
            ("texts", "en", "importance", "question"),
        ),
        (
            {"texts": {"en": {"self_rating": {"bands": {"low": "Low"}}}}},
            ("texts", "en", "self_rating", "bands", "low"),
        ),
        ({"texts": {"en": {"benchmarks": {"poll": {}}}}}, ("texts", "en", "benchmarks", "poll")),
        (
            {
                "benchmarks": [STUDY],
                "texts": {"en": {"benchmarks": {"study": {"figures": {"never": "Never"}}}}},
            },
            ("texts", "en", "benchmarks", "study", "figures", "never"),
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(rest: Mapping, place: Place) -> None:
    refuses(written({"sales": "a b"}, **rest), place, "dangling_reference")


def test_a_lens_that_does_not_exist_is_refused() -> None:
    refuses(of_one({"lens": "people"}, lenses=["process"]), (*A, "lens"), "dangling_reference")


def test_references_that_lead_somewhere_are_accepted() -> None:
    mapping = of_one(
        {"lens": "people", "questions": [{"id": "p"}, {"id": "q"}]},
        lenses=["people"],
        sides=["it"],
        roles=[{"id": "cio", "side": "it", "asked": ["*", "sales.*", "lens:people", "sales.a", "sales.a.p"]}],
        tiers={"one": {"questions": ["sales.a"]}, "two": {"questions": ["sales.a.p", "sales.a.q"]}},
        prerequisites=[{"capability": "sales.a", "level": 1, "before": ["sales.a@2", "sales.a@5"]}],
        benchmarks=study(question="sales.a.p", option="3", side="it"),
        self_rating={"bands": [{"id": "low", "up_to": 5}, {"id": "high", "up_to": 10}], "benchmark": "study"},
        texts={"en": {"tiers": {"full": "All", "one": "One"}, "sides": {"it": "IT"}}},
    )
    assert faults_of(mapping) == set()


@pytest.mark.parametrize(
    "reference", ["sales.b", "sales.b@", "sales.b@three", "sales.b@-1", "sales.b@3.0", "@"]
)
def test_a_step_that_comes_later_is_written_with_its_level(reference: str) -> None:
    prerequisites = [{"capability": "sales.a", "level": 3, "before": [reference]}]
    refuses(
        written({"sales": "a b"}, prerequisites=prerequisites),
        ("prerequisites", 0, "before", 0),
        "malformed_reference",
    )


# Ranges


@pytest.mark.parametrize(
    ("points", "place", "code"),
    [
        (5001, ("points",), "points_out_of_range"),
        (-1, ("points",), "too_small"),
        (2.5, ("points",), "wrong_type"),
        ("2", ("points",), "wrong_type"),
        (True, ("points",), "wrong_type"),
    ],
)
def test_points_lie_between_0_and_the_top(points: object, place: Place, code: str) -> None:
    mapping = of_one({"options": [*LOW_AND_TOP, {"id": "odd", "points": points}]})
    assert ((*A, "options", 2, *place), code) in faults_of(mapping)


def test_points_within_the_range_need_not_be_whole_levels() -> None:
    odd = [{"id": "least", "points": 1}, {"id": "most", "points": 4999}]
    assert faults_of(of_one({"options": [*LOW_AND_TOP, *odd]})) == set()


def test_a_question_without_an_option_worth_0_is_refused() -> None:
    options = [{"id": "some", "points": 1}, {"id": "all", "points": 5000}]
    refuses(of_one({"options": options}), (*A, "options"), "no_zero_option")
    questions = [{"id": "p"}, {"id": "q", "options": options}]
    refuses(of_one({"questions": questions}), (*A, "questions", 1, "options"), "no_zero_option")


def test_a_question_without_an_option_worth_the_top_is_refused() -> None:
    options = [{"id": "none", "points": 0}, {"id": "most", "points": 4999}]
    refuses(of_one({"options": options}), (*A, "options"), "no_top_option")


def test_the_top_is_that_of_the_questionnaires_own_scale() -> None:
    refuses(
        of_one({"options": LOW_AND_TOP}, max_level=6, step_efforts=[1] * 6), (*A, "options"), "no_top_option"
    )


def test_no_option_at_all_is_neither_0_nor_top() -> None:
    assert faults_of(of_one({"options": []})) == {
        ((*A, "options"), "no_zero_option"),
        ((*A, "options"), "no_top_option"),
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("coverage_percent", 0, "too_small"),
        ("coverage_percent", 101, "too_large"),
        ("coverage_percent", 66.7, "wrong_type"),
        ("max_shortfall", -1, "too_small"),
    ],
)
def test_the_gates_thresholds_have_their_range(name: str, value: object, code: str) -> None:
    refuses(written({"sales": "a"}, level_rule={name: value}), ("level_rule", name), code)
    tiers = {"express": {"questions": ["sales.a"], "level_rule": {name: value}}}
    refuses(written({"sales": "a"}, tiers=tiers), ("tiers", "express", "level_rule", name), code)


@pytest.mark.parametrize("rule", [{"coverage_percent": 1}, {"coverage_percent": 100}, {"max_shortfall": 0}])
def test_the_ends_of_the_range_are_within_it(rule: Mapping) -> None:
    assert faults_of(written({"sales": "a"}, level_rule=rule)) == set()


@pytest.mark.parametrize(("level", "code"), [(0, "too_small"), (6, "level_out_of_range")])
def test_the_definitions_level_lies_on_the_scale(level: int, code: str) -> None:
    definition = {"level": level, "min_applicable": 1}
    refuses(written({"sales": "a"}, definition=definition), ("definition", "level"), code)


@pytest.mark.parametrize("level", [1, 5])
def test_the_definitions_level_may_be_any_but_0(level: int) -> None:
    assert faults_of(written({"sales": "a"}, definition={"level": level, "min_applicable": 1})) == set()


@pytest.mark.parametrize("level", [0, 6])
def test_a_prerequisites_levels_lie_on_the_scale(level: int) -> None:
    later = [{"capability": "sales.a", "level": 1, "before": [f"sales.b@{level}"]}]
    refuses(
        written({"sales": "a b"}, prerequisites=later),
        ("prerequisites", 0, "before", 0),
        "level_out_of_range",
    )
    first = [{"capability": "sales.a", "level": level, "before": []}]
    ((place, code),) = faults_of(written({"sales": "a b"}, prerequisites=first))
    assert place == ("prerequisites", 0, "level")
    assert code == ("level_out_of_range" if level else "too_small")


def test_min_applicable_must_not_exceed_the_scored_functions() -> None:
    definition = {"level": 4, "min_applicable": 2}
    place = ("definition", "min_applicable")
    assert faults_of(written({"sales": "a", "service": "a"}, definition=definition)) == set()
    refuses(
        written({"sales": "a", "service": "a"}, unscored="service", definition=definition),
        place,
        "too_few_functions",
    )


def test_min_applicable_must_not_exceed_the_scored_functions_of_any_tier() -> None:
    definition = {"level": 4, "min_applicable": 2}
    enough = {"express": {"questions": ["sales.b", "service.a"]}}
    too_few = {"quick": {"questions": ["sales.a", "sales.b", "aside.a"]}}
    form = {"sales": "a b", "service": "a", "aside": "a"}
    assert faults_of(written(form, unscored="aside", definition=definition, tiers=enough)) == set()
    refuses(
        written(form, unscored="aside", definition=definition, tiers=enough | too_few),
        ("definition", "min_applicable"),
        "too_few_functions",
    )


def test_a_function_of_which_nothing_is_scored_is_none_that_can_apply() -> None:
    mapping = written({"sales": "a", "service": "a b"}, definition={"min_applicable": 2})
    mapping["functions"][1]["capabilities"][0]["scored"] = False
    assert faults_of(mapping) == set()
    mapping["functions"][1]["capabilities"][1]["scored"] = False
    refuses(mapping, ("definition", "min_applicable"), "too_few_functions")


def test_a_capability_with_options_of_its_own_may_have_one_action_for_every_level() -> None:
    texts = {"en": {"capabilities": {"sales.a": {"actions": ["Write it down."]}}}}
    mapping = of_one({"options": LOW_AND_TOP}, texts=texts)
    assert Words(build(mapping), "en").capabilities["sales.a"].next_step(3) == "Write it down."
    refuses(
        of_one({}, texts=texts), ("texts", "en", "capabilities", "sales.a", "actions"), "texts_incomplete"
    )


def test_min_applicable_is_4_unless_given() -> None:
    mapping = written({"a": "a", "b": "a", "c": "a"})
    del mapping["definition"]
    refuses(mapping, ("definition", "min_applicable"), "too_few_functions")
    mapping["functions"].append({"id": "d", "capabilities": [{"id": "a"}]})
    assert faults_of(mapping) == set()


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        ({"step_efforts": [1, 2, 3, 5]}, ("step_efforts",)),
        ({"step_efforts": [1, 2, 3, 5, 8, 13]}, ("step_efforts",)),
        ({"step_efforts": []}, ("step_efforts",)),
        ({"max_level": 4}, ("step_efforts",)),
        ({"max_level": 6}, ("step_efforts",)),
    ],
)
def test_there_is_one_step_effort_for_each_level(rest: Mapping, place: Place) -> None:
    refuses(written({"sales": "a"}, **rest), place, "step_efforts_incomplete")


def test_a_capabilitys_own_step_efforts_are_one_for_each_level_too() -> None:
    refuses(of_one({"step_efforts": [1, 1, 1, 1]}), (*A, "step_efforts"), "step_efforts_incomplete")
    refuses(of_one({"step_efforts": [1] * 6}), (*A, "step_efforts"), "step_efforts_incomplete")
    refuses(of_one({"step_efforts": []}), (*A, "step_efforts"), "step_efforts_incomplete")


def test_another_scale_needs_no_common_step_efforts_where_every_capability_has_its_own() -> None:
    assert (
        faults_of(
            of_one({"step_efforts": [1, 1, 1]}, max_level=3, definition={"level": 3, "min_applicable": 1})
        )
        == set()
    )


@pytest.mark.parametrize(("effort", "code"), [(0, "too_small"), (1.5, "wrong_type")])
def test_a_step_effort_is_a_whole_number_from_1(effort: object, code: str) -> None:
    refuses(written({"sales": "a"}, step_efforts=[1, effort, 3, 5, 8]), ("step_efforts", 1), code)


@pytest.mark.parametrize(("weight", "code"), [(0, "too_small"), (-1, "too_small"), (0.5, "wrong_type")])
def test_a_weight_is_a_whole_number_from_1(weight: object, code: str) -> None:
    for place in (("functions", 1), ("functions", 1, "capabilities", 1)):
        mapping = written({"sales": "a", "service": "a b"})
        part = mapping["functions"][1]
        (part["capabilities"][1] if len(place) > 2 else part)["weight"] = weight
        refuses(mapping, (*place, "weight"), code)


# Circles


@pytest.mark.parametrize(
    "edges",
    [
        [("sales.a", 3, "sales.b@2"), ("sales.b", 2, "sales.a@3")],
        [("sales.a", 3, "sales.a@3")],
        # a@3 needs a@2 and a@1 anyway
        [("sales.a", 3, "sales.a@2")],
        [("sales.a", 3, "sales.b@2"), ("sales.b", 4, "sales.a@1")],
        [("sales.a", 1, "sales.b@1"), ("sales.b", 1, "sales.c@1"), ("sales.c", 5, "sales.a@1")],
    ],
)
def test_a_circle_of_prerequisites_is_refused(edges: list[tuple[str, int, str]]) -> None:
    prerequisites = [{"capability": name, "level": level, "before": [then]} for name, level, then in edges]
    refuses(
        written({"sales": "a b c"}, prerequisites=prerequisites), ("prerequisites",), "prerequisite_circle"
    )


def test_two_capabilities_may_take_turns() -> None:
    prerequisites = [
        {"capability": "sales.a", "level": 1, "before": ["sales.b@2"]},
        {"capability": "sales.b", "level": 2, "before": ["sales.a@3"]},
        {"capability": "sales.a", "level": 3, "before": ["sales.b@4", "sales.b@5"]},
    ]
    assert faults_of(written({"sales": "a b"}, prerequisites=prerequisites)) == set()


# Shape


@pytest.mark.parametrize("limits", [[5], [5, 5, 10], [8, 5, 10]])
def test_the_bands_of_the_self_rating_rise_to_10(limits: list[int]) -> None:
    bands = [{"id": f"b{n}", "up_to": limit} for n, limit in enumerate(limits)]
    refuses(
        written({"sales": "a"}, self_rating={"bands": bands}), ("self_rating", "bands"), "bands_incomplete"
    )


@pytest.mark.parametrize(
    ("texts", "place"),
    [
        ({"levels": [{"name": "only"}]}, ("levels",)),
        ({"capabilities": {"sales.a": {"levels": ["x"] * 5}}}, ("capabilities", "sales.a", "levels")),
        ({"capabilities": {"sales.a": {"actions": ["x"] * 6}}}, ("capabilities", "sales.a", "actions")),
        ({"capabilities": {"sales.a": {"actions": []}}}, ("capabilities", "sales.a", "actions")),
    ],
)
def test_there_is_one_text_for_each_level_and_one_action_for_each_step(texts: Mapping, place: Place) -> None:
    refuses(written({"sales": "a"}, texts={"en": texts}), ("texts", "en", *place), "texts_incomplete")


def test_unknown_keys_are_refused_everywhere() -> None:
    mapping = written({"sales": "a", "service": "a b"}, texts={"en": {"colour": "red"}}, colour="red")
    mapping["functions"][1]["colour"] = "red"
    mapping["functions"][1]["capabilities"][1]["colour"] = "red"
    assert faults_of(mapping) == {
        (("colour",), "unknown_field"),
        (("functions", 1, "colour"), "unknown_field"),
        (("functions", 1, "capabilities", 1, "colour"), "unknown_field"),
        (("texts", "en", "colour"), "unknown_field"),
    }


@pytest.mark.parametrize("name", ["id", "version", "functions"])
def test_what_no_default_says_has_to_be_given(name: str) -> None:
    mapping = written({"sales": "a"})
    del mapping[name]
    refuses(mapping, (name,), "missing")


def test_a_questionnaire_asks_something() -> None:
    refuses(written({}), ("functions",), "too_short")
    mapping = written({"sales": "a"})
    mapping["functions"].append({"id": "empty", "capabilities": []})
    refuses(mapping, ("functions", 1, "capabilities"), "too_short")


# All at once


def many_faults() -> tuple[Mapping, set[tuple[Place, str]]]:
    """A questionnaire with a fault of nearly every kind, and the faults between its parts."""
    options = [{"id": "some", "points": 1}, {"id": "some", "points": 6000}, {"id": "dont_know", "points": 2}]
    mapping = written(
        {"sales": "a b b", "service": "a", "aside": "a"},
        unscored="aside",
        definition={"level": 6, "min_applicable": 2},
        step_efforts=[1, 2, 3],
        lenses=["people", "people"],
        tiers={"express": {"questions": ["sales.a", "sales.z"]}},
        roles=[{"id": "cmo", "asked": ["legal.*"]}],
        prerequisites=[
            {"capability": "sales.a", "level": 3, "before": ["service.a@2", "service.z@1", "service.a"]},
            {"capability": "service.a", "level": 2, "before": ["sales.a@3"]},
        ],
        benchmarks=study(question="sales.z", option="1"),
        texts={"en": {"functions": {"legal": {"name": "Legal"}}, "levels": [{"name": "only"}]}},
    )
    mapping["functions"][0]["capabilities"][0] |= {"options": options, "lens": "process"}
    return mapping, {
        ((*A, "options", 1), "repeated_id"),
        ((*A, "options", 1, "points"), "points_out_of_range"),
        ((*A, "options", 2, "id"), "reserved_id"),
        ((*A, "options"), "no_zero_option"),
        ((*A, "options"), "no_top_option"),
        ((*A, "lens"), "dangling_reference"),
        (("functions", 0, "capabilities", 2), "repeated_id"),
        (("definition", "level"), "level_out_of_range"),
        (("definition", "min_applicable"), "too_few_functions"),
        (("step_efforts",), "step_efforts_incomplete"),
        (("lenses", 1), "repeated_id"),
        (("tiers", "express", "questions", 1), "dangling_reference"),
        (("roles", 0, "asked", 0), "dangling_reference"),
        (("prerequisites", 0, "before", 1), "dangling_reference"),
        (("prerequisites", 0, "before", 2), "malformed_reference"),
        (("prerequisites",), "prerequisite_circle"),
        (("benchmarks", 0, "figures", 0, "question"), "dangling_reference"),
        (("texts", "en", "functions", "legal"), "dangling_reference"),
        (("texts", "en", "levels"), "texts_incomplete"),
    }


def test_all_faults_between_parts_are_reported_at_once() -> None:
    mapping, faults = many_faults()
    assert faults_of(mapping) == faults


def test_faults_of_single_values_and_faults_between_parts_are_reported_at_once() -> None:
    mapping, faults = many_faults()
    mapping["colour"] = "red"
    mapping["level_rule"] = {"coverage_percent": 0, "max_shortfall": -1}
    mapping["functions"][1]["weight"] = 0
    mapping["tiers"]["express"]["level_rule"] = {"coverage_percent": 101}
    mapping["functions"][0]["capabilities"][1]["step_efforts"] = [1, 0, 1, 1, 1]
    assert faults_of(mapping) == faults | {
        (("colour",), "unknown_field"),
        (("level_rule", "coverage_percent"), "too_small"),
        (("level_rule", "max_shortfall"), "too_small"),
        (("functions", 1, "weight"), "too_small"),
        (("tiers", "express", "level_rule", "coverage_percent"), "too_large"),
        (("functions", 0, "capabilities", 1, "step_efforts", 1), "too_small"),
    }


DANGLING = (("functions", 1, "capabilities", 0, "lens"), "dangling_reference")


def behind(rest: Mapping) -> set[tuple[Place, str]]:
    """The faults of a questionnaire with these parts, whose second function refers to an unknown lens."""
    mapping = written({"sales": "a b", "service": "a"}) | rest
    mapping["functions"][1]["capabilities"][0]["lens"] = "nowhere"
    return faults_of(mapping)


@pytest.mark.parametrize(
    ("rest", "place", "code"),
    [
        ({"id": "Example"}, ("id",), "malformed"),
        ({"max_level": 0}, ("max_level",), "too_small"),
        ({"definition": {"level": 0, "min_applicable": 1}}, ("definition", "level"), "too_small"),
        ({"tiers": {"quick": {"questions": 3}}}, ("tiers", "quick", "questions"), "wrong_type"),
        ({"tiers": {"Quick": {"questions": ["sales.a"]}}}, ("tiers", "Quick"), "malformed"),
        ({"texts": {"english": {}}}, ("texts", "english"), "malformed"),
        ({"texts": {"en": {"name": 1}}}, ("texts", "en", "name"), "wrong_type"),
    ],
)
def test_a_malformed_value_hides_no_fault_elsewhere(rest: Mapping, place: Place, code: str) -> None:
    assert behind(rest) == {(place, code), DANGLING}


def test_a_missing_key_hides_no_fault_elsewhere() -> None:
    mapping = written({"sales": "a"}, tiers={"quick": {"questions": ["sales.a", "sales.z"]}})
    del mapping["version"]
    assert faults_of(mapping) == {
        (("version",), "missing"),
        (("tiers", "quick", "questions", 1), "dangling_reference"),
    }


def test_a_malformed_id_hides_no_reference_that_leads_nowhere() -> None:
    mapping = written({"Sales": "a", "service": "a"})
    assert behind(mapping) == {(("functions", 0, "id"), "malformed"), DANGLING}


def test_a_malformed_lens_makes_no_fault_of_the_others() -> None:
    mapping = of_one({"lens": "process"}, lenses=["People", "process"])
    mapping["functions"].append({"id": "service", "capabilities": [{"id": "a"}]})
    refuses(mapping, ("lenses", 0), "malformed")


def test_a_malformed_scale_makes_no_fault_of_what_fits_it() -> None:
    mapping = written({"sales": "a", "service": "a"}, max_level="7", step_efforts=[1] * 7)
    refuses(mapping, ("max_level",), "wrong_type")


def test_a_fault_in_the_only_function_is_not_reported_as_having_no_function() -> None:
    mapping = of_one({"lens": "nowhere"})
    mapping["functions"][0]["weight"] = 0
    assert faults_of(mapping) == {
        (("functions", 0, "weight"), "too_small"),
        ((*A, "lens"), "dangling_reference"),
    }


def test_every_circle_is_reported() -> None:
    prerequisites = [
        {"capability": name, "level": 3, "before": [f"{name}@2"]} for name in ("sales.a", "sales.b")
    ]
    with pytest.raises(ValidationError) as refusal:
        build(written({"sales": "a b"}, prerequisites=prerequisites))
    details = " ".join(error["msg"] for error in refusal.value.errors())
    assert "sales.a" in details
    assert "sales.b" in details


def test_a_malformed_level_of_a_step_hides_no_fault_of_the_others() -> None:
    steps = [
        {"capability": "sales.a", "level": 0, "before": []},
        {"capability": "sales.z", "level": 3, "before": ["sales.a"]},
    ]
    assert faults_of(written({"sales": "a"}, prerequisites=steps)) == {
        (("prerequisites", 0, "level"), "too_small"),
        (("prerequisites", 1, "capability"), "dangling_reference"),
        (("prerequisites", 1, "before", 0), "malformed_reference"),
    }


def test_a_function_without_capabilities_hides_no_fault_of_the_others() -> None:
    mapping = of_one({"lens": "nowhere"})
    mapping["functions"].append({"id": "service", "capabilities": []})
    mapping["functions"].append({"id": "internal"})
    assert faults_of(mapping) == {
        ((*A, "lens"), "dangling_reference"),
        (("functions", 1, "capabilities"), "too_short"),
        (("functions", 2, "capabilities"), "missing"),
    }


def test_what_is_no_table_at_all_is_refused_as_such() -> None:
    assert faults_of([]) == {((), "wrong_type")}


# Defaults


def test_defaults_are_written_out() -> None:
    form = questionnaire({"sales": "a"}).forms["full"]
    (capability,) = form.functions[0].capabilities
    (question,) = capability.questions
    assert form.rule == LevelRule(coverage_percent=80, max_shortfall=1)
    assert (form.functions[0].id, form.functions[0].weight, form.functions[0].scored) == ("sales", 1, True)
    assert (capability.id, capability.weight, capability.lens) == ("sales.a", 1, None)
    assert capability.step_efforts == (1, 2, 3, 5, 8)
    assert (question.id, question.weight, question.not_applicable) == ("sales.a", 1, True)
    assert question.options == tuple(Option(str(level), 1000 * level) for level in range(6))


def test_the_scale_is_0_to_5_and_integrated_is_level_4_unless_given() -> None:
    mapping = written(dict.fromkeys("abcd", "a"))
    del mapping["definition"]
    form = Questionnaire.model_validate(mapping)
    assert (form.max_level, form.definition.level, form.definition.min_applicable) == (5, 4, 4)


def test_level_anchored_options_follow_the_scale() -> None:
    form = questionnaire(
        {"sales": "a"}, max_level=2, step_efforts=[4, 5], definition={"level": 2, "min_applicable": 1}
    )
    (question,) = form.forms["full"].questions
    assert question.options == (Option("0", 0), Option("1", 1000), Option("2", 2000))


def test_a_question_takes_its_capabilitys_options_and_permission_unless_it_has_its_own() -> None:
    own = [{"id": "never", "points": 0}, {"id": "always", "points": 5000}]
    capability = {
        "not_applicable": False,
        "options": LOW_AND_TOP,
        "questions": [{"id": "p"}, {"id": "q", "options": own, "not_applicable": True, "weight": 3}],
    }
    p, q = Questionnaire.model_validate(of_one(capability)).forms["full"].questions
    assert (p.id, p.weight, p.not_applicable) == ("sales.a.p", 1, False)
    assert p.options == (Option("no", 0), Option("yes", 5000))
    assert (q.id, q.weight, q.not_applicable) == ("sales.a.q", 3, True)
    assert q.options == (Option("never", 0), Option("always", 5000))


def test_a_tier_takes_from_the_questionnaires_gate_what_it_leaves_out_and_that_from_the_methods() -> None:
    one: Mapping = {"questions": ["sales.a"]}
    form = questionnaire(
        {"sales": "a"},
        level_rule={"max_shortfall": 3},
        tiers={
            "same": one,
            "own": one | {"level_rule": {"coverage_percent": 66}},
            "strict": one | {"level_rule": {"max_shortfall": 0}},
        },
    )
    assert {tier: (f.rule.coverage_percent, f.rule.max_shortfall) for tier, f in form.forms.items()} == {
        "full": (80, 3),
        "same": (80, 3),
        "own": (66, 3),
        "strict": (80, 0),
    }


def test_a_tier_keeps_what_it_lists_in_the_questionnaires_order() -> None:
    mapping = written(
        {"sales": "a b c", "service": "a", "aside": "a"},
        tiers={"express": {"questions": ["aside.a", "sales.c", "sales.a.q", "sales.b"]}},
    )
    mapping["functions"][0]["capabilities"][0]["questions"] = [{"id": "p"}, {"id": "q"}]
    mapping["functions"][0]["capabilities"][1]["questions"] = [{"id": "p"}, {"id": "q"}]
    form = Questionnaire.model_validate(mapping).forms["express"]
    assert [question.id for question in form.questions] == [
        "sales.a.q",
        "sales.b.p",
        "sales.b.q",
        "sales.c",
        "aside.a",
    ]
    assert list(form.function_of) == ["sales", "aside"]


# Digest


def test_the_digest_of_a_questionnaire_is_the_same_with_defaults_written_out() -> None:
    sparse = written({"sales": "a"})
    full = sparse | {
        "max_level": 5,
        "lenses": [],
        "sides": [],
        "tiers": {},
        "prerequisites": [],
        "roles": [],
        "benchmarks": [],
        "level_rule": {"coverage_percent": 80, "max_shortfall": 1},
        "step_efforts": [1, 2, 3, 5, 8],
        "functions": [
            {
                "id": "sales",
                "weight": 1,
                "scored": True,
                "capabilities": [{"id": "a", "weight": 1, "scored": True, "not_applicable": True}],
            }
        ],
    }
    assert build(full).digest == build(sparse).digest


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"version": "1.0.1"},
        {"level_rule": {"coverage_percent": 79}},
        {"definition": {"level": 5, "min_applicable": 1}},
        {"step_efforts": [1, 2, 3, 5, 9]},
        {"lenses": ["people"]},
        {"tiers": {"express": {"questions": ["sales.a"]}}},
        {"functions": [{"id": "sales", "capabilities": [{"id": "a", "weight": 2}, {"id": "b"}]}]},
        {"functions": [{"id": "sales", "capabilities": [{"id": "b"}, {"id": "a"}]}]},
        {"functions": [{"id": "sales", "capabilities": [{"id": "a"}, {"id": "b", "scored": False}]}]},
        {"texts": {"en": {"name": "An example"}}},
    ],
)
def test_any_change_of_structure_or_texts_changes_the_digest(change: Mapping) -> None:
    mapping = written({"sales": "a b"})
    assert build(mapping | change).digest != build(mapping).digest
