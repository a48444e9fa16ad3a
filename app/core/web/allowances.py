"""What is left of a caller's rate limit: counted for a request, and told with its answer."""

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import Scope

from app.core.limits import Allowance
from app.core.web.resources import resources_of

_ALLOWANCE = "sbm.allowance"


def take(request: Request, bucket: str, per_minute: int) -> None:
    """Count a request; raises `TooManyRequestsError` where it is one too many."""
    allowance = resources_of(request).limits.take(bucket, per_minute)
    if allowance is not None:
        request.scope[_ALLOWANCE] = allowance
        allowance.refuse_beyond()


def charge(request: Request, cost: int) -> None:
    """Count what a request costs beyond the one that it was taken for.

    It is answered all the same: what is known of its cost only now is missing to the next ones.
    """
    allowance: Allowance | None = request.scope.get(_ALLOWANCE)
    if allowance is not None and cost > 1:
        taken = resources_of(request).limits.take(allowance.bucket, allowance.per_minute, cost - 1)
        request.scope[_ALLOWANCE] = taken


async def charge_soon(request: Request, cost: int) -> None:
    """The same on the event loop, which must not wait for a database."""
    if resources_of(request).limits.is_blocking and cost > 1:
        await run_in_threadpool(charge, request, cost)
    else:
        charge(request, cost)


def allowance_headers(scope: Scope) -> list[tuple[bytes, bytes]]:
    """What a request's answer says of its caller's limit; nothing where there is none."""
    allowance: Allowance | None = scope.get(_ALLOWANCE)
    if allowance is None:
        return []
    said = {"limit": allowance.per_minute, "remaining": allowance.remaining, "reset": allowance.seconds}
    return [(f"ratelimit-{name}".encode(), str(value).encode()) for name, value in said.items()]
