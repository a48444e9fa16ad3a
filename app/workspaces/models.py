"""Tables of workspaces and their keys."""

from datetime import datetime
from typing import Literal

from sqlalchemy import JSON, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.core.columns import UtcTime

Scope = Literal["read", "write", "admin"]


class Workspace(SQLModel, table=True):
    """A customer of the service. `is_test` ones are for trying things out, `is_demo` is the demonstration.

    Pages of `allowed_origins` may embed what the workspace shows, and ask for it from a browser. Its reports
    are in `accent`, as in `#0b5d5b`, and bear `logo`, a PNG of ours.
    """

    id: str = Field(primary_key=True)
    name: str
    language: str
    respondents_see_profile: bool = False
    allowed_origins: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    accent: str | None = None
    logo: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    is_test: bool = False
    is_demo: bool = False
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))


class Key(SQLModel, table=True):
    """A key to a workspace, of which only the digest is kept; `hint` is how it begins."""

    __table_args__ = (Index("key_digest", "digest"),)

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    id: str = Field(primary_key=True)
    name: str
    digest: str
    hint: str
    scopes: list[str] = Field(sa_column=Column(JSON, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    expires_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    last_used_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
