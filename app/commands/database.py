"""The database as the commands open it; what it refuses is said in lines."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy.exc import SQLAlchemyError

from app.commands.settings import read_settings
from app.core.database import Database
from app.core.mendable import MendableError
from app.migrations.run import check_current


class DatabaseError(MendableError):
    """The database cannot be reached, or does not do what was asked for."""


@contextmanager
def database_errors() -> Iterator[None]:
    """What the database's libraries raise becomes a `DatabaseError`."""
    try:
        yield
    except (CommandError, SQLAlchemyError) as error:
        raise DatabaseError(str(error)) from None


@contextmanager
def opened_database(*, is_current: bool = True) -> Iterator[Database]:
    """The database of the settings; raises `MigrationError` where it is not at the revision needed."""
    database = Database(read_settings().database_url)
    try:
        with database_errors():
            if is_current:
                check_current(database)
            yield database
    finally:
        database.close()
