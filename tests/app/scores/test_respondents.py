"""`POST /v1/score` with several respondents."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings

from app.scores.example import RESPONSES
from app.scores.schemas import ProfileDocument
from scoring.presentation.document import present
from scoring.questionnaire.words import Words
from scoring.trace.method import trace
from tests.kit.folders import ROOT
from tests.kit.laws import Once, law
from tests.kit.panels import Panel, panels
from tests.kit.reading import SCORE, Json, faults_of

SIX = json.loads((ROOT / "examples" / "six-respondents.json").read_text("utf-8"))


def profile_of(client: TestClient, body: Json, query: str = "") -> Json:
    response = client.post(SCORE + query, json=body)
    assert response.status_code == 200, response.text
    ProfileDocument.model_validate_json(response.content)
    profile: Json = response.json()
    return profile


def by_id(items: list[Json]) -> dict[str, Json]:
    return {item["id"]: item for item in items}


def test_the_example_is_that_of_the_examples_folder() -> None:
    assert json.loads((ROOT / "examples" / "cmo-and-cio.json").read_text("utf-8")) == RESPONSES


@pytest.mark.parametrize("body", [RESPONSES, SIX], ids=["two", "six"])
@pytest.mark.parametrize("anonymous", [False, True], ids=["named", "anonymous"])
def test_an_example_gives_a_profile_of_the_documented_shape(
    client: TestClient, body: Json, *, anonymous: bool
) -> None:
    for query in ("", "?include=trace", "?lang=it"):
        profile = profile_of(client, body | {"anonymous": anonymous}, query)
        assert profile["respondents"]["anonymous"] is anonymous


@law(Once(panels()))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_any_profile_is_of_the_documented_shape(panel: Panel) -> None:
    profile = panel.score()
    document: Any = present(profile, Words(panel.questionnaire, None)) | {"trace": trace(profile)}
    ProfileDocument.model_validate_json(json.dumps(document))


def test_cmo_and_cio_stand_beside_one_another_and_the_study(client: TestClient) -> None:
    collaboration = profile_of(client, RESPONSES)["collaboration"]
    sides = by_id(collaboration["sides"])
    assert list(sides) == ["marketing", "it"]
    frequency = [side["answers"][0] for side in sides.values()]
    assert [(answer["question"], answer["option"]) for answer in frequency] == [
        ("collaboration.frequency", "frequently"),
        ("collaboration.frequency", "rarely"),
    ]
    differences = collaboration["perception"]["questions"]
    assert differences[0] == {"id": "conduct.data", "marketing": 5.0, "it": 0.0, "difference": 5.0}
    assert {"id": "collaboration.frequency", "marketing": 5.0, "it": 2.0, "difference": 3.0} in differences
    here = {(f["id"], f["side"]): (f["percent"], f["company"]) for f in collaboration["study"]}
    assert here["frequent", "marketing"] == (36, {"n": 1, "percent": 100})
    assert here["frequent", "it"] == (26, {"n": 1, "percent": 0})
    assert here["non_existent", "it"] == (16, {"n": 1, "percent": 0})


def test_who_is_missing_is_counted_and_leaves_ranges(client: TestClient) -> None:
    profile = profile_of(client, SIX)
    respondents = profile["respondents"]
    assert (respondents["asked"], respondents["submitted"]) == (6, 5)
    internal = by_id(profile["functions"])["internal"]
    assert internal["level"] == {"low": 0, "high": 3}
    leaders = by_id(respondents["questions"])["internal.leaders"]
    assert (leaders["n"], leaders["unanswered"], leaders["min"]) == (0, 1, None)


def test_a_consensus_stands_beside_the_originals(client: TestClient) -> None:
    spread = by_id(profile_of(client, SIX)["respondents"]["questions"])["sales.crm_link"]
    assert (spread["min"], spread["max"]) == (1.0, 2.0)
    assert spread["consensus"] == SIX["consensus"]["sales.crm_link"]


def test_comments_come_with_the_role_that_wrote_them(client: TestClient) -> None:
    spread = by_id(profile_of(client, RESPONSES)["respondents"]["questions"])["marketing.targeting"]
    assert spread["comments"] == [{"role": "cmo", "comment": "Each customer group has its own test."}]


def test_languages_share_numbers_and_digests(client: TestClient) -> None:
    english, italian = profile_of(client, SIX), profile_of(client, SIX, "?lang=it")
    assert english["digests"] == italian["digests"]
    assert english["respondents"] == italian["respondents"]
    assert [n["code"] for n in english["notices"]] == [n["code"] for n in italian["notices"]]
    assert [n["detail"] for n in english["notices"]] != [n["detail"] for n in italian["notices"]]


def test_the_order_of_respondents_changes_no_digest(client: TestClient) -> None:
    backwards = SIX | {"responses": SIX["responses"][::-1]}
    assert profile_of(client, backwards)["digests"] == profile_of(client, SIX)["digests"]


@pytest.mark.parametrize("key", ["consolidation", "consensus", "anonymous"])
def test_how_it_was_consolidated_is_part_of_the_result(client: TestClient, key: str) -> None:
    changed = SIX | {"consolidation": "lowest", "consensus": {}, "anonymous": True}
    other = profile_of(client, SIX | {key: changed[key]})["digests"]
    digests = profile_of(client, SIX)["digests"]
    assert (other["answers"] == digests["answers"]) == (key != "anonymous")
    assert other["result"] != digests["result"]


def test_faults_of_several_respondents_have_pointers(client: TestClient) -> None:
    body = {
        "responses": [{"role": "cmo", "answers": {"sales.presence": "1"}}, {"role": "duke"}],
        "consensus": {"sales.presence": {"option": "7", "rationale": "Agreed."}},
        "self_rating": 6,
    }
    assert faults_of(client.post(SCORE, json=body)) == {
        ("/responses/0/answers/sales.presence", "question_not_asked"),
        ("/responses/1/role", "unknown_role"),
        ("/consensus/sales.presence/option", "unknown_option"),
        ("/self_rating", "only_with_answers"),
    }


def test_an_anonymous_profile_holds_no_words_of_a_respondent(client: TestClient) -> None:
    text = client.post(SCORE + "?include=trace", json=RESPONSES | {"anonymous": True}).text
    assert "Each customer group has its own test." not in text
    assert "intranet.example" not in text
