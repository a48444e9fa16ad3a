"""Requests that write have threads of their own, so that those that read never wait behind them."""

from collections.abc import Callable, Coroutine
from functools import partial
from inspect import iscoroutinefunction, signature
from math import inf
from typing import Any, NamedTuple

from anyio import CapacityLimiter, Semaphore, WouldBlock, fail_after
from anyio.lowlevel import RunVar
from anyio.to_thread import run_sync

from app.core.database import Database
from app.core.errors import UnavailableError
from app.core.web.resources import resources_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})


class _Turns(NamedTuple):
    """As many as may write at once, on threads that nobody else uses."""

    free: Semaphore
    threads: CapacityLimiter


_turns: RunVar[_Turns] = RunVar("turns")


def in_turn(endpoint: Callable[..., Any], methods: set[str] | list[str] | None) -> Callable[..., Any]:
    """An endpoint that writes, waiting for its turn outside of the threads that read.

    Its `request` says whose turn. Raises `UnavailableError` where the turn does not come in time.
    """
    if iscoroutinefunction(endpoint) or set(methods or READING) <= READING:
        return endpoint

    async def take_turn(**values: Any) -> Any:  # noqa: ANN401 -- the endpoint's own
        database = resources_of(values["request"]).database
        turns = _turns_of(database)
        await _take_one(turns.free, database.waits.lock)
        try:
            return await run_sync(partial(endpoint, **values), limiter=turns.threads)
        finally:
            turns.free.release()

    return _named_like(endpoint, take_turn)


async def _take_one(free: Semaphore, seconds: float) -> None:
    """At once where there is one, which is the usual case and costs no timer."""
    try:
        free.acquire_nowait()
    except WouldBlock:
        try:
            with fail_after(seconds):
                await free.acquire()
        except TimeoutError:
            raise UnavailableError from None


def _turns_of(database: Database) -> _Turns:
    """Those of the event loop, which serves on one database."""
    try:
        return _turns.get()
    except LookupError:
        turns = _Turns(Semaphore(database.writers), CapacityLimiter(inf))
        _turns.set(turns)
        return turns


def _named_like(
    endpoint: Callable[..., Any], turn: Callable[..., Coroutine[Any, Any, Any]]
) -> Callable[..., Any]:
    """What the framework reads of an endpoint; not `__wrapped__`, which it would look through."""
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(turn, name, getattr(endpoint, name))
    turn.__signature__ = signature(endpoint)  # type: ignore[attr-defined] # read by `inspect`
    return turn
