"""`POST /v1/score` answers with a page where that is what the caller takes."""

import pytest
from fastapi.testclient import TestClient

from app.reports.page import POLICY
from tests.kit.reading import example

SCORE = "/v1/score"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/html", "text/html"),
        ("text/html, application/json;q=0.9", "text/html"),
        ("text/*", "text/html"),
        ("application/json, text/html", "application/json"),
        ("application/json, text/html;q=0.9", "application/json"),
        ("*/*", "application/json"),
        ("image/webp", "application/json"),
        ("text/html;q=0, */*", "application/json"),
        ("text/html;q=many", "application/json"),
    ],
)
def test_the_media_type_is_negotiated(client: TestClient, accept: str, media_type: str) -> None:
    response = client.post(SCORE, json=example(), headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media_type


def test_the_page_is_in_the_language_asked_for(client: TestClient) -> None:
    page = client.post(f"{SCORE}?lang=it", json=example(), headers={"Accept": "text/html"})
    assert page.text.startswith('<!doctype html>\n<html lang="it">')
    assert page.headers["content-security-policy"] == POLICY


def test_the_content_alone_has_no_style_of_its_own(client: TestClient) -> None:
    content = client.post(f"{SCORE}?part=content", json=example(), headers={"Accept": "text/html"}).text
    assert content.startswith('<div class="profile">')
    assert "<style" not in content
    for sheet in ("/look/tokens.css", "/reports/charts.css", "/reports/profile.css"):
        assert client.get(sheet).status_code == 200


def test_another_part_is_refused(client: TestClient) -> None:
    response = client.post(f"{SCORE}?part=head", json=example(), headers={"Accept": "text/html"})
    assert response.status_code == 422


def test_a_refusal_is_a_problem_whatever_is_taken(client: TestClient) -> None:
    response = client.post(SCORE, json={}, headers={"Accept": "text/html"})
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_a_chart_comes_by_what_is_taken_and_has_to_be_named(client: TestClient) -> None:
    chart = client.post(f"{SCORE}?chart=heatmap", json=example(), headers={"Accept": "image/png"})
    assert chart.headers["content-type"] == "image/png"
    plan = client.post(f"{SCORE}?format=svg&chart=frontier", json=example())
    assert "The plan: “socially-enabled”" in plan.text
    for asked in ("format=png", "format=svg&chart=pie", "format=json&chart=pie"):
        refused = client.post(f"{SCORE}?{asked}", json=example())
        assert refused.json()["errors"][0]["code"] == "unknown_chart"
