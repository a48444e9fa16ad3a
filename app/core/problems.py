"""Errors as `application/problem+json` (RFC 9457): a code, every fault with its pointer, no echo."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match

from scoring import Fault, ScoringError

_SUMMARY = "The request was understood but cannot be used; nothing was changed. See errors."

# The names of RFC 9110, which older Pythons do not know yet.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}

MAX_FAULTS = 500
MAX_POINTER = 300

MEDIA_TYPE = "application/problem+json"


class ProblemFault(BaseModel):
    """One fault of a request."""

    pointer: str = Field(
        description="JSON pointer into the body; `/query/…`, `/path/…` or `/header/…` for other inputs."
    )
    code: str = Field(description="Stable code of the fault.")
    detail: str


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457), with every fault that was found."""

    type: str = Field(description="`urn:sbm:problem:` and the code.")
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable code of the problem.")
    request_id: str = Field(description="The `X-Request-ID` of the response.")
    errors: list[ProblemFault]


class ProblemError(HTTPException):
    """A refusal that the caller can understand: a status, a stable code, a sentence, and all faults."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, faults: Sequence[Fault] = ()) -> None:
        """Keep what the response says."""
        super().__init__(status, detail)
        self.code = code
        self.faults = faults


_EXAMPLES = {
    400: (
        "malformed_body",
        "The body is not strict JSON; nothing was changed. See errors.",
        [("/answers/sales.presence", "repeated_key", "this key stands more than once in its object")],
    ),
    404: ("not_found", "the questionnaires are social-business", []),
    413: ("body_too_large", "A body has at most 262144 bytes.", []),
    415: ("unsupported_media_type", "Send the body as application/json.", []),
    422: (
        "invalid_request",
        _SUMMARY,
        [("/answers/sales.presence", "unknown_option", "the options are 0, 1, 2, 3, 4, 5, dont_know")],
    ),
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route says in the OpenAPI document about the problems it may answer."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {
                MEDIA_TYPE: {
                    "schema": {"$ref": "#/components/schemas/ProblemDocument"},
                    "example": _document(status, "req_5f0c6d1b2a3e4f5061728394", code, detail, faults),
                }
            },
        }
        for status in statuses
        for code, detail, faults in [_EXAMPLES[status]]
    }


def invalid(faults: Sequence[Fault]) -> ProblemError:
    """The request can be read but not used (422)."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_request", _SUMMARY, faults)


def not_found(detail: str) -> ProblemError:
    """There is no such thing, or none that the caller may know of."""
    return ProblemError(HTTPStatus.NOT_FOUND, "not_found", detail)


def respond(request: Request, problem: ProblemError) -> Response:
    """The problem as a response."""
    found = [(_short(fault.pointer), fault.code, fault.detail) for fault in problem.faults[:MAX_FAULTS]]
    if more := len(problem.faults) - len(found):
        found.append(("", "more_faults", f"and {more} more"))
    request_id = request.scope.get("sbm.request_id", "")
    content = _document(problem.status_code, request_id, problem.code, problem.detail, found)
    return Response(orjson.dumps(content), problem.status_code, problem.headers, MEDIA_TYPE)


def _short(pointer: str) -> str:
    """Callers write parts of pointers; none makes an answer longer than the request."""
    return pointer if len(pointer) <= MAX_POINTER else pointer[:MAX_POINTER] + "…"


def _document(
    status: int, request_id: str, code: str, detail: str, faults: Iterable[tuple[str, str, str]]
) -> dict[str, Any]:
    return {
        "type": f"urn:sbm:problem:{code}",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
        "errors": [
            {"pointer": pointer, "code": fault, "detail": sentence} for pointer, fault, sentence in faults
        ],
    }


def install(app: FastAPI) -> None:
    """Answer every error as a problem."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ScoringError, _refused)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 -- registered for this class only
    if isinstance(error, ProblemError):
        return respond(request, error)
    status = HTTPStatus(error.status_code)
    problem = ProblemError(status, status.name.lower(), status.description)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        problem.headers = {"Allow": ", ".join(sorted(_methods(request)))}
    return respond(request, problem)


def _methods(request: Request) -> set[str]:
    """All methods of a path; the framework names those of one route only."""
    return {
        method
        for route in request.app.state.routes
        if route.matches(request.scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for this class only
    return respond(request, invalid([Fault(_place(e["loc"]), e["type"], e["msg"]) for e in error.errors()]))


def _place(loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Faults of the body are placed in it; others by where they stand and their name."""
    return loc[1:] if loc[0] == "body" else loc


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ScoringError)  # noqa: S101 -- registered for this class only
    return respond(request, invalid(error.faults))


def unexpected(request: Request) -> Response:
    """The answer when something failed on our side (500)."""
    detail = "Something failed on our side; nothing was changed. The request id helps to find the cause."
    return respond(request, ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", detail))
