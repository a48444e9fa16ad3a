"""A POST with an `Idempotency-Key` takes effect once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from app.core.clock import now
from app.core.housekeeping import clean
from app.core.saved_answers import Idempotency
from tests.kit.portal import Portal, database_of
from tests.kit.reading import faults_of, problem_of

KEY = {"Idempotency-Key": "one"}
BODY = {"name": "Officine Valle S.p.A."}


def companies(portal: Portal) -> int:
    return len(portal.get("/companies")["data"])


def test_the_same_request_again_gives_the_first_answer(portal: Portal) -> None:
    first = portal.ask("POST", "/companies", BODY, KEY)
    again = portal.ask("POST", "/companies", BODY, KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    for name in ("location", "etag", "content-type", "cache-control"):
        assert again.headers[name] == first.headers[name]
    assert companies(portal) == 1


def test_the_key_stands_for_one_request(portal: Portal) -> None:
    portal.ask("POST", "/companies", BODY, KEY)
    other = portal.ask("POST", "/companies", {"name": "Another"}, KEY)
    assert problem_of(other, 422).code == "reused_key"
    assessment = portal.ask("POST", "/assessments", {"company": "cmp_x"}, KEY)
    assert problem_of(assessment, 422).code == "reused_key"
    assert companies(portal) == 1


def test_each_caller_has_keys_of_its_own(portal: Portal) -> None:
    portal.ask("POST", "/companies", BODY, KEY)
    Portal.new(portal.client).ask("POST", "/companies", {"name": "Another"}, KEY)
    second = portal.post("/keys", {"name": "Second", "scopes": ["write"]})["secret"]
    assert portal.with_token(second).ask("POST", "/companies", BODY, KEY).status_code == 201
    assert companies(portal) == 2


def test_a_refused_request_can_be_mended_under_the_same_key(portal: Portal) -> None:
    assert portal.ask("POST", "/assessments", {"company": "cmp_x"}, KEY).status_code == 404
    assert portal.ask("POST", "/companies", BODY, KEY).status_code == 201


def test_what_is_shown_once_is_not_kept(portal: Portal) -> None:
    body = {"name": "Second", "scopes": ["read"]}
    made = portal.ask("POST", "/keys", body, KEY).json()
    again = portal.ask("POST", "/keys", body, KEY).json()
    assert (made["secret"] is None, again["secret"]) == (False, None)
    assert again == made | {"secret": None}
    path = f"{portal.assessment()}/participants"
    link = portal.ask("POST", path, {"role": "cmo"}, {"Idempotency-Key": "two"}).json()
    replay = portal.ask("POST", path, {"role": "cmo"}, {"Idempotency-Key": "two"}).json()
    assert replay == link | {"invitation_link": None}


def test_after_a_day_the_key_is_free_again(portal: Portal) -> None:
    portal.ask("POST", "/companies", BODY, KEY)
    own = col(Idempotency.workspace_id) == portal.workspace
    with database_of(portal).writing() as session:
        yesterday = {"created_at": now() - timedelta(hours=24, seconds=1)}
        session.exec(update(Idempotency).where(own).values(yesterday))
    assert portal.ask("POST", "/companies", {"name": "Another"}, KEY).status_code == 201
    assert portal.ask("POST", "/companies", {"name": "Another"}, KEY).status_code == 201
    assert companies(portal) == 2


def test_keys_that_no_longer_count_are_dropped(portal: Portal) -> None:
    portal.ask("POST", "/companies", BODY, KEY)
    portal.ask("POST", "/companies", BODY, {"Idempotency-Key": "two"})
    database, own = database_of(portal), col(Idempotency.workspace_id) == portal.workspace
    with database.writing() as session:
        old = {"created_at": now() - timedelta(hours=25)}
        session.exec(update(Idempotency).where(own, col(Idempotency.key) == "one").values(old))
    clean(database)
    with database.reading() as session:
        left = session.exec(select(Idempotency.key).where(own)).all()
    assert left == ["two"]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256])
def test_a_malformed_key_is_refused(portal: Portal, key: str) -> None:
    refused = portal.ask("POST", "/companies", BODY, {"Idempotency-Key": key})
    assert faults_of(refused) == {("/header/Idempotency-Key", "malformed_key")}
    assert companies(portal) == 0


def test_what_was_made_is_shown_as_it_is_now(portal: Portal) -> None:
    company = portal.ask("POST", "/companies", BODY, KEY).json()
    changed = portal.patch(f"/companies/{company['id']}", {"name": "Valle Holding"})
    again = portal.ask("POST", "/companies", BODY, KEY)
    assert (again.status_code, again.json()) == (201, changed)
    assert again.headers["etag"] == f'"{changed["revision"]}"'


def test_handing_in_again_under_the_same_key_shows_the_profile_of_now(portal: Portal) -> None:
    assessment = portal.assessment()
    participant = portal.participant(assessment, role="cmo")
    portal.answer(participant, {"marketing.dialogue": "4"})
    path, body = f"{participant}/submission", {"incomplete": True}
    first = portal.ask("POST", path, body, KEY).json()
    assert portal.ask("POST", path, body, KEY).json() == first
    portal.settle(assessment, "targets", {"marketing": 5})
    portal.delete(path, 200)
    again = portal.ask("POST", path, body, KEY).json()
    assert again["participant"] == portal.get(participant)
    assert again["profile"] == portal.get(f"{assessment}/profile") != first["profile"]


def test_all_in_one_call_again_shows_the_same(portal: Portal) -> None:
    responses = [{"role": "cmo", "answers": {"marketing.dialogue": "4"}}, {"role": "cio"}]
    body = {"company": BODY, "responses": responses, "submit": True, "incomplete": True}
    first = portal.ask("POST", "/assessments", body, KEY)
    again = portal.ask("POST", "/assessments", body, KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert companies(portal) == 1


def test_a_result_again_is_the_same_to_the_byte(portal: Portal) -> None:
    body = {"company": BODY, "responses": [{}], "submit": True, "incomplete": True}
    path = f"/assessments/{portal.post('/assessments', body)['id']}/results"
    first = portal.ask("POST", path, {}, KEY)
    portal.post(path, {})
    again = portal.ask("POST", path, {}, KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert [result["number"] for result in portal.get(path)["data"]] == [1, 2]


def test_a_respondent_who_hands_in_again_under_the_same_key_is_told_the_same(portal: Portal) -> None:
    respondent = portal.invited(portal.assessment(), role="cmo")
    path, body = "/respondent/submission", {"incomplete": True}
    first = respondent.ask("POST", path, body, KEY)
    respondent.delete(path, 200)
    again = respondent.ask("POST", path, body, KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert respondent.get("/respondent")["submitted_at"] is None


def test_a_link_that_was_taken_back_is_not_shown_again(portal: Portal) -> None:
    participant = portal.participant(portal.assessment(), role="cmo")
    path = f"{participant}/invitation"
    first = portal.ask("POST", path, None, KEY).json()
    assert portal.ask("POST", path, None, KEY).json() == first | {"invitation_link": None}
    portal.delete(path)
    assert portal.ask("POST", path, None, KEY).status_code == 404


def test_what_was_done_before_an_upgrade_is_not_done_again(portal: Portal) -> None:
    portal.ask("POST", "/companies", BODY, KEY)
    own = col(Idempotency.workspace_id) == portal.workspace
    with database_of(portal).writing() as session:
        session.exec(update(Idempotency).where(own).values({"made": None}))
    again = portal.ask("POST", "/companies", BODY, KEY)
    assert problem_of(again, 409).code == "done_before_upgrade"
    assert companies(portal) == 1


def test_no_word_of_what_was_said_is_kept_for_a_key(portal: Portal) -> None:
    said = {"option": "3", "comment": "Confided."}
    responses = [{"role": "cmo", "name": "Ada", "answers": {"marketing.dialogue": said}}]
    body = {"company": BODY, "responses": responses, "submit": True, "incomplete": True}
    made = portal.ask("POST", "/assessments", body, KEY).json()
    with database_of(portal).reading() as session:
        (kept,) = session.exec(
            select(Idempotency.made).where(col(Idempotency.workspace_id) == portal.workspace)
        ).all()
    assert kept == f'["{made["id"]}","{made["responses"][0]}"]'


def test_what_was_made_of_an_erased_company_is_gone(portal: Portal) -> None:
    company = portal.ask("POST", "/companies", BODY, KEY).json()["id"]
    other = portal.ask("POST", "/companies", {"name": "Another"}, {"Idempotency-Key": "two"})
    assessment = {"company": company, "status": "open"}
    portal.ask("POST", "/assessments", assessment, {"Idempotency-Key": "three"})
    portal.delete(f"/companies/{company}")
    assert portal.ask("POST", "/companies", BODY, KEY).status_code == 404
    assert portal.ask("POST", "/assessments", assessment, {"Idempotency-Key": "three"}).status_code == 404
    again = portal.ask("POST", "/companies", {"name": "Another"}, {"Idempotency-Key": "two"})
    assert again.content == other.content
    assert companies(portal) == 1


def test_keys_are_made_at_once_without_waiting_for_one_another_in_a_circle(portal: Portal) -> None:
    body = {"name": "Second", "scopes": ["read"]}
    with ThreadPoolExecutor(6) as pool:
        asked = [
            pool.submit(portal.ask, "POST", "/keys", body, {"Idempotency-Key": f"key-{number}"})
            for number in range(18)
        ]
        assert {response.result().status_code for response in asked} == {201}


def test_whole_numbers_of_any_size_are_refused_and_not_broken_by(portal: Portal) -> None:
    body = {"company": {"name": "Valle"}, "responses": [{"answers": {"sales.presence": 10**30}}]}
    assert portal.ask("POST", "/assessments", body, KEY).status_code == 422
