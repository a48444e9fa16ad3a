"""The service in-process without a thread of its own."""

import asyncio

import httpx2
from starlette.types import ASGIApp


class OneThread(httpx2.BaseTransport):
    """The service on the thread of the test: `TestClient` takes longer to reach it than it to answer."""

    def __init__(self, service: ASGIApp) -> None:
        """Ask this service."""
        self.transport = httpx2.ASGITransport(service)
        self.loop = asyncio.new_event_loop()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Its answer, whole."""
        return self.loop.run_until_complete(self._handle(request))

    async def _handle(self, request: httpx2.Request) -> httpx2.Response:
        response = await self.transport.handle_async_request(request)
        content = b"".join([part async for part in response.aiter_raw()])
        return httpx2.Response(response.status_code, headers=response.headers, content=content)

    def close(self) -> None:
        """Nothing is asked any more."""
        self.loop.close()
