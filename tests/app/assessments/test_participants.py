"""Who is asked: several added in one call, and found again in lists."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.kit.operations import ONE_OF_MANY
from tests.kit.portal import Portal
from tests.kit.reading import Json, faults_of, problem_of

PEOPLE: list[Json] = [
    {"role": "cmo", "name": "Zoë Rossi"},
    {"role": "cio", "email": "carlo@valle.example"},
    {"functions": ["sales"], "name": "ada  BRUNI", "language": "it"},
]
LINK = "invitation_link"


def add(portal: Portal, assessment: str, people: Sequence[Json] = PEOPLE) -> list[Json]:
    added: list[Json] = portal.post(f"{assessment}/participants", {"participants": people})["participants"]
    return added


# --- Several at once


def test_several_are_added_in_their_order_each_with_a_link(portal: Portal) -> None:
    assessment = portal.assessment()
    added = add(portal, assessment)
    asked = [{name: shown[name] for name in said} for said, shown in zip(PEOPLE, added, strict=True)]
    assert asked == PEOPLE
    links = [one.pop(LINK) for one in added]
    assert portal.get(f"{assessment}/participants")["data"] == added
    for link, one in zip(links, added, strict=True):
        respondent = portal.with_token(link.partition("#")[2])
        respondent.patch("/respondent/answers", {"answers": {}, "self_rating": 5}, If_Match='"0"')
        assert portal.get(f"{assessment}/participants/{one['id']}")["status"] == "answering"


def test_they_stand_where_their_list_does(portal: Portal) -> None:
    path = f"{portal.assessment()}/participants"
    many = portal.ask("POST", path, {"participants": PEOPLE})
    one = portal.ask("POST", path, PEOPLE[0])
    assert many.headers["location"] == f"/v1{path}"
    assert one.headers["location"] == f"/v1{path}/{one.json()['id']}"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        (
            {"participants": [PEOPLE[0], {"role": "juggler"}, {"functions": ["sales", "juggling"]}]},
            {"/participants/1/role": "unknown_role", "/participants/2/functions/1": "unknown_function"},
        ),
        (
            {"participants": [PEOPLE[0], {"email": "nobody"}]},
            {"/participants/1/email": "malformed"},
        ),
        ({"participants": [PEOPLE[0], {"nickname": "A"}]}, {"/participants/1/nickname": "unknown_field"}),
        ({"participants": []}, {"/participants": "too_short"}),
        ({"participants": 201 * [{}]}, {"/participants": "too_long"}),
        ({"participants": None}, {"/participants": "wrong_type"}),
        (
            {"participants": PEOPLE, "role": "cmo", "name": None},
            {"/name": "beside_participants", "/role": "beside_participants"},
        ),
    ],
)
def test_all_of_them_are_added_or_none(portal: Portal, body: Json, faults: dict[str, str]) -> None:
    assessment = portal.assessment()
    assert dict(faults_of(portal.ask("POST", f"{assessment}/participants", body))) == faults
    assert portal.get(f"{assessment}/participants")["data"] == []


def test_an_assessment_has_at_most_five_hundred(portal: Portal) -> None:
    assessment = portal.assessment()
    for _ in range(2):
        add(portal, assessment, 200 * [{}])
    refused = portal.ask("POST", f"{assessment}/participants", {"participants": 101 * [{}]})
    assert problem_of(refused, 409).code == "too_many_participants"
    assert portal.get(assessment)["participants"]["invited"] == 400
    assert len(add(portal, assessment, 100 * [{}])) == 100


def test_the_same_request_again_shows_them_as_they_are_now_without_links(portal: Portal) -> None:
    assessment = portal.assessment()
    path, asked = f"{assessment}/participants", {"participants": PEOPLE}
    first = portal.post(path, asked, Idempotency_Key="once")["participants"]
    portal.patch(f"{assessment}/participants/{first[1]['id']}", {"name": "Carlo"})
    again = portal.ask("POST", path, asked, {"Idempotency-Key": "once"})
    assert again.headers["idempotent-replayed"] == "true"
    shown = again.json()["participants"]
    assert [one.pop(LINK) for one in shown] == 3 * [None]
    assert shown == portal.get(f"{assessment}/participants")["data"]
    portal.delete(f"{assessment}/participants/{first[2]['id']}")
    gone = portal.ask("POST", path, asked, {"Idempotency-Key": "once"})
    assert problem_of(gone, 404).code == "not_found"


# --- Found again


@pytest.fixture
def assessment(portal: Portal) -> str:
    """The first of the three has handed in, the second has answered."""
    path = portal.assessment()
    first, second, _ = [f"{path}/participants/{one['id']}" for one in add(portal, path)]
    for one in (second, first):
        portal.patch(f"{one}/answers", {"answers": {}, "self_rating": 5}, If_Match='"0"')
    portal.post(f"{first}/submission", {"incomplete": True})
    return path


def roles(portal: Portal, path: str, **query: str) -> list[Any]:
    return [one["role"] for one in portal.get(f"{path}/participants?{urlencode(query)}")["data"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "submitted"}, ["cmo"]),
        ({"status": "answering"}, ["cio"]),
        ({"status": "not_started"}, [None]),
        ({"role": "cio"}, ["cio"]),
        ({"role": "juggler"}, []),
        ({"q": "ZOE"}, ["cmo"]),
        ({"q": "ada bruni"}, [None]),
        ({"q": "valle"}, []),
        ({"q": "ross", "role": "cmo", "status": "submitted"}, ["cmo"]),
        ({"q": "ross", "status": "answering"}, []),
        ({"order": "-created"}, [None, "cio", "cmo"]),
        ({"order": "name"}, ["cio", None, "cmo"]),
        ({"order": "-changed"}, ["cmo", "cio", None]),
    ],
)
def test_participants_are_narrowed_and_ordered(
    portal: Portal, assessment: str, query: dict[str, str], found: list[str | None]
) -> None:
    assert roles(portal, assessment, **query) == found


@pytest.mark.parametrize("order", ["created", "-created", "changed", "-changed", "name", "-name"])
def test_pages_show_everybody_once(portal: Portal, assessment: str, order: str) -> None:
    add(portal, assessment, 4 * [{"name": "Ada Bruni"}])
    at_once = portal.get(f"{assessment}/participants?order={order}")["data"]
    assert list(chain.from_iterable(portal.pages(f"{assessment}/participants?order={order}", 2))) == at_once


def test_every_change_of_a_participant_is_found_since(portal: Portal, assessment: str) -> None:
    path = f"{assessment}/participants"
    person = f"{path}/{portal.get(f'{path}?role=cio')['data'][0]['id']}"

    def newest() -> list[str]:
        last = datetime.fromisoformat(portal.get(f"{path}?order=-changed&limit=1")["data"][0]["changed_at"])
        since = last + timedelta(microseconds=1)
        return [
            f"{path}/{one['id']}"
            for one in portal.get(f"{path}?changed_since={since:%Y-%m-%dT%H:%M:%S.%fZ}")["data"]
        ]

    assert newest() == []
    changes = [
        ("PATCH", "", {"name": "Eva"}),
        ("PATCH", "/answers", {"answers": {}, "self_rating": 6}),
        ("POST", "/submission", {"incomplete": True}),
        ("DELETE", "/submission", None),
        ("POST", "/invitation", None),
        ("DELETE", "/invitation", None),
    ]
    for method, what, body in changes:
        before = portal.get(person)["changed_at"]
        headers = ONE_OF_MANY if what == "/answers" else {}
        assert portal.ask(method, person + what, body, headers).is_success
        after = portal.get(person)["changed_at"]
        assert datetime.fromisoformat(after) > datetime.fromisoformat(before)
        assert roles(portal, assessment, changed_since=after) == ["cio"]


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("status=submitted", ["status"]),
        ("changed_since=2026-01-01T00:00:00Z", ["changed_since"]),
        ("order=changed", ["order"]),
        ("order=-changed&status=answering", ["status", "order"]),
    ],
)
def test_who_has_answered_an_anonymous_assessment_is_not_found_out_by_lists(
    portal: Portal, query: str, parameters: list[str]
) -> None:
    path = f"{portal.assessment(anonymous=True)}/participants"
    refused = problem_of(portal.ask("GET", f"{path}?{query}"), 403)
    assert refused.code == "anonymous_assessment"
    assert [fault.pointer for fault in refused.errors] == [f"/query/{name}" for name in parameters]
    assert {fault.code for fault in refused.errors} == {"tells_who_answered"}


def test_an_anonymous_assessment_s_participants_are_found_by_what_they_were_invited_with(
    portal: Portal,
) -> None:
    path = portal.assessment(anonymous=True)
    added = add(portal, path)
    assert [one["changed_at"] for one in added] == 3 * [None]
    assert roles(portal, path, role="cmo") == ["cmo"]
    assert roles(portal, path, q="ada", order="-name") == [None]


# --- Results


def test_results_are_listed_from_either_end(portal: Portal) -> None:
    path = portal.assessment()
    person = portal.participant(path, role="cmo")
    portal.post(f"{person}/submission", {"incomplete": True})
    for name in ("First", "Second", "Third"):
        portal.post(f"{path}/results", {"name": name})
    shown = {
        order: [
            one["number"] for one in chain.from_iterable(portal.pages(f"{path}/results?order={order}", 2))
        ]
        for order in ("created", "-created")
    }
    assert shown == {"created": [1, 2, 3], "-created": [3, 2, 1]}
    cursor = portal.get(f"{path}/results?limit=1")["next_cursor"]
    refused = portal.ask("GET", f"{path}/results?limit=1&order=-created&cursor={cursor}")
    assert problem_of(refused, 404).code == "not_found"
