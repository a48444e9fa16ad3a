"""What a route reads of a request, in this order: who calls, the query, and a bounded body of strict JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.core.errors import InvalidError, MediaTypeError, TooLargeError
from app.core.strict_json import parse, refusal
from app.core.web.admission import admissions
from app.core.web.entity_tags import join_lines
from app.core.web.queries import Queries
from app.core.web.resources import resources_of
from app.core.web.turns import in_turn
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
    """A route that asks who calls first, then reads its query and its body strictly and nothing else.

    No operation can forget it: what it takes is what it declares. What writes does so when it is its turn.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401 -- the framework's
        """Put what writes on threads of its own."""
        super().__init__(path, in_turn(endpoint, options.get("methods")), **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the framework's handler."""
        handle = super().get_route_handler()
        declared = self.openapi_extra or {}
        queries = Queries(self.dependant, declared.get("parameters", ()))
        is_streamed = "requestBody" in declared

        async def handle_strictly(request: Request) -> Response:
            join_lines(request.scope)
            await self.admit(request)
            queries.check(request)
            if self.body_field is not None:
                request = await _strict(request)
            elif not is_streamed:
                await _refuse_body(request)
            return await handle(request)

        return handle_strictly

    async def admit(self, request: Request) -> None:
        """Find out who calls; raises what the answer to everybody else is."""
        for admission in admissions(self.dependant):
            await admission.ask(request)


async def _strict(request: Request) -> StrictRequest:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise MediaTypeError("unsupported_media_type", "Send the body as application/json.")
    strict = StrictRequest(request.scope, request.receive)
    await strict.read()
    return strict


async def _refuse_body(request: Request) -> None:
    """Where no body is read, one would be left out in silence."""
    if request.headers.get("content-length", "0") == "0" and "transfer-encoding" not in request.headers:
        return
    async for chunk in request.stream():
        if chunk:
            raise InvalidError([Fault((), "unexpected_body", "this operation takes no body")])
