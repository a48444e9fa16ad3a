"""Results are frozen, can be computed again, and say where that differs."""

import orjson
import pytest
from sqlmodel import col, update

from app.assessments.models import Result
from app.core.database import Database
from tests.kit.portal import Portal
from tests.kit.reading import Json, problem_of


@pytest.fixture
def assessment(portal: Portal) -> str:
    path = portal.assessment()
    participant = portal.participant(path, role="cmo")
    portal.answer(participant, {"marketing.dialogue": "4"})
    portal.post(f"{participant}/submission", {"incomplete": True})
    return path


def test_results_are_numbered_and_named(portal: Portal, assessment: str) -> None:
    first = portal.ask("POST", f"{assessment}/results", {"name": "First look"})
    assert first.headers["location"] == f"/v1{assessment}/results/1"
    second = portal.post(f"{assessment}/results", {})
    assert (second["number"], second["name"]) == (2, second["created_at"][:10])
    listed = portal.get(f"{assessment}/results")["data"]
    assert [(result["number"], result["name"]) for result in listed] == [
        (1, "First look"),
        (2, second["name"]),
    ]
    assert [result["digests"] for result in listed] == [first.json()["digests"], second["digests"]]
    portal.get(f"{assessment}/results/3", 404)


def test_a_result_never_changes(portal: Portal, assessment: str) -> None:
    kept = portal.post(f"{assessment}/results", {})
    portal.settle(assessment, "targets", {"marketing": 5})
    portal.settle(
        assessment, "consensus", {"marketing.dialogue": {"option": "1", "rationale": "Seen together."}}
    )
    portal.patch(assessment, {"consolidation": "lowest"})
    assert portal.get(f"{assessment}/results/1") == kept
    assert portal.get(f"{assessment}/profile")["digests"] != kept["profile"]["digests"]
    for method in ("PATCH", "PUT", "DELETE"):
        assert portal.ask(method, f"{assessment}/results/1", {}).status_code == 405


def test_a_result_is_shown_in_the_language_that_is_asked_for(portal: Portal, assessment: str) -> None:
    english = portal.post(f"{assessment}/results", {})
    italian = portal.ask("GET", f"{assessment}/results/1?lang=it")
    assert italian.headers["content-language"] == "it"
    assert italian.json()["digests"] == english["digests"]
    assert italian.json()["profile"]["functions"] != english["profile"]["functions"]
    tag = {"If-None-Match": italian.headers["etag"]}
    assert portal.ask("GET", f"{assessment}/results/1?lang=it", headers=tag).status_code == 304
    assert portal.ask("GET", f"{assessment}/results/1?lang=en", headers=tag).status_code == 200


def tamper(portal: Portal, **changed: object) -> None:
    database: Database = portal.client.app.state.resources.database  # type: ignore[attr-defined] # it is a FastAPI
    with database.writing() as session:
        own = col(Result.workspace_id) == portal.workspace
        session.exec(update(Result).where(own).values(changed))


def test_verification_says_where_a_result_differs(portal: Portal, assessment: str) -> None:
    kept = portal.post(f"{assessment}/results", {})
    assert portal.get(f"{assessment}/results/1/verification") == {
        "equal": True,
        "differences": [],
        "words": [],
        "stored": kept["digests"],
        "computed": kept["digests"],
        "detail": "Every number and every word is the same.",
    }
    profile = kept["profile"]
    forged = profile | {"overall": profile["overall"] | {"score": {"value": 5.0, "low": 5.0, "high": 5.0}}}
    tamper(portal, profiles=orjson.dumps({"en": forged, "it": forged}))
    told = portal.get(f"{assessment}/results/1/verification")
    assert told["equal"] is False
    difference = next(d for d in told["differences"] if d["pointer"] == "/en/overall/score/value")
    assert (difference["stored"], difference["computed"]) == (5.0, profile["overall"]["score"]["value"])


def test_sentences_that_are_worded_otherwise_are_no_difference(portal: Portal, assessment: str) -> None:
    profile = portal.post(f"{assessment}/results", {})["profile"]
    notices = [notice | {"detail": "As it was said before."} for notice in profile["notices"]]
    assert notices
    older = profile | {"notices": notices}
    del older["self_rating"]  # a later version may show more
    tamper(portal, profiles=orjson.dumps({"en": older}))
    told = portal.get(f"{assessment}/results/1/verification")
    assert (told["equal"], told["differences"]) == (True, [])
    assert [words["pointer"] for words in told["words"]] == [
        f"/en/notices/{index}/detail" for index in range(len(notices))
    ]


