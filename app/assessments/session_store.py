"""Embed sessions in the database."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, or_
from sqlmodel import Session, col, delete, select

from app.assessments.models import EmbedSession
from app.workspaces.models import Workspace


class FoundSession(NamedTuple):
    """A session, as a row that reads like one; when the code or token that found it ends; whose it is."""

    session: EmbedSession
    ends_at: datetime
    is_demo: bool


_FOUND = (
    select(EmbedSession.__table__, Workspace.is_demo)  # type: ignore[attr-defined] # it is a table
    .join(Workspace, col(Workspace.id) == col(EmbedSession.workspace_id))
    .where(
        or_(
            col(EmbedSession.code_digest) == bindparam("digest"),
            col(EmbedSession.token_digest) == bindparam("digest"),
            col(EmbedSession.previous_digest) == bindparam("digest"),
        )
    )
)


def find_session(connection: Connection, digest: str) -> FoundSession | None:
    """The session that a code, its token or the token before is of."""
    own: Any = connection.execute(_FOUND, {"digest": digest}).first()
    if own is None:
        return None
    ends = {
        own.previous_digest: own.previous_expires_at,
        own.token_digest: own.token_expires_at,
        own.code_digest: own.code_expires_at,
    }
    return FoundSession(own, ends[digest] or own.created_at, own.is_demo)


def get_session(session: Session, workspace: str, embed_session: str) -> EmbedSession | None:
    """A session by its id."""
    return session.get(EmbedSession, (workspace, embed_session))


def lock_session(session: Session, workspace: str, embed_session: str) -> EmbedSession | None:
    """The same, with nobody else changing it."""
    own = col(EmbedSession.workspace_id) == workspace, col(EmbedSession.id) == embed_session
    return session.exec(select(EmbedSession).where(*own).with_for_update()).one_or_none()


def drop_ended_sessions(session: Session, workspace: str, moment: datetime) -> None:
    """Forget the workspace's sessions that have ended."""
    own = col(EmbedSession.workspace_id) == workspace, col(EmbedSession.expires_at) <= moment
    session.exec(delete(EmbedSession).where(*own))
