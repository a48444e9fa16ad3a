"""Allowed origins: which pages of others may ask `/v1/respondent` from a browser."""

import pytest
from httpx2 import Response

from tests.kit.portal import Portal

OURS, THEIRS = "https://portal.example", "https://other.example"
ANSWERS = "/v1/respondent/answers"
REFUSED = [
    "portal.example",
    "http://portal.example",
    "https://portal.example/",
    "https://portal.example/page",
    "https://*.example",
    "https://user@portal.example",
    "https://-portal.example",
    "https://portal..example",
    "https://portal.example:0",
    "https://portal.example:65536",
    "https://127.1",
    "http://128.0.0.1",
    "https://[::0:1]",
    "null",
    "*",
    "",
    "file://",
    "https://portäl.example",
    "https://portal.example; frame-src *",
]
KEPT = {
    "HTTPS://Portal.Example:443": "https://portal.example",
    "https://portal.example:8443": "https://portal.example:8443",
    "http://localhost:8100": "http://localhost:8100",
    "http://127.0.0.2:80": "http://127.0.0.2",
    "https://[::1]:8100": "https://[::1]:8100",
}


def allowing(portal: Portal, *origins: str) -> Portal:
    """The portal, whose workspace lets these embed."""
    assert portal.patch("/workspace", {"allowed_origins": origins})["allowed_origins"] == list(origins)
    return portal


def preflight(portal: Portal, origin: str, path: str = ANSWERS) -> Response:
    asked = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization"}
    response: Response = portal.client.options(path, headers={"Origin": origin} | asked)
    return response


def test_nobody_embeds_unless_it_is_said(portal: Portal) -> None:
    assert portal.get("/workspace")["allowed_origins"] == []


def test_origins_are_kept_as_browsers_write_them_and_once(portal: Portal) -> None:
    changed = portal.patch("/workspace", {"allowed_origins": [*KEPT, *KEPT.values()]})
    assert changed["allowed_origins"] == list(KEPT.values())
    assert portal.patch("/workspace", {"name": "Again"})["allowed_origins"] == list(KEPT.values())
    assert portal.patch("/workspace", {"allowed_origins": []})["allowed_origins"] == []


@pytest.mark.parametrize("origin", REFUSED)
def test_what_is_no_origin_is_refused_and_changes_nothing(portal: Portal, origin: str) -> None:
    allowing(portal, OURS)
    problem = portal.patch("/workspace", {"allowed_origins": [THEIRS, origin]}, 422)
    assert [(e["pointer"], e["code"]) for e in problem["errors"]] == [("/allowed_origins/1", "not_an_origin")]
    assert portal.get("/workspace")["allowed_origins"] == [OURS]


def test_an_allowed_page_may_ask_and_read_without_credentials(portal: Portal) -> None:
    somebody = allowing(portal, OURS).invited(portal.assessment())
    told = preflight(portal, OURS)
    assert told.status_code == 204
    assert told.headers["access-control-allow-origin"] == OURS
    assert told.headers["access-control-allow-methods"] == "PATCH"
    answer = somebody.ask("GET", "/respondent", headers={"Origin": OURS})
    assert answer.headers["access-control-allow-origin"] == OURS
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert "Origin" in answer.headers["vary"]
    for response in (told, answer):
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("origin", [THEIRS, "null", "*", "https://portal.exampl_", "%"])
def test_any_other_page_is_told_nothing(portal: Portal, origin: str) -> None:
    somebody = allowing(portal, OURS).invited(portal.assessment())
    for response in (
        preflight(portal, origin),
        somebody.ask("GET", "/respondent", headers={"Origin": origin}),
        portal.ask("GET", "/workspace", headers={"Origin": OURS}),
    ):
        assert not [name for name in response.headers if name.startswith("access-control")]


def test_a_page_of_another_workspace_may_ask_beforehand_and_reads_nothing(portal: Portal) -> None:
    theirs = "https://theirs-alone.example"
    allowing(Portal.new(portal.client), theirs)
    somebody = allowing(portal, OURS).invited(portal.assessment())
    assert preflight(portal, theirs).headers["access-control-allow-origin"] == theirs
    read = somebody.ask("GET", "/respondent", headers={"Origin": theirs})
    assert "access-control-allow-origin" not in read.headers


def test_a_known_page_learns_that_its_token_opens_nothing(portal: Portal) -> None:
    allowing(portal, OURS)
    refused = portal.with_token("nothing").ask("GET", "/respondent", headers={"Origin": OURS})
    assert refused.status_code == 401
    assert refused.headers["access-control-allow-origin"] == OURS
