"""Answers that are given again for the same `Idempotency-Key` (docs/api.md).

The key is put in before anything else, in the same transaction as the effect. Whoever arrives with the
same key meanwhile waits for that transaction, and is then given the saved answer.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Column, Index, LargeBinary, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, delete, select, update

from app.core.callers import Caller
from app.core.columns import UtcTime
from app.core.errors import MissingError, RefusalError
from app.core.json_text import encoded
from app.core.resources import Work

KEPT = timedelta(hours=24)

_CLAIM = text(
    """
    INSERT INTO idempotency AS i (workspace_id, caller, key, request, about, created_at)
    VALUES (:workspace_id, :caller, :key, :request, '', :created_at)
    ON CONFLICT (workspace_id, caller, key) DO UPDATE SET
      request = excluded.request, status = NULL, headers = NULL, content = NULL, about = '',
      created_at = excluded.created_at
    WHERE i.created_at < :expired
    """
).bindparams(bindparam("created_at", type_=UtcTime()), bindparam("expired", type_=UtcTime()))


class ReusedKeyError(RefusalError):
    """The key stands for another request."""


class Idempotency(SQLModel, table=True):
    """An answer that is given again; `about` names what it is about, so that erasing that erases it."""

    __table_args__ = (Index("idempotency_created_at", "created_at"),)

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    caller: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    request: str
    status: int | None = None
    headers: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    content: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    about: str
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))


class Outcome(NamedTuple):
    """What a POST answers with: `secrets` are keys of the content that are shown once and never kept."""

    content: dict[str, Any]
    about: tuple[str, ...]
    status: HTTPStatus = HTTPStatus.CREATED
    headers: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()


class Reply(NamedTuple):
    """An answer as it goes out, the first time or again."""

    status: HTTPStatus
    headers: Mapping[str, str]
    content: bytes

    @classmethod
    def of(cls, outcome: Outcome) -> "Reply":
        """An answer for the first time."""
        return cls(outcome.status, outcome.headers, encoded(outcome.content))


class Attempt(NamedTuple):
    """A request with its key and the digest of what it asks for."""

    caller: Caller
    key: str
    request: str

    @property
    def row(self) -> tuple[Any, ...]:
        """What finds the saved answer."""
        return (
            col(Idempotency.workspace_id) == self.caller.workspace,
            col(Idempotency.caller) == self.caller.id,
            col(Idempotency.key) == self.key,
        )


def claim(work: Work, attempt: Attempt) -> Reply | None:
    """Take the key; where it is taken already, the saved answer.

    Raises `ReusedKeyError` where it came with another request, `MissingError` where the answer is erased.
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
    return _saved(work.session.exec(select(Idempotency).where(*attempt.row)).one(), attempt)


def find_saved(work: Work, attempt: Attempt) -> Reply | None:
    """The saved answer, without taking the key; raises as `claim` does."""
    unexpired = col(Idempotency.created_at) >= work.moment - KEPT
    saved = work.session.exec(select(Idempotency).where(*attempt.row, unexpired)).one_or_none()
    return None if saved is None else _saved(saved, attempt)


def _saved(saved: Idempotency, attempt: Attempt) -> Reply:
    if saved.request != attempt.request:
        detail = "This Idempotency-Key came with another request before; take a new one for a new request."
        raise ReusedKeyError("reused_key", detail)
    if saved.status is None or saved.content is None:
        raise MissingError("thing any more")
    headers = orjson.loads(saved.headers or b"{}") | {"Idempotent-Replayed": "true"}
    return Reply(HTTPStatus(saved.status), headers, saved.content)


def save(work: Work, attempt: Attempt, outcome: Outcome) -> Reply:
    """Keep the answer to an attempt without its secrets."""
    reply = Reply.of(outcome)
    kept = encoded(outcome.content | dict.fromkeys(outcome.secrets)) if outcome.secrets else reply.content
    values = {
        "status": int(outcome.status),
        "headers": orjson.dumps(outcome.headers),
        "content": kept,
        "about": " ".join(outcome.about),
    }
    work.session.exec(update(Idempotency).where(*attempt.row).values(values))
    return reply


def forget(session: Session, workspace: str, *ids: str) -> None:
    """Erase the saved answers about these; their keys stay, so that nothing is done a second time."""
    for name in ids:
        about = col(Idempotency.about).contains(name, autoescape=True)
        emptied = {"status": None, "headers": None, "content": None, "about": ""}
        session.exec(
            update(Idempotency).where(col(Idempotency.workspace_id) == workspace, about).values(emptied)
        )


def clean(session: Session, moment: datetime) -> None:
    """Drop the keys that no longer count."""
    session.exec(delete(Idempotency).where(col(Idempotency.created_at) < moment - KEPT))
