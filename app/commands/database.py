"""The database as the commands open it; what it refuses is said in a line."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.commands.settings import read_settings
from app.core.database import Database
from app.core.engines import Waits
from app.core.mendable import MendableError
from app.migrations.order import continue_order
from app.migrations.run import check_current

STATEMENT_SECONDS = 3600  # a command may remove a whole workspace

# What SQLite says, and what that means for whoever named the file.
_SQLITE = {
    "unable to open database file": "cannot be opened: is its folder there, and may it be written?",
    "file is not a database": "is no database of SQLite",
    "attempt to write a readonly database": "may not be written",
    "database is locked": "is busy: another program has been writing to it for too long",
}


class DatabaseError(MendableError):
    """The database cannot be reached, or does not do what was asked for."""


@contextmanager
def database_errors(database: Database) -> Iterator[None]:
    """What the database's libraries raise becomes a `DatabaseError` of one line."""
    try:
        yield
    except CommandError as error:
        raise DatabaseError(" ".join(str(error).split())) from None
    except DBAPIError as error:
        raise DatabaseError(_line(database, error.orig or error)) from None
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise DatabaseError(_line(database, error)) from None


@contextmanager
def opened_database(*, is_current: bool = True) -> Iterator[Database]:
    """The database of the settings; raises `MigrationError` where it is not at the revision needed."""
    settings = read_settings()
    waits = Waits(settings.database_connect_seconds, settings.database_lock_seconds, STATEMENT_SECONDS)
    database = Database(settings.database_url, waits)
    try:
        with database_errors(database):
            if is_current:
                check_current(database)
                continue_order(database)
            yield database
    finally:
        database.close()


def _line(database: Database, error: BaseException) -> str:
    """Which database, and the first thing that its library says: what follows are hints and addresses."""
    said = str(error).strip().partition("\n")[0].strip()
    if database.file is not None:
        meant = (meaning for sign, meaning in _SQLITE.items() if sign in said)
        return f"{database.file} {next(meant, f'does not do it: {said}')}"
    return f"the database does not do it: {said}"
