"""Many responses are scored in threads: the event loop answers others meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from anyio.lowlevel import checkpoint
from fastapi import FastAPI

from app.scores.routes import SCORED_AT_ONCE, THREADS
from tests.kit.reading import SCORE, Json

FEW: Json = {"responses": [{}] * SCORED_AT_ONCE}
MANY: Json = {"responses": [{}] * (SCORED_AT_ONCE + 1)}


@asynccontextmanager
async def all_threads_taken() -> AsyncIterator[None]:
    """Every thread that scores many is busy with somebody else's."""
    others = [object() for _ in range(int(THREADS.total_tokens))]
    for other in others:
        await THREADS.acquire_on_behalf_of(other)
    try:
        yield
    finally:
        for other in others:
            THREADS.release_on_behalf_of(other)


def test_others_are_answered_while_many_responses_wait_for_a_thread(service: FastAPI) -> None:
    async def ask() -> None:
        transport = httpx2.ASGITransport(service)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            async with all_threads_taken():
                scoring = asyncio.create_task(client.post(SCORE, json=MANY))
                async with asyncio.timeout(10):
                    while not THREADS.statistics().tasks_waiting:
                        await checkpoint()
                assert (await client.get("/livez")).status_code == 200
                assert (await client.post(SCORE, json=FEW)).status_code == 200
                assert not scoring.done()
            assert (await scoring).status_code == 200

    asyncio.run(ask())
