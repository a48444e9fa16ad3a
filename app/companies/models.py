"""Table of companies."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from app.core.columns import UtcTime
from app.core.listings import FoldedText


class Company(SQLModel, table=True):
    """A client company; `name_folded` is what its name is found and ordered by."""

    __table_args__ = (
        Index("company_reference", "workspace_id", "reference", unique=True),
        Index("company_changed", "workspace_id", "changed_at", "id"),
        Index("company_name", "workspace_id", "name_folded", "id"),
    )

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    id: str = Field(primary_key=True)
    name: str
    name_folded: str = Field(sa_column=Column(FoldedText, nullable=False))
    industry: str | None = None
    country: str | None = None
    employees: int | None = Field(default=None, sa_column=Column(BigInteger))
    reference: str | None = None
    revision: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
    changed_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
