"""What the tests of the service read from its answers."""

from copy import deepcopy
from typing import Any

from httpx2 import Response
from pydantic import ConfigDict

from app.core.web.problems import ProblemDocument
from app.pages.errors import sections
from app.scores.example import REQUEST

Json = dict[str, Any]

EXPLAINED = {code.anchor for section in sections() for code in section.codes}

SCORE = "/v1/score"
HEADERS = {
    "content-security-policy": "frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class StrictProblem(ProblemDocument):
    """A problem with these keys and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


def example(**changed: object) -> Json:
    """The shipped example's request, with some of its keys set to something else."""
    return deepcopy(REQUEST) | changed


def problem_of(response: Response, status: int | None = None) -> StrictProblem:
    """The problem that a response is; it has every field, and its headers agree with it."""
    assert 400 <= response.status_code < 500, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = StrictProblem.model_validate_json(response.content)
    assert problem.status == response.status_code
    assert status is None or problem.status == status, response.text
    assert problem.request_id == response.headers["x-request-id"]
    assert problem.type == f"/docs/errors#{problem.code}"
    assert problem.code in EXPLAINED
    assert {f"fault-{fault.code}" for fault in problem.errors} <= EXPLAINED
    assert problem.title
    assert problem.detail
    return problem


def faults_of(response: Response, status: int = 422) -> set[tuple[str, str]]:
    """Pointer and code of every fault."""
    return {(fault.pointer, fault.code) for fault in problem_of(response, status).errors}
