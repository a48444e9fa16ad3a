"""Answers over 4 KB are compressed where the caller takes gzip (RFC 9110, 12.5.3)."""

import re
from gzip import compress
from http import HTTPStatus

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 4096
# What is longer, or of no known length, is a table that is streamed: its caller compresses it better himself.
MOST_BYTES = 64 * 1024 * 1024
# Shorter ones are compressed at once; longer ones would keep others waiting on the event loop.
MOST_AT_ONCE = 64 * 1024

_LEVEL = 5
_TYPES = re.compile(rb"text/|application/(json|problem\+json|javascript)|image/svg\+xml")
_THREADS = CapacityLimiter(2)


class Compression:
    """Pure ASGI middleware.

    The entity tag stays as it is: it names what is said, of which no part can be asked for.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Answer(scope, send).send)


class _Answer:
    """An answer on its way out, held back until all of it is there where it is to be compressed."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """Pass a message on, or keep it."""
        if message["type"] == "http.response.start":
            compressible = _is_compressible(message)
            if compressible or message["status"] == HTTPStatus.NOT_MODIFIED:
                MutableHeaders(raw=message["headers"]).add_vary_header("Accept-Encoding")
            if compressible and self._is_taken():
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._compressed(self._start, bytes(self._body))

    def _is_taken(self) -> bool:
        return accepts_gzip(", ".join(Headers(scope=self._scope).getlist("accept-encoding")))

    async def _compressed(self, start: Message, body: bytes) -> None:
        if len(body) > MOST_AT_ONCE:
            packed = await run_sync(_packed, body, limiter=_THREADS)
        else:
            packed = _packed(body)
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(packed))
        del headers["Accept-Ranges"]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": packed})


def _packed(body: bytes) -> bytes:
    """The same bytes for the same body, whenever it is."""
    return compress(body, _LEVEL, mtime=0)


def _is_compressible(start: Message) -> bool:
    headers = dict(start["headers"])
    return (
        LEAST_BYTES <= int(headers.get(b"content-length", 0)) <= MOST_BYTES
        and start["status"] != HTTPStatus.PARTIAL_CONTENT
        and b"content-encoding" not in headers
        and _TYPES.match(headers.get(b"content-type", b"")) is not None
    )


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an `Accept-Encoding` header takes gzip.

    >>> [accepts_gzip(said) for said in ("br, gzip", "*", "gzip;q=0, *", "x-gzip; q=0.5", "identity", "")]
    [True, True, False, True, False, False]
    """
    weights: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        weights[coding.removeprefix("x-")] = not any(
            re.fullmatch(r"q\s*=\s*0(\.0{0,3})?", parameter) for parameter in parameters
        )
    return weights.get("gzip", weights.get("*", False))
