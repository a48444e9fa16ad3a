"""Embed sessions in the database."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, delete, select

from app.assessments.models import EmbedSession
from app.workspaces.models import Workspace


class FoundSession(NamedTuple):
    """A session, when the code or token that found it ends, and whether it is of the demonstration."""

    session: EmbedSession
    ends_at: datetime
    is_demo: bool


_FOUND = (
    select(EmbedSession, Workspace.is_demo)
    .join(Workspace, col(Workspace.id) == col(EmbedSession.workspace_id))
    .where(
        or_(
            col(EmbedSession.code_digest) == bindparam("digest"),
            col(EmbedSession.token_digest) == bindparam("digest"),
            col(EmbedSession.previous_digest) == bindparam("digest"),
        )
    )
)


def find_session(session: Session, digest: str) -> FoundSession | None:
    """The session that a code, its token or the token before is of."""
    row = session.exec(_FOUND, params={"digest": digest}).first()
    if row is None:
        return None
    own, is_demo = row
    ends = {
        own.previous_digest: own.previous_expires_at,
        own.token_digest: own.token_expires_at,
        own.code_digest: own.code_expires_at,
    }
    return FoundSession(own, ends[digest] or own.created_at, is_demo)


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
