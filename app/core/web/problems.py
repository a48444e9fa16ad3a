"""Errors as `application/problem+json` (RFC 9457): a code, every fault with its pointer, no echo."""

from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

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
    INVALID,
    ForbiddenError,
    InvalidError,
    MalformedError,
    MediaTypeError,
    MissingError,
    PreconditionMissingError,
    RefusalError,
    StaleError,
    TooLargeError,
    TooManyRequestsError,
    UnauthenticatedError,
    UnavailableError,
    WrongStateError,
)
from scoring import Fault, ScoringError
from scoring.errors import Place, faults_in

# The names of RFC 9110, which older Pythons do not know yet.
_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}

MAX_FAULTS = 500
MAX_POINTER = 300

_log = structlog.get_logger("sbm")

MEDIA_TYPE = "application/problem+json"
EXPLAINED = "/docs/errors#"  # a page of the service; relative, as RFC 9457 allows (3.1.1)


class ProblemFault(BaseModel):
    """One fault of a request."""

    pointer: str = Field(
        description="JSON pointer into the body; `/query/…`, `/path/…` or `/header/…` for other inputs."
    )
    code: str = Field(description="Stable code of the fault.")
    detail: str


class ProblemDocument(BaseModel):
    """What went wrong (RFC 9457), with every fault that was found."""

    type: str = Field(
        description="Where the code is explained, on this service: `/docs/errors#` and the code."
    )
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable code of the problem.")
    request_id: str = Field(description="The `X-Request-ID` of the response.")
    errors: list[ProblemFault]
    revision: int | None = Field(
        None, description="With 412: the current revision of what was to be changed; else absent."
    )


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
        INVALID,
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
        (
            "The database does not answer in time. What was sent may have been done all the same: "
            "send it again, a POST with its Idempotency-Key."
        ),
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
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    MalformedError: HTTPStatus.BAD_REQUEST,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    MediaTypeError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
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


class Problem(NamedTuple):
    """What an answer says, whatever went wrong."""

    status: int
    code: str
    detail: str
    faults: Sequence[Fault] = ()
    headers: Mapping[str, str] = {}
    revision: int | None = None


def respond(request: Request, problem: Problem) -> Response:
    """The problem as a response."""
    faults = [(_short(fault.pointer), fault.code, fault.detail) for fault in problem.faults[:MAX_FAULTS]]
    if more := len(problem.faults) - len(faults):
        faults.append(("", "more_faults", f"and {more} more"))
    request_id = request.scope.get("sbm.request_id", "")
    content = _document(problem.status, request_id, problem.code, problem.detail, faults)
    if problem.revision is not None:
        content["revision"] = problem.revision
    return Response(orjson.dumps(content), problem.status, dict(problem.headers), MEDIA_TYPE)


def _short(pointer: str) -> str:
    """Callers write parts of pointers; none makes an answer longer than the request."""
    return pointer if len(pointer) <= MAX_POINTER else pointer[:MAX_POINTER] + "…"


def _document(
    status: int, request_id: str, code: str, detail: str, faults: Iterable[tuple[str, str, str]]
) -> dict[str, Any]:
    return {
        "type": EXPLAINED + code,
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
    status = HTTPStatus(error.status_code)
    is_other_method = status is HTTPStatus.METHOD_NOT_ALLOWED
    headers = {"Allow": ", ".join(sorted(_methods(request)))} if is_other_method else {}
    detail = _no_address(request) if status is HTTPStatus.NOT_FOUND else status.description
    return respond(request, Problem(status, status.name.lower(), detail, headers=headers))


def _no_address(request: Request) -> str:
    """A slash too many is said, and not mended in silence: a client would lose its body on the way."""
    slash = " Addresses end without a slash." if request.url.path.endswith("/") else ""
    return f"There is nothing at this address.{slash} /openapi.json lists what there is."


def _methods(request: Request) -> set[str]:
    """All methods of a path; the framework names those of one route only."""
    methods = {
        method
        for route in request.app.state.routes
        if route.matches(request.scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }
    return methods | {"HEAD"} if "GET" in methods else methods


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 -- registered for this class only
    faults = [fault._replace(place=_place(fault.place)) for fault in faults_in(error.errors())]
    return _refusal(request, InvalidError(faults))


def _place(loc: Place) -> Place:
    """Faults of the body are placed in it; others by where they stand and their name."""
    return loc[1:] if loc[0] == "body" else loc


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ScoringError)  # noqa: S101 -- registered for this class only
    return _refusal(request, InvalidError(error.faults))


def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusalError)  # noqa: S101 -- registered for this class only
    status = next(status for kind, status in _STATUSES.items() if isinstance(error, kind))
    problem = Problem(status, error.code, error.detail, error.faults)
    if isinstance(error, UnauthenticatedError):
        problem = problem._replace(headers={"WWW-Authenticate": "Bearer"})
    elif isinstance(error, TooManyRequestsError | UnavailableError):
        problem = problem._replace(headers={"Retry-After": str(error.seconds)})
    elif isinstance(error, StaleError):
        problem = problem._replace(headers={"ETag": error.tag}, revision=error.revision)
    return respond(request, problem)


def _unavailable(request: Request, error: Exception) -> Response:
    _log.error("database_unavailable", error=type(error).__name__)
    _, detail, _ = _EXAMPLES[503]
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return respond(request, Problem(status, "unavailable", detail, headers={"Retry-After": "1"}))


def unexpected(request: Request) -> Response:
    """The answer when something failed on our side (500)."""
    detail = "Something failed on our side; nothing was changed. The request id helps to find the cause."
    return respond(request, Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal_error", detail))
