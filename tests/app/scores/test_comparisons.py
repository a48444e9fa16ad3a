"""`POST /v1/compare` and `POST /v1/simulate`."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.scores.comparison_schemas import ComparisonDocument, SimulationDocument
from app.scores.example import ANSWERS
from tests.kit.folders import QUESTIONNAIRES, load
from tests.kit.reading import SCORE, Json, example, faults_of

COMPARE, SIMULATE = "/v1/compare", "/v1/simulate"


def ok(client: TestClient, path: str, body: Json, **asked: Any) -> Json:  # noqa: ANN401 -- options of a request
    response = client.post(path, json=body, **asked)
    assert response.status_code == 200, response.text
    shown: Json = response.json()
    return shown


def changed(**answers: object) -> Json:
    """The example with some answers set to something else; `sales_presence` is `sales.presence`."""
    body = example()
    body["answers"] |= {name.replace("_", ".", 1): answer for name, answer in answers.items()}
    return body


def of_version(version: str) -> Json:
    """The example's answers to questions that this older version has too, with the same options."""
    older = load(QUESTIONNAIRES / "social-business" / version).forms["full"].question_of
    answers = {name: answer for name, answer in ANSWERS.items() if name in older}
    return {"version": version, "answers": answers}


def test_two_bodies_are_compared(client: TestClient) -> None:
    after = changed(sales_presence="4", service_cause_to_fix="3")
    shown = ok(client, COMPARE, {"before": example(), "after": after})
    ComparisonDocument.model_validate(shown, strict=True)
    profiles = ok(client, SCORE, example()), ok(client, SCORE, after)
    for side, profile in zip(("before", "after"), profiles, strict=True):
        assert shown["overall"]["score"][side] == profile["overall"]["score"]
        assert shown["overall"]["index"][side] == profile["overall"]["index"]
        assert shown["verdict"]["status"][side] == profile["verdict"]["status"]
        assert shown[side]["answers"] == profile["digests"]["answers"]
        assert [f["score"][side] for f in shown["functions"]] == [f["score"] for f in profile["functions"]]
    questions = {part: [q["question"] for q in moved] for part, moved in shown["questions"].items()}
    assert questions == {
        "applicability": [],
        "newly_answered": ["service.cause_to_fix"],
        "no_longer_answered": [],
        "answers_changed": ["sales.presence"],
    }


def test_two_versions_are_compared_by_the_mapping_of_the_newer(client: TestClient) -> None:
    shown = ok(client, COMPARE, {"before": of_version("1.0.0"), "after": of_version("1.1.0")})
    assert shown["before"]["questionnaire"]["version"] == "1.0.0"
    assert not any(shown["questions"].values())
    assert shown["overall"]["score"]["change"]["value"] == 0
    assert [notice["code"] for notice in shown["notices"]] == ["order_is_convention"]


def test_notices_are_said_in_the_language_asked_for(client: TestClient) -> None:
    shown = ok(client, COMPARE, {"before": example(), "after": example()}, params={"lang": "it"})
    assert "in un ordine fisso" in shown["notices"][0]["detail"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ([], {("", "wrong_type")}),
        ({"before": {"answers": {}}}, {("/after", "missing")}),
        ({"before": {"answers": {}}, "after": {"answers": {}}, "then": 1}, {("/then", "unknown_field")}),
        (
            {"before": {"answers": {"sales.nothing": "1"}}, "after": {"answers": {}, "version": "0"}},
            {("/before/answers/sales.nothing", "unknown_question"), ("/after/version", "unknown_version")},
        ),
        (
            {"before": {}, "after": {"answers": {}, "tier": "short"}},
            {("/before", "one_of_answers_responses"), ("/after/tier", "unknown_tier")},
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(
    client: TestClient, body: object, found: set[tuple[str, str]]
) -> None:
    assert faults_of(client.post(COMPARE, json=body)) == found


def test_a_simulation_is_what_the_changed_answers_come_to(client: TestClient) -> None:
    body = example(changes={"answers": {"sales.crm_link": "4", "sales.presence": None}})
    shown = ok(client, SIMULATE, body)
    SimulationDocument.model_validate(shown, strict=True)
    after = changed(sales_crm_link="4")
    del after["answers"]["sales.presence"]
    assert shown["profile"] == ok(client, SCORE, after)
    assert shown["difference"] == ok(client, COMPARE, {"before": example(), "after": after})


def test_without_changes_nothing_moves(client: TestClient) -> None:
    shown = ok(client, SIMULATE, example())
    assert shown["profile"] == ok(client, SCORE, example())
    assert not any(shown["difference"]["questions"].values())


def test_other_weights_and_another_gate_are_a_matter_of_rules(client: TestClient) -> None:
    changes = {"weights": {"sales": 1000}, "level_rule": {"coverage_percent": 50}}
    shown = ok(client, SIMULATE, example(changes=changes))
    base = ok(client, SCORE, example())
    difference = shown["difference"]
    assert shown["profile"]["overall"]["score"]["value"] < base["overall"]["score"]["value"]
    overall = difference["overall"]["score"]
    assert overall["parts"]["rules"] == overall["change"]
    assert shown["profile"]["digests"]["result"] != base["digests"]["result"]
    marketing = difference["functions"][0]["level"]
    assert marketing["parts"]["rules"] == {"from": marketing["before"], "to": marketing["after"]}


def test_targets_are_changed_beside_those_that_there_are(client: TestClient) -> None:
    body = example(targets={"sales": 3}, changes={"targets": {"service": 5}})
    assert ok(client, SIMULATE, body)["profile"] == ok(
        client, SCORE, example(targets={"sales": 3, "service": 5})
    )


def test_with_several_respondents_a_change_counts_like_a_consensus(client: TestClient) -> None:
    responses = [{"answers": {"sales.presence": "1"}}, {}]
    shown = ok(client, SIMULATE, {"responses": responses, "changes": {"answers": {"sales.presence": "4"}}})
    moved = shown["difference"]["questions"]["answers_changed"]
    assert [(q["question"], q["after"]["option"]) for q in moved] == [("sales.presence", "4")]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"answers": {"sales.presence": "9"}}, {("/changes/answers/sales.presence", "unknown_option")}),
        ({"answers": {"sales.nothing": "1"}}, {("/changes/answers/sales.nothing", "unknown_question")}),
        ({"targets": {"nothing": 1}}, {("/changes/targets/nothing", "unknown_target")}),
        ({"weights": {"nothing": 1}}, {("/changes/weights/nothing", "unknown_weight")}),
        ({"weights": {"sales": 0}}, {("/changes/weights/sales", "too_small")}),
        ({"level_rule": {"coverage_percent": 0}}, {("/changes/level_rule/coverage_percent", "too_small")}),
        ({"else": 1}, {("/changes/else", "unknown_field")}),
        (None, {("/changes", "wrong_type")}),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(
    client: TestClient,
    changes: object,
    found: set[tuple[str, str]],
) -> None:
    assert faults_of(client.post(SIMULATE, json=example(changes=changes))) == found


@pytest.mark.parametrize("option", ["dont_know", {"not_applicable": "other"}, None])
def test_several_respondents_settle_on_options_only(client: TestClient, option: object) -> None:
    body = {"responses": [{}], "changes": {"answers": {"sales.presence": option}}}
    assert faults_of(client.post(SIMULATE, json=body)) == {
        ("/changes/answers/sales.presence", "unknown_option")
    }
