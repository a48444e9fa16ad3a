"""Request bodies as strict JSON: no repeated keys, no NUL or lone surrogates, no deep nesting.

The usual body is read by one fast parser and counted once; only a body that fails is looked at closely.
"""

import json
import re
from collections.abc import Callable, Coroutine, Iterator
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.core.problems import ProblemError
from scoring import Fault
from scoring.errors import Place

MAX_DEPTH = 32

# Every string of a JSON text, and the colon behind it where it is a key.
_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?')
_NUL = b"\\u0000"


def parse(body: bytes) -> Any:  # noqa: ANN401 -- any JSON value
    """The value of a strict JSON text; raises `ProblemError` (400) with all faults."""
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        fault = Fault((), "malformed_json", f"{error.msg} (line {error.lineno}, column {error.colno})")
        raise _refusal([fault]) from None
    keys = _count_keys(value, 1)
    if keys is None:
        raise _refusal([Fault((), "too_deep", f"at most {MAX_DEPTH} levels of nesting are read")])
    written = sum(map(bool, _STRINGS.findall(body)))
    faults = list(_repeated_keys(body)) if keys != written else []
    if _NUL in body:
        faults += [Fault(place, "nul_character", "NUL characters are refused") for place in _nuls(value)]
    if faults:
        raise _refusal(faults)
    return value


def _refusal(faults: list[Fault]) -> ProblemError:
    detail = "The body is not strict JSON; nothing was changed. See errors."
    return ProblemError(HTTPStatus.BAD_REQUEST, "malformed_body", detail, faults)


def _count_keys(value: object, depth: int) -> int | None:
    """Keys of all objects in a value; `None` where it is nested too deeply."""
    if isinstance(value, dict):
        count, children = len(value), value.values()
    elif isinstance(value, list):
        count, children = 0, value
    else:
        return 0
    if depth > MAX_DEPTH:
        return None
    for child in children:
        if isinstance(child, (dict, list)):
            inner = _count_keys(child, depth + 1)
            if inner is None:
                return None
            count += inner
    return count


class _Pairs(list[tuple[str, Any]]):
    """An object as its keys and values in the order written."""


def _repeated_keys(body: bytes) -> Iterator[Fault]:
    return _repeated_in(json.loads(body, object_pairs_hook=_Pairs), ())


def _repeated_in(value: object, place: Place) -> Iterator[Fault]:
    if isinstance(value, _Pairs):
        seen = set()
        for key, child in value:
            if key in seen:
                yield Fault((*place, key), "repeated_key", "this key stands more than once in its object")
            seen.add(key)
            yield from _repeated_in(child, (*place, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _repeated_in(child, (*place, index))


def _nuls(value: object, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, str) and "\0" in value:
        yield place
    elif isinstance(value, dict):
        for key, child in value.items():
            if "\0" in key:
                yield place
            yield from _nuls(child, (*place, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _nuls(child, (*place, index))


class StrictRequest(Request):
    """A request whose body is bounded and whose JSON is read strictly."""

    async def body(self) -> bytes:
        """The body; raises `ProblemError` (413) as soon as it is longer than the settings allow."""
        if not hasattr(self, "_body"):
            limit: int = self.app.state.settings.max_body_bytes
            read = bytearray()
            async for chunk in self.stream():
                read += chunk
                if len(read) > limit:
                    detail = f"A body has at most {limit} bytes."
                    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
                    raise ProblemError(status, "body_too_large", detail)
            self._body = bytes(read)
        return self._body

    async def json(self) -> Any:  # noqa: ANN401 -- any JSON value
        """The body's value; raises `ProblemError` (400) with all faults."""
        return parse(await self.body())


class StrictRoute(APIRoute):
    """A route that reads its body as strict JSON and nothing else."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the framework's handler."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def handle_strictly(request: Request) -> Response:
            media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media_type != "application/json":
                detail = "Send the body as application/json."
                status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
                raise ProblemError(status, "unsupported_media_type", detail)
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly
