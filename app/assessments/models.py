"""Tables of assessments, participants and results."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKeyConstraint, Index, LargeBinary, String
from sqlmodel import Field, SQLModel

from app.core.columns import UtcTime
from app.core.listings import FoldedText
from scoring.respondents.consolidate import Policy


def _belongs(table: str, column: str) -> ForeignKeyConstraint:
    """What belongs to a row of another table of the same workspace, and goes with it."""
    return ForeignKeyConstraint(
        ["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"], ondelete="CASCADE"
    )


class Assessment(SQLModel, table=True):
    """An assessment: `draft`, then `open`, then `closed`.

    `version` and `digest` of the questionnaire are pinned when it is opened. `scope` names functions,
    `None` all of them.
    """

    __table_args__ = (
        _belongs("company", "company_id"),
        Index("assessment_company", "workspace_id", "company_id", "id"),
        Index("assessment_status", "workspace_id", "status", "id"),
        Index("assessment_changed", "workspace_id", "changed_at", "id"),
        Index("assessment_name", "workspace_id", "name_folded", "id"),
    )

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    company_id: str
    name: str
    name_folded: str = Field(sa_column=Column(FoldedText, nullable=False))
    status: str
    questionnaire: str
    version: str | None = None
    digest: str | None = None
    tier: str
    scope: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    anonymous: bool
    consolidation: Policy = Field(sa_column=Column(String, nullable=False))
    targets: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    consensus: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    due_date: date | None = None
    language: str
    revision: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    opened_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    closed_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))


class Participant(SQLModel, table=True):
    """Who is asked, with all answers as one document.

    `answers` are as they were given, by question id; `revision` counts their changes, and `changed` says
    with which revision each answer changed last, those included that were taken back. `history` says when
    they were handed in and opened again, by whom: the newest of so many that `history_count` counts. Of the
    token in the link only the digest is kept; a new link takes the place of the old one. So it is with the
    token that an invitation to an anonymous assessment is exchanged for.
    """

    __table_args__ = (
        _belongs("assessment", "assessment_id"),
        Index("participant_assessment", "workspace_id", "assessment_id", "id"),
        Index("participant_invitation", "invitation_digest"),
        Index("participant_own_token", "own_token_digest"),
    )

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    assessment_id: str
    role: str | None = None
    functions: list[str] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    language: str | None = None
    name: str | None = None
    name_folded: str = Field(default="", sa_column=Column(FoldedText, nullable=False))
    email: str | None = None
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    importance: int | None = None
    self_rating: int | None = None
    changed: dict[str, int] = Field(sa_column=Column(JSON, nullable=False))
    revision: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    submitted_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    history: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    history_count: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    invitation_digest: str | None = None
    invited_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    invitation_expires_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    own_token_digest: str | None = None
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))


class Result(SQLModel, table=True):
    """What an assessment came to, for good: what was scored, and the profile in every language, as JSON."""

    __table_args__ = (_belongs("assessment", "assessment_id"),)

    workspace_id: str = Field(primary_key=True)
    assessment_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    name: str
    created_by: str
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    summary: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    participants: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    request: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    profiles: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class EmbedSession(SQLModel, table=True):
    """A portal's page shows somebody's questionnaire, or an assessment's profile, until `expires_at`.

    Of the code that opens it once, its token and the token before, digests are kept. `theme` has the
    colours that were derived when it was made.
    """

    __tablename__ = "embed_session"
    __table_args__ = (
        _belongs("assessment", "assessment_id"),
        _belongs("participant", "participant_id"),
        Index("embed_session_code", "code_digest"),
        Index("embed_session_token", "token_digest"),
        Index("embed_session_previous", "previous_digest"),
        Index("embed_session_assessment", "workspace_id", "assessment_id"),
        Index("embed_session_participant", "workspace_id", "participant_id"),
    )

    workspace_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    assessment_id: str
    participant_id: str | None = None
    view: str
    parent_origin: str
    language: str
    theme: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    code_digest: str | None = None
    token_digest: str | None = None
    previous_digest: str | None = None
    code_expires_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    token_expires_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    previous_expires_at: datetime | None = Field(default=None, sa_column=Column(UtcTime))
    expires_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
