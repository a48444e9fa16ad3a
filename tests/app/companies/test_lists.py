"""Lists of companies and assessments: narrowed, ordered, page by page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from sqlmodel import col, update

from app.companies.models import Company
from tests.kit.portal import Portal, database_of
from tests.kit.reading import Json, faults_of, problem_of

NAMES = ("Zeta", "Caffè dell'Unità", "CAFFE DEL PORTO", "Österreich AG", "società  100%", "Zeta")
ORDERED = ("CAFFE DEL PORTO", "Caffè dell'Unità", "Österreich AG", "società  100%", "Zeta", "Zeta")

Made = list[Json]


@pytest.fixture(params=["companies", "assessments"])
def kind(request: pytest.FixtureRequest) -> str:
    what: str = request.param
    return what


@pytest.fixture
def made(portal: Portal, kind: str) -> Made:
    """One of each name, in the order in which they are made."""
    if kind == "companies":
        return [portal.post("/companies", {"name": name}) for name in NAMES]
    company = portal.company("Others")
    return [portal.post("/assessments", {"name": name, "company": company}) for name in NAMES]


def names(portal: Portal, path: str) -> list[str]:
    return [item["name"] for item in portal.get(path)["data"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CAFFÈ", ["Caffè dell'Unità", "CAFFE DEL PORTO"]),
        ("unita", ["Caffè dell'Unità"]),
        ("osterreich", ["Österreich AG"]),
        ("società 100%", ["società  100%"]),
        ("a_f", []),
        ("%", ["società  100%"]),
        ("/", []),
    ],
)
@pytest.mark.usefixtures("made")
def test_a_name_is_found_without_regard_to_capitals_and_accents(
    portal: Portal, kind: str, words: str, found: list[str]
) -> None:
    shown = portal.client.get(
        f"/v1/{kind}", params={"q": words}, headers={"Authorization": f"Bearer {portal.token}"}
    )
    assert [item["name"] for item in shown.json()["data"]] == found


@pytest.mark.usefixtures("made")
def test_names_are_in_one_order_on_every_database(portal: Portal, kind: str) -> None:
    assert names(portal, f"/{kind}?order=name") == [*ORDERED]
    assert names(portal, f"/{kind}?order=-name") == [*ORDERED[::-1]]


ORDERS: dict[str, Callable[[Json], Any]] = {
    "created": lambda item: item["id"],
    "changed": lambda item: (datetime.fromisoformat(item["changed_at"]), item["id"]),
    "name": lambda item: (item["name"].casefold().translate(str.maketrans("èàö", "eao")).split(), item["id"]),
}


@pytest.mark.parametrize("order", [*ORDERS, *(f"-{name}" for name in ORDERS)])
def test_pages_show_everything_once_in_order(portal: Portal, kind: str, made: Made, order: str) -> None:
    portal.patch(f"/{kind}/{made[2]['id']}", {"name": made[2]["name"]})
    shown = list(chain.from_iterable(portal.pages(f"/{kind}?order={order}", 2)))
    everything = portal.get(f"/{kind}")["data"]
    key = ORDERS[order.removeprefix("-")]
    assert shown == sorted(everything, key=key, reverse=order.startswith("-"))


def test_what_was_changed_at_the_same_moment_is_in_the_order_of_ids(portal: Portal) -> None:
    made = [portal.company() for _ in range(5)]
    with database_of(portal).writing() as session:
        own = col(Company.workspace_id) == portal.workspace
        session.exec(update(Company).where(own).values({"changed_at": datetime(2026, 1, 1, tzinfo=UTC)}))
    shown = chain.from_iterable(portal.pages("/companies?order=-changed", 2))
    assert [company["id"] for company in shown] == made[::-1]


def test_what_has_changed_since_is_shown(portal: Portal, kind: str, made: Made) -> None:
    changed = portal.patch(f"/{kind}/{made[1]['id']}", {"name": "Changed"})
    assert datetime.fromisoformat(changed["changed_at"]) > datetime.fromisoformat(made[-1]["changed_at"])
    assert names(portal, f"/{kind}?changed_since={changed['changed_at']}") == ["Changed"]
    later = datetime.fromisoformat(changed["changed_at"]) + timedelta(microseconds=1)
    assert names(portal, f"/{kind}?changed_since={later:%Y-%m-%dT%H:%M:%S.%fZ}") == []


def test_an_assessment_is_found_by_status_and_company(portal: Portal) -> None:
    company = portal.company()
    portal.post("/assessments", {"company": company, "name": "Draft"})
    portal.assessment(company=company, name="Open")
    portal.assessment(name="Another's")
    assert names(portal, "/assessments?status=open") == ["Open", "Another's"]
    assert names(portal, f"/assessments?status=open&company={company}") == ["Open"]
    assert names(portal, "/assessments?status=closed") == []


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "other", ["q=zeta", "order=name", "order=-created", "changed_since=2026-01-01T00:00:00Z"]
)
def test_a_cursor_belongs_to_its_order_and_what_it_is_narrowed_by(
    portal: Portal, kind: str, other: str
) -> None:
    cursor = portal.get(f"/{kind}?limit=1")["next_cursor"]
    refused = problem_of(portal.ask("GET", f"/{kind}?limit=1&cursor={cursor}&{other}"), 404)
    assert [fault.pointer for fault in refused.errors] == ["/query/cursor"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("order=size", "unknown_value"),
        ("q=", "too_short"),
        ("q=a%00", "malformed"),
        ("changed_since=yesterday", "malformed"),
        ("changed_since=1764115200", "malformed"),
        ("changed_since=2026-11-23", "malformed"),
        ("changed_since=0001-01-01T00:00:00%2B14:00", "too_small"),
    ],
)
def test_what_a_list_cannot_be_asked_for_is_refused(portal: Portal, kind: str, query: str, code: str) -> None:
    ((_, found),) = faults_of(portal.ask("GET", f"/{kind}?{query}"))
    assert found == code


# --- References


def test_a_company_is_found_by_its_reference(portal: Portal) -> None:
    portal.company()
    company = portal.post("/companies", {"name": "Valle", "reference": "CRM-1"})
    assert portal.get("/companies?reference=CRM-1")["data"] == [company]
    assert portal.get("/companies?reference=CRM-2")["data"] == []


def test_a_reference_stands_for_one_company_of_a_workspace(portal: Portal) -> None:
    given = {"name": "Valle", "reference": "CRM-1"}
    first, second = portal.post("/companies", given)["id"], portal.company()
    assessment = {"company": given}
    refused = {
        "/reference": portal.ask("POST", "/companies", given),
        "/reference ": portal.ask("PATCH", f"/companies/{second}", {"reference": "CRM-1"}),
        "/company/reference": portal.ask("POST", "/assessments", assessment),
    }
    for pointer, response in refused.items():
        problem = problem_of(response, 409)
        assert problem.code == "repeated_reference"
        assert first in problem.detail
        assert [fault.pointer for fault in problem.errors] == [pointer.strip()]
    assert [company["id"] for company in portal.get("/companies")["data"]] == [first, second]
    Portal.new(portal.client).post("/companies", given)


def test_a_reference_can_be_given_back(portal: Portal) -> None:
    given = {"name": "Valle", "reference": "CRM-1"}
    first = portal.post("/companies", given)["id"]
    assert portal.patch(f"/companies/{first}", {"reference": "CRM-1", "name": "Other"})["name"] == "Other"
    portal.patch(f"/companies/{first}", {"reference": None})
    portal.post("/companies", given)
