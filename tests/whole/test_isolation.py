"""Nothing of a workspace is reached, shown or changed from another one, by any operation."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import select
from sqlmodel import col, update

from app.assessments.models import Participant
from app.core.clock import now
from app.migrations.metadata import METADATA
from app.workspaces.models import Key, Scope
from app.workspaces.service import INCLUDED
from app.workspaces.tokens import digest_of
from tests.kit.openapi import ROUTES, put
from tests.kit.operations import OPERATIONS, Operation, Usual, send, send_usual
from tests.kit.portal import Portal, database_of
from tests.kit.reading import Json, problem_of
from tests.kit.things import Things, make_things

OURS, THEIRS = "Oleandro", "Tamerice"
ID = re.compile(r"\b(?:wsp|cmp|asm|prt|key|ses)_[0-9a-z]{25}\b")
TOKEN = re.compile(r"sbm_(?:live|test|invite|own|code|embed)_\w+")

# Parameters that say how to answer, or name what everybody may know.
NAMES_NOTHING = {
    *("lang", "include", "limit", "questionnaire", "version", "tier", "target", "columns", "ignore"),
    *("part", "view", "format", "paper", "chart", "extension", "levels"),  # how a page is shown
    *("order", "q", "reference", "status", "role", "changed_since"),  # what lists are narrowed by
    "number",  # of a result, from 1 in every assessment
}
BY_KEY = [name for name, operation in OPERATIONS.items() if operation.opened_by == "key"]
BY_INVITATION = [name for name, operation in OPERATIONS.items() if operation.opened_by == "invitation"]
CLOSED = [*BY_KEY, *BY_INVITATION]
NAMING_NOTHING = [
    *("compare_answers", "simulate_answers", "look_ahead"),
    *("score_answers", "score_portfolio", "plan_way_up"),
    *("list_questionnaires", "get_questionnaire", "get_answers_schema"),
    *("create_company", "get_workspace", "change_workspace", "create_key"),
    *("get_liveness", "get_readiness", "get_metrics"),
    *BY_INVITATION,
]
NAMING = [name for name in OPERATIONS if name not in NAMING_NOTHING]
STORING = [name for name, route in ROUTES.items() if "idempotency-key" in route.parameters("header")]


class Pair(NamedTuple):
    """Two workspaces with the same kinds of things; `marks` is whatever tells theirs from ours."""

    ours: Things
    theirs: Things
    marks: set[str]
    powerless: dict[str, str | None]


@pytest.fixture(scope="module")
def pair(stored: TestClient) -> Pair:
    ours, theirs = make_things(stored, OURS), make_things(stored, THEIRS)
    powerless: dict[str, str | None] = {"no token": None}
    for whose, things in (("our", ours), ("their", theirs)):
        powerless[f"{whose} revoked key"] = revoked_key(things.portal)
        powerless[f"{whose} expired key"] = expired_key(things.portal)
    return Pair(ours, theirs, marks_of(theirs), powerless)


def revoked_key(portal: Portal) -> str:
    key = portal.post("/keys", {"name": portal.workspace, "scopes": ["admin"]})
    portal.delete(f"/keys/{key['id']}")
    return str(key["secret"])


def expired_key(portal: Portal) -> str:
    later = (now() + timedelta(days=1)).isoformat()
    key = portal.post("/keys", {"name": portal.workspace, "scopes": ["admin"], "expires_at": later})
    with database_of(portal).writing() as session:
        past = {"expires_at": now() - timedelta(seconds=1)}
        session.exec(update(Key).where(col(Key.id) == key["id"]).values(past))
    return str(key["secret"])


def rows_of(things: Things) -> dict[str, list[Any]]:
    """All that the database has of a workspace, but for when its keys were used."""
    rows = {}
    with database_of(things.portal).reading() as session:
        for table in METADATA.sorted_tables:
            own = table.c.id if table.name == "workspace" else table.c.get("workspace_id")
            if own is not None:
                columns = [column for column in table.c if column.name != "last_used_at"]
                found = select(*columns).where(own == things.portal.workspace).order_by(*table.primary_key)
                rows[table.name] = list(session.connection().execute(found).all())
    return rows


def marks_of(things: Things) -> set[str]:
    """The text, the ids, the cursors and the secrets of a workspace."""
    secrets = {*things.keys.values(), *invitations_of(things)}
    return {things.text, *ID.findall(str(rows_of(things))), *things.cursors.values(), *secrets}


def invitations_of(things: Things) -> set[str]:
    return {
        things.invitation,
        things.spare_invitation,
        things.spare_unclaimed,
        things.submitted_invitation,
        things.spare_submitted_invitation,
        things.spare_code,
    }


def assert_silent(response: Response, marks: set[str]) -> None:
    """Neither the body nor a header has anything of theirs."""
    said = f"{response.text} {response.headers}"
    assert not [mark for mark in marks if mark in said], said


Place = tuple[str | int, ...]


def leaves(value: object, place: Place = ()) -> Iterator[tuple[Place, object]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from leaves(inner, (*place, index))
    else:
        yield place, value


def asked(usual: Usual) -> Json:
    return {"path": usual.path, "query": usual.query, "body": usual.body}


def foreign_places(pair: Pair, name: str) -> dict[Place, object]:
    """Where the usual request names something of the workspace, and what of theirs may stand there."""
    theirs = OPERATIONS[name].usual(pair.theirs)
    named = pair.marks - {pair.theirs.text}
    return {place: value for place, value in leaves(asked(theirs)) if str(value).partition("/")[0] in named}


def intrusions(pair: Pair, name: str) -> Iterator[Usual]:
    """Our usual request with something of theirs: in one place at a time, then in all of them.

    Nothing else of ours is named in the query: a cursor of another list would be refused by itself.
    """
    usual = OPERATIONS[name].usual(pair.ours)
    kept = NAMES_NOTHING | {"with"}  # without that there is no comparison
    ours = usual._replace(query={key: usual.query[key] for key in usual.query if key in kept})
    places = foreign_places(pair, name)
    single = [{place: value} for place, value in places.items()]
    for foreign in [*single, places] if len(single) > 1 else single:
        request = asked(ours)
        for place, value in foreign.items():
            request = put(request, place, value)
        yield ours._replace(**request)


def requests(pair: Pair, name: str) -> list[Usual]:
    """The same; our usual request where nothing can be named in it."""
    return list(intrusions(pair, name)) or [OPERATIONS[name].usual(pair.ours)]


@pytest.fixture
def _unchanged(pair: Pair) -> Iterator[None]:
    before = rows_of(pair.theirs)
    yield
    assert rows_of(pair.theirs) == before


def test_every_table_but_the_counts_of_requests_is_of_workspaces() -> None:
    others = {table.name for table in METADATA.sorted_tables if "workspace_id" not in table.c}
    assert others == {"workspace", "rate_limit"}


def test_both_workspaces_have_something_in_every_table(pair: Pair) -> None:
    for things, text in ((pair.ours, OURS), (pair.theirs, THEIRS)):
        rows = rows_of(things)
        assert [table for table, found in rows.items() if not found] == ["idempotency"]
        assert text in str(rows)
        assert ID.findall(str(rows))


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_parameter_that_names_something_is_asked_with_theirs(pair: Pair, name: str) -> None:
    names = set(ROUTES[name].parameters("path", "query")) - NAMES_NOTHING
    shared = {"cursor"} if name == "list_questionnaires" else set()
    assert names - shared == {place[1] for place in foreign_places(pair, name) if place[0] != "body"}


def test_what_is_named_in_a_body_is_asked_with_theirs(pair: Pair) -> None:
    in_bodies = {name for name in OPERATIONS for place in foreign_places(pair, name) if place[0] == "body"}
    assert in_bodies == {"create_assessment", "create_embed_session"}


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("name", CLOSED)
def test_what_opens_nothing_is_refused(pair: Pair, name: str) -> None:
    powerless = pair.powerless | wrong_kinds(pair, OPERATIONS[name])
    for token in powerless.values():
        for usual in requests(pair, name):
            response = send(pair.ours.portal.client, name, usual, token)
            assert problem_of(response, 401).errors == []
            assert_silent(response, pair.marks)


def wrong_kinds(pair: Pair, operation: Operation) -> dict[str, str | None]:
    """Keys where an invitation is needed, and invitations where a key is."""
    if operation.opened_by == "key":
        return {"our invitation": pair.ours.invitation, "their invitation": pair.theirs.invitation}
    return {"our key": pair.ours.keys["admin"], "their key": pair.theirs.keys["admin"]}


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("name", NAMING)
def test_another_workspaces_things_are_not_found(pair: Pair, name: str) -> None:
    operation = OPERATIONS[name]
    for usual in intrusions(pair, name):
        for scope, key in pair.ours.keys.items():
            response = send(pair.ours.portal.client, name, usual, key)
            problem_of(response, 404 if operation.scope in INCLUDED[scope] else 403)
            assert_silent(response, pair.marks)


@pytest.mark.parametrize("name", OPERATIONS)
def test_all_but_these_operations_name_something(pair: Pair, name: str) -> None:
    assert bool(foreign_places(pair, name)) == (name in NAMING)


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("name", NAMING_NOTHING)
def test_answers_show_nothing_of_another_workspace(pair: Pair, name: str) -> None:
    response = send_usual(pair.ours, name)
    assert response.status_code == OPERATIONS[name].status
    assert_silent(response, pair.marks)


@pytest.mark.parametrize(
    "name", [name for name, route in ROUTES.items() if "limit" in route.parameters("query")]
)
def test_lists_show_nothing_of_another_workspace(pair: Pair, name: str) -> None:
    usual = OPERATIONS[name].usual(pair.ours)._replace(query={"limit": "200"})
    response = send(pair.ours.portal.client, name, usual, pair.ours.keys["admin"])
    assert response.status_code == 200
    assert response.json()["data"]
    assert_silent(response, pair.marks)


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("name", BY_KEY)
def test_a_key_does_what_its_scope_says_and_no_more(pair: Pair, name: str) -> None:
    needed = OPERATIONS[name].scope
    lesser: list[Scope] = [scope for scope, included in INCLUDED.items() if needed not in included]
    assert bool(lesser) == (needed != "read")
    for scope in lesser:
        usual = OPERATIONS[name].usual(pair.theirs)
        response = send(pair.theirs.portal.client, name, usual, pair.theirs.keys[scope])
        assert problem_of(response, 403).code == "missing_scope"


@pytest.mark.usefixtures("_unchanged")
@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.method == "get"])
def test_what_opens_something_is_not_shown_again(pair: Pair, name: str) -> None:
    response = send_usual(pair.theirs, name)
    assert response.status_code == 200
    secrets = {*pair.theirs.keys.values(), *invitations_of(pair.theirs)}
    assert_silent(response, secrets | {digest_of(secret) for secret in secrets})


def test_an_idempotency_key_is_its_callers_own(stored: TestClient) -> None:
    ours, theirs = make_things(stored, OURS), make_things(stored, THEIRS)
    for name in STORING:
        key = {"Idempotency-Key": name}
        (first, again), (other,) = (
            [
                send(stored, name, usual._replace(headers={**usual.headers, **key}), token)
                for _ in range(times)
            ]
            for things, times in ((theirs, 2), (ours, 1))
            for usual, token in [(OPERATIONS[name].usual(things), OPERATIONS[name].token(things))]
        )
        assert first.status_code == again.status_code == other.status_code == OPERATIONS[name].status
        assert again.headers["idempotent-replayed"] == "true"
        assert not TOKEN.search(again.text.replace(first.json().get("hint", "…"), ""))
        assert "idempotent-replayed" not in other.headers
        assert_silent(other, marks_of(theirs))


def expire(portal: Portal) -> None:
    with database_of(portal).writing() as session:
        own = col(Participant.workspace_id) == portal.workspace
        past = {"invitation_expires_at": now() - timedelta(seconds=1)}
        session.exec(update(Participant).where(own).values(past))


ENDS: dict[str, Callable[[Portal, str, str], object]] = {
    "company erased": lambda portal, company, _: portal.delete(f"/companies/{company}"),
    "assessment erased": lambda portal, _, path: portal.delete(path.partition("/participants")[0]),
    "participant removed": lambda portal, _, path: portal.delete(path),
    "replaced": lambda portal, _, path: portal.post(f"{path}/invitation", None),
    "revoked": lambda portal, _, path: portal.delete(f"{path}/invitation"),
    "expired": lambda portal, _, __: expire(portal),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_an_invitation_that_is_over_opens_nothing(
    pair: Pair, portal: Portal, end: Callable[[Portal, str, str], object]
) -> None:
    company = portal.company(THEIRS)
    assessment = portal.assessment(company=company, name=THEIRS)
    invited = portal.invited(assessment, name=THEIRS)
    participant = invited.get("/respondent")["participant"]["id"]
    end(portal, company, f"{assessment}/participants/{participant}")
    for name in BY_INVITATION:
        response = send(portal.client, name, OPERATIONS[name].usual(pair.ours), invited.token)
        if name == "exchange_embed_code":  # it takes a code, and never an invitation
            assert problem_of(response, 401).code == "malformed_token"
            continue
        assert problem_of(response, 401).code in {"unknown_token", "expired_token"}
        assert_silent(response, {THEIRS, participant, company, invited.token})
