"""Where everything is kept: SQLite in a file, or PostgreSQL (docs/decisions/0008).

SQLite gets two engines. The one that writes has a single connection and takes the write lock when a
transaction begins, so that no transaction reads what another is about to change and none is told
"database is locked"; the one that reads cannot write and waits for no lock. PostgreSQL has one pool for both.

Whoever cannot begin to write in time is told so (`UnavailableError`): then nothing was changed.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from time import monotonic

from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from app.core import serving
from app.core.engines import Waits, pooled, sqlite, unpooled
from app.core.errors import UnavailableError
from app.core.mendable import MendableError

# Requests that read, and requests that write, at the same time. More threads than this only wait for one
# another: for SQLite's one writer, for PostgreSQL's pool.
SQLITE_THREADS, SQLITE_WRITERS = 4, 2
POSTGRES_THREADS, POSTGRES_WRITERS = 12, 8


class DatabaseAddressError(MendableError):
    """The address names no database that the service can use."""

    def __init__(self, fault: str = "no sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME") -> None:
        """`fault` is what is wrong with it."""
        super().__init__(f"SBM_DATABASE_URL: {fault}")


class Database:
    """Sessions that read and sessions that write; a writing one commits when its block ends."""

    def __init__(self, address: str, waits: Waits | None = None) -> None:
        """Prepare the engines; nothing is opened before it is used. Raises `DatabaseAddressError`."""
        url = _parsed(address)
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self.url = url if self.is_sqlite else url.set(drivername="postgresql+psycopg")
        self.file = Path(self.url.database) if self.is_sqlite and self.url.database else None
        self.waits = waits or Waits()
        self._turn = Lock()
        self._until = 0.0
        if self.is_sqlite:
            self.threads, self.writers = SQLITE_THREADS, SQLITE_WRITERS
            connections = self.threads + self.writers
            self.writer = sqlite(self.url, 1, self.waits, [])
            self.reader = sqlite(self.url, connections, self.waits, ["PRAGMA query_only=ON"])
            self.lookup = self.reader
            event.listen(self.writer, "begin", self._begin_writing)
            event.listen(self.reader, "begin", _begin_reading)
        else:
            self.threads, self.writers = POSTGRES_THREADS, POSTGRES_WRITERS
            self.writer = pooled(self.url, self.threads + self.writers, self.waits)
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
    def looking_up(self) -> Iterator[Connection]:
        """A connection for a single question; on PostgreSQL without statements that begin and end it."""
        with self.lookup.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, wait: float | None = None) -> Iterator[Session]:
        """A session whose changes are committed together when the block ends, or not at all.

        Raises `UnavailableError` where others write for longer than `wait` seconds, or than is waited for
        locks.
        """
        with (
            self._taking_turn(self.waits.lock if wait is None else wait),
            Session(self.writer, autoflush=False, expire_on_commit=False) as session,
            session.begin(),
        ):
            try:
                session.connection()
            except (OperationalError, PoolTimeout):
                raise UnavailableError from None
            yield session

    def revision(self, engine: Engine | None = None) -> str | None:
        """The revision that the tables are at; raises what the database's library does."""
        with (engine or self.reader).connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def probe(self, seconds: float) -> str | None:
        """The same on a connection of its own, which no request keeps waiting; within about that time.

        Raises `UnavailableError` where the database does not answer.
        """
        waits = Waits(max(2, round(seconds)), seconds, seconds)
        engine = unpooled(self.url, waits)
        try:
            return self.revision(engine)
        except SQLAlchemyError:
            raise UnavailableError.unanswered() from None
        finally:
            engine.dispose()

    def alone(self) -> Engine:
        """An engine for what may take long: no limit but the one for connecting, no pool."""
        return unpooled(self.url, None)

    def serving(self) -> AbstractContextManager[None]:
        """While a service runs on it, or it is replaced; a file of SQLite serves one process at a time.

        Raises `DatabaseInUseError`.
        """
        return serving.serving(self.file) if self.file else nullcontext()

    def not_served(self) -> AbstractContextManager[None]:
        """While no service may run on it, if it is a file; raises `DatabaseInUseError`."""
        return serving.not_served(self.file) if self.file else nullcontext()

    def close(self) -> None:
        """Close all connections."""
        self.reader.dispose()
        self.writer.dispose()

    @contextmanager
    def _taking_turn(self, wait: float) -> Iterator[None]:
        """One after the other on SQLite, each no longer than it may wait: here, and then for the file."""
        if not self.is_sqlite:
            yield
            return
        until = monotonic() + wait
        if not self._turn.acquire(timeout=max(0, wait)):
            raise UnavailableError
        try:
            self._until = until
            yield
        finally:
            self._turn.release()

    def _begin_writing(self, connection: Connection) -> None:
        """Take the write lock of the file in what is left of the wait."""
        left = max(0, round(1000 * (self._until - monotonic())))
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 -- a transaction begins on an open connection
        driver.execute(f"PRAGMA busy_timeout={left}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _parsed(address: str) -> URL:
    """The address, which is never repeated: there may be a password in it."""
    try:
        url = make_url(address)
    except ArgumentError:
        raise DatabaseAddressError from None
    except ValueError:
        raise DatabaseAddressError("the port is no number") from None
    if url.drivername not in {"sqlite", "postgresql", "postgresql+psycopg"}:
        raise DatabaseAddressError
    if url.drivername == "sqlite" and (url.host or url.database in {None, "", ":memory:"}):
        raise DatabaseAddressError("sqlite:///FILE names a file, with four slashes where it begins with one")
    return url


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
