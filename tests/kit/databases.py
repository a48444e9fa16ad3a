"""The databases that the suite runs on: a file of SQLite, and one of a PostgreSQL server."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.core.database import Database
from app.migrations.run import migrate
from tests.kit.effort import THOROUGH

BACKENDS = ("sqlite", "postgresql")

# For tests of what a database has no part in, or the same part whichever it is.
ON_ONE_DATABASE = pytest.mark.parametrize("backend", BACKENDS if THOROUGH else BACKENDS[:1], indirect=True)


@contextmanager
def new_database(backend: str, folder: Path, server: str | None, like: str | None = None) -> Iterator[str]:
    """The address of a new database of that kind: empty, or like another one that nobody is connected to."""
    name = f"sbm_{secrets.token_hex(6)}"
    if backend == "sqlite":
        file = folder / f"{name}.sqlite3"
        if like is not None:
            shutil.copyfile(str(make_url(like).database), file)
        yield f"sqlite:///{file}"
        return
    assert server is not None
    template = f" TEMPLATE {make_url(like).database}" if like is not None else ""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}".encode())
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


class Templates:
    """Migrated databases, one of each kind, to copy: that is quicker than migrating another."""

    def __init__(self, server: str, folder: Path, stack: ExitStack) -> None:
        """They last as long as the stack."""
        self._server, self._folder, self._stack = server, folder, stack
        self._made: dict[str, str] = {}

    @contextmanager
    def copied(self, backend: str, folder: Path) -> Iterator[str]:
        """The address of a new, migrated database with nothing in it."""
        if backend not in self._made:
            self._made[backend] = self._stack.enter_context(new_database(backend, self._folder, self._server))
            database = Database(self._made[backend])
            migrate(database)
            database.close()
        with new_database(backend, folder, self._server, self._made[backend]) as address:
            yield address
