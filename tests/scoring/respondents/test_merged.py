"""Answers changed one by one: what is named changes, and nothing else does."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from scoring import Questionnaire
from scoring.respondents.answers import by_own_id, check_answers, merged
from tests.kit.examples import of_one, questionnaire
from tests.kit.strategies import Mapping, answer_sets, build, mappings

FORM = questionnaire({"sales": "a b c"}).form_of("full")
BOTH_IDS = Questionnaire.model_validate(of_one({"questions": [{"id": "x"}]})).form_of("full")


def test_a_change_says_changes_and_takes_back_and_leaves_the_rest() -> None:
    before = {"sales.a": "1", "sales.b": "2"}
    after, faults = merged(FORM, before, {"sales.a": None, "sales.c": {"option": "3"}}, None)
    assert (after, faults) == ({"sales.b": "2", "sales.c": {"option": "3"}}, [])
    assert before == {"sales.a": "1", "sales.b": "2"}


def test_what_is_not_there_may_be_taken_back() -> None:
    assert merged(FORM, {}, {"sales.a": None}, None) == ({}, [])


def test_a_question_is_named_by_either_id_and_kept_by_its_own() -> None:
    assert merged(BOTH_IDS, {"sales.a": "1"}, {"sales.a.x": "2"}, None) == ({"sales.a": "2"}, [])
    assert merged(BOTH_IDS, {"sales.a": "1"}, {"sales.a.x": None}, None) == ({}, [])
    assert by_own_id(BOTH_IDS, {"sales.a.x": None}) == {"sales.a": None}


def test_faults_of_taking_back_come_first_and_nothing_is_changed() -> None:
    before = {"sales.a": "1"}
    change = {"sales.a": "9", "sales.z": None, "sales.b": "1"}
    after, faults = merged(FORM, before, change, {"sales.a"})
    assert after == before
    assert [(fault.pointer, fault.code) for fault in faults] == [
        ("/answers/sales.z", "unknown_question"),
        ("/answers/sales.a", "unknown_option"),
        ("/answers/sales.b", "question_not_asked"),
    ]


def test_a_question_is_not_said_and_taken_back_at_once() -> None:
    _, faults = merged(BOTH_IDS, {}, {"sales.a": "1", "sales.a.x": None}, None)
    assert [(fault.pointer, fault.code) for fault in faults] == [("/answers/sales.a.x", "repeated_answer")]


@given(st.data(), mappings())
def test_after_a_change_what_it_names_is_as_it_says_and_the_rest_as_before(
    data: DataObject, mapping: Mapping
) -> None:
    built = build(mapping)
    form = built.form_of("full")
    before, said = (data.draw(answer_sets(form, built.definition.level)) for _ in range(2))
    change = {name: data.draw(st.sampled_from([None, answer])) for name, answer in said.items()}
    after, faults = merged(form, before, change, form.question_ids)
    assert not faults
    assert {name: after.get(name) for name in change} == change
    assert {n: a for n, a in after.items() if n not in change} == {
        n: a for n, a in before.items() if n not in change
    }
    assert None not in after.values()
    assert check_answers(form, after, ("answers",))[1] == []
    assert merged(form, after, change, form.question_ids) == (after, [])
