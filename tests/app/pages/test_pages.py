"""The first page, the documentation and what they refer to."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from fastapi.testclient import TestClient

from app.core.settings import Settings
from app.main import create_app
from tests.kit.databases import Templates

ADDRESS = re.compile(r"""(?:href|src|action|url)\s*[=(]\s*["']?([^"')\s>]+)""")


@pytest.fixture(scope="module")
def demonstration(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service as a demonstration."""
    with templates.copied("sqlite", tmp_path_factory.mktemp("demo")) as address:
        settings = Settings.model_validate({"database_url": address, "demo": True})
        with TestClient(create_app(settings), "http://127.0.0.1:8123") as client:
            yield client


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Officine Brandolera",
                (
                    "Not yet socially-enabled: two of the five functions are integrated. "
                    "Sales, R&amp;D and Internal collaboration hold it back."
                ),
                "Sweden, 4,520 employees",
                "curl -s http://127.0.0.1:8123/v1/score",
            ],
        ),
        (
            "it",
            [
                "Tarnholt Instruments",
                (
                    "Non ancora «socially-enabled»: due funzioni su cinque sono al livello «integrato». "
                    "A frenare: Vendite, R&amp;S e Assistenza clienti."
                ),
                "Svezia, 4.520 dipendenti",
            ],
        ),
    ],
)
def test_the_demonstration_shows_its_companies(
    demonstration: TestClient, language: str, said: list[str]
) -> None:
    page = demonstration.get(f"/?lang={language}")
    assert page.headers["content-language"] == language
    for text in said:
        assert text in page.text
    paths = re.findall(r'href="(/demo/[^"]+)"', page.text)
    assert len(paths) == 3  # companies
    for path in paths:
        profile = demonstration.get(path)
        assert profile.status_code == 200
        assert profile.text.startswith(f'<!doctype html>\n<html lang="{language}">')


def test_the_call_on_the_page_can_be_sent(demonstration: TestClient) -> None:
    page = unescape(demonstration.get("/").text)
    body = re.search(r"-d '(.*?)'", page)
    assert body is not None
    answered = demonstration.post("/v1/score", content=body[1], headers={"Content-Type": "application/json"})
    assert answered.status_code == 200


def test_without_demonstration_no_company_is_shown(client: TestClient) -> None:
    page = client.get("/?lang=it").text
    assert "/demo/" not in page
    assert "Avete ricevuto un invito" in page
    assert client.get("/demo/asm_00demo03").status_code == 404


def test_a_profile_of_the_demonstration_that_is_none_is_not_found(demonstration: TestClient) -> None:
    assert demonstration.get("/demo/asm_nothing").status_code == 404


def test_the_landing_page_is_in_the_language_of_the_browser(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Language": "it-IT,it;q=0.9,en;q=0.8"})
    assert '<html lang="it">' in page.text
    other = client.get("/", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in other.text


def assert_alone(client: TestClient, path: str) -> None:
    """Every address on the page is on this service, and nothing is run that stands in it."""
    page = client.get(path).text
    addresses = [address for address in ADDRESS.findall(page) if not address.startswith("#")]
    assert addresses
    for address in addresses:
        assert re.match(r"/(?!/)", address), address
        assert client.get(address).status_code == 200, address
    assert "<script>" not in page
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)


@pytest.mark.parametrize("path", ["/?lang=en", "/?lang=it", "/docs", "/docs/errors"])
def test_every_address_on_a_page_is_on_this_service(client: TestClient, path: str) -> None:
    assert_alone(client, path)


@pytest.mark.parametrize("path", ["/?lang=en", "/?lang=it", "/docs"])
def test_so_it_is_in_the_demonstration(demonstration: TestClient, path: str) -> None:
    assert_alone(demonstration, path)


@pytest.mark.parametrize("path", ["/", "/docs", "/docs/errors"])
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
