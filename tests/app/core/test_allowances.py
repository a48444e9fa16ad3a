"""What is left of a rate limit is said with every answer, and what costs more counts more."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.kit.portal import Portal
from tests.kit.reading import SCORE, Json, example

Make = Callable[..., TestClient]

LIMIT = 1000
PATH = "/v1/score-portfolio"
TABLE = b"company,sales.presence\n" + b"Rossi,3\n" * 10_000


def left(response: Response) -> int:
    assert response.headers["ratelimit-limit"] == str(LIMIT)
    assert 1 <= int(response.headers["ratelimit-reset"]) <= 60
    return int(response.headers["ratelimit-remaining"])


def several(count: int) -> Json:
    answers = example()["answers"]
    return {"responses": [{"answers": answers}] * count}


@pytest.fixture
def asked(served: Make, portal: Portal) -> Portal:
    """The same workspace, on a service with a limit."""
    return Portal(served(requests_per_minute_per_key=LIMIT), portal.token, portal.workspace)


def cost(asked: Portal, method: str, path: str, body: object = None) -> int:
    before = left(asked.ask("GET", "/workspace"))
    return before - left(asked.ask(method, path, body))


def test_every_answer_says_what_is_left(asked: Portal) -> None:
    answers = [asked.ask("GET", path) for path in ("/workspace", "/companies/cmp_nowhere", "/companies?x=1")]
    assert [answer.status_code for answer in answers] == [200, 404, 422]
    assert [left(answer) for answer in answers] == [LIMIT - 1, LIMIT - 2, LIMIT - 3]


def test_a_refused_request_says_it_too(served: Make, portal: Portal) -> None:
    client = served(requests_per_minute_per_key=1)
    answers = [client.get("/v1/workspace", headers={"Authorization": f"Bearer {portal.token}"}) for _ in "12"]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["0", "0"]
    assert answers[1].headers["retry-after"] == answers[1].headers["ratelimit-reset"]


def test_where_there_is_no_limit_nothing_is_said(served: Make) -> None:
    answer = served(public_scoring=True, requests_per_minute_per_address=0).post(SCORE, json=example())
    assert not [name for name in answer.headers if name.startswith("ratelimit")]


@pytest.mark.parametrize(
    ("path", "body", "counts"),
    [
        ("/score", example(), 1),
        ("/score?include=trace", example(), 2),
        ("/score", several(10), 1),
        ("/score", several(11), 2),
        ("/score?include=trace", several(50), 10),
        ("/score", {"responses": "all"}, 1),
    ],
)
def test_scoring_many_counts_for_many(asked: Portal, path: str, body: Json, counts: int) -> None:
    assert cost(asked, "POST", path, body) == counts


def test_a_portfolio_counts_by_its_length(asked: Portal) -> None:
    before = left(asked.ask("GET", "/workspace"))
    headers = {"Authorization": f"Bearer {asked.token}", "Content-Type": "text/csv"}
    answer = asked.client.post(PATH, content=TABLE, headers=headers)
    assert answer.status_code == 200
    assert before - left(answer) == len(TABLE) // (64 * 1024) + 1 == 2


@pytest.mark.parametrize(("query", "counts"), [("", 2), ("?include=trace", 4)])
def test_a_live_profile_counts_by_who_was_invited(asked: Portal, query: str, counts: int) -> None:
    company = asked.company()
    body = {"company": company, "status": "open", "responses": [{} for _ in range(12)]}
    assert cost(asked, "POST", "/assessments", body) == 2
    assessment = asked.assessment(responses=[{} for _ in range(12)])
    assert cost(asked, "GET", f"{assessment}/profile{query}") == counts


def test_handing_in_and_results_count_by_who_was_invited(asked: Portal) -> None:
    assessment = asked.assessment(responses=[{} for _ in range(11)])
    participant = asked.participant(assessment)
    submit = ("POST", f"{participant}/submission", {"incomplete": True})
    assert cost(asked, *submit) == 2
    assert cost(asked, "POST", f"{assessment}/results", {}) == 2
    assert cost(asked, "GET", f"{assessment}/results/1/verification") == 2
    assert cost(asked, *submit) == 1  # refused: nothing was scored


def test_what_was_done_before_counts_as_one(asked: Portal) -> None:
    assessment = asked.assessment(responses=[{} for _ in range(11)], submit=True, incomplete=True)
    again = {"Idempotency-Key": "once"}
    first = left(asked.ask("POST", f"{assessment}/results", {}, again))
    assert first - left(asked.ask("POST", f"{assessment}/results", {}, again)) == 1


def test_what_costs_too_much_is_missing_to_the_next(served: Make, portal: Portal) -> None:
    asked = Portal(served(requests_per_minute_per_key=3), portal.token, portal.workspace)
    codes = [asked.ask("POST", "/score", several(40)).status_code, asked.ask("GET", "/workspace").status_code]
    assert codes == [200, 429]
