"""The service in-process, asked quickly."""

from asyncio import AbstractEventLoop, get_running_loop, run_coroutine_threadsafe
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx2
from anyio.from_thread import BlockingPortal
from fastapi.testclient import TestClient
from starlette.types import ASGIApp


class InProcess(TestClient):
    """A client whose requests reach the thread of the service's event loop in one call.

    The transport of `TestClient` crosses between the threads about eight times a request, which takes longer
    than most answers. Answers come whole, also those that are sent in parts.
    """

    __test__ = False

    def __init__(
        self, service: ASGIApp, base_url: str = "http://testserver", address: str = "testclient"
    ) -> None:
        """Ask this service from this address; what it fails with is answered with 500."""
        super().__init__(service, base_url, raise_server_exceptions=False)
        asked = httpx2.ASGITransport(service, raise_app_exceptions=False, client=(address, 50000))
        self._transport = _OneCall(self._portal_factory, asked)


class _OneCall(httpx2.BaseTransport):
    def __init__(
        self, open_portal: Callable[[], AbstractContextManager[BlockingPortal]], asked: httpx2.ASGITransport
    ) -> None:
        self.open_portal = open_portal
        self.asked = asked
        self.known: tuple[BlockingPortal, AbstractEventLoop] | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        with self.open_portal() as portal:
            return run_coroutine_threadsafe(self._answer(request), self._loop_of(portal)).result()

    def _loop_of(self, portal: BlockingPortal) -> AbstractEventLoop:
        """Asked for once: a call through the portal takes twice as long as one to its event loop."""
        if self.known is None or self.known[0] is not portal:
            self.known = portal, portal.call(get_running_loop)
        return self.known[1]

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        response = await self.asked.handle_async_request(request)
        content = b"".join([part async for part in response.aiter_raw()])
        stream = httpx2.ByteStream(content)
        return httpx2.Response(response.status_code, headers=response.headers, stream=stream)
