"""Around every request: its id, the security headers, one log line, the metrics."""

import re
import secrets
from time import perf_counter

import structlog
from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.web.allowances import allowance_headers
from app.core.web.origins import origin_headers
from app.core.web.problems import unexpected

# The caller did not wait for the answer: the number that nginx gives it, which is nobody's fault here.
HUNG_UP = 499

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_SECURITY_HEADERS = [
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
]


class RequestMetrics:
    """Counts and durations of requests by route, never by the path as sent."""

    def __init__(self) -> None:
        """Register the metrics in a registry of their own."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "sbm_http_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "sbm_http_request_seconds", "Time to the response.", ("route",), registry=self.registry
        )


class RequestEnvelope:
    """Pure ASGI middleware: a request id in and out, headers, access line and metrics."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics) -> None:
        """Wrap the application."""
        self.app = app
        self.metrics = metrics
        self.log = structlog.get_logger("sbm").bind()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, method = perf_counter(), scope["method"]
        if method == "HEAD":  # whatever answers GET answers it, without the body
            scope = {**scope, "method": "GET"}
            send = _without_body(send)
        request_id = _request_id(scope)
        scope["sbm.request_id"] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message["headers"]
                headers.append((b"x-request-id", request_id.encode()))
                given = {name for name, _ in headers}
                headers += allowance_headers(scope) + origin_headers(scope)
                headers += [header for header in _SECURITY_HEADERS if header[0] not in given]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except ClientDisconnect:
            status = HUNG_UP
        except Exception:
            self.log.exception("unexpected_error", request_id=request_id)
            if not status:
                await unexpected(Request(scope))(scope, receive, send_with_headers)
        finally:
            self._record(scope, method, status, request_id, perf_counter() - started)

    def _record(self, scope: Scope, method: str, status: int, request_id: str, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "")
        self.metrics.requests.labels(method if route else "", route, int(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        self.log.info(
            "request",
            method=method,
            path=scope["path"],
            status=int(status),
            milliseconds=round(seconds * 1000, 2),
            request_id=request_id,
        )


def _without_body(send: Send) -> Send:
    """What a HEAD is answered with: the headers, and nothing after them."""
    is_over = False

    async def send_headers(message: Message) -> None:
        nonlocal is_over
        if message["type"] == "http.response.body":
            if is_over:
                return
            is_over, message = True, {"type": "http.response.body", "body": b""}
        await send(message)

    return send_headers


def _request_id(scope: Scope) -> str:
    """The caller's id where it is harmless, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return f"req_{secrets.token_hex(12)}"
