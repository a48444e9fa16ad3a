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


def test_erasing_a_company_erases_the_saved_answers_about_it(portal: Portal) -> None:
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
