"""Bodies with several respondents: who is asked what, and every fault at once."""

from typing import Any

import pytest

from scoring import AnswersRefusedError, Questionnaire, Response, score_responses
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from scoring.request import MOST_RESPONSES, read, score_request
from tests.kit.examples import written
from tests.kit.roles import FORM, refusal

SERVICE = ["service.a.first", "service.a.second"]


def asked(tier: str = "full", **response: Any) -> list[str]:  # noqa: ANN401 -- fields
    """The questions that one respondent is asked."""
    profile = score_responses(FORM, [Response(**response)], tier=tier)
    assert profile.spread
    return [question.question for question in profile.spread.questions if question.unanswered]


@pytest.mark.parametrize(
    ("response", "expected"),
    [
        ({}, ["sales.a", "sales.b", *SERVICE]),
        ({"role": "ceo"}, ["sales.a", "sales.b", *SERVICE]),
        ({"role": "seller"}, ["sales.a", "sales.b"]),
        ({"role": "coach"}, ["sales.a", *SERVICE]),
        ({"role": "clerk"}, SERVICE),
        ({"role": "agent"}, ["sales.b", "service.a.second"]),
        ({"role": "guest"}, []),
        ({"role": "guest", "functions": ("service",)}, SERVICE),
        ({"role": "seller", "functions": ("service",)}, SERVICE),
        ({"functions": ("service", "sales")}, ["sales.a", "sales.b", *SERVICE]),
        ({"role": "seller", "tier": "short"}, ["sales.a"]),
    ],
    ids=str,
)
def test_a_role_or_the_functions_say_what_is_asked(response: dict[str, Any], expected: list[str]) -> None:
    assert asked(**response) == expected


def test_who_is_asked_nothing_is_not_counted() -> None:
    spread = score_responses(FORM, [Response(role="guest"), Response(role="seller")]).spread
    assert spread
    assert (spread.asked, spread.submitted) == (1, 0)


def test_who_has_answered_all_that_is_asked_has_submitted() -> None:
    whole = {"sales.a": "3", "sales.b": {"not_applicable": "other"}}
    spread = score_responses(
        FORM,
        [Response(role="seller", answers=whole), Response(role="seller", answers={"sales.a": "dont_know"})],
    ).spread
    assert spread
    assert (spread.asked, spread.submitted) == (2, 1)


def test_all_faults_of_several_respondents_are_named_together() -> None:
    body = {
        "responses": [
            {"role": "king", "answers": {"sales.a": "9"}},
            {"role": "seller", "answers": {"service.a.first": "1", "sales.a": "1"}, "self_rating": 11},
            {"functions": ["sales", "finance"], "answers": {"sales.z": "1"}, "colour": "blue"},
            "nobody",
            {"answers": []},
        ],
        "consolidation": "highest",
        "consensus": {
            "sales.z": {"option": "1", "rationale": "x"},
            "sales.a": {"option": "dont_know", "rationale": "x"},
            "sales.b": {"option": "1", "rationale": " "},
        },
        "targets": {"finance": 3},
    }
    assert refusal(body) == {
        ("/responses/0/role", "unknown_role"),
        ("/responses/0/answers/sales.a", "unknown_option"),
        ("/responses/1/answers/service.a.first", "question_not_asked"),
        ("/responses/1/self_rating", "too_large"),
        ("/responses/2/functions/1", "unknown_function"),
        ("/responses/2/answers/sales.z", "unknown_question"),
        ("/responses/2/colour", "unknown_field"),
        ("/responses/3", "wrong_type"),
        ("/responses/4/answers", "wrong_type"),
        ("/consolidation", "unknown_value"),
        ("/consensus/sales.z", "unknown_question"),
        ("/consensus/sales.a/option", "unknown_option"),
        ("/consensus/sales.b/rationale", "too_short"),
        ("/targets/finance", "unknown_target"),
    }


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, ("", "one_of_answers_responses")),
        ({"answers": None}, ("", "one_of_answers_responses")),
        ({"answers": {}, "responses": [{}]}, ("", "one_of_answers_responses")),
        ({"answers": {}, "consolidation": "mean"}, ("/consolidation", "only_with_responses")),
        ({"answers": {}, "consensus": {}}, ("/consensus", "only_with_responses")),
        ({"answers": {}, "anonymous": False}, ("/anonymous", "only_with_responses")),
        ({"responses": [{}], "self_rating": 5}, ("/self_rating", "only_with_answers")),
        ({"responses": []}, ("/responses", "too_short")),
        ({"responses": [{}] * (MOST_RESPONSES + 1)}, ("/responses", "too_long")),
        ({"responses": [{"functions": []}]}, ("/responses/0/functions", "too_short")),
    ],
    ids=lambda value: str(value)[:60],
)
def test_one_answer_set_and_several_are_told_apart(body: object, fault: tuple[str, str]) -> None:
    assert refusal(body) == {fault}


