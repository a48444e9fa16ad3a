"""One process serves a file of SQLite: it holds a lock on a file beside it, which goes with the process."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.mendable import MendableError

if sys.platform != "win32":
    import fcntl


class DatabaseInUseError(MendableError):
    """Another process serves this file, or brings it to another shape."""


class DatabaseFolderError(MendableError):
    """The folder of the file cannot be used."""


@contextmanager
def serving(file: Path) -> Iterator[None]:
    """Nobody else serves, migrates or restores the file meanwhile; raises `DatabaseInUseError`."""
    with _locked(file, is_shared=False):
        yield


@contextmanager
def not_served(file: Path) -> Iterator[None]:
    """Nobody serves or restores the file meanwhile, others may migrate; raises `DatabaseInUseError`."""
    with _locked(file, is_shared=True):
        yield


@contextmanager
def _locked(file: Path, *, is_shared: bool) -> Iterator[None]:
    """The lock stands beside the file itself, wherever a symbolic link to it is.

    A second name of the file (a hard link) would have a log and a lock of its own, and is refused.
    """
    if sys.platform == "win32":
        yield
        return
    real = file.resolve()
    if real.is_file() and real.stat().st_nlink > 1:
        message = (
            f"{file} has another name (a hard link), under which it could be damaged: remove one of them"
        )
        raise DatabaseInUseError(message)
    try:
        descriptor = os.open(f"{real}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise DatabaseFolderError(f"{file}: its folder cannot be written: {error.strerror}") from None
    try:
        kind = fcntl.LOCK_SH if is_shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"{file} is served already: one process a file, more on PostgreSQL"
            raise DatabaseInUseError(message) from None
        yield
    finally:
        os.close(descriptor)
