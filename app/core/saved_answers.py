"""What was made for an `Idempotency-Key`, to be shown again for the same one (docs/api.md).

The key is put in before anything else, in the same transaction as the effect. Whoever arrives with the
same key meanwhile waits for that transaction, and is then shown what it made. Kept are ids and numbers, so
that nothing of what anybody said or is called has to be found here when it is erased.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Column, Index, Row, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, delete, select, update

from app.core.callers import Caller
from app.core.columns import UtcTime
from app.core.errors import RefusalError, WrongStateError
from app.core.resources import Work

KEPT = timedelta(hours=24)

# As if nothing were to be found again: only what is has to be saved.
_CLAIM = text(
    """
    INSERT INTO idempotency AS i (workspace_id, caller, key, request, made, created_at)
    VALUES (:workspace_id, :caller, :key, :request, '[]', :created_at)
    ON CONFLICT (workspace_id, caller, key) DO UPDATE SET
      request = excluded.request, made = excluded.made, created_at = excluded.created_at
    WHERE i.created_at < :expired
    """
).bindparams(bindparam("created_at", type_=UtcTime()), bindparam("expired", type_=UtcTime()))

# Ids and numbers that find again what a POST has made.
Made = tuple[str, ...]


class ReusedKeyError(RefusalError):
    """The key stands for another request."""


class Idempotency(SQLModel, table=True):
    """That a request has taken effect, and the ids of what it `made`, as a JSON list."""

    __table_args__ = (Index("idempotency_created_at", "created_at"),)

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    caller: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    made: str | None = None
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))


class Outcome(NamedTuple):
    """What a POST answers with, and what finds that again."""

    content: Mapping[str, Any]
    made: Made
    status: HTTPStatus = HTTPStatus.CREATED
    headers: Mapping[str, str] = {}


class Attempt(NamedTuple):
    """A request with its key and the digest of what it asks for."""

    caller: Caller
    key: str
    request: str

    @property
    def row(self) -> dict[str, str]:
        """What finds what is kept."""
        return {"own_workspace": self.caller.workspace, "own_caller": self.caller.id, "own_key": self.key}


_OWN = (
    col(Idempotency.workspace_id) == bindparam("own_workspace"),
    col(Idempotency.caller) == bindparam("own_caller"),
    col(Idempotency.key) == bindparam("own_key"),
)
_SAVED = select(Idempotency.request, Idempotency.made).where(*_OWN)
_UNEXPIRED = _SAVED.where(col(Idempotency.created_at) >= bindparam("earliest", type_=UtcTime()))
_SAVE = update(Idempotency).where(*_OWN).values(made=bindparam("made"))


def claim(work: Work, attempt: Attempt) -> Made | None:
    """Take the key; where it is taken already, what was made for it.

    Raises `ReusedKeyError` where it came with another request, `WrongStateError` where an older version of
    the service, which kept something else, has done it.
    """
    values = {
        "workspace_id": attempt.caller.workspace,
        "caller": attempt.caller.id,
        "key": attempt.key,
        "request": attempt.request,
        "created_at": work.moment,
        "expired": work.moment - KEPT,
    }
    if work.session.connection().execute(_CLAIM, values).rowcount:
        return None
    return _made(work.session.connection().execute(_SAVED, attempt.row).one(), attempt)


def find_made(work: Work, attempt: Attempt) -> Made | None:
    """What was made for the key, without taking it; raises as `claim` does."""
    values = {**attempt.row, "earliest": work.moment - KEPT}
    saved = work.session.connection().execute(_UNEXPIRED, values).one_or_none()
    return None if saved is None else _made(saved, attempt)


def _made(saved: Row[Any], attempt: Attempt) -> Made:
    if saved.request != attempt.request:
        detail = "This Idempotency-Key came with another request before; take a new one for a new request."
        raise ReusedKeyError("reused_key", detail)
    if saved.made is None:
        detail = (
            "It was done before the service was upgraded: what it made is there, but cannot be shown again."
        )
        raise WrongStateError("done_before_upgrade", detail)
    return tuple(orjson.loads(saved.made))


def save(work: Work, attempt: Attempt, made: Made) -> None:
    """Keep what was made in an attempt."""
    values = {**attempt.row, "made": orjson.dumps(made).decode()}
    work.session.connection().execute(_SAVE, values)


def clean(session: Session, moment: datetime) -> None:
    """Drop the keys that no longer count."""
    session.exec(delete(Idempotency).where(col(Idempotency.created_at) < moment - KEPT))
