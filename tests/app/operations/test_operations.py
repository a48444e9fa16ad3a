"""Every operation, asked as usual, answers as the OpenAPI document says."""

import pytest
from fastapi.testclient import TestClient

from tests.kit.openapi import ROUTES, check
from tests.kit.operations import OPERATIONS, send_usual
from tests.kit.reading import Json
from tests.kit.things import Things, make_things

SCHEMES: dict[str, list[Json]] = {
    "key": [{"Key": []}],
    "invitation": [{"Invitation": []}],
    "nothing": [],
}
TRIED = {"compare_answers", "simulate_answers", "look_ahead"}
STATELESS = {"plan_way_up", "score_answers", "score_portfolio"} | TRIED
STORES_NOTHING = STATELESS | {"plan_assessment", "plan_result", "simulate_assessment", "simulate_result"}
# Where scoring is public, these need no key.
PUBLIC = STATELESS | {"list_questionnaires", "get_questionnaire", "get_answers_schema"}

each = pytest.mark.parametrize("name", OPERATIONS)


@pytest.fixture(scope="module")
def things(stored: TestClient) -> Things:
    return make_things(stored)


def test_every_operation_is_in_the_table() -> None:
    assert OPERATIONS.keys() == ROUTES.keys()


@each
def test_what_opens_an_operation_is_as_documented(name: str) -> None:
    needed = SCHEMES[OPERATIONS[name].opened_by]
    assert ROUTES[name].description.get("security") == (
        [*needed, {}] if needed and name in PUBLIC else needed
    )


def test_what_changes_something_needs_more_than_a_key_that_reads() -> None:
    reading = {name for name, operation in OPERATIONS.items() if operation.scope == "read"}
    getting = {name for name, route in ROUTES.items() if route.method == "get"}
    assert reading - getting == STORES_NOTHING
    assert {name for name in getting - reading if OPERATIONS[name].opened_by == "key"} == {"list_keys"}


@each
def test_the_usual_request_succeeds_as_documented(things: Things, name: str) -> None:
    response = send_usual(things, name)
    assert response.status_code == OPERATIONS[name].status, response.text
    documented = ROUTES[name].description["responses"]
    assert [status for status in documented if status.startswith("2")] == [str(response.status_code)]
    content = documented[str(response.status_code)].get("content", {})
    assert bool(content) == bool(response.content)
    media_type = response.headers.get("content-type", "").partition(";")[0]
    if content:
        assert media_type in content
    if media_type == "application/json":
        check(content[media_type]["schema"], response.json())
