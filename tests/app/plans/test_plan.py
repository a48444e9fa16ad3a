"""`POST /v1/plan`: the shape, the faults, and that the plan is the library's."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.plans.example import PLAN
from app.plans.schemas import PlanDocument
from app.scores.example import ANSWERS
from tests.kit.reading import Json, faults_of, problem_of

ADDRESS = "/v1/plan"


def planned(client: TestClient, **given: Any) -> Json:  # noqa: ANN401 -- parts of a body
    response = client.post(ADDRESS, json=PLAN | given)
    assert response.status_code == 200, response.text
    PlanDocument.model_validate_json(response.content)
    found: Json = response.json()
    return found


def test_the_example_reaches_the_verdict_in_waves(client: TestClient) -> None:
    found = planned(client)
    assert found["status"] == "optimal"
    assert found["cost"] == found["bound"] == sum(step["cost"] for step in found["steps"])
    assert [wave["outcome"]["verdict"] for wave in found["waves"]][-1] == "met"
    assert all(wave["cost"] <= 20 for wave in found["waves"])
    assert sum(wave["cost"] for wave in found["waves"]) == found["cost"]
    index = found["waves"][-1]["outcome"]["overall"]["index"]["low"]
    assert {"budget": found["cost"], "verdict": "met", "level": 4, "index": index} in found["stops"]
    assert all(other["index"] > 0 for other in found["alternatives"])
    assert found["alternatives"][0]["cost"] >= found["cost"]
    assert "service.cause_to_fix" in found["asking_first"]["questions"]
    assert found["asking_first"]["cost_at_best"] < found["cost"]


def test_the_raised_answers_get_the_verdict_from_the_score(client: TestClient) -> None:
    found = planned(client)
    raised = dict(ANSWERS) | {step["capability"]: str(step["to"]) for step in found["steps"]}
    profile = client.post("/v1/score", json={"version": PLAN["version"], "answers": raised}).json()
    last = found["waves"][-1]["outcome"]
    assert profile["verdict"]["status"] == last["verdict"] == "met"
    assert profile["overall"]["score"]["low"] == last["overall"]["score"]["low"]


@pytest.mark.parametrize(
    ("goal", "reached"),
    [
        ({"level": 3}, lambda outcome: outcome["overall"]["level"]["low"] >= 3),
        ({"index": 70.5}, lambda outcome: outcome["overall"]["index"]["low"] >= 70.5),
        ({"budget": 12}, lambda outcome: outcome["overall"]["score"]["low"] > 3),
    ],
)
def test_other_goals(client: TestClient, goal: Json, reached: Any) -> None:  # noqa: ANN401 -- a condition
    found = planned(client, goal=goal, capacity=None)
    assert found["status"] == "optimal"
    assert len(found["waves"]) == 1
    assert reached(found["waves"][0]["outcome"])
    assert found["cost"] <= goal.get("budget", found["cost"])


def test_what_forbids_a_plan_is_said_in_the_readers_language(client: TestClient) -> None:
    body = PLAN | {"ceilings": {"sales.crm_link": 2}}
    found = client.post(f"{ADDRESS}?lang=it", json=body).json()
    assert (found["status"], found["cost"], found["steps"]) == ("infeasible", None, [])
    assert [(c["code"], c["concerns"]) for c in found["conflicts"]] == [
        ("ceiling", ["sales.crm_link"]),
        ("gate", ["sales"]),
    ]
    assert "livello 2" in found["conflicts"][0]["detail"]


@pytest.mark.parametrize(
    ("given", "pointer", "code"),
    [
        ({"goal": {}}, "/goal", "one_goal"),
        ({"goal": {"level": 3, "budget": 2}}, "/goal", "one_goal"),
        ({"goal": {"level": 6}}, "/goal/level", "level_out_of_range"),
        ({"goal": {"index": 70.55}}, "/goal/index", "not_in_tenths"),
        ({"costs": {"sales": [1, 1, 1, 1, 1]}}, "/costs/sales", "unknown_capability"),
        ({"costs": {"sales.presence": [1]}}, "/costs/sales.presence", "number_of_costs"),
        ({"ceilings": {"nowhere": 1}}, "/ceilings/nowhere", "unknown_ceiling"),
        ({"ceilings": {"sales": 9}}, "/ceilings/sales", "level_out_of_range"),
        ({"seconds": 11}, "/seconds", "too_large"),
        ({"speed": 1}, "/speed", "unknown_field"),
        ({"answers": {"nowhere": "1"}}, "/answers/nowhere", "unknown_question"),
    ],
)
def test_faults_are_named(client: TestClient, given: Json, pointer: str, code: str) -> None:
    response = client.post(ADDRESS, json=PLAN | given)
    assert faults_of(response) == {(pointer, code)}


def test_faults_of_all_parts_are_named_at_once(client: TestClient) -> None:
    body = PLAN | {"goal": {}, "ceilings": {"nowhere": 1}, "answers": {"nowhere": "1"}}
    pointers = {fault.pointer for fault in problem_of(client.post(ADDRESS, json=body)).errors}
    assert pointers == {"/goal", "/ceilings/nowhere", "/answers/nowhere"}
