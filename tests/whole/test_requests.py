"""What every operation reads of a request, and in which order: who calls, the query, the body."""

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.core.web.bodies import StrictRoute
from app.main import ROUTERS
from tests.kit.databases import ON_ONE_DATABASE
from tests.kit.openapi import DOCUMENT, ROUTES
from tests.kit.operations import OPERATIONS, Stock, Usual, send
from tests.kit.portal import Portal
from tests.kit.reading import faults_of, problem_of
from tests.kit.things import Things, make_things

TOO_LONG = b"[" + b"1," * 200_000 + b"1]"

each = pytest.mark.parametrize("name", OPERATIONS)
each_opened = pytest.mark.parametrize("name", [n for n in OPERATIONS if OPERATIONS[n].opened_by != "nothing"])
each_without_a_body = pytest.mark.parametrize(
    "name", [n for n, r in ROUTES.items() if "requestBody" not in r.description]
)


@pytest.fixture(scope="module")
def stock(stored: TestClient) -> Stock:
    return Stock(stored)


@pytest.fixture(scope="module")
def things(stored: TestClient) -> Things:
    return make_things(stored)


def test_every_operation_is_read_strictly() -> None:
    routes = [
        r for router in ROUTERS for r in router.routes if isinstance(r, APIRoute) and r.include_in_schema
    ]
    assert {route.path for route in routes} == set(DOCUMENT["paths"])
    assert [route.path for route in routes if not isinstance(route, StrictRoute)] == []


@ON_ONE_DATABASE
@each
def test_a_parameter_that_there_is_not_is_refused(stock: Stock, name: str) -> None:
    usual = stock.usual(name)
    refused = stock.send(name, usual._replace(query={**usual.query, "surprise": "1"}))
    assert faults_of(refused) == {("/query/surprise", "unknown_parameter")}
    assert stock.send(name, usual).status_code == OPERATIONS[name].status


@ON_ONE_DATABASE
@each
def test_a_parameter_stands_once_unless_it_is_a_list(stock: Stock, name: str) -> None:
    listed = {
        p["name"]: p["schema"] for p in ROUTES[name].description.get("parameters", ()) if p["in"] == "query"
    }
    usual = stock.usual(name)
    for parameter in [p for p in usual.query if listed[p].get("type") != "array"]:
        value = usual.query[parameter]
        refused = stock.send(name, usual, f"{parameter}={value}&{parameter}={value}")
        assert (f"/query/{parameter}", "repeated_parameter") in faults_of(refused)


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/companies?limits=3", "there is no such parameter; did you mean limit?"),
        ("/score?lag=it", "there is no such parameter; did you mean lang?"),
        ("/workspace?x=1", "there is no such parameter; it takes none"),
    ],
)
def test_the_nearest_parameter_is_named(portal: Portal, path: str, detail: str) -> None:
    method = "POST" if path.startswith("/score") else "GET"
    (fault,) = problem_of(portal.ask(method, path), 422).errors
    assert fault.detail == detail


@ON_ONE_DATABASE
@each_without_a_body
def test_a_body_is_refused_where_none_is_read(stock: Stock, name: str) -> None:
    usual = stock.usual(name)
    assert faults_of(stock.send(name, usual._replace(body={"name": "Rossi"}))) == {("", "unexpected_body")}
    assert stock.send(name, usual).status_code == OPERATIONS[name].status


def test_a_repeated_invitation_with_a_body_is_no_replay(portal: Portal) -> None:
    path = f"{portal.participant(portal.assessment())}/invitation"
    portal.post(path, None, Idempotency_Key="once")
    again = portal.ask("POST", path, {"days": 7}, {"Idempotency-Key": "once"})
    assert "idempotent-replayed" not in again.headers
    assert faults_of(again) == {("", "unexpected_body")}


@ON_ONE_DATABASE
@each_opened
@pytest.mark.parametrize("body", [b"{broken", TOO_LONG, b"\x00"])
def test_who_calls_is_asked_before_anything_is_read(things: Things, name: str, body: bytes) -> None:
    usual = OPERATIONS[name].usual(things)
    asked = Usual(usual.path, {"surprise": "1"}, body, {"Content-Type": "text/plain"})
    answer = send(things.portal.client, name, asked, None)
    assert problem_of(answer, 401).code in {"missing_key", "missing_token"}
