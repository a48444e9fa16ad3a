"""What the service works with, opened once, and the transactions that its work is done in.

A service function of any slice takes a `Work` first: it says in which transaction something is done, for whom
and at which moment. `Resources` hand it out; nothing else does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from app.core.callers import Caller
from app.core.clock import now
from app.core.database import Database
from app.core.editions import Catalog
from app.core.limits import Limits
from app.core.processes import Processes
from app.core.settings import Settings


class Work(NamedTuple):
    """A transaction with its moment, and the caller for whom it is done."""

    session: Session
    moment: datetime
    caller: Caller
    catalog: Catalog
    settings: Settings

    @property
    def workspace(self) -> str:
        """Id of the caller's workspace: what a store's function takes before anything else."""
        return self.caller.workspace


@dataclass(frozen=True, slots=True)
class Resources:
    """Settings, questionnaires, database, limits and processes; for the service and the commands alike."""

    settings: Settings
    catalog: Catalog
    database: Database
    limits: Limits
    revision: str  # that the database has to be at
    processes: Processes

    @contextmanager
    def reading(self, caller: Caller) -> Iterator[Work]:
        """Work that sees one state of the database and cannot change it."""
        with self.database.reading() as session:
            yield self.work(session, caller)

    @contextmanager
    def writing(self, caller: Caller) -> Iterator[Work]:
        """Work that is committed as a whole when the block ends, or not at all."""
        with self.database.writing() as session:
            yield self.work(session, caller)

    def work(self, session: Session, caller: Caller) -> Work:
        """The work of a caller in a transaction that is there already."""
        return Work(session, now(), caller, self.catalog, self.settings)
