"""Table of companies."""

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from app.core.columns import UtcTime


class Company(SQLModel, table=True):
    """A client company."""

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    id: str = Field(primary_key=True)
    name: str
    industry: str | None = None
    country: str | None = None
    employees: int | None = Field(default=None, sa_column=Column(BigInteger))
    reference: str | None = None
    revision: int = Field(default=0, sa_column=Column(BigInteger, nullable=False))
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))
