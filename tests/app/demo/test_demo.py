"""The demonstration: companies to look at, with a key that opens nothing elsewhere."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from app.core.settings import Settings
from app.demo.workspace import DEMO_KEY, prepare_demo
from app.main import create_app
from tests.kit.databases import ON_ONE_DATABASE
from tests.kit.portal import Portal
from tests.kit.reading import Json


@pytest.fixture
def demo(migrated_url: str) -> Iterator[Portal]:
    """The demonstration on a database of its own."""
    with TestClient(create_app(Settings(database_url=migrated_url, demo=True))) as client:
        portal = Portal(client, DEMO_KEY, "")
        portal.workspace = portal.get("/workspace")["id"]
        yield portal


def by_company(demo: Portal) -> list[list[Json]]:
    companies = demo.get("/companies")["data"]
    return [demo.get(f"/assessments?company={company['id']}")["data"] for company in companies]


def test_three_companies_two_of_them_a_year_apart_one_running(demo: Portal) -> None:
    first, second, third = by_company(demo)
    assert [[a["status"] for a in assessments] for assessments in (first, second, third)] == [
        ["closed", "closed", "closed"],
        ["closed", "closed"],
        ["open"],
    ]
    for earlier, later in (*pairwise(first), *pairwise(second)):
        assert earlier["closed_at"][:4] < later["closed_at"][:4]
    assert {assessment["language"] for assessment in (*first, *second, *third)} == {"en", "it"}
    running = third[0]["participants"]
    assert min(running["submitted"], running["answering"], running["not_started"]) >= 1


def test_every_result_can_be_computed_again(demo: Portal) -> None:
    for assessment in (a for assessments in by_company(demo) for a in assessments if a["status"] == "closed"):
        (result,) = demo.get(f"/assessments/{assessment['id']}/results")["data"]
        path = f"/assessments/{assessment['id']}/results/{result['number']}"
        assert demo.get(f"{path}/verification")["equal"] is True


def test_every_year_the_first_company_stands_better(demo: Portal) -> None:
    first, *_ = by_company(demo)
    values = [
        demo.get(f"/assessments/{assessment['id']}/profile")["overall"]["score"]["value"]
        for assessment in first
    ]
    assert all(before < after for before, after in pairwise(values))


def test_why_a_company_moved_within_a_year_is_told_by_its_answers(demo: Portal) -> None:
    """By one questionnaire both times, and each of the parts is in it."""
    named: set[str] = set()
    for assessments in by_company(demo)[:2]:
        earlier, later = assessments[-2:]
        shown = demo.get(f"/assessments/{later['id']}/results/1/comparison?with={earlier['id']}/1")
        assert shown["overall"]["index"]["parts"]["rules"]["value"] == 0
        assert shown["overall"]["index"]["parts"]["answers_changed"]["value"] > 0
        named |= {part for part, questions in shown["questions"].items() if questions}
    assert named == {"applicability", "newly_answered", "no_longer_answered", "answers_changed"}


@ON_ONE_DATABASE
def test_the_longest_reports_keep_to_twelve_pages(demo: Portal) -> None:
    """A year apart, in Italian, whose words are longer, on the shorter paper."""
    first, *_ = by_company(demo)
    for assessment in first[:2]:
        path = f"/assessments/{assessment['id']}/results/1/report?format=pdf&lang=it&paper=letter"
        assert len(PdfReader(BytesIO(demo.ask("GET", path).content)).pages) <= 12, assessment["name"]


def test_the_respondents_of_the_second_company_disagree(demo: Portal) -> None:
    _, (*_, second), _ = by_company(demo)
    questions = demo.get(f"/assessments/{second['id']}/profile")["respondents"]["questions"]
    assert sum(q["max"] - q["min"] >= 2 for q in questions if q["max"] is not None) >= 10


def test_a_company_that_is_added_has_a_page_before_anybody_answers(demo: Portal) -> None:
    assessment = demo.assessment(company=demo.company("Officine Bellandi"))
    path = f"/demo/{assessment.rpartition('/')[2]}"
    page = demo.client.get(path)
    assert page.status_code == 200
    assert "Officine Bellandi" in page.text
    assert 'id="what-if"' in page.text
    assert demo.client.get(f"{path}?part=what_if&levels=").status_code == 200


def test_its_keys_stay(demo: Portal) -> None:
    (key,) = demo.get("/keys")["data"]
    assert demo.delete(f"/keys/{key['id']}", 409)["code"] == "demonstration"


def test_it_is_made_once(demo: Portal) -> None:
    before = demo.get("/assessments")
    state = demo.client.app.state  # type: ignore[attr-defined] # it is a FastAPI
    prepare_demo(state.resources)
    assert demo.get("/assessments") == before


def test_its_key_stands_in_the_documentation_of_the_demonstration_only(
    demo: Portal, stored: TestClient
) -> None:
    assert DEMO_KEY in demo.client.get("/docs").text
    assert DEMO_KEY not in stored.get("/docs").text
    assert "data-key" not in stored.get("/docs").text


def test_its_key_opens_nothing_when_the_same_database_is_served_otherwise(
    demo: Portal, migrated_url: str
) -> None:
    demo.get("/companies")
    app = create_app(Settings(database_url=migrated_url))
    try:
        elsewhere = Portal(TestClient(app), DEMO_KEY, demo.workspace)
        assert elsewhere.get("/companies", 401)["code"] == "unknown_key"
    finally:
        app.state.resources.database.close()


def test_a_year_later_it_is_known_who_answered_again(demo: Portal) -> None:
    (*_, earlier, later), *_ = by_company(demo)
    shown = demo.get(f"/assessments/{later['id']}/results/1/comparison?with={earlier['id']}/1")
    assert shown["respondents"] == {"joined": 1, "left": 1, "stayed": 5}
    assert shown["in_both"]["overall"]["score"]["change"]["value"] > 0
    latest, _, first = demo.get(f"/companies/{later['company']}/history")["data"]
    assert latest["change"]["overall"] == shown["overall"]["score"]["change"]
    assert first["change"] is None
