"""The framework with one insert, for `bench/store.py`: a validated body in, one row, a small answer out."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from app.core.clock import now
from app.core.columns import UtcTime
from app.core.database import Database
from app.core.ids import new_id
from app.core.settings import Settings
from scoring.respondents.answers import AnswerObject


class SheetInput(BaseModel):
    """A respondent's answers, validated by the framework's own means."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, str | AnswerObject]
    self_rating: int | None = None


class Sheet(SQLModel, table=True):
    """The same as a row."""

    id: str = Field(primary_key=True)
    answers: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    self_rating: int | None = None
    created_at: datetime = Field(sa_column=Column(UtcTime, nullable=False))


class Receipt(BaseModel):
    """That it is kept."""

    id: str
    created_at: datetime


database = Database(Settings().database_url)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """A table, and as many threads as the service has."""
    if database.is_sqlite:
        with closing(sqlite3.connect(str(database.url.database))) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
    SQLModel.metadata.create_all(database.writer)
    current_default_thread_limiter().total_tokens = database.threads
    yield
    database.close()


app = FastAPI(lifespan=lifespan)


@app.post("/v1/sheets", status_code=201)
def add_sheet(body: SheetInput) -> Receipt:
    """Keep it."""
    sheet = Sheet(id=new_id("sht"), created_at=now(), **body.model_dump())
    with database.writing() as session:
        session.add(sheet)
    return Receipt(id=sheet.id, created_at=sheet.created_at)
