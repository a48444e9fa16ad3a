"""What a service function needs to do its work: a transaction, its moment, and for whom it is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple, Self

from fastapi import Request
from sqlmodel import Session

from app.catalog.service import Catalog
from app.core.clock import now
from app.core.web.once import Caller


class Work(NamedTuple):
    """A transaction that writes; `by` is the id of the key or participant that asks."""

    session: Session
    moment: datetime
    catalog: Catalog
    workspace: str
    by: str

    @classmethod
    def of(cls, request: Request, caller: Caller, session: Session, moment: datetime) -> Self:
        """The work of a request in a transaction that is there already."""
        return cls(session, moment, request.app.state.catalog, *caller)


@contextmanager
def writing(request: Request, caller: Caller) -> Iterator[Work]:
    """The work of a request; all of it is committed together when the block ends, or nothing."""
    with request.app.state.database.writing() as session:
        yield Work.of(request, caller, session, now())
