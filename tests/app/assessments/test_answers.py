"""Answers are changed one by one, by several people at once, and none is overwritten unseen."""

from collections.abc import Callable
from datetime import datetime

import pytest
from fastapi.testclient import TestClient

from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of, problem_of

DIALOGUE, LISTENING, PRESENCE = "marketing.dialogue", "marketing.listening", "sales.presence"


@pytest.fixture
def assessment(portal: Portal) -> str:
    return portal.assessment()


@pytest.fixture
def participant(portal: Portal, assessment: str) -> str:
    return portal.participant(assessment, role="cmo")


def test_the_revision_is_the_entity_tag(portal: Portal, participant: str) -> None:
    fresh = portal.ask("GET", f"{participant}/answers")
    assert (fresh.headers["etag"], fresh.json()["answers"]) == ('"0"', {})
    portal.answer(participant, {DIALOGUE: "4"})
    changed = portal.ask("GET", f"{participant}/answers")
    assert (changed.headers["etag"], changed.json()["revision"]) == ('"1"', 1)


def test_a_change_leaves_the_other_answers(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4", LISTENING: "2"})
    said = {LISTENING: {"option": "3", "comment": "Since May."}, DIALOGUE: None}
    assert portal.answer(participant, said, 1)["answers"] == said
    assert portal.get(f"{participant}/answers")["answers"] == {LISTENING: said[LISTENING]}


def test_a_change_is_answered_with_what_it_changed(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    changed = portal.answer(participant, {LISTENING: "2"}, 1)
    assert (changed["answers"], changed["revision"]) == ({LISTENING: "2"}, 2)
    assert changed["progress"]["answered"] == 2


def test_all_answers_can_be_replaced(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4", LISTENING: "2"})
    body = {"answers": {LISTENING: "5"}, "self_rating": 7}
    replaced = portal.put(f"{participant}/answers", body, If_Match='"1"')
    assert (replaced["answers"], replaced["self_rating"]) == ({LISTENING: "5"}, 7)


def test_the_self_rating_stays_unless_it_is_named(portal: Portal, participant: str) -> None:
    path = f"{participant}/answers"
    assert portal.patch(path, {"self_rating": 4}, If_Match='"0"')["self_rating"] == 4
    assert portal.answer(participant, {DIALOGUE: "1"}, 1)["self_rating"] == 4
    assert portal.patch(path, {"self_rating": None}, If_Match='"2"')["self_rating"] is None


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_a_change_says_what_it_is_meant_for(portal: Portal, participant: str, method: str) -> None:
    refused = portal.ask(method, f"{participant}/answers", {"answers": {DIALOGUE: "1"}})
    assert problem_of(refused, 428).code == "precondition_required"
    assert portal.get(f"{participant}/answers")["revision"] == 0


def test_a_stale_change_is_told_what_has_changed_since(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    portal.answer(participant, {LISTENING: "2"}, 1)
    portal.patch(f"{participant}/answers", {"self_rating": 3, "answers": {DIALOGUE: None}}, If_Match='"2"')
    refused = portal.ask(
        "PATCH", f"{participant}/answers", {"answers": {LISTENING: "5"}}, {"If-Match": '"1"'}
    )
    problem = problem_of(refused, 412)
    assert (problem.code, problem.revision, refused.headers["etag"]) == ("stale", 3, '"3"')
    changed = {f"/answers/{LISTENING}", f"/answers/{DIALOGUE}", "/self_rating"}
    assert {fault.pointer for fault in problem.errors} == changed
    assert portal.get(f"{participant}/answers")["answers"] == {LISTENING: "2"}


@pytest.mark.parametrize("tags", ['"7", "1"', ' "1" '])
def test_the_current_revision_may_be_one_of_several(portal: Portal, participant: str, tags: str) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    changed = portal.patch(f"{participant}/answers", {"answers": {DIALOGUE: "5"}}, If_Match=tags)
    assert changed["revision"] == 2


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_answers_are_not_overwritten_unseen(portal: Portal, participant: str, method: str) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    change = {"answers": {DIALOGUE: "5"}}
    refused = portal.ask(method, f"{participant}/answers", change, {"If-Match": "*"})
    assert problem_of(refused, 428).code == "precondition_required"
    assert portal.get(f"{participant}/answers")["revision"] == 1


@pytest.mark.parametrize(
    "tag",
    ['W/"1"', "1", '"0, *, 1"', '"0", *', '*, "0"', '"0", W/"1"', '"0', '"x"', '"99999999999999999999"'],
)
def test_a_tag_that_is_not_the_current_one_changes_nothing(
    portal: Portal, participant: str, tag: str
) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    refused = portal.ask("PATCH", f"{participant}/answers", {"answers": {}}, {"If-Match": tag})
    assert problem_of(refused, 412).revision == 1


def test_faulty_answers_are_refused_all_at_once_and_change_nothing(portal: Portal, participant: str) -> None:
    said = {DIALOGUE: "9", PRESENCE: "1", "marketing.nothing": "1", "marketing.neither": None}
    refused = portal.ask("PATCH", f"{participant}/answers", {"answers": said}, {"If-Match": '"0"'})
    assert faults_of(refused) == {
        (f"/answers/{DIALOGUE}", "unknown_option"),
        (f"/answers/{PRESENCE}", "question_not_asked"),
        ("/answers/marketing.nothing", "unknown_question"),
        ("/answers/marketing.neither", "unknown_question"),
    }
    assert portal.get(f"{participant}/answers")["revision"] == 0


def test_answers_are_given_while_the_assessment_is_open(portal: Portal) -> None:
    assessment = portal.assessment(status="draft")
    participant = portal.participant(assessment, role="cmo")
    change = {"answers": {DIALOGUE: "1"}}

    def refused() -> str:
        return problem_of(
            portal.ask("PATCH", f"{participant}/answers", change, {"If-Match": '"0"'}), 409
        ).code

    assert refused() == "not_open"
    portal.patch(assessment, {"status": "open"})
    portal.patch(f"{participant}/answers", {"answers": {DIALOGUE: "2"}}, If_Match='"0"')
    portal.patch(assessment, {"status": "closed"})
    assert refused() == "not_open"


def handed_in(portal: Portal, participant: str) -> Json:
    participant_: Json = portal.post(f"{participant}/submission", {"incomplete": True})["participant"]
    return participant_


def test_what_is_handed_in_stays_until_it_is_opened_again(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    handed_in(portal, participant)
    stays = portal.ask("PATCH", f"{participant}/answers", {"answers": {}}, {"If-Match": '"1"'})
    assert problem_of(stays, 409).code == "submitted"
    assert portal.post(f"{participant}/submission", {}, 409)["code"] == "submitted"
    assert portal.delete(f"{participant}/submission", 200)["status"] == "answering"
    assert portal.delete(f"{participant}/submission", 409)["code"] == "not_submitted"
    assert portal.answer(participant, {DIALOGUE: "5"}, 1)["revision"] == 2


def test_handing_in_and_opening_again_are_recorded(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4"})
    handed_in(portal, participant)
    portal.delete(f"{participant}/submission", 200)
    history = handed_in(portal, participant)["history"]
    assert [entry["kind"] for entry in history] == ["submitted", "reopened", "submitted"]
    assert [entry["incomplete"] for entry in history] == [True, False, True]
    assert {entry["by"][:4] for entry in history} == {"key_"}
    moments = [datetime.fromisoformat(entry["at"]) for entry in history]
    assert moments == sorted(moments)


def test_of_the_history_the_newest_entries_are_kept_and_all_are_counted(
    portal: Portal, participant: str
) -> None:
    for revision in range(30):
        portal.answer(participant, {DIALOGUE: "4"}, revision)
        handed_in(portal, participant)
        portal.delete(f"{participant}/submission", 200)
    shown = portal.get(participant)
    assert shown["history_count"] == 60
    assert [entry["revision"] for entry in shown["history"]] == [
        revision for revision in range(6, 31) for _ in range(2)
    ]


MOST_BYTES = 256 * 1024
# 40 KiB each, one more than all of one person may have.
LONG = (
    "marketing.dialogue",
    "marketing.listening",
    "sales.presence",
    "sales.crm_link",
    "research.outcome_data",
    "research.customer_groups",
    "service.finding",
)


def long_answer() -> Json:
    return {"option": "3", "comment": 2000 * "x", "evidence": 20 * [f"https://{1980 * 'x'}"]}


def test_all_answers_of_one_person_together_have_a_limit(portal: Portal) -> None:
    participant = portal.participant(portal.assessment())
    for revision, name in enumerate(LONG[:6]):
        portal.answer(participant, {name: long_answer()}, revision)
    before = portal.get(f"{participant}/answers")
    body = {"answers": {LONG[6]: long_answer()}}
    refused = problem_of(portal.ask("PATCH", f"{participant}/answers", body, {"If-Match": '"6"'}), 422)
    (fault,) = refused.errors
    assert (fault.pointer, fault.code) == ("/answers", "answers_too_large")
    assert str(MOST_BYTES) in fault.detail
    assert portal.get(f"{participant}/answers") == before
    portal.answer(participant, {LONG[6]: "3"}, 6)


def test_answers_that_come_at_once_have_the_same_limit(
    portal: Portal, served: Callable[..., TestClient]
) -> None:
    portal.client = served(max_body_bytes=1024 * 1024)
    long = dict.fromkeys(LONG, long_answer())
    responses = [{"answers": {LONG[0]: "3"}}, {"answers": long}, {"answers": long}]
    body = {"company": {"name": "Valle"}, "responses": responses}
    faults = problem_of(portal.ask("POST", "/assessments", body), 422).errors
    assert [(fault.pointer, fault.code) for fault in faults] == [
        (f"/responses/{place}/answers", "answers_too_large") for place in (1, 2)
    ]


def test_progress_is_told_by_function(portal: Portal, participant: str) -> None:
    portal.answer(participant, {DIALOGUE: "4", LISTENING: "dont_know"})
    shown = portal.get(participant)
    assert shown["status"] == "answering"
    by_function = {function["id"]: function for function in shown["progress"]["functions"]}
    assert by_function["marketing"] == {"id": "marketing", "asked": 6, "answered": 2}
    assert set(by_function) == {"marketing", "internal", "collaboration", "conduct"}
    assert shown["progress"]["answered"] == 2


def test_functions_out_of_scope_are_not_asked(portal: Portal) -> None:
    assessment = portal.assessment(scope=["sales", "marketing"])
    participant = portal.participant(assessment, role="cmo")
    asked = portal.get(participant)["progress"]["functions"]
    assert [function["id"] for function in asked] == ["marketing"]
    profile = portal.get(f"{assessment}/profile")
    assert [f["id"] for f in profile["functions"] if f["applicable"]] == ["marketing", "sales"]
    assert profile["respondents"]["scope"] == ["marketing", "sales"]


def test_what_somebody_is_asked_stays_once_there_are_answers(portal: Portal, participant: str) -> None:
    assert portal.patch(participant, {"role": "cio"})["role"] == "cio"
    portal.answer(participant, {"sales.crm_link": "1"})
    assert portal.patch(participant, {"role": "cmo"}, 409)["code"] == "already_answering"
    assert portal.patch(participant, {"role": "cio", "name": "Carlo"})["name"] == "Carlo"


def test_who_somebody_is_can_be_erased_when_the_assessment_is_closed(portal: Portal, assessment: str) -> None:
    participant = portal.participant(assessment, name="Ada", email="ada@valle.example")
    portal.patch(assessment, {"status": "closed"})
    erased = portal.patch(participant, {"name": None, "email": None})
    assert (erased["name"], erased["email"]) == (None, None)
    assert portal.patch(participant, {"language": "it"}, 409)["code"] == "wrong_status"
    assert portal.delete(participant, 409)["code"] == "wrong_status"


def test_a_repeated_request_shows_nothing_that_was_erased(portal: Portal, assessment: str) -> None:
    key = {"Idempotency-Key": "one"}
    body = {"name": "Ada", "email": "ada@valle.example"}
    added = portal.ask("POST", f"{assessment}/participants", body, key).json()
    erased = portal.patch(f"{assessment}/participants/{added['id']}", {"name": None, "email": None})
    again = portal.ask("POST", f"{assessment}/participants", body, key)
    assert again.json() == erased | {"invitation_link": None}
    assert (erased["name"], erased["email"]) == (None, None)
    portal.delete(f"{assessment}/participants/{added['id']}")
    assert portal.ask("POST", f"{assessment}/participants", body, key).status_code == 404


def test_there_are_at_most_as_many_participants_as_can_be_scored(portal: Portal) -> None:
    body = {"company": portal.company(), "responses": [{}] * 500}
    assessment = f"/assessments/{portal.post('/assessments', body)['id']}"
    assert portal.post(f"{assessment}/participants", {}, 409)["code"] == "too_many_participants"


def test_a_removed_participant_is_gone_with_all_answers(portal: Portal, assessment: str) -> None:
    participant = portal.participant(assessment, role="cmo")
    portal.answer(participant, {DIALOGUE: "4"})
    portal.delete(participant)
    portal.get(participant, 404)
    assert portal.get(f"{assessment}/profile")["counts"]["answered"] == 0


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"role": "king"}, ("/role", "unknown_role")),
        ({"functions": ["sales", "kitchen"]}, ("/functions/1", "unknown_function")),
        ({"email": "nobody"}, ("/email", "malformed")),
        ({"name": ""}, ("/name", "too_short")),
        ({"answers": {}}, ("/answers", "unknown_field")),
    ],
)
def test_a_participant_who_does_not_fit_is_refused(
    portal: Portal, assessment: str, given: Json, fault: tuple[str, str]
) -> None:
    assert faults_of(portal.ask("POST", f"{assessment}/participants", given)) == {fault}