def test_a_fault_that_others_hid_is_named_too() -> None:
    """A list that is too long is only found once its items are sound."""
    responses = [*[{}] * MOST_RESPONSES, {"self_rating": 0}]
    assert refusal({"responses": responses}) == {
        (f"/responses/{MOST_RESPONSES}/self_rating", "too_small"),
        ("/responses", "too_long"),
    }


def test_a_consensus_by_both_ids_of_a_question_is_a_fault() -> None:
    form = Questionnaire.model_validate(
        written({"sales": "a"})
        | {"functions": [{"id": "sales", "capabilities": [{"id": "a", "questions": [{"id": "q"}]}]}]}
    )
    settled = {"option": "3", "rationale": "Agreed."}
    request, faults = read({"responses": [{}], "consensus": {"sales.a": settled, "sales.a.q": settled}})
    with pytest.raises(AnswersRefusedError) as refused:
        score_request(form, request, faults)
    assert [fault.code for fault in refused.value.faults] == ["repeated_answer"]


def document(**body: Any) -> dict[str, Any]:  # noqa: ANN401 -- fields of a body
    request, faults = read(body)
    return dict(present(score_request(FORM, request, faults), Words(FORM, None)))


def question(profile: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = (
        question
        for function in profile["functions"]
        for capability in function["capabilities"]
        for question in capability["questions"]
        if question["id"] == name
    )
    return found


def test_a_question_shows_what_all_agree_on() -> None:
    excluded = {"not_applicable": "out_of_scope"}
    proof = {"option": "2", "comment": "Seen.", "evidence": ["https://b.example", "https://a.example"]}
    profile = document(
        responses=[
            {"answers": {"sales.a": proof, "sales.b": excluded, "service.a.first": excluded}},
            {
                "answers": {
                    "sales.a": "2",
                    "sales.b": excluded,
                    "service.a.first": {"not_applicable": "other"},
                }
            },
        ]
    )
    assert question(profile, "sales.a") == {
        "id": "sales.a",
        "state": "answered",
        "option": "2",
        "points": 2.0,
        "reason": None,
        "comment": None,
        "evidence": ("https://a.example", "https://b.example"),
    }
    assert question(profile, "sales.b")["reason"] == "out_of_scope"
    assert question(profile, "service.a.first")["reason"] is None
    (spread,) = [q for q in profile["respondents"]["questions"] if q["id"] == "sales.a"]
    assert spread["comments"] == [{"role": None, "comment": "Seen."}]


def test_a_question_shows_no_option_where_answers_differ() -> None:
    profile = document(responses=[{"answers": {"sales.a": "2"}}, {"answers": {"sales.a": "4"}}])
    assert (question(profile, "sales.a")["option"], question(profile, "sales.a")["points"]) == (None, 3.0)


@pytest.mark.parametrize(("policy", "points"), [("median", 1.5), ("mean", 2.333), ("lowest", 1.0)])
def test_the_policy_makes_one_answer_of_several(policy: str, points: float) -> None:
    answers = ["1", "2", "4"] if policy == "mean" else ["1", "1", "2", "5"]
    responses = [{"answers": {"sales.a": option}} for option in answers]
    profile = document(responses=responses, consolidation=policy)
    assert question(profile, "sales.a")["points"] == points
    assert profile["respondents"]["consolidation"] == policy


def test_without_a_policy_it_is_the_median() -> None:
    responses = [{"answers": {"sales.a": option}} for option in "1125"]
    assert question(document(responses=responses), "sales.a")["points"] == 1.5


def test_several_self_ratings_are_shown_by_role_with_their_median() -> None:
    ratings = [("seller", 9), (None, 2), ("ceo", 4), ("ceo", 3)]
    responses = [{"role": role, "self_rating": rating} for role, rating in ratings]
    rating = document(responses=responses)["self_rating"]
    assert rating["values"] == [
        {"role": "ceo", "value": 3},
        {"role": "ceo", "value": 4},
        {"role": "seller", "value": 9},
        {"role": None, "value": 2},
    ]
    assert rating["value"] == 4
