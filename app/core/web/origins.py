"""Cross-origin requests: which page may read an answer (Fetch, CORS protocol). Never with credentials."""

from collections.abc import Collection

from fastapi import Request, Response
from starlette.types import Scope

_READER = "sbm.origin"
_KEPT_SECONDS = 600
# What an answer says beyond what browsers show to any page.
_EXPOSED = "ETag, Retry-After, X-Request-ID, Idempotent-Replayed, Content-Language"
_ASKED = (
    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept-Language, X-Request-ID"
)


def origin_of(request: Request) -> str | None:
    """The origin of the page that asks; `None` where it is no page of another origin."""
    return request.headers.get("origin")


def let_read(request: Request, allowed: Collection[str]) -> None:
    """Let the page read the answer, whatever it will be, where its origin is one of these."""
    origin = origin_of(request)
    if origin in allowed:
        request.scope[_READER] = origin


def origin_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What an answer says of who may read it."""
    origin: str | None = scope.get(_READER)
    if origin is None:
        return []
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-expose-headers", _EXPOSED.encode()),
        (b"vary", b"Origin"),
    ]


def preflight_response(methods: Collection[str], *, is_allowed: bool) -> Response:
    """What a browser is told before it asks for a page of another origin."""
    if not is_allowed:
        return Response(status_code=204, headers={"Vary": "Origin"})
    headers = {
        "Access-Control-Allow-Methods": ", ".join(sorted(methods)),
        "Access-Control-Allow-Headers": _ASKED,
        "Access-Control-Max-Age": str(_KEPT_SECONDS),
    }
    return Response(status_code=204, headers=headers)
