"""Request bodies: of a bounded length, and strict JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.core.errors import MediaTypeError, TooLargeError
from app.core.strict_json import parse, refusal
from app.core.web.resources import resources_of
from scoring import Fault


class StrictRequest(Request):
    """A request whose body is bounded and whose JSON is read strictly."""

    async def body(self) -> bytes:
        """The body; raises `TooLargeError` as soon as it is longer than the settings allow."""
        if not hasattr(self, "_body"):
            limit = resources_of(self).settings.max_body_bytes
            read = bytearray()
            async for chunk in self.stream():
                read += chunk
                if len(read) > limit:
                    raise TooLargeError("body_too_large", f"A body has at most {limit} bytes.")
            self._body = bytes(read)
        return self._body

    async def read(self) -> None:
        """Read the body and its value; raises `MalformedError` with all faults, and `TooLargeError`."""
        body = await self.body()
        if not body:
            raise refusal([Fault((), "malformed_json", "the body is empty")])
        self._value = parse(body)

    async def json(self) -> Any:  # noqa: ANN401 -- any JSON value
        """The value that was read; what is refused in here the framework would answer by itself."""
        return self._value


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
                raise MediaTypeError("unsupported_media_type", "Send the body as application/json.")
            strict = StrictRequest(request.scope, request.receive)
            await strict.read()
            return await handle(strict)

        return handle_strictly
