import re

import pytest
from fastapi.testclient import TestClient

from app.pages.landing import example
from app.scores.example import REQUEST
from scoring import score
from scoring.questionnaire.words import Words
from tests.kit.folders import QUESTIONNAIRES, load

QUESTIONNAIRE = load(QUESTIONNAIRES / "social-business" / "1.1.0")
ADDRESS = re.compile(r"""(?:href|src|action|url)\s*[=(]\s*["']?([^"')\s>]+)""")


@pytest.mark.parametrize(("language", "decimal"), [("en", "."), ("it", ",")])
def test_the_landing_page_shows_the_examples_figures(client: TestClient, language: str, decimal: str) -> None:
    page = client.get(f"/?lang={language}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-language"] == language
    assert page.text.startswith(f'<!doctype html>\n<html lang="{language}">')
    profile = score(QUESTIONNAIRE, REQUEST["answers"], targets=REQUEST["targets"], self_rating=6)
    for result in profile.functions:
        if result.function.scored and result.score is not None and result.score.value is not None:
            assert f"{result.score.value / 1000:.1f}".replace(".", decimal) in page.text
    met = sum(clause.status == "met" for clause in profile.verdict.clauses)
    assert re.search(rf"\b{met}\b.*\b{len(profile.verdict.clauses)}\b", page.text)


@pytest.mark.parametrize(
    ("language", "verdict", "step"),
    [
        (
            "en",
            "Not yet socially-enabled: 2 of 5 functions are integrated. Sales and R&amp;D hold it back.",
            "Define what counts as a contact, and add one field for it to the CRM.",
        ),
        (
            "it",
            "Non ancora «socially-enabled»: 2 funzioni su 5 sono integrate. A frenare: Vendite e R&amp;S.",
            "Definite che cosa vale come contatto e aggiungete un campo al CRM.",
        ),
    ],
)
def test_the_landing_page_says_verdict_and_first_action_in_plain_words(
    client: TestClient, language: str, verdict: str, step: str
) -> None:
    page = client.get(f"/?lang={language}").text
    assert verdict in page
    assert step in page


def verdict_of(service: int, others: int, language: str) -> str:
    """The sentence where customer service has one option throughout, and all other functions have another."""
    form = QUESTIONNAIRE.forms["full"]
    inside = form.function_of["service"].question_ids
    answers = {q.id: q.options[service if q.id in inside else others].id for q in form.questions}
    said: str = example(score(QUESTIONNAIRE, answers), Words(QUESTIONNAIRE, language), language)["verdict"]
    return said


def test_one_function_is_spoken_of_in_the_singular() -> None:
    assert verdict_of(0, -1, "en").endswith(
        "4 of 5 functions are integrated. Customer service holds it back."
    )
    assert verdict_of(0, -1, "it").endswith("4 funzioni su 5 sono integrate. A frenare: Assistenza clienti.")
    assert ": 1 of 5 functions is integrated. " in verdict_of(-1, 0, "en")
    assert ": 1 funzione su 5 è integrata. " in verdict_of(-1, 0, "it")


def test_the_landing_page_is_in_the_language_of_the_browser(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Language": "it-IT,it;q=0.9,en;q=0.8"})
    assert '<html lang="it">' in page.text
    other = client.get("/", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in other.text


@pytest.mark.parametrize("path", ["/?lang=en", "/?lang=it", "/docs"])
def test_every_address_on_a_page_is_on_this_service(client: TestClient, path: str) -> None:
    page = client.get(path).text
    addresses = ADDRESS.findall(page)
    assert addresses
    for address in addresses:
        assert re.match(r"/(?!/)", address), address
        assert client.get(address).status_code == 200, address
    assert "<script>" not in page
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_a_page_has_a_strict_policy_of_its_own(client: TestClient, path: str) -> None:
    policies = client.get(path).headers.get_list("content-security-policy")
    assert len(policies) == 1
    policy = {
        name: sources.split()
        for name, _, sources in (p.strip().partition(" ") for p in policies[0].split(";"))
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy.get("script-src", ["'self'"]) == ["'self'"]
    allowed = {source for sources in policy.values() for source in sources}
    assert allowed <= {"'none'", "'self'", "data:", "'unsafe-inline'"}


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/static/swagger-ui/swagger-ui-bundle.js", "text/javascript"),
        ("/static/swagger-ui/swagger-ui.css", "text/css"),
        ("/static/docs.js", "text/javascript"),
        ("/static/docs.css", "text/css"),
        ("/static/site.css", "text/css"),
    ],
)
def test_the_files_of_the_pages_come_with_the_package(client: TestClient, path: str, media_type: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(media_type)
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/static/../app/main.py", "/static/%2e%2e/main.py", "/static/..%2fmain.py"])
def test_nothing_but_static_files_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
