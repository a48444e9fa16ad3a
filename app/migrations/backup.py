"""Whole copies of a file of SQLite: made while a service runs on it, and put back while none does."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from app.core.database import Database
from app.core.mendable import MendableError
from app.migrations.run import known_revisions

_POSTGRES = "PostgreSQL makes its own copies: pg_dump --format=custom --file=FILE NAME, and pg_restore"


class BackupError(MendableError):
    """A copy cannot be made, or not be put back; nothing was changed."""


class Content(NamedTuple):
    """What is in a copy: how many rows, and the revision of its tables."""

    rows: int
    revision: str


def back_up(database: Database, copy: Path, *, may_replace: bool) -> Content:
    """Make a copy of one moment; erased rows leave no trace in it.

    Raises `BackupError`, also where the file is there already and may not be replaced.
    """
    file = _file_of(database)
    if not file.is_file():
        raise BackupError(f"there is no {file} to copy")
    if copy.exists() and copy.samefile(file):
        raise BackupError(f"{copy} is the database itself")
    with _placing(copy, like=file, may_replace=may_replace) as partial:
        _copy(file, partial, "mode=rw")
        return _checked(partial)


def restore(database: Database, copy: Path, *, may_replace: bool) -> Content:
    """Put a copy where the database is; where that holds rows, or cannot be read, only if told.

    Raises `BackupError` for a copy that is damaged or not of this service, and `DatabaseInUseError` while a
    service runs.
    """
    file = _file_of(database)
    if not copy.is_file():
        raise BackupError(f"there is no {copy}")
    if _beside(copy, "-wal").is_file() and _beside(copy, "-wal").stat().st_size:
        raise BackupError(f"{copy} has a log beside it, and is no whole copy: make one with sbm backup")
    with database.serving():
        if file.exists() and copy.samefile(file):
            raise BackupError(f"{copy} is the database itself")
        _checked(copy)
        if file.exists() and not may_replace:
            _refuse_to_lose(file)
        with _placing(file, like=file if file.exists() else copy, may_replace=True) as partial:
            _copy(copy, partial, "mode=ro&immutable=1")
            content = _checked(partial)
            with closing(sqlite3.connect(partial)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
            _drop_log(file)
    return content


def _file_of(database: Database) -> Path:
    if database.file is None:
        raise BackupError(_POSTGRES)
    return database.file.resolve()


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


def _opened(file: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(file.resolve()))}?{how}", uri=True)


def _copy(file: Path, partial: Path, how: str) -> None:
    """Of what is committed, in one transaction that keeps nobody waiting."""
    with closing(_opened(file, how)) as connection:
        connection.execute("VACUUM INTO ?", (str(partial),))


def _checked(copy: Path) -> Content:
    """What is in it, when it is whole."""
    try:
        with closing(_opened(copy, "mode=ro&immutable=1")) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchone()
            if faults != ["ok"] or orphans:
                raise BackupError(f"{copy} is damaged")
            content = _content(connection)
    except sqlite3.DatabaseError:
        raise BackupError(f"{copy} is damaged, or no copy of a database of this service") from None
    if content.revision not in known_revisions():
        raise BackupError(f"{copy} is at revision {content.revision}, which this version does not know")
    return content


def _content(connection: sqlite3.Connection) -> Content:
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("none",)
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    tables = [name for (name,) in named if name != "alembic_version" and not name.startswith("sqlite_")]
    counts = [connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables]  # noqa: S608 -- names of tables
    return Content(sum(counts), revision)


def _refuse_to_lose(file: Path) -> None:
    try:
        with closing(_opened(file, "mode=rw")) as connection:
            is_empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
            rows = 0 if is_empty else _content(connection).rows
    except sqlite3.DatabaseError:
        raise BackupError(f"{file} cannot be read; it is replaced only with --yes") from None
    if rows:
        raise BackupError(f"{file} has {rows} rows; it is replaced only with --yes")


@contextmanager
def _placing(target: Path, *, like: Path, may_replace: bool) -> Iterator[Path]:
    """An empty file to fill, which takes its place as a whole or not at all.

    Nobody but its owner reads it before it is as readable as the other one.
    """
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    made = []
    try:
        for file in (partial,) if may_replace else (target, partial):
            os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            made.append(file)
        yield partial
        partial.chmod(like.stat().st_mode & 0o777)
        _keep(partial)
        partial.replace(target)
        made.clear()
        _keep(target.parent)
    except FileExistsError:
        raise BackupError(f"{target} is there already: name another file, or say --force") from None
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}") from None
    finally:
        for file in made:
            file.unlink(missing_ok=True)


def _keep(path: Path) -> None:
    """Onto the disk, a file or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _drop_log(file: Path) -> None:
    """The log of what is replaced must not be taken for that of its successor; first it is worked off."""
    with suppress(sqlite3.DatabaseError), closing(_opened(file, "mode=rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        _beside(file, ending).unlink(missing_ok=True)
