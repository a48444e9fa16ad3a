"""What is long is compressed where the caller takes gzip (RFC 9110, 12.5.3).

Long are answers over 4 KB, scripts and style sheets over 1 KB, and streams.
"""

import re
import zlib
from gzip import compress
from http import HTTPStatus

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES = 4096
# Scripts and style sheets come by the dozen when a page is opened.
LEAST_OF_A_PAGE = 1024
# What is longer stands in a file, whose owner compresses it better.
MOST_BYTES = 64 * 1024 * 1024
# Shorter ones are compressed at once; longer ones would keep others waiting on the event loop.
MOST_AT_ONCE = 64 * 1024

_LEVEL = 5
_GZIP = 31  # `wbits` of zlib: the format of gzip, with as large a window as there is
_TYPES = re.compile(rb"text/|application/(json|problem\+json|x-ndjson|javascript)|image/svg\+xml")
_OF_A_PAGE = re.compile(rb"text/(javascript|css)")
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
    """An answer on its way out; to be compressed it is held back until it is whole, a stream by parts."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()
        self._stream: zlib._Compress | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, or keep it."""
        if message["type"] == "http.response.start":
            compressible = _is_compressible(message)
            if compressible or message["status"] == HTTPStatus.NOT_MODIFIED:
                MutableHeaders(raw=message["headers"]).add_vary_header("Accept-Encoding")
            if compressible and self._is_taken():
                await self._begin(message)
                return
        if self._stream is not None:
            await self._send({**message, "body": await run_sync(self._part, message, limiter=_THREADS)})
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._compressed(self._start, bytes(self._body))

    async def _begin(self, start: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        if "content-length" in headers:
            self._start = start
            return
        headers["Content-Encoding"] = "gzip"
        self._stream = zlib.compressobj(_LEVEL, wbits=_GZIP)
        await self._send(start)

    def _part(self, message: Message) -> bytes:
        """What the caller can unpack to all that has been sent so far."""
        assert self._stream is not None  # noqa: S101 -- begun
        is_last = not message.get("more_body", False)
        packed = self._stream.compress(message.get("body", b""))
        return packed + self._stream.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)

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
    kind = headers.get(b"content-type", b"")
    least = LEAST_OF_A_PAGE if _OF_A_PAGE.match(kind) else LEAST_BYTES
    return (
        least <= int(headers.get(b"content-length", least)) <= MOST_BYTES
        and start["status"] != HTTPStatus.PARTIAL_CONTENT
        and b"content-encoding" not in headers
        and _TYPES.match(kind) is not None
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
