"""Bring a database to a revision, and tell which one it is at."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from app.core.database import Database
from app.core.mendable import MendableError

HEAD = "head"
BUSY_MILLISECONDS = 10_000
_LOCK = 7_302_711  # of this service's migrations among PostgreSQL's advisory locks


class MigrationError(MendableError):
    """The database is not what the service needs, or a step would have lost rows."""


def migrate(
    database: Database, revision: str = HEAD, *, may_drop: bool = False
) -> tuple[str | None, str | None]:
    """Go up or down to a revision; the revisions before and after.

    One at a time, in one transaction. Raises `MigrationError` where a table that stays lost a row, or where
    one goes that has rows and that was not allowed.
    """
    with _alone(database) as connection:
        before, counted = _current(connection), _counts(connection)
        config = _config(connection)
        if before is not None and before not in known_revisions():
            message = f"the database is at revision {before}, which is newer than this service"
            raise MigrationError(message)
        going = command.downgrade if _is_below(config, revision, before) else command.upgrade
        going(config, revision)
        _check_counts(counted, _counts(connection), may_drop=may_drop)
        after = _current(connection)
    return before, after


def check_current(database: Database) -> None:
    """Raises `MigrationError` where the database is not at the revision that the service needs."""
    with database.reader.connect() as connection:
        current = _current(connection)
    head = newest_revision()
    if current != head:
        is_at = f"is at revision {current}, this version needs {head}" if current else "has no tables yet"
        message = f"the database {is_at}: run sbm migrate"
        raise MigrationError(message)


def known_revisions() -> set[str]:
    """The revisions that the service knows how to go on from."""
    return {step.revision for step in ScriptDirectory.from_config(_config(None)).walk_revisions()}


def newest_revision() -> str:
    """The revision that the service needs."""
    return ScriptDirectory.from_config(_config(None)).get_current_head() or "base"


@contextmanager
def _alone(database: Database) -> Iterator[Connection]:
    """A connection in a transaction, while nobody else migrates.

    On SQLite, the steps copy tables: with foreign keys on, dropping the old one would delete what refers
    to it. Here is also where the file is made to keep a write-ahead log, which it remembers.
    """
    with database.alone().connect() as connection:
        if database.is_sqlite:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 -- it has just been opened
            driver.isolation_level = None
            for pragma in (f"busy_timeout={BUSY_MILLISECONDS}", "foreign_keys=OFF"):
                driver.execute(f"PRAGMA {pragma}")
            _keep_log(driver)
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        yield connection
        if database.is_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            message = "a step left rows that refer to nothing; nothing was changed"
            raise MigrationError(message)
        connection.commit()


def _keep_log(driver: Any) -> None:  # noqa: ANN401 -- whatever the driver gives
    """Make the file keep a write-ahead log; SQLite does not wait here for others who are doing the same."""
    until = monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            driver.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() > until:
                raise
            sleep(0.01)
        else:
            return


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _is_below(config: Config, revision: str, current: str | None) -> bool:
    if revision == "base":
        return True
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    return revision in steps and current in steps and steps.index(revision) > steps.index(current)


def _counts(connection: Connection) -> dict[str, int]:
    quote = connection.dialect.identifier_preparer.quote
    names = sorted(inspect(connection).get_table_names())
    return {
        name: connection.execute(text(f"SELECT count(*) FROM {quote(name)}")).scalar_one()  # noqa: S608 -- names of tables
        for name in names
        if name != "alembic_version"
    }


def _check_counts(before: dict[str, int], after: dict[str, int], *, may_drop: bool) -> None:
    lost = [name for name, rows in before.items() if name in after and after[name] < rows]
    if lost:
        message = f"a step would have lost rows of {', '.join(lost)}; nothing was changed"
        raise MigrationError(message)
    gone = [f"{name}: {rows}" for name, rows in before.items() if rows and name not in after]
    if gone and not may_drop:
        message = f"nothing was changed: rows would go ({', '.join(gone)}); make a backup, then --yes"
        raise MigrationError(message)
