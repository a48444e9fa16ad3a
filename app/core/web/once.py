"""A POST takes effect once, however often it arrives: `Idempotency-Key` (docs/api.md).

The key is put in before anything else, in the same transaction as the effect. Whoever arrives with the
same key meanwhile waits for that transaction, and is then given the saved answer.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Annotated, Any, NamedTuple

import orjson
from fastapi import Header, Request, Response
from sqlalchemy import Column, Index, LargeBinary, bindparam, text
from sqlmodel import Field, Session, SQLModel, col, delete, select, update

from app.core.clock import now
from app.core.columns import UtcTime
from app.core.database import Database
from app.core.errors import MissingError, RefusalError
from app.core.web.problems import invalid
from app.core.web.responses import encoded
from scoring import Fault

KEPT = timedelta(hours=24)

IdempotencyKey = Annotated[
    str | None,
    Header(
        description="A name of your own for this request, 1 to 255 visible ASCII characters. Sent again "
        "within 24 hours it changes nothing and gives the first answer with `Idempotent-Replayed: true`."
    ),
]

_KEY = re.compile(r"[!-~]{1,255}")

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


class Answer(NamedTuple):
    """What a POST answers with: `secrets` are keys of the content that are shown once and never kept."""

    content: dict[str, Any]
    about: tuple[str, ...]
    status: HTTPStatus = HTTPStatus.CREATED
    headers: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()


class Caller(NamedTuple):
    """Who asks, as far as this module is concerned."""

    workspace: str
    id: str


def once(
    request: Request, caller: Caller, body: object, do: Callable[[Session, datetime], Answer]
) -> Response:
    """Do it in one transaction and answer; with an `Idempotency-Key`, only the first time.

    Raises `ReusedKeyError` where the key came with another request before.
    """
    database: Database = request.app.state.database
    moment = now()
    key = request.headers.get("idempotency-key")
    if key is None:
        with database.writing() as session:
            answer = do(session, moment)
        return _response(answer.status, answer.headers, encoded(answer.content))
    if not _KEY.fullmatch(key):
        detail = "1 to 255 visible ASCII characters"
        raise invalid([Fault(("header", "Idempotency-Key"), "malformed_key", detail)])
    return _once(database, Attempt(caller, key, _digest(request, body)), moment, do)


class Attempt(NamedTuple):
    """A request with its key and the digest of what it asks for."""

    caller: Caller
    key: str
    request: str


def _once(
    database: Database, attempt: Attempt, moment: datetime, do: Callable[[Session, datetime], Answer]
) -> Response:
    (workspace, caller), key, request = attempt
    row = (
        col(Idempotency.workspace_id) == workspace,
        col(Idempotency.caller) == caller,
        col(Idempotency.key) == key,
    )
    with database.writing() as session:
        claim = {
            "workspace_id": workspace,
            "caller": caller,
            "key": key,
            "request": request,
            "created_at": moment,
            "expired": moment - KEPT,
        }
        if not session.connection().execute(_CLAIM, claim).rowcount:
            return _replay(session.exec(select(Idempotency).where(*row)).one(), request)
        answer = do(session, moment)
        kept = answer.content | dict.fromkeys(answer.secrets)
        values = {
            "status": int(answer.status),
            "headers": orjson.dumps(answer.headers),
            "content": encoded(kept),
            "about": " ".join(answer.about),
        }
        session.exec(update(Idempotency).where(*row).values(values))
    return _response(answer.status, answer.headers, encoded(answer.content))


def _digest(request: Request, body: object) -> str:
    asked = [request.method, request.url.path, request.url.query]
    return sha256(json.dumps([*asked, body], sort_keys=True).encode()).hexdigest()


def _replay(saved: Idempotency, request: str) -> Response:
    if saved.request != request:
        detail = "This Idempotency-Key came with another request before; take a new one for a new request."
        raise ReusedKeyError("reused_key", detail)
    if saved.status is None or saved.content is None:
        raise MissingError("thing any more")
    response = _response(HTTPStatus(saved.status), orjson.loads(saved.headers or b"{}"), saved.content)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _response(status: HTTPStatus, headers: Mapping[str, str], content: bytes) -> Response:
    kept = {"Cache-Control": "no-store", **headers}
    return Response(content, status, kept, "application/json")


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
