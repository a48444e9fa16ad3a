"""Where everything is kept: SQLite in a file, or PostgreSQL (docs/decisions/0008).

SQLite gets two engines. The one that writes has a single connection and takes the write lock when a
transaction begins, so that no transaction reads what another is about to change and none is told
"database is locked"; the one that reads cannot write. PostgreSQL has one pool for both.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from app.core.mendable import MendableError

if sys.platform != "win32":
    import fcntl

BUSY_MILLISECONDS = 10_000
# More threads than this only wait for one another: for SQLite's one writer, for PostgreSQL's pool.
SQLITE_THREADS, POSTGRES_THREADS = 4, 20


class DatabaseInUseError(MendableError):
    """Another process serves this file."""


class Database:
    """Sessions that read and sessions that write; a writing one commits when its block ends."""

    def __init__(self, address: str) -> None:
        """Prepare the engines; nothing is opened before it is used."""
        url = make_url(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.url = url if self.is_sqlite else url.set(drivername="postgresql+psycopg")
        self.threads = SQLITE_THREADS if self.is_sqlite else POSTGRES_THREADS
        if self.is_sqlite:
            self.writer = _sqlite(self.url, 1, "BEGIN IMMEDIATE", [])
            self.reader = _sqlite(self.url, self.threads, "BEGIN", ["PRAGMA query_only=ON"])
            self.lookup = self.reader
        else:
            self.writer = _engine(self.url, self.threads)
            self.reader = self.writer.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self.lookup = self.writer.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and cannot change it."""
        with Session(self.reader, autoflush=False) as session:
            yield session

    @contextmanager
    def looking_up(self) -> Iterator[Session]:
        """A session for a single question; on PostgreSQL without statements that begin and end it."""
        with Session(self.lookup, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are committed together when the block ends, or not at all."""
        with Session(self.writer, autoflush=False, expire_on_commit=False) as session, session.begin():
            yield session

    def check(self) -> None:
        """Ask something of no matter; raises what the database's library does where it does not answer."""
        with self.reading() as session:
            session.connection().execute(text("SELECT 1"))

    @contextmanager
    def serving(self) -> Iterator[None]:
        """While a service runs on it; SQLite serves one process at a time, which holds a lock on a file.

        Raises `DatabaseInUseError`. The lock goes with the process, however it ends.
        """
        if not self.is_sqlite or self.url.database in {None, "", ":memory:"} or sys.platform == "win32":
            yield
            return
        with Path(f"{self.url.database}.lock").open("w", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = f"{self.url.database} is served already: one process a file, more on PostgreSQL"
                raise DatabaseInUseError(message) from None
            yield

    def close(self) -> None:
        """Close all connections."""
        self.reader.dispose()
        self.writer.dispose()


def _engine(url: URL, size: int) -> Engine:
    return create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,  # answers and names stay out of logs
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )


def _sqlite(url: URL, size: int, begin: str, pragmas: list[str]) -> Engine:
    engine = _engine(url, size)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 -- whatever the driver gives
        connection.isolation_level = None  # the driver begins no transactions of its own
        cursor = connection.cursor()
        for pragma in (
            f"PRAGMA busy_timeout={BUSY_MILLISECONDS}",
            "PRAGMA foreign_keys=ON",
            "PRAGMA synchronous=FULL",
            *pragmas,
        ):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's connection
        connection.exec_driver_sql(begin)

    return engine