def test_what_an_earlier_version_kept_is_read_in_todays_shape(portal: Portal) -> None:
    said = {"responses": [{"answers": {"sales.presence": "3"}}], "submit": True, "incomplete": True}
    about = {"company": {"name": "Officine Valle"}, "version": "1.1.0"}
    assessment = f"/assessments/{portal.post('/assessments', about | said)['id']}"
    kept = portal.post(f"{assessment}/results", {})
    report = portal.ask("GET", f"{assessment}/results/1/report").text
    older = orjson.loads(orjson.dumps(kept["profile"]))
    for function in older["functions"]:
        for capability in function["capabilities"]:
            del capability["scored"]
    tamper(portal, profiles=orjson.dumps({"en": older}))
    assert portal.get(f"{assessment}/results/1") == kept
    assert portal.get(f"{assessment}/results/1/verification")["equal"] is True
    assert portal.ask("GET", f"{assessment}/results/1/report").text == report


def test_verification_notices_other_answers(portal: Portal, assessment: str) -> None:
    kept = portal.post(f"{assessment}/results", {})
    request: Json = kept["request"]
    request["responses"][0]["answers"]["marketing.dialogue"] = "5"
    tamper(portal, request=orjson.dumps(request))
    told = portal.get(f"{assessment}/results/1/verification")
    assert told["equal"] is False
    assert told["stored"]["answers"] != told["computed"]["answers"]


@pytest.mark.parametrize(
    "change", [{"questionnaire": "gone"}, {"version": "9.9.9"}, {"responses": [{"role": "nobody"}]}]
)
def test_verification_says_that_it_cannot_compute(portal: Portal, assessment: str, change: Json) -> None:
    kept = portal.post(f"{assessment}/results", {})
    tamper(portal, request=orjson.dumps(kept["request"] | change))
    told = portal.get(f"{assessment}/results/1/verification")
    assert (told["equal"], told["computed"], told["stored"]) == (False, None, kept["digests"])


@pytest.mark.parametrize("anonymous", [True, False])
def test_verification_names_nobodys_answer_that_no_longer_fits_where_it_is_anonymous(
    portal: Portal, assessment: str, *, anonymous: bool
) -> None:
    kept = portal.post(f"{assessment}/results", {})
    misfit = {"anonymous": anonymous, "responses": [{"answers": {"marketing.dialogue": "9"}}]}
    tamper(portal, request=orjson.dumps(kept["request"] | misfit))
    told = portal.get(f"{assessment}/results/1/verification")
    assert ("marketing.dialogue" in told["detail"]) is not anonymous


def test_there_is_a_result_of_what_has_been_handed_in_only(portal: Portal) -> None:
    assessment = portal.assessment()
    portal.answer(portal.participant(assessment, role="cmo"), {"marketing.dialogue": "4"})
    refused = portal.ask("POST", f"{assessment}/results", {})
    assert problem_of(refused, 409).code == "nothing_submitted"
    assert portal.get(f"{assessment}/results") == {"data": [], "next_cursor": None}


def test_a_draft_has_neither_profile_nor_result(portal: Portal) -> None:
    assessment = portal.assessment(status="draft")
    assert portal.get(f"{assessment}/profile", 409)["code"] == "wrong_status"
    assert portal.post(f"{assessment}/results", {}, 409)["code"] == "wrong_status"


def test_closing_leaves_out_who_has_not_handed_in(portal: Portal, assessment: str) -> None:
    late = portal.participant(assessment, role="cmo")
    portal.answer(late, {"marketing.dialogue": "0"})
    both = portal.get(f"{assessment}/profile")["respondents"]
    assert (both["asked"], both["submitted"]) == (2, 1)
    portal.patch(assessment, {"status": "closed"})
    after = portal.get(f"{assessment}/profile")
    assert (after["respondents"]["asked"], after["respondents"]["submitted"]) == (1, 1)
    result = portal.post(f"{assessment}/results", {})
    assert result["participants"]["missing"] == [{"id": late.rpartition("/")[2], "role": "cmo"}]


def test_the_profile_can_be_traced_and_cached(portal: Portal, assessment: str) -> None:
    plain = portal.ask("GET", f"{assessment}/profile")
    traced = portal.get(f"{assessment}/profile?include=trace")
    assert {step["rule"] for step in traced["trace"]} >= {"median", "weighted_mean"}
    tag = {"If-None-Match": plain.headers["etag"]}
    assert portal.ask("GET", f"{assessment}/profile", headers=tag).status_code == 304
