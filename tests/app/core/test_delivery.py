"""How answers are delivered: compressed, without a body to HEAD, kept by whoever asks again."""

from collections.abc import Callable
from gzip import decompress

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from structlog.testing import capture_logs

from tests.kit.portal import Portal
from tests.kit.reading import SCORE, example, problem_of

Make = Callable[..., TestClient]

QUESTIONNAIRE = "/v1/questionnaires/social-business/versions/1.0.0"
LARGE = [
    "/openapi.json",
    "/docs/errors",
    QUESTIONNAIRE,
    f"{QUESTIONNAIRE}/answers-schema",
    "/embed/v1/questionnaire/client.js",
    "/static/swagger-ui/swagger-ui-bundle.js",
]
SAME_FOR_ALL = ["/openapi.json", QUESTIONNAIRE, f"{QUESTIONNAIRE}/answers-schema", "/static/docs.js"]
SMALL = ["/livez", "/static/docs.js", "/favicon.ico", "/v1/nowhere"]


def ask(client: TestClient, path: str, accepted: str) -> Response:
    with client.stream("GET", path, headers={"Accept-Encoding": accepted}) as response:
        raw = b"".join(response.iter_raw())
    response._content = raw  # noqa: SLF001 -- as it came over the wire
    return response


@pytest.mark.parametrize("path", LARGE)
def test_what_is_large_is_compressed_for_whoever_takes_it(client: TestClient, path: str) -> None:
    plain, packed = ask(client, path, "identity"), ask(client, path, "br, gzip")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.content) == int(packed.headers["content-length"]) < len(plain.content) / 2
    assert decompress(packed.content) == plain.content
    assert packed.headers.get("etag") == plain.headers.get("etag")
    for response in (plain, packed):
        assert "accept-encoding" in response.headers["vary"].lower()


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_whoever_does_not_take_it_gets_it_as_it_is(client: TestClient, accepted: str) -> None:
    assert "content-encoding" not in ask(client, QUESTIONNAIRE, accepted).headers


@pytest.mark.parametrize("path", SMALL)
def test_what_is_small_or_no_text_is_not_compressed(client: TestClient, path: str) -> None:
    assert "content-encoding" not in ask(client, path, "gzip").headers


def test_a_profile_is_the_same_compressed(client: TestClient) -> None:
    asked = [
        client.post(SCORE, json=example(), headers={"Accept-Encoding": accepted})
        for accepted in ("identity", "gzip")
    ]
    assert asked[1].headers["content-encoding"] == "gzip"
    assert asked[0].json() == asked[1].json()


@pytest.mark.parametrize("kind", ["text/csv", "application/x-ndjson"])
def test_a_table_is_the_same_compressed_while_it_is_made(client: TestClient, kind: str) -> None:
    line = {"text/csv": "3\n", "application/x-ndjson": '{"sales.presence": "3"}\n'}[kind]
    body = ("sales.presence\n" if kind == "text/csv" else "") + line * 1000
    plain, packed = (
        client.post(
            "/v1/score-portfolio", content=body, headers={"Content-Type": kind, "Accept-Encoding": accepted}
        )
        for accepted in ("identity", "gzip")
    )
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.num_bytes_downloaded < plain.num_bytes_downloaded / 10
    assert packed.content == plain.content


@pytest.mark.parametrize("path", [*LARGE, *SMALL, "/", "/docs", "/readyz", "/v1/questionnaires"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    got, asked = client.get(path), client.head(path)
    assert asked.content == b""
    assert asked.status_code == got.status_code
    assert asked.headers["x-content-type-options"] == "nosniff"
    own = {"x-request-id", "date"}
    assert {k: v for k, v in asked.headers.items() if k not in own} == {
        k: v for k, v in got.headers.items() if k not in own
    }


def test_head_asks_for_the_key_too(portal: Portal) -> None:
    assert portal.client.head("/v1/companies").status_code == 401
    assert portal.ask("HEAD", "/companies").status_code == 200
    assert portal.ask("HEAD", "/score").status_code == 405


def test_a_head_is_counted_as_one(client: TestClient) -> None:
    client.head("/docs")
    lines = client.get("/metrics", headers={"Authorization": "Bearer metrics"}).text
    assert 'sbm_http_requests_total{method="HEAD",route="/docs",status="200"}' in lines


@pytest.mark.parametrize(
    ("path", "route"),
    [("/static/docs.js", "/static/{file}"), ("/openapi.json", "/openapi.json"), ("/docs", "/docs")],
)
def test_pages_and_files_are_counted_by_route(client: TestClient, path: str, route: str) -> None:
    client.get(path)
    lines = client.get("/metrics", headers={"Authorization": "Bearer metrics"}).text
    assert f'sbm_http_requests_total{{method="GET",route="{route}",status="200"}}' in lines


@pytest.mark.parametrize("path", SAME_FOR_ALL)
def test_what_is_the_same_for_all_is_kept(client: TestClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "accept-encoding" in again.headers["vary"].lower()


@pytest.mark.parametrize("path", ["/v1/companies/", "/docs/", "/v1/score/", "/livez/"])
def test_a_slash_too_many_is_said(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert "end without a slash" in problem_of(answer, 404).detail


def test_another_address_that_there_is_not_says_where_to_look(client: TestClient) -> None:
    problem = problem_of(client.get("/v1/nowhere"), 404)
    assert problem.detail == "There is nothing at this address. /openapi.json lists what there is."


def test_browsers_find_their_picture(client: TestClient) -> None:
    picture = client.get("/favicon.ico")
    assert picture.status_code == 200
    assert picture.headers["content-type"] in {"image/x-icon", "image/vnd.microsoft.icon"}
    assert picture.content.startswith(b"\0\0\1\0\2\0")


@pytest.mark.parametrize(("path", "status"), [("/v1/nowhere", 404), ("/livez", 200)])
def test_the_log_has_a_number_for_every_status(served: Make, path: str, status: int) -> None:
    client = served()
    with capture_logs() as lines:
        client.get(path)
    assert [repr(line["status"]) for line in lines] == [str(status)]
