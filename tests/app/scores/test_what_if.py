"""`POST /v1/score?part=what_if`: levels are tried, and what they come to is what `/v1/simulate` answers."""

import pytest
from fastapi.testclient import TestClient

from tests.kit.reading import SCORE, Json, example, faults_of
from tests.kit.what_if import check, section_of

TRY = f"{SCORE}?part=what_if"
MOVED = {"sales.presence": 5, "marketing.dialogue": 0}


def levels_of(client: TestClient) -> list[str]:
    document = client.get(f"/v1/questionnaires/social-business/versions/{example()['version']}").json()
    return [level["name"] for level in document["levels"]]


def profile_of(client: TestClient, levels: dict[str, int]) -> Json:
    changes = {"answers": {name: str(level) for name, level in levels.items()}}
    answer = client.post("/v1/simulate", json=example(changes=changes))
    profile: Json = answer.json()["profile"]
    return profile


@pytest.mark.parametrize("levels", [{}, MOVED])
def test_what_is_tried_comes_to_what_is_simulated(client: TestClient, levels: dict[str, int]) -> None:
    asked = ",".join(f"{name}@{level}" for name, level in levels.items())
    html = client.post(f"{TRY}&levels={asked}", json=example()).text
    check(html, profile_of(client, levels), levels_of(client))
    assert html.count(" checked") == html.count("<fieldset>")
    assert ("before " in html) is bool(levels)


def test_it_is_said_in_italian(client: TestClient) -> None:
    answer = client.post(f"{TRY}&lang=it&levels=sales.presence@5", json=example())
    assert answer.headers["content-language"] == "it"
    assert answer.headers["cache-control"] == "no-store"
    assert "E se… altri livelli, per prova" in answer.text
    assert "in prova: trasformativo" in answer.text
    assert "Una capacità spostata." in answer.text


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ("sales.presence", "malformed_levels"),
        ("sales.presence@", "malformed_levels"),
        ("sales.presence@3,sales.presence@4", "malformed_levels"),
        ("sales.presence@3,", "malformed_levels"),
        ("sales.presence@6", "level_not_offered"),
        ("sales.unknown@3", "level_not_offered"),
    ],
)
def test_a_level_that_cannot_be_tried_is_refused(client: TestClient, levels: str, code: str) -> None:
    refused = client.post(f"{TRY}&levels={levels}", json=example())
    assert faults_of(refused) == {("/query/levels", code)}


def test_what_does_not_apply_cannot_be_moved(client: TestClient) -> None:
    excluded = {"sales.presence": {"not_applicable": "out_of_scope"}}
    body = example(answers=example()["answers"] | excluded)
    assert "sales.presence@" not in client.post(TRY, json=body).text
    refused = client.post(f"{TRY}&levels=sales.presence@3", json=body)
    assert faults_of(refused) == {("/query/levels", "level_not_offered")}


def test_answers_that_are_not_sound_are_refused_as_ever(client: TestClient) -> None:
    refused = client.post(f"{TRY}&levels=sales.presence@3", json={"answers": {"sales.nothing": "4"}})
    assert {code for _, code in faults_of(refused)} == {"unknown_question"}


def test_what_is_open_can_be_left_open(client: TestClient) -> None:
    body = example(answers=example()["answers"] | {"sales.presence": "dont_know"})
    html = client.post(TRY, json=body).text
    assert "not decided, 0–5" in html
    told = client.post(f"{TRY}&levels=sales.presence@5", json=body).text
    assert section_of(told) != section_of(html)


@pytest.mark.parametrize("query", ["", "?part=content", "?view=summary"])
def test_a_report_that_is_kept_has_none_of_it(client: TestClient, query: str) -> None:
    page = client.post(f"{SCORE}{query}", json=example(), headers={"Accept": "text/html"}).text
    assert "what-if" not in page
    assert "<script" not in page
