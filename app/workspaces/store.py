"""Workspaces and keys in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, String, bindparam, cast
from sqlmodel import Session, col, select, update

from app.workspaces.models import Key, Scope, Workspace


def get_workspace(session: Session, workspace: str) -> Workspace:
    """The workspace of a caller, which there always is."""
    return session.exec(select(Workspace).where(col(Workspace.id) == workspace)).one()


class NamedOrigins(NamedTuple):
    """Whose pages may embed what a workspace shows; whether it is the demonstration's."""

    origins: list[str]
    is_demo: bool


def find_origins(connection: Connection, workspace: str) -> NamedOrigins | None:
    """The origins of a workspace that somebody names."""
    own = select(Workspace.allowed_origins, Workspace.is_demo).where(col(Workspace.id) == workspace)
    row = connection.execute(own).one_or_none()
    return None if row is None else NamedOrigins(*row)


def lock_workspace(session: Session, workspace: str) -> Workspace:
    """The same, with nobody else changing it or its keys."""
    return session.exec(
        select(Workspace).where(col(Workspace.id) == workspace).with_for_update(key_share=True)
    ).one()


def list_workspaces(session: Session) -> list[Workspace]:
    """All workspaces, for those who run the service."""
    return list(session.exec(select(Workspace).order_by(col(Workspace.id))).all())


def find_demo(session: Session) -> Workspace | None:
    """The demonstration's workspace."""
    return session.exec(select(Workspace).where(col(Workspace.is_demo))).first()


def has_origin(connection: Connection, origin: str) -> bool:
    """Whether any workspace names this origin; it is canonical, so it has nothing that JSON escapes."""
    named = cast(col(Workspace.allowed_origins), String).contains(f'"{origin}"', autoescape=True)
    return connection.execute(select(Workspace.id).where(named).limit(1)).first() is not None


class PresentedKey(NamedTuple):
    """A key as far as a token tells whose it is; `is_demo`: of the demonstration's workspace."""

    workspace_id: str
    id: str
    scopes: list[Scope]
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    is_demo: bool


_BY_DIGEST = (
    select(  # type: ignore[call-overload] # it knows no more than four columns
        Key.workspace_id,
        Key.id,
        Key.scopes,
        Key.expires_at,
        Key.last_used_at,
        Key.revoked_at,
        Workspace.is_demo,
    )
    .join(Workspace, col(Workspace.id) == col(Key.workspace_id))
    .where(col(Key.digest) == bindparam("digest"))
)


def find_key_by_digest(connection: Connection, digest: str) -> PresentedKey | None:
    """The key that a token is."""
    row = connection.execute(_BY_DIGEST, {"digest": digest}).first()
    return None if row is None else PresentedKey(*row)


def list_keys(session: Session, workspace: str, after: str, most: int) -> Sequence[Key]:
    """Keys in the order in which they were made."""
    own = select(Key).where(col(Key.workspace_id) == workspace, col(Key.id) > after)
    return session.exec(own.order_by(col(Key.id)).limit(most)).all()


def find_key(session: Session, workspace: str, key: str) -> Key | None:
    """A key by its id."""
    return session.get(Key, (workspace, key))


def list_standing_keys(session: Session, workspace: str) -> Sequence[Key]:
    """The keys that have not been revoked."""
    own = select(Key).where(col(Key.workspace_id) == workspace, col(Key.revoked_at).is_(None))
    return session.exec(own).all()


def note_use(session: Session, workspace: str, key: str, moment: datetime) -> None:
    """Remember when a key was last used, unless somebody is changing it right now."""
    own = col(Key.workspace_id) == workspace, col(Key.id) == key
    free = select(Key.id).where(*own).with_for_update(skip_locked=True, key_share=True)
    session.exec(update(Key).where(own[0], col(Key.id).in_(free)).values(last_used_at=moment))
