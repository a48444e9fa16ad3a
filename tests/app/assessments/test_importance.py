"""How important it is to the company is kept beside the self-rating, where the questionnaire asks for it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.kit.folders import in_catalog
from tests.kit.portal import Portal
from tests.kit.reading import faults_of

WITH = {"questionnaire": "with-importance"}
ANSWERS = {"sales.presence": "1", "sales.record": "2"}


@pytest.fixture
def asking(served: Callable[..., TestClient], tmp_path: Path) -> Portal:
    """A consultancy on a service that has a questionnaire with it."""
    return Portal.new(served(questionnaires=in_catalog("importance", tmp_path / "questionnaires")))


def opened(portal: Portal, **given: object) -> str:
    company = portal.post("/companies", {"name": "Cantine Alte"})["id"]
    body = WITH | {"company": company, "status": "open"}
    return f"/assessments/{portal.post('/assessments', body | given)['id']}"


def test_it_is_kept_until_it_is_taken_back_and_changed_by_its_name(asking: Portal) -> None:
    path = f"{asking.participant(opened(asking), role='cmo')}/answers"
    said = asking.patch(path, {"importance": 9, "self_rating": 3}, If_Match='"0"')
    assert (said["importance"], said["self_rating"]) == (9, 3)
    assert asking.patch(path, {"answers": ANSWERS}, If_Match='"1"')["importance"] == 9
    stale = asking.patch(path, {"importance": 8}, 412, If_Match='"0"')
    assert "/importance" in {fault["pointer"] for fault in stale["errors"]}
    assert asking.patch(path, {"importance": None}, If_Match='"2"')["importance"] is None
    replaced = asking.put(path, {"answers": {}, "importance": 7}, If_Match='"3"')
    assert (replaced["importance"], replaced["self_rating"]) == (7, None)


def test_a_result_keeps_it_and_is_what_is_scored_at_once(asking: Portal) -> None:
    rated = [
        {"role": "cmo", "answers": ANSWERS, "importance": 9, "self_rating": 3},
        {"role": "cio", "answers": ANSWERS, "importance": 6},
    ]
    assessment = opened(asking, responses=rated, submit=True)
    result = asking.post(f"{assessment}/results", {"name": "Baseline"})
    path = f"{assessment}/results/{result['number']}"
    kept = asking.get(path)
    request, profile = kept["request"], kept["profile"]
    assert [response["importance"] for response in request["responses"]] == [9, 6]
    assert profile["importance"] == {
        "values": [{"role": "cmo", "value": 9}, {"role": "cio", "value": 6}],
        "value": 8,
        "scored_equivalent": 3.7,
        "difference": 4.3,
    }
    assert asking.post("/score", request, 200)["importance"] == profile["importance"]
    assert asking.get(f"{path}/verification")["differences"] == []
    page = asking.ask("POST", "/score?lang=it", request, {"Accept": "text/html"}).text
    assert "il risultato calcolato corrisponde a 3,7. Tra sapere e fare c’è una distanza di 4,3." in page


def test_an_anonymous_one_shows_no_single_importance(asking: Portal) -> None:
    rated = [{"answers": ANSWERS, "importance": 9}] * 5
    profiles = [
        asking.post(
            "/score",
            WITH | {"anonymous": True, "responses": rated[:count]},
            200,
        )
        for count in (4, 5)
    ]
    assert "importance" not in profiles[0]
    assert (profiles[1]["importance"]["values"], profiles[1]["importance"]["value"]) == ([], 9)


def test_a_questionnaire_that_does_not_ask_refuses_it_and_shows_none(portal: Portal) -> None:
    path = f"{portal.participant(portal.assessment(version='1.1.0'))}/answers"
    not_asked = {("/importance", "importance_not_asked")}
    for method in ("PATCH", "PUT"):
        refused = portal.ask(method, path, {"answers": {}, "importance": 5}, {"If-Match": '"0"'})
        assert faults_of(refused) == not_asked
    assert portal.get(path)["revision"] == 0
    older = {"version": "1.1.0", "answers": {}}
    assert faults_of(portal.ask("POST", "/score", older | {"importance": 5})) == not_asked
    assert "importance" not in portal.post("/score", older | {"self_rating": 5}, 200)
