"""Errors as `application/problem+json` (RFC 9457): a code, every fault with its pointer, no echo."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.core.errors import (
    ForbiddenError,
    MissingError,
    PreconditionMissingError,
    RefusalError,
    StaleError,
    TooManyRequestsError,
    UnauthenticatedError,
    WrongStateError,
)
from scoring import Fault, ScoringError

_SUMMARY = "The request was understood but cannot be used; nothing was changed. See errors."

# The names of RFC 9110, which older Pythons do not know yet.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}

MAX_FAULTS = 500
MAX_POINTER = 300

_log = structlog.get_logger("sbm")

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
    revision: int | None = Field(
        None, description="With 412: the current revision of what was to be changed; else absent."
    )


class ProblemError(HTTPException):
    """A refusal that the caller can understand: a status, a stable code, a sentence, and all faults."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, faults: Sequence[Fault] = ()) -> None:
        """Keep what the response says."""
        super().__init__(status, detail)
        self.code = code
        self.faults = faults
        self.revision: int | None = None


_EXAMPLES = {
    400: (
        "malformed_body",
        "The body is not strict JSON; nothing was changed. See errors.",
        [("/answers/sales.presence", "repeated_key", "this key stands more than once in its object")],
    ),
    401: ("missing_key", "Send a key as Authorization: Bearer sbm_live_…", []),
    403: ("missing_scope", "This key has no scope write.", []),
    404: ("not_found", "There is no such thing, or none that this key may know of.", []),
    409: ("not_open", "The assessment is not open.", []),
    412: (
        "stale",
        "It has been changed since; the current revision is 4. Nothing was changed now.",
        [("/answers/sales.presence", "changed_since", "somebody has changed this answer meanwhile")],
    ),
    413: ("body_too_large", "A body has at most 262144 bytes.", []),
    415: ("unsupported_media_type", "Send the body as application/json.", []),
    422: (
        "invalid_request",
        _SUMMARY,
        [("/answers/sales.presence", "unknown_option", "the options are 0, 1, 2, 3, 4, 5, dont_know")],
    ),
    428: (
        "precondition_required",
        "Send If-Match with the ETag that you read, so that nobody's changes are overwritten.",
        [],
    ),
    429: ("too_many_requests", "Too many requests; the next one is answered in 12 s.", []),
    503: (
        "unavailable",
        "The database does not answer. Send it again, a POST with its Idempotency-Key.",
        [],
    ),
}

# How what services refuse is answered.
_STATUSES: Mapping[type[RefusalError], HTTPStatus] = {
    UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    MissingError: HTTPStatus.NOT_FOUND,
    WrongStateError: HTTPStatus.CONFLICT,
    StaleError: HTTPStatus.PRECONDITION_FAILED,
    PreconditionMissingError: HTTPStatus.PRECONDITION_REQUIRED,
    TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    RefusalError: HTTPStatus.UNPROCESSABLE_ENTITY,
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
    if problem.revision is not None:
        content["revision"] = problem.revision
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
    app.add_exception_handler(RefusalError, _refusal)
    app.add_exception_handler(OperationalError, _unavailable)
    app.add_exception_handler(PoolTimeout, _unavailable)


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


def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError)  # noqa: S101 -- registered for this class only
    status = next(status for kind, status in _STATUSES.items() if isinstance(error, kind))
    problem = ProblemError(status, error.code, error.detail, error.faults)
    if isinstance(error, UnauthenticatedError):
        problem.headers = {"WWW-Authenticate": "Bearer"}
    elif isinstance(error, TooManyRequestsError):
        problem.headers = {"Retry-After": str(error.seconds)}
    elif isinstance(error, StaleError):
        problem.headers = {"ETag": f'"{error.revision}"'}
        problem.revision = error.revision
    return respond(request, problem)


def _unavailable(request: Request, error: Exception) -> Response:
    _log.error("database_unavailable", error=type(error).__name__)
    _, detail, _ = _EXAMPLES[503]
    problem = ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail)
    problem.headers = {"Retry-After": "1"}
    return respond(request, problem)


def unexpected(request: Request) -> Response:
    """The answer when something failed on our side (500)."""
    detail = "Something failed on our side; nothing was changed. The request id helps to find the cause."
    return respond(request, ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", detail))
