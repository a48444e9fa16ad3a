"""Who calls: the key in `Authorization: Bearer …`, its scopes, and the rate limits.

One call a request looks the key up, counts it, and notes its use at most once a minute. Nothing is
remembered between requests, so that a revoked key opens nothing from that moment on.
"""

from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.openapi.models import HTTPBearer
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool

from app.core.callers import Caller
from app.core.clock import now
from app.core.database import Database
from app.core.errors import ForbiddenError, UnauthenticatedError, UnavailableError
from app.core.limits import address_bucket
from app.core.resources import Resources
from app.core.web.admission import Admission
from app.core.web.allowances import take
from app.core.web.bodies import StrictRoute
from app.core.web.resources import resources_of
from app.workspaces import store
from app.workspaces.models import Scope
from app.workspaces.service import USE_NOTED_EVERY, authenticate, includes
from app.workspaces.store import PresentedKey


def bearer_of(request: Request) -> str | None:
    """The token of a request; `None` where it brings none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def count_address(request: Request) -> None:
    """Count a request that no key answers for; raises `TooManyRequestsError`."""
    resources = resources_of(request)
    host = request.client.host if request.client else None
    take(request, address_bucket(host), resources.settings.requests_per_minute_per_address)


def caller_of(request: Request, scope: Scope) -> Caller:
    """The caller, whose key has the scope.

    Raises `UnauthenticatedError`, `ForbiddenError`, and `TooManyRequestsError`. Requests without a key
    that opens anything count for their address.
    """
    resources = resources_of(request)
    try:
        key = _key_of(resources, bearer_of(request))
    except UnauthenticatedError:
        count_address(request)
        raise
    take(request, f"key:{key.id}", resources.settings.requests_per_minute_per_key)
    if not includes(key, scope):
        raise ForbiddenError("missing_scope", f"This key has no scope {scope}.")
    return Caller(key.workspace_id, key.id)


def _key_of(resources: Resources, token: str | None) -> PresentedKey:
    if token is None:
        raise UnauthenticatedError("missing_key", "Send a key as Authorization: Bearer sbm_live_…")
    moment = now()
    with resources.database.looking_up() as connection:
        key = authenticate(connection, moment, token, demo=resources.settings.demo)
    if key.last_used_at is None or key.last_used_at + USE_NOTED_EVERY <= moment:
        _note_use(resources.database, key, moment)
    return key


def _note_use(database: Database, key: PresentedKey, moment: datetime) -> None:
    """Remember it where nobody else is writing; else it is the next request's turn, and none waits for it."""
    with suppress(UnavailableError, OperationalError), database.writing(wait=0) as session:
        store.note_use(session, key.workspace_id, key.id, moment)


class _Needs(Admission):
    """A key with a scope."""

    scheme_name = "Key"
    model = HTTPBearer(description="A key of a workspace, `sbm_live_…` or `sbm_test_…`.")

    def __init__(self, scope: Scope) -> None:
        """Ask for this scope, or one that includes it."""
        self._scope = scope

    def find(self, request: Request) -> Caller:
        """The caller; raises as `caller_of` does."""
        return caller_of(request, self._scope)


Reader = Annotated[Caller, Depends(_Needs("read"))]
Writer = Annotated[Caller, Depends(_Needs("write"))]
Administrator = Annotated[Caller, Depends(_Needs("admin"))]


# What an operation says in the OpenAPI document that needs a key unless scoring is public.
KEY_UNLESS_PUBLIC: dict[str, Any] = {"security": [{"Key": []}, {}]}


class OpenRoute(StrictRoute):
    """A route that needs no key where scoring is public, and elsewhere one that reads.

    As a dependency it would cost the scoring a quarter of its time.
    """

    async def admit(self, request: Request) -> None:
        """Count the request for its key, or for its address where it needs none."""
        resources = resources_of(request)
        if not resources.settings.is_scoring_public or "authorization" in request.headers:
            await run_in_threadpool(caller_of, request, "read")
        elif resources.limits.is_blocking:
            await run_in_threadpool(count_address, request)
        else:
            count_address(request)
