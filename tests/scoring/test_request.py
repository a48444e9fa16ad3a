import pytest

from scoring import AnswersRefusedError
from scoring.request import read, score_request
from tests.kit.examples import questionnaire


def refusal(body: object) -> set[tuple[str, str]]:
    request, faults = read(body)
    with pytest.raises(AnswersRefusedError) as refused:
        score_request(questionnaire({"sales": "a"}), request, faults)
    return {(fault.pointer, fault.code) for fault in refused.value.faults}


def test_answers_to_another_questionnaire_are_not_scored() -> None:
    body = {"questionnaire": "nowhere", "version": "9.9.9", "answers": {}}
    assert refusal(body) == {("/questionnaire", "unknown_questionnaire"), ("/version", "unknown_version")}


def test_a_malformed_answer_hides_no_unknown_option() -> None:
    body = {"answers": {"sales.a": {"option": "9", "colour": 1}}}
    assert refusal(body) == {
        ("/answers/sales.a", "unknown_option"),
        ("/answers/sales.a/colour", "unknown_field"),
    }


def test_faults_of_shape_and_of_answers_are_named_together() -> None:
    body = {"answers": {"sales.z": "1"}, "self_rating": 11, "colour": 1, "targets": {"sales": -1, "x": 1}}
    assert refusal(body) == {
        ("/answers/sales.z", "unknown_question"),
        ("/self_rating", "too_large"),
        ("/colour", "unknown_field"),
        ("/targets/sales", "too_small"),
        ("/targets/x", "unknown_target"),
    }


def test_what_is_no_object_is_refused_as_such() -> None:
    assert refusal([]) == {("", "wrong_type")}
