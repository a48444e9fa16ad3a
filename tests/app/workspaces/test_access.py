"""Keys and invitations: what opens what, and until when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select, update

from app.assessments.models import Participant
from app.core.clock import now
from app.demo.workspace import DEMO_KEY
from app.workspaces.models import Key
from app.workspaces.tokens import digest_of, kind_of, new_token
from tests.kit.portal import Portal, content, database_of
from tests.kit.reading import SCORE, Json, example, faults_of, problem_of

Make = Callable[..., TestClient]


def key_of(portal: Portal, *scopes: str, **given: object) -> Json:
    made: Json = portal.post("/keys", {"name": "Second", "scopes": list(scopes), **given})
    return made


def test_a_key_is_shown_once_and_kept_as_a_digest(portal: Portal) -> None:
    made = key_of(portal, "read")
    assert kind_of(made["secret"]) == "live"
    assert made["secret"].startswith(made["hint"].removesuffix("…"))
    listed = portal.ask("GET", "/keys")
    assert made["secret"] not in listed.text
    assert [key["name"] for key in listed.json()["data"]] == ["Tests", "Second"]
    with database_of(portal).reading() as session:
        own = select(Key).where(col(Key.workspace_id) == portal.workspace, col(Key.id) == made["id"])
        assert session.exec(own).one().digest == digest_of(made["secret"])


@pytest.mark.parametrize(
    ("scope", "reads", "writes", "administers"),
    [("read", 200, 403, 403), ("write", 200, 201, 403), ("admin", 200, 201, 200)],
)
def test_each_scope_includes_the_lesser_ones(
    portal: Portal, scope: str, reads: int, writes: int, administers: int
) -> None:
    own = portal.with_token(key_of(portal, scope)["secret"])
    assert own.ask("GET", "/companies").status_code == reads
    assert own.ask("POST", "/companies", {"name": "Valle"}).status_code == writes
    assert own.ask("GET", "/keys").status_code == administers


def refusal(portal: Portal, token: str | None) -> str:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    response = portal.client.get("/v1/companies", headers=headers)
    assert response.headers["www-authenticate"] == "Bearer"
    return problem_of(response, 401).code


def test_what_opens_nothing_is_told_why(portal: Portal) -> None:
    revoked = key_of(portal, "read")
    portal.delete(f"/keys/{revoked['id']}")
    expired = key_of(portal, "read", expires_at=(now() + timedelta(days=1)).isoformat())
    with database_of(portal).writing() as session:
        past = {"expires_at": now() - timedelta(seconds=1)}
        session.exec(update(Key).where(col(Key.id) == expired["id"]).values(past))
    invited = portal.invited(portal.assessment()).token
    mistyped = portal.token[:-1] + ("a" if portal.token[-1] != "a" else "b")
    assert {
        "missing_key": refusal(portal, None),
        "malformed_key": refusal(portal, mistyped),
        "unknown_key": refusal(portal, new_token("live")),
        "revoked_key": refusal(portal, revoked["secret"]),
        "expired_key": refusal(portal, expired["secret"]),
        "invitation_token": refusal(portal, invited),
    } == {
        code: code
        for code in (
            "missing_key",
            "malformed_key",
            "unknown_key",
            "revoked_key",
            "expired_key",
            "invitation_token",
        )
    }


def test_the_last_key_that_makes_others_stays(portal: Portal) -> None:
    (first,) = portal.get("/keys")["data"]
    key_of(portal, "write")
    assert portal.delete(f"/keys/{first['id']}", 409)["code"] == "last_admin_key"
    key_of(portal, "admin")
    portal.delete(f"/keys/{first['id']}", 204)
    other = Portal.new(portal.client)
    other.delete("/keys/key_nowhere", 404)


def test_a_key_that_expires_does_not_stand_in_for_one_that_lasts(portal: Portal) -> None:
    (lasting,) = portal.get("/keys")["data"]
    one, another = (
        key_of(portal, "admin", expires_at=(now() + timedelta(days=1)).isoformat()) for _ in range(2)
    )
    assert portal.delete(f"/keys/{lasting['id']}", 409)["code"] == "last_admin_key"
    portal.delete(f"/keys/{one['id']}", 204)
    portal.delete(f"/keys/{another['id']}", 204)


def test_the_use_of_a_key_is_noted(portal: Portal) -> None:
    made = key_of(portal, "read")
    assert made["last_used_at"] is None
    portal.with_token(made["secret"]).get("/companies")
    assert portal.get("/keys")["data"][1]["last_used_at"] is not None


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"scopes": []}, ("/scopes", "too_short")),
        ({"scopes": ["all"]}, ("/scopes/0", "unknown_value")),
        (
            {"name": "x", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"},
            ("/expires_at", "in_the_past"),
        ),
        ({"name": "x", "scopes": ["read"], "expires_at": "2099-01-01"}, ("/expires_at", "malformed")),
    ],
)
def test_a_key_that_makes_no_sense_is_refused(portal: Portal, given: Json, fault: tuple[str, str]) -> None:
    assert faults_of(portal.ask("POST", "/keys", {"name": "Portal", "scopes": ["read"]} | given)) == {fault}


def test_a_new_invitation_replaces_the_old_one(portal: Portal) -> None:
    assessment = portal.assessment()
    added = portal.post(f"{assessment}/participants", {})
    path = f"{assessment}/participants/{added['id']}/invitation"
    old = portal.with_token(added["invitation_link"].partition("#")[2])
    assert old.get("/respondent")["participant"]["id"] == added["id"]
    new = portal.with_token(portal.post(path, None)["invitation_link"].partition("#")[2])
    assert old.get("/respondent", 401)["code"] == "unknown_token"
    new.get("/respondent")
    portal.delete(path)
    assert new.get("/respondent", 401)["code"] == "unknown_token"
    portal.delete(path, 404)


def test_an_invitation_expires(portal: Portal) -> None:
    respondent = portal.invited(portal.assessment())
    with database_of(portal).writing() as session:
        own = col(Participant.workspace_id) == portal.workspace
        past = {"invitation_expires_at": now() - timedelta(seconds=1)}
        session.exec(update(Participant).where(own).values(past))
    assert respondent.get("/respondent", 401)["code"] == "expired_token"


def test_a_key_does_not_open_the_respondents_surface(portal: Portal) -> None:
    assert portal.get("/respondent", 401)["code"] == "malformed_token"
    response = portal.client.get("/v1/respondent")
    assert problem_of(response, 401).code == "missing_token"


def test_the_link_carries_the_token_behind_the_hash(portal: Portal) -> None:
    link = portal.post(f"{portal.assessment()}/participants", {})["invitation_link"]
    page, _, token = link.partition("#")
    assert page == "http://127.0.0.1/r"
    assert kind_of(token) == "invite"


def test_a_link_does_not_begin_with_whatever_host_a_caller_names(served: Make, portal: Portal) -> None:
    path = f"{portal.assessment()}/participants"
    hostile = portal.ask("POST", path, {}, {"Host": "evil.example"})
    assert problem_of(hostile, 409).code == "public_url_missing"
    assert portal.get(path)["data"] == []
    public = Portal(served(public_url="https://maturity.example/"), portal.token, portal.workspace)
    added = content(public.ask("POST", path, {}, {"Host": "evil.example"}), 201)
    assert added["invitation_link"].startswith("https://maturity.example/r#")


@pytest.mark.parametrize(
    ("settings", "status"), [({}, 401), ({"public_scoring": True}, 200), ({"demo": True}, 200)]
)
def test_scoring_and_questionnaires_need_a_key_unless_they_are_public(
    served: Make, settings: Json, status: int
) -> None:
    client = served(**settings)
    assert client.post(SCORE, json=example()).status_code == status
    assert client.get("/v1/questionnaires").status_code == status
    rows = {"Content-Type": "text/csv"}
    portfolio = client.post("/v1/score-portfolio", content="sales.presence\n3\n", headers=rows)
    assert portfolio.status_code == status
    assert client.get("/v1/companies").status_code == 401


def test_a_wrong_key_is_refused_even_where_none_is_needed(served: Make) -> None:
    headers = {"Authorization": f"Bearer {new_token('live')}"}
    assert served(demo=True).post(SCORE, json=example(), headers=headers).status_code == 401


def test_a_key_that_reads_can_score(portal: Portal) -> None:
    own = portal.with_token(key_of(portal, "read")["secret"])
    assert own.ask("POST", "/score", example()).status_code == 200


def test_the_demonstrations_key_opens_nothing_elsewhere(portal: Portal) -> None:
    assert refusal(portal, DEMO_KEY) == "unknown_key"


def test_requests_beyond_the_limit_of_a_key_wait(served: Make, portal: Portal) -> None:
    client = served(requests_per_minute_per_key=3)
    made = key_of(portal, "read")["secret"]
    headers = {"Authorization": f"Bearer {made}"}
    answers = [client.get("/v1/companies", headers=headers) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert problem_of(answers[-1], 429).code == "too_many_requests"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    other = {"Authorization": f"Bearer {portal.token}"}
    assert client.get("/v1/companies", headers=other).status_code == 200


def test_requests_without_a_key_count_for_their_address(served: Make) -> None:
    client = served(public_scoring=True, requests_per_minute_per_address=2)
    codes = [client.post(SCORE, json=example()).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    guess = {"Authorization": f"Bearer {new_token('live')}"}
    assert client.get("/v1/companies", headers=guess).status_code == 429


@pytest.mark.parametrize(
    ("settings", "headers", "status"),
    [
        ({}, {}, 401),
        ({"metrics_token": "abc"}, {}, 401),
        ({"metrics_token": "abc"}, {"Authorization": "Bearer ab"}, 401),
        ({"metrics_token": "abc"}, {"Authorization": "Bearer abc"}, 200),
        ({"demo": True}, {}, 200),
    ],
)
def test_metrics_are_opened_by_their_token(
    served: Make, settings: Json, headers: dict[str, str], status: int
) -> None:
    assert served(**settings).get("/metrics", headers=headers).status_code == status
